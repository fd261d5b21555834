/** The tables behind the offer index, built once per directory version in an order that does not depend on the import. */
import { isEveryday } from '../../everyday.js';
import { sliceEach, type Slices } from '../../time-slices.js';
import { ExactKeys, NumbersByKey, NumbersByName } from './keys.js';
import {
  isCalledSame,
  isSameCompany,
  namesOfOffer,
  namesOfPublisher,
  type OfferKeys,
  type OfferNames,
} from './names.js';
import { postingSlices, type Entry, type Postings } from './postings.js';
import { createTerms, type Terms } from './terms.js';
import type { Directory, Offer, Publisher } from '../types.js';

export interface Tables {
  readonly offers: readonly Offer[];
  readonly companies: readonly Publisher[];
  readonly entries: readonly Entry[];
  /** Entries of each offer. */
  readonly entriesOf: readonly (readonly number[])[];
  readonly terms: Terms;
  /** Entries that hold a term. */
  readonly postings: Postings;
  /** The weight of a term: 1 for a word of one offer, less the more offers share it. */
  readonly weights: Float64Array;
  /** Publisher terms of each offer. */
  readonly publisherTerms: ReadonlyMap<string, ReadonlySet<number>>;
  /** Publishers whose name contains a term. */
  readonly publishersOf: ReadonlyMap<number, readonly string[]>;
  readonly offersOf: ReadonlyMap<string, readonly number[]>;
  /** Ids, names, aliases and plans, folded and run together. */
  readonly exact: Pick<ExactKeys, 'get'>;
  /** Publisher ids and names, run together without legal forms. */
  readonly publishers: ReadonlyMap<string, readonly string[]>;
  readonly acronyms: Pick<NumbersByKey, 'get'>;
  /** Names in a script that joins words (Han, kana, Hangul), run together, for finding them inside a sentence. */
  readonly spaceless: Pick<NumbersByName, 'get' | 'longestIn'>;
  /** The names behind the maps above, by offer, which the next version's tables reuse. */
  readonly keys: readonly OfferKeys[];
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Falls slowly with the number of offers that share the word, whatever the number of all offers. */
function weightOf(word: string, offers: number): number {
  return (isEveryday(word) ? 0.5 : 1) / (1 + 0.5 * Math.log2(Math.max(1, offers)));
}

/** Fills the tables from the names of offers. Offers are added in the order of their ids. */
class OfferTables {
  readonly entries: Entry[] = [];
  readonly entriesOf: (readonly number[])[] = [];
  readonly offersOf = new Map<string, number[]>();
  readonly exact = new ExactKeys();
  readonly acronyms = new NumbersByKey();
  readonly spaceless = new NumbersByName();
  readonly keys: OfferKeys[] = [];

  add({ publisherId }: Offer, { words, ...keys }: OfferNames, terms: Terms): void {
    const offer = this.keys.length;
    const own = words.map((list, place) => {
      this.entries.push({ offer, terms: list.map((word) => terms.add(word)), alias: place > 0 });
      return this.entries.length - 1;
    });
    this.entriesOf.push(own);
    this.keys.push(keys);
    put(this.offersOf, publisherId, offer);
    for (const [key, reason] of keys.exact) this.exact.add(key, { offer, reason });
    for (const key of keys.acronyms) this.acronyms.add(key, offer);
    for (const name of keys.spaceless) this.spaceless.add(name, offer);
  }
}

/** Fills the tables from the names of publishers. */
class PublisherTables {
  readonly publisherTerms = new Map<string, ReadonlySet<number>>();
  readonly publishersOf = new Map<number, string[]>();
  readonly publishers = new Map<string, string[]>();

  add(publisher: Publisher, terms: Terms): void {
    const { keys, words } = namesOfPublisher(publisher);
    const numbers = new Set(words.map((word) => terms.add(word)));
    this.publisherTerms.set(publisher.id, numbers);
    for (const number of numbers) put(this.publishersOf, number, publisher.id);
    for (const key of keys) put(this.publishers, key, publisher.id);
  }
}

/** The names of offers; unchanged names come from the earlier tables. Call in the order of ids. */
function namesAfter(previous: Tables | undefined): (offer: Offer) => OfferNames {
  if (!previous) return namesOfOffer;
  let at = 0;
  return (offer) => {
    while (at < previous.offers.length && previous.offers[at]!.id < offer.id) at += 1;
    const before = previous.offers[at];
    if (!before || !isCalledSame(before, offer)) return namesOfOffer(offer);
    const word = (term: number): string => previous.terms.word(term);
    const words = previous.entriesOf[at]!.map((entry) => previous.entries[entry]!.terms.map(word));
    return { ...previous.keys[at]!, words };
  };
}

/** True when no name has changed: only contacts, links and similar data have. */
function* isAllCalledSame(
  previous: Tables,
  offers: readonly Offer[],
  publishers: readonly Publisher[],
): Slices<boolean> {
  const { offers: before, companies } = previous;
  if (before.length !== offers.length || companies.length !== publishers.length) return false;
  let same = companies.every((company, at) => isSameCompany(company, publishers[at]!));
  yield* sliceEach(offers, (offer, at) => {
    same &&= isCalledSame(before[at]!, offer);
  });
  return same;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/**
 * All tables of a directory, in steps. Offers are added in the order of their ids, so the order of import does not
 * matter.
 * @param previous the tables of another version: unchanged names are not split again. They only save work; the tables
 * are the same without them.
 */
export function* tableSlices(directory: Directory, previous?: Tables): Slices<Tables> {
  const offers = [...directory.offers.values()].sort(byId);
  yield undefined;
  const companies = [...directory.publishers.values()].sort(byId);
  yield undefined;
  if (previous && (yield* isAllCalledSame(previous, offers, companies))) {
    return { ...previous, offers, companies };
  }
  const terms = createTerms();
  const ofOffers = new OfferTables();
  const namesOf = namesAfter(previous);
  yield* sliceEach(offers, (offer) => {
    ofOffers.add(offer, namesOf(offer), terms);
  });
  const ofPublishers = new PublisherTables();
  yield* sliceEach(companies, (publisher) => {
    ofPublishers.add(publisher, terms);
  });
  const { postings, holders } = yield* postingSlices(ofOffers.entries, terms.size);
  const weights = new Float64Array(terms.size);
  yield* sliceEach(weights.keys(), (term) => {
    weights[term] = weightOf(terms.word(term), holders[term]!);
  });
  return { offers, companies, terms, postings, weights, ...ofOffers, ...ofPublishers };
}
