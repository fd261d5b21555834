/** Microsoft's published error codes and sentences, in every language that was found: which issue each one is, and what to do about it. */
import type { Asker } from '../terms.js';
import { ASIAN_SENTENCES } from './errors/asian-sentences.js';
import { BUYING_CODES } from './errors/buying-codes.js';
import { errorsOf, type StoreError } from './errors/error-groups.js';
import { EUROPEAN_SENTENCES } from './errors/european-sentences.js';
import { MANAGING_CODES } from './errors/managing-codes.js';
import {
  codeIn,
  indexOf,
  MOST_CHARACTERS,
  remembered,
  repeatsMessage,
  sentenceIn,
  wordsOf,
  type SentenceIndex,
} from './errors/matching.js';
import { STORE_SENTENCES } from './errors/store-sentences.js';

/** Every error the product knows by its code or its sentence. */
export const STORE_ERRORS: readonly StoreError[] = errorsOf(
  [...BUYING_CODES, ...MANAGING_CODES, ...STORE_SENTENCES],
  ASIAN_SENTENCES + EUROPEAN_SENTENCES,
);

/** Errors that stand alone, then errors that wrap others. */
const INNER = STORE_ERRORS.filter(({ wraps }) => !wraps);
const RANKS = [INNER, STORE_ERRORS.filter(({ wraps }) => wraps)];
let exact: readonly SentenceIndex[] | undefined;
let fromMemory: SentenceIndex | undefined;

/**
 * The error whose published sentence or code stands in this asker's text. A sentence counts before a code, the inner
 * error before its wrapper. Where the text says that it repeats a message, the words need not be exact.
 */
export function storeErrorIn(text: string, asker: Asker): StoreError | undefined {
  exact ??= RANKS.map((errors) => indexOf(errors, (words) => words));
  const read = text.slice(0, MOST_CHARACTERS).normalize('NFKC');
  const words = wordsOf(read);
  for (const [at, errors] of RANKS.entries()) {
    const found =
      sentenceIn(words, exact[at]!) ??
      errors.find(({ code }) => code !== undefined && codeIn(read, code, asker));
    if (found) return found;
  }
  if (!repeatsMessage(read)) return undefined;
  fromMemory ??= indexOf(INNER, remembered);
  return sentenceIn(remembered(words), fromMemory);
}

/** The error with this id. */
export function storeError(id: string | undefined): StoreError | undefined {
  return STORE_ERRORS.find((each) => each.id === id);
}
