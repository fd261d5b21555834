/** The results of a search for an offer. */
import type { Slices } from '../../time-slices.js';

/** How a hit was found, strongest first: the card says why it shows this offer. */
export type HitReason = 'id' | 'url' | 'exact-name' | 'alias' | 'publisher' | 'plan' | 'words' | 'typo';

export interface OfferHit {
  readonly offerId: string;
  /** 0..1, comparable within one answer. */
  readonly score: number;
  readonly reason: HitReason;
}

/** One clear offer, several that need a question, or only near misses. */
export type OfferMatch =
  | { readonly kind: 'one'; readonly hit: OfferHit; readonly others: readonly OfferHit[] }
  | { readonly kind: 'several'; readonly hits: readonly OfferHit[] }
  | {
      readonly kind: 'publishers';
      readonly publisherIds: readonly string[];
      readonly hits: readonly OfferHit[];
    }
  | { readonly kind: 'none'; readonly nearest: readonly OfferHit[] };

/** What a text may be looked up for. */
export interface OfferLookUps {
  /** Offers for typed text: a name, a part, an id, a publisher, a marketplace URL. Text is capped before any work. */
  find(text: string): OfferMatch;
  /** At most `limit` hits, best first, for compose boxes and pickers. */
  search(text: string, limit: number): readonly OfferHit[];
  /** Offers named inside a longer sentence, with the words that named them. */
  inSentence(text: string): { readonly match: OfferMatch; readonly words: string };
}

/** The same look-ups in slices. */
export type SlicedLookUps = {
  readonly [K in keyof OfferLookUps]: (
    ...asked: Parameters<OfferLookUps[K]>
  ) => Slices<ReturnType<OfferLookUps[K]>>;
};

/** The in-memory index of one directory version. Rebuilt or patched when the version changes; never asks a store. */
export interface OfferIndex extends OfferLookUps {
  readonly version: number;
  /** With 100,000 offers one look-up may take over 100 ms; slices of it leave time for other conversations. */
  readonly slices: SlicedLookUps;
  /** Offers of the kind of product that a sentence names: every firewall for "firewall not working". */
  ofKind(text: string): readonly string[];
}
