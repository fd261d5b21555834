/** Updates a merged directory for the rows that changed. The result equals a merge of all rows, with far less work. */
import { sliceEach, type Slices } from '../time-slices.js';
import type { PublisherMatches } from './match-publishers.js';
import { matchPublishers } from './match-publishers.js';
import { byPrecedence, offerOf, publisherSlices, type Merged } from './merge.js';
import { compareText, type Claim } from './precedence.js';
import type { DirectoryRow, Offer, Publisher } from './types.js';

/** The present rows of all sources for each changed key; an empty list: no source has a row any more. */
export interface ChangedRows {
  readonly version: number;
  readonly rows: ReadonlyMap<string, readonly { readonly source: string; readonly row: DirectoryRow }[]>;
}

/**
 * The directory after a change. Undefined when the change joins or separates publishers: that concerns offers that did
 * not change themselves, so everything must be merged again.
 */
export function* patchSlices(before: Merged, { version, rows }: ChangedRows): Slices<Merged | undefined> {
  const offerClaims = new Map<string, readonly Claim<Offer>[]>();
  const publishers = new Map(before.publishers);
  let named = false;
  yield* sliceEach(rows, ([key, found]) => {
    const [kind = '', id = ''] = key.split(/:(.*)/s);
    if (kind === 'offer') offerClaims.set(id, claimsOf(found, 'offer'));
    else {
      named = true;
      const claims = claimsOf(found, 'publisher');
      if (claims.length === 0) publishers.delete(id);
      else publishers.set(id, claims);
    }
  });
  const matches = named ? matchPublishers(publishers) : before.matches;
  if (!isSameJoins(matches, before.matches)) return undefined;
  const offers = yield* offerSlices(before, offerClaims, matches);
  const companies = yield* publisherSlices(publishers, matches, offers);
  return { directory: { version, offers, publishers: companies }, publishers, matches };
}

type Found = readonly { readonly source: string; readonly row: DirectoryRow }[];

function claimsOf(found: Found, kind: 'offer'): readonly Claim<Offer>[];
function claimsOf(found: Found, kind: 'publisher'): readonly Claim<Publisher>[];
function claimsOf(found: Found, kind: DirectoryRow['kind']): readonly Claim<Offer | Publisher>[] {
  return found
    .filter(({ row }) => row.kind === kind)
    .map(({ source, row }) => ({ source, value: row.kind === 'offer' ? row.offer : row.publisher }))
    .sort(byPrecedence);
}

function isSameJoins({ joins: now }: PublisherMatches, { joins: before }: PublisherMatches): boolean {
  return now === before || (now.size === before.size && [...now].every(([id, to]) => before.get(id) === to));
}

/** All offers in the order of their ids, with the changed ones in their places. */
function* offerSlices(
  before: Merged,
  changed: ReadonlyMap<string, readonly Claim<Offer>[]>,
  matches: PublisherMatches,
): Slices<Map<string, Offer>> {
  const offers = new Map<string, Offer>();
  const waiting = [...changed.keys()].sort(compareText);
  let next = 0;
  const addChanged = (before?: string): void => {
    for (; next < waiting.length; next += 1) {
      const id = waiting[next] ?? '';
      if (before !== undefined && id >= before) return;
      const offer = offerOf(changed.get(id) ?? [], matches);
      if (offer) offers.set(id, offer);
    }
  };
  yield* sliceEach(before.directory.offers, ([id, offer]) => {
    addChanged(id);
    if (!changed.has(id)) offers.set(id, offer);
  });
  addChanged();
  return offers;
}
