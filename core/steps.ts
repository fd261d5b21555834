/** Long work cut into steps, so that whoever runs it may let other work of the process run in between. */

/** Work that ends with a result; between two steps anything else may happen. */
export type Steps<T> = Generator<undefined, T>;

/** Things done between two pauses: less than a millisecond of work. */
const EVERY = 50;

/** Does something with each, a pause now and then. */
export function* eachInSteps<T>(all: Iterable<T>, work: (one: T, at: number) => void): Steps<void> {
  let at = 0;
  for (const one of all) {
    work(one, at);
    at += 1;
    if (at % EVERY === 0) yield undefined;
  }
}

/** All steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * A turn on a database server asks it a dozen times, one answer after another, and each answer waits for the piece of
 * work that is at it: pieces of a few milliseconds keep such a turn quick.
 */
const HOLD_MS = 5;

/**
 * All steps, with `pause` in between whenever `holdMs` have gone by.
 * @param clock milliseconds that only go forward
 */
export async function inTurns<T>(
  steps: Steps<T>,
  pause: () => Promise<void>,
  clock: () => number,
  holdMs = HOLD_MS,
): Promise<T> {
  let began = clock();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (clock() - began < holdMs) continue;
    await pause();
    began = clock();
  }
}
