/** Waits for work at most so long. */

const LATE = Symbol('late');

/** What `work` gives, or what `late` gives (or throws) after `ms` milliseconds. The work itself goes on. */
export async function within<T, L>(ms: number, work: Promise<T>, late: () => L): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const timeUp = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  const outcome = await Promise.race([work, timeUp]).finally(() => clearTimeout(timer));
  return outcome === LATE ? late() : outcome;
}

/** What `work` gives; after `ms` milliseconds it throws the error instead. The work itself goes on. */
export function withinOrThrow<T>(ms: number, work: Promise<T>, error: () => Error): Promise<T> {
  return within(ms, work, (): never => {
    throw error();
  });
}
