/** Words that people use about any product, counted in the phrase corpus. The offer index must not read them as product names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordsOf } from '../../core/directory/search/words.js';
import type { Phrase } from './corpus.js';

/** The fictional companies in the phrases. */
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

/** The words that occur at least twice in the corpus and the words of product-words.json, sorted. */
export function everydayWords(phrases: readonly Phrase[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const phrase of phrases) {
    for (const word of new Set(wordsOf(phrase.text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const seen = [...counts]
    .filter(([word, count]) => count >= OFTEN && !NAMES.has(word))
    .map(([word]) => word);
  const file = join(import.meta.dirname, 'product-words.json');
  const byLanguage = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  const words = Object.values(byLanguage).flatMap((list) => list.split(' ').flatMap((word) => wordsOf(word)));
  return [...new Set([...seen, ...words])].sort();
}
