/** Runs work that asks the offer index, with each look-up in slices, so that other conversations need not wait. */
import type { Slices } from '../../time-slices.js';
import type { OfferIndex, OfferLookUps } from './types.js';

/** The work needs a look-up that is not done yet. */
class NotLookedUp extends Error {
  constructor(readonly lookUp: () => Slices<void>) {
    super('the index has not looked this up yet');
  }
}

/**
 * Calls `work` with an index that knows only finished look-ups. When the work needs another one, it stops there; the
 * index does the look-up in slices; then the work begins again. So the work must be pure.
 */
export function* askInSlices<T>(index: OfferIndex, work: (index: OfferIndex) => T): Slices<T> {
  const done = new Map<string, unknown>();
  const known =
    <K extends keyof OfferLookUps>(what: K) =>
    (...asked: Parameters<OfferLookUps[K]>): ReturnType<OfferLookUps[K]> => {
      const key = JSON.stringify([what, ...asked]);
      if (done.has(key)) return done.get(key) as ReturnType<OfferLookUps[K]>;
      throw new NotLookedUp(function* () {
        const lookUp = index.slices[what] as (...all: typeof asked) => Slices<unknown>;
        done.set(key, yield* lookUp(...asked));
      });
    };
  const asking = { ...index, find: known('find'), search: known('search'), inSentence: known('inSentence') };
  for (;;) {
    try {
      return work(asking);
    } catch (error) {
      if (!(error instanceof NotLookedUp)) throw error;
      yield* error.lookUp();
    }
    yield undefined;
  }
}
