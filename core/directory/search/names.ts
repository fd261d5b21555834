/** The names of an offer or a publisher, as text: words, keys and abbreviations. */
import { isEveryday } from '../../everyday.js';
import { LANGUAGES } from '../../terms.js';
import { namesOf } from '../own-language.js';
import type { HitReason } from './types.js';
import { companyWords, initials, squash, wordsOf } from './words.js';
import type { Offer, Publisher } from '../types.js';

/** Keys that name one offer, besides the words of its names. */
export interface OfferKeys {
  /** Id, names, aliases and plans without spaces, strongest reason first; each key once. */
  readonly exact: readonly (readonly [string, HitReason])[];
  readonly acronyms: readonly string[];
  /** Names in a script that joins words (Han, kana, Hangul), run together. */
  readonly spaceless: readonly string[];
}

export interface OfferNames extends OfferKeys {
  /** The words of the name, then of each alias. */
  readonly words: readonly (readonly string[])[];
}

export interface PublisherNames {
  /** Id and names without spaces, with and without the legal form. */
  readonly keys: readonly string[];
  /** The words of its names without legal forms. */
  readonly words: readonly string[];
}

const SPACELESS = /[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}\p{Script=Hangul}]{2}/u;
const HANGUL = /\p{Script=Hangul}/u;

/** All names of one offer, in any language. They depend on its id, publisher, names and plans alone. */
export function namesOfOffer(offer: Offer): OfferNames {
  const names = namesOf(offer);
  return {
    words: names.map(nameWords),
    exact: exactKeys(offer),
    acronyms: acronymsOf(wordsOf(offer.name, true)),
    spaceless: spacelessNames(names),
  };
}

/** True when both have the same names, so that the results for one serve the other. */
export function isCalledSame(a: Offer, b: Offer): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.publisherId === b.publisherId &&
    a.name === b.name &&
    isNamedSame(a.inLanguages, b.inLanguages) &&
    sameList(a.aliases, b.aliases, (one, other) => one === other) &&
    sameList(a.plans, b.plans, (one, other) => one.id === other.id && one.name === other.name)
  );
}

function isNamedSame(a: Offer['inLanguages'], b: Offer['inLanguages']): boolean {
  return a === b || LANGUAGES.every((language) => a?.[language]?.name === b?.[language]?.name);
}

/** Like `isCalledSame`, for publishers. */
export function isSameCompany(a: Publisher, b: Publisher): boolean {
  return (
    a === b ||
    (a.id === b.id && a.name === b.name && sameList(a.aliases, b.aliases, (one, other) => one === other))
  );
}

/** All names of a publisher. */
export function namesOfPublisher({ id, name, aliases }: Publisher): PublisherNames {
  const names = [name, ...aliases];
  const company = names.map(companyWords);
  const keys = [squash(id), ...names.map(squash), ...company.map((words) => words.join(''))];
  return {
    keys: [...new Set(keys)].filter((key) => key !== ''),
    words: [...new Set(company.flat())],
  };
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (one: T, other: T) => boolean): boolean {
  return a === b || (a.length === b.length && a.every((one, at) => same(one, b[at]!)));
}

/** Both readings of a name, `GoogleCloudDNS` as one word and as three. */
function nameWords(name: string): readonly string[] {
  const open = wordsOf(name, true);
  const words = new Set(open);
  for (const word of wordsOf(name)) if (word.length <= 24) words.add(word);
  return words.size === open.length ? open : [...words];
}

/** Korean has spaces between its words, so an everyday word of it is no name inside a sentence. */
function spacelessNames(names: readonly string[]): readonly string[] {
  const found = names.filter(
    (name) => SPACELESS.test(name) && !(HANGUL.test(name) && wordsOf(name).every(isEveryday)),
  );
  return [...new Set(found.map(squash))];
}

function exactKeys(offer: Offer): readonly (readonly [string, HitReason])[] {
  const found = new Map<string, HitReason>();
  const add = (text: string, reason: HitReason): void => {
    const key = squash(text);
    if (!found.has(key) && !tooPlain(key, reason)) found.set(key, reason);
  };
  add(offer.name, 'exact-name');
  for (const name of namesOf(offer)) add(name, 'alias');
  add(offer.id, 'id');
  if (offer.id.startsWith(`${offer.publisherId}.`)) add(offer.id.slice(offer.publisherId.length + 1), 'id');
  for (const plan of offer.plans) {
    add(plan.id, 'plan');
    add(plan.name, 'plan');
  }
  return [...found];
}

/** Plain plan names ("Basic") and plain ids ("backup") would match half the catalog. */
function tooPlain(key: string, reason: HitReason): boolean {
  if (key === '') return true;
  if (reason === 'plan') return key.length < 5 || isEveryday(key);
  return reason === 'id' && isEveryday(key);
}

function acronymsOf(words: readonly string[]): readonly string[] {
  const stop = words.indexOf('for');
  const both = [initials(words), initials(stop > 1 ? words.slice(0, stop) : words)];
  return [...new Set(both.flatMap((key) => (key !== undefined && key.length >= 3 ? [key] : [])))];
}
