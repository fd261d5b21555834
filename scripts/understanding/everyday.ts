/** Words people use about any product, counted in the phrase corpus: the offer index must not take them for names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../../core/directory/search/words.js';
import type { Phrase } from './corpus.js';

/** Fictional companies the phrases speak of. */
const NAMES = new Set([
  'contoso',
  'fabrikam',
  'northwind',
  'traders',
  'bitnami',
  'wordpress',
  'sendgrid',
  'stripe',
]);
const OFTEN = 2;

/** Sorted words of the corpus seen at least twice, with the hand-kept words of product names. */
export function everydayWords(phrases: readonly Phrase[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const phrase of phrases) {
    for (const word of new Set(wordsOf(phrase.text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const seen = [...counts]
    .filter(([word, count]) => count >= OFTEN && !NAMES.has(word))
    .map(([word]) => word);
  const file = join(import.meta.dirname, 'product-words.json');
  const { words } = JSON.parse(readFileSync(file, 'utf8')) as { readonly words: string };
  return [...new Set([...seen, ...words.split(' ')])].sort();
}
