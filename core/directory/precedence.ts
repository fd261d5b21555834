/** Orders the sources of one offer or publisher: rank first, then date, then the source's name. */

/** The data of one source about one offer or publisher. */
export interface Claim<T> {
  readonly source: string;
  readonly value: T;
  /** The source knows the publisher by name only: weaker than any source with its id. */
  readonly byName?: boolean;
}

/** Lower wins. Sources that are not listed (files, lists: the partner's own data) have rank 1. */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['admin', 0],
  ['catalog', 2],
  ['sample', 3],
  ['aliases', 4],
]);

/** The rank of a source by the word before its colon: `catalog:us` has the rank of `catalog`. */
export function sourceRank(source: string): number {
  return RANKS.get(source.split(':', 1)[0] ?? '') ?? 1;
}

/**
 * Orders two claims, the winner first: given by id before by name, the lower rank, the later date (none is oldest),
 * the source's name. A total order, so that no order of import changes the outcome.
 */
export function compareClaims(
  a: Pick<Claim<unknown>, 'source' | 'byName'> & { readonly date?: string },
  b: Pick<Claim<unknown>, 'source' | 'byName'> & { readonly date?: string },
): number {
  return (
    Number(a.byName ?? false) - Number(b.byName ?? false) ||
    sourceRank(a.source) - sourceRank(b.source) ||
    compareText(b.date ?? '', a.date ?? '') ||
    compareText(a.source, b.source)
  );
}

/** Order by code unit: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
