/** The tables behind the offer index, built once per directory version in an order that does not depend on the import. */
import { eachInSteps, type Steps } from '../steps.js';
import { fold } from '../text.js';
import { createTerms, type Terms } from './search-terms.js';
import type { HitReason } from './search-types.js';
import { isEveryday } from '../everyday.js';
import { companyWords, initials, squash, wordsOf } from './search-words.js';
import type { Directory, Offer, Publisher } from './types.js';

/** One name an offer goes by. */
export interface Entry {
  /** Position of the offer in `offers`. */
  readonly offer: number;
  readonly terms: readonly number[];
  readonly alias: boolean;
}

/** Offers that an exact key stands for, with what kind of key it is. */
export interface ExactHit {
  readonly offer: number;
  readonly reason: HitReason;
}

export interface Tables {
  readonly offers: readonly Offer[];
  readonly entries: readonly Entry[];
  /** Entries of each offer. */
  readonly entriesOf: readonly (readonly number[])[];
  readonly terms: Terms;
  /** Entries that hold a term, by term number. */
  readonly postings: readonly Int32Array[];
  /** How much a term tells: 1 for a word of one offer, less the more offers share it. */
  readonly weights: readonly number[];
  /** Publisher terms of each offer. */
  readonly publisherTerms: ReadonlyMap<string, ReadonlySet<number>>;
  /** Publishers whose name holds a term. */
  readonly publishersOf: ReadonlyMap<number, readonly string[]>;
  readonly offersOf: ReadonlyMap<string, readonly number[]>;
  /** Ids, names, aliases and plans, folded and run together. */
  readonly exact: ReadonlyMap<string, readonly ExactHit[]>;
  /** Publisher ids and names, run together without legal forms. */
  readonly publishers: ReadonlyMap<string, readonly string[]>;
  readonly acronyms: ReadonlyMap<string, readonly number[]>;
  /** Names without spaces between words (Han, kana), folded, for finding them inside a sentence. */
  readonly spaceless: ReadonlyMap<string, readonly number[]>;
}

function put<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Keys of one offer that leave no doubt, strongest reason first. */
function keysOf(offer: Offer): readonly (readonly [string, HitReason])[] {
  const local = offer.id.startsWith(`${offer.publisherId}.`)
    ? offer.id.slice(offer.publisherId.length + 1)
    : offer.id;
  return [
    [squash(offer.name), 'exact-name'],
    ...offer.aliases.map((alias) => [squash(alias), 'alias'] as const),
    [squash(offer.id), 'id'],
    [squash(local), 'id'],
    ...offer.plans.flatMap((plan) => [
      [squash(plan.id), 'plan'] as const,
      [squash(plan.name), 'plan'] as const,
    ]),
  ];
}

/** Plain plan names ("Basic") and plain ids ("backup") would answer for half the catalog. */
function tooPlain(key: string, reason: HitReason): boolean {
  if (key === '') return true;
  if (reason === 'plan') return key.length < 5 || isEveryday(key);
  return reason === 'id' && isEveryday(key);
}

function* exactTable(offers: readonly Offer[]): Steps<Map<string, ExactHit[]>> {
  const table = new Map<string, ExactHit[]>();
  yield* eachInSteps(offers, (offer, at) => {
    const seen = new Set<string>();
    for (const [key, reason] of keysOf(offer)) {
      if (seen.has(key) || tooPlain(key, reason)) continue;
      seen.add(key);
      put(table, key, { offer: at, reason });
    }
  });
  return table;
}

function* publisherTable(publishers: readonly Publisher[]): Steps<Map<string, string[]>> {
  const table = new Map<string, string[]>();
  yield* eachInSteps(publishers, (publisher) => {
    const names = [publisher.name, ...publisher.aliases];
    const keys = new Set([
      squash(publisher.id),
      ...names.map(squash),
      ...names.map((name) => companyWords(name).join('')),
    ]);
    for (const key of keys) if (key !== '') put(table, key, publisher.id);
  });
  return table;
}

/** Both readings of a name, `GoogleCloudDNS` as one word and as three. */
function nameWords(name: string): readonly string[] {
  const open = wordsOf(name, true);
  const closed = wordsOf(name).filter((word) => !open.includes(word));
  return [...new Set([...open, ...closed.filter((word) => word.length <= 24)])];
}

/** Falls slowly with the number of offers sharing the word, and does not depend on how many offers there are. */
function weightOf(word: string, offers: number): number {
  return (isEveryday(word) ? 0.5 : 1) / (1 + 0.5 * Math.log2(Math.max(1, offers)));
}

