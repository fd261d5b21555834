/** The entries of the offer index that contain a word, packed: two arrays of numbers for the whole index. */
import { sliceEach, type Slices } from '../../time-slices.js';

/** One name of an offer. */
export interface Entry {
  /** Position of the offer in the tables' offers. */
  readonly offer: number;
  readonly terms: readonly number[];
  readonly alias: boolean;
}

export interface Postings {
  /** Entries that contain a term, shorter names first, each in the order of the index. */
  of(term: number): Int32Array;
}

export interface Packed {
  readonly postings: Postings;
  /** Offers that have a term, by term number. */
  readonly holders: Int32Array;
}

/** Packs the terms of entries in the order of their offers. */
export function* postingSlices(entries: readonly Entry[], termCount: number): Slices<Packed> {
  const { counts, holders } = yield* countSlices(entries, termCount);
  const starts = new Int32Array(termCount + 1);
  for (let term = 0; term < termCount; term += 1) starts[term + 1] = starts[term]! + counts[term]!;
  yield undefined;
  const packed = new Int32Array(starts[termCount]!);
  const next = starts.slice();
  yield* sliceEach(yield* byLengthSlices(entries), (at) => {
    for (const term of entries[at]!.terms) {
      packed[next[term]!] = at;
      next[term]! += 1;
    }
  });
  return { postings: { of: (term) => packed.subarray(starts[term], starts[term + 1]) }, holders };
}

interface Counts {
  /** Entries that contain a term. */
  readonly counts: Int32Array;
  readonly holders: Int32Array;
}

function* countSlices(entries: readonly Entry[], termCount: number): Slices<Counts> {
  const counts = new Int32Array(termCount);
  const holders = new Int32Array(termCount);
  const last = new Int32Array(termCount).fill(-1);
  yield* sliceEach(entries, ({ offer, terms }) => {
    for (const term of terms) {
      counts[term]! += 1;
      if (last[term] === offer) continue;
      last[term] = offer;
      holders[term]! += 1;
    }
  });
  return { counts, holders };
}

/**
 * Positions of the entries, shorter names first. One sort of all entries would block other work, so this groups them
 * by length in slices.
 */
function* byLengthSlices(entries: readonly Entry[]): Slices<Iterable<number>> {
  const lengths: number[][] = [];
  yield* sliceEach(entries, ({ terms }, at) => {
    (lengths[terms.length] ??= []).push(at);
  });
  return each(lengths);
}

function* each(lists: readonly (readonly number[] | undefined)[]): Iterable<number> {
  for (const list of lists) if (list) yield* list;
}
