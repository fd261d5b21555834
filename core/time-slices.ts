/** Cuts long work into slices, so that the process can do other work between two slices. */

/** Work that ends with a result. It yields between two slices. */
export type Slices<T> = Generator<undefined, T>;

/** The number of items in one slice: less than a millisecond of work. */
const ITEMS_PER_SLICE = 50;

/** Calls `work` for each item and yields after every slice. */
export function* sliceEach<T>(all: Iterable<T>, work: (one: T, at: number) => void): Slices<void> {
  let at = 0;
  for (const one of all) {
    work(one, at);
    at += 1;
    if (at % ITEMS_PER_SLICE === 0) yield undefined;
  }
}

/** Runs all slices without a pause. */
export function allAtOnce<T>(slices: Slices<T>): T {
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
  }
}

/**
 * How long slices run before a pause. A turn of the bot asks the database a dozen times, and each answer may have to
 * wait for the running slices, so a few milliseconds keep the turn fast.
 */
const HOLD_MS = 5;

/**
 * Runs all slices, and calls `pause` whenever `holdMs` have passed since the last pause.
 * @param clock milliseconds; must never go backwards
 */
export async function runSlices<T>(
  slices: Slices<T>,
  pause: () => Promise<void>,
  clock: () => number,
  holdMs = HOLD_MS,
): Promise<T> {
  let began = clock();
  for (;;) {
    const slice = slices.next();
    if (slice.done) return slice.value;
    if (clock() - began < holdMs) continue;
    await pause();
    began = clock();
  }
}