interface Words {
  readonly terms: Terms;
  readonly words: string[];
  number(word: string): number;
}

function numbering(): Words {
  const terms = createTerms();
  const words: string[] = [];
  return {
    terms,
    words,
    number(word) {
      const number = terms.add(word);
      words[number] = word;
      return number;
    },
  };
}

function entriesFor(offer: Offer, at: number, words: Words): readonly Entry[] {
  return [offer.name, ...offer.aliases].map((name, place) => ({
    offer: at,
    terms: nameWords(name).map((word) => words.number(word)),
    alias: place > 0,
  }));
}

function* acronymTable(offers: readonly Offer[]): Steps<Map<string, number[]>> {
  const table = new Map<string, number[]>();
  yield* eachInSteps(offers, (offer, at) => {
    const words = wordsOf(offer.name, true);
    const stop = words.indexOf('for');
    for (const key of new Set([initials(words), initials(stop > 1 ? words.slice(0, stop) : words)])) {
      if (key !== undefined && key.length >= 3) put(table, key, at);
    }
  });
  return table;
}

function* spacelessTable(offers: readonly Offer[]): Steps<Map<string, number[]>> {
  const table = new Map<string, number[]>();
  yield* eachInSteps(offers, (offer, at) => {
    for (const name of new Set([offer.name, ...offer.aliases].map((each) => fold(each)))) {
      if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}]{2}/u.test(name)) put(table, name, at);
    }
  });
  return table;
}

interface PublisherWords {
  readonly publisherTerms: ReadonlyMap<string, ReadonlySet<number>>;
  readonly publishersOf: ReadonlyMap<number, readonly string[]>;
}

function* publisherWords(publishers: readonly Publisher[], words: Words): Steps<PublisherWords> {
  const publisherTerms = new Map<string, ReadonlySet<number>>();
  const publishersOf = new Map<number, string[]>();
  yield* eachInSteps(publishers, (publisher) => {
    const own = [publisher.name, ...publisher.aliases].flatMap((name) => companyWords(name));
    const numbers = new Set(own.map((word) => words.number(word)));
    publisherTerms.set(publisher.id, numbers);
    for (const number of numbers) put(publishersOf, number, publisher.id);
  });
  return { publisherTerms, publishersOf };
}

interface TermTables {
  readonly postings: readonly Int32Array[];
  readonly weights: readonly number[];
}

/** Entries of each term, shorter names first, and the weight of each term by the offers that have it. */
function* termTables(entries: readonly Entry[], words: readonly string[]): Steps<TermTables> {
  const postings: number[][] = words.map(() => []);
  const holders: Set<number>[] = words.map(() => new Set());
  const length = (at: number): number => entries[at]!.terms.length;
  yield undefined;
  const order = entries.map((_, place) => place).sort((a, b) => length(a) - length(b) || a - b);
  yield* eachInSteps(order, (at) => {
    for (const term of entries[at]!.terms) {
      postings[term]!.push(at);
      holders[term]!.add(entries[at]!.offer);
    }
  });
  const packed: Int32Array[] = [];
  yield* eachInSteps(postings, (list) => void packed.push(Int32Array.from(list)));
  const weights: number[] = [];
  yield* eachInSteps(words, (word, term) => void weights.push(weightOf(word, holders[term]!.size)));
  return { postings: packed, weights };
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** All tables of a directory, in steps. Offers are taken in order of their ids, so the order of import cannot matter. */
export function* tableSteps(directory: Directory): Steps<Tables> {
  const offers = [...directory.offers.values()].sort(byId);
  const publishers = [...directory.publishers.values()].sort(byId);
  const words = numbering();
  const entries: Entry[] = [];
  const entriesOf: (readonly number[])[] = [];
  const offersOf = new Map<string, number[]>();
  yield* eachInSteps(offers, (offer, at) => {
    const own = entriesFor(offer, at, words);
    entries.push(...own);
    entriesOf.push(own.map((_, place) => entries.length - own.length + place));
    put(offersOf, offer.publisherId, at);
  });
  const ofPublishers = yield* publisherWords(publishers, words);
  return {
    offers,
    entries,
    entriesOf,
    terms: words.terms,
    ...(yield* termTables(entries, words.words)),
    ...ofPublishers,
    offersOf,
    exact: yield* exactTable(offers),
    publishers: yield* publisherTable(publishers),
    acronyms: yield* acronymTable(offers),
    spaceless: yield* spacelessTable(offers),
  };
}
