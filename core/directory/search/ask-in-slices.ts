/** Runs work that asks the offer index, with each look-up in slices, so that other conversations need not wait. */
import type { Slices } from '../../time-slices.js';
import type { OfferIndex, OfferLookUps } from './types.js';

/** Returns the result of a part that may take long. The key names the part and everything that its result depends on. */
export type RunPart = <R>(key: readonly unknown[], part: () => Slices<R>) => R;

/** The work needs a part that is not done yet. */
class NotDone extends Error {
  constructor(readonly run: () => Slices<void>) {
    super('this part of the work is not done yet');
  }
}

/**
 * Calls `work` with an index that knows only finished look-ups, and with a `run` that knows only finished parts. When
 * the work needs another one, it stops there; the look-up or the part is done in slices; then the work begins again. So
 * the work must be pure.
 */
export function* askInSlices<T>(index: OfferIndex, work: (index: OfferIndex, run: RunPart) => T): Slices<T> {
  const done = new Map<string, unknown>();
  const run = <R>(key: readonly unknown[], part: () => Slices<R>): R => {
    const name = JSON.stringify(key);
    if (done.has(name)) return done.get(name) as R;
    throw new NotDone(function* () {
      done.set(name, yield* part());
    });
  };
  const known =
    <K extends keyof OfferLookUps>(what: K) =>
    (...asked: Parameters<OfferLookUps[K]>): ReturnType<OfferLookUps[K]> => {
      const lookUp = index.slices[what] as (...all: typeof asked) => Slices<ReturnType<OfferLookUps[K]>>;
      return run([what, ...asked], () => lookUp(...asked));
    };
  const asking = { ...index, find: known('find'), search: known('search'), inSentence: known('inSentence') };
  for (;;) {
    try {
      return work(asking, run);
    } catch (error) {
      if (!(error instanceof NotDone)) throw error;
      yield* error.run();
    }
    yield undefined;
  }
}
