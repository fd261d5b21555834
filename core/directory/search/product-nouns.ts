/** Finds offers by their kind of product ("firewall not working"), when a sentence names no offer and no publisher. */
import { fold } from '../../text.js';
import type { Tables } from './index.js';
import nouns from './product-nouns.json' with { type: 'json' };
import { wordsOf } from './words.js';

interface Noun {
  /** The general name of a product in English. */
  readonly word: string;
  /** The words for it in other languages, folded. */
  readonly others: readonly string[];
}

const NOUNS: readonly Noun[] = Object.entries(nouns).map(([word, byLanguage]) => ({
  word,
  others: Object.values<string>(byLanguage).flatMap((list) => fold(list).split('|')),
}));
const LONGEST = 400;
const MOST_OFFERS = 40;

/** Offers whose names contain the product noun of the sentence, in the order of the index; empty without a noun. */
export function offersByNoun(t: Tables, text: string): readonly number[] {
  const read = ` ${fold(text, LONGEST).replace(/[^\p{L}\p{N}-]+/gu, ' ')} `;
  const words = new Set(wordsOf(read));
  const term = NOUNS.filter(({ word, others }) => words.has(word) || others.some((one) => says(read, one)))
    .map(({ word }) => t.terms.exact(word))
    .find((one) => one !== undefined);
  if (term === undefined) return [];
  const offers = new Set([...t.postings.of(term)].map((entry) => t.entries[entry]!.offer));
  return [...offers].sort((a, b) => a - b).slice(0, MOST_OFFERS);
}

/** Scripts without spaces and Arabic write other words onto the noun. */
function says(text: string, noun: string): boolean {
  return text.includes(/^\p{Script=Latin}/u.test(noun) ? ` ${noun} ` : noun);
}
