/** Work on many rows a page at a time, letting everybody else run between pages. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Runs `work` on slices of `items` of at most `size`, one after another, with a pause for the event loop between. */
export async function inPages<T>(
  items: readonly T[],
  size: number,
  work: (page: readonly T[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += size) {
    if (from > 0) await nextTurn();
    await work(items.slice(from, from + size));
  }
}

/** Reads pages until one is short, with a pause for the event loop between. */
export async function* readPages<T>(
  size: number,
  read: (after: T | undefined) => Promise<readonly T[]>,
): AsyncGenerator<readonly T[]> {
  let last: T | undefined;
  for (;;) {
    const page = await read(last);
    yield page;
    if (page.length < size) return;
    last = page[page.length - 1];
    await nextTurn();
  }
}
