/** Microsoft's published error codes and sentences, in every language that was found: which issue each one is, and what to do about it. */
import type { Asker } from '../terms.js';
import { asciiDigits } from '../text.js';
import { allAtOnce, type Slices } from '../time-slices.js';
import { ASIAN_SENTENCES } from './errors/asian-sentences.js';
import { BUYING_CODES } from './errors/buying-codes.js';
import { errorsOf, translationsOf, type StoreError, type Translations } from './errors/error-groups.js';
import { EUROPEAN_SENTENCES } from './errors/european-sentences.js';
import { MANAGING_CODES } from './errors/managing-codes.js';
import {
  codeIn,
  indexSlices,
  MOST_CHARACTERS,
  remembered,
  repeatsMessage,
  sentenceIn,
  wordsOf,
  type SentenceIndex,
} from './errors/matching.js';
import { STORE_SENTENCES } from './errors/store-sentences.js';

/** Every error the product knows by its code or its sentence. */
export const STORE_ERRORS: readonly StoreError[] = errorsOf([
  ...BUYING_CODES,
  ...MANAGING_CODES,
  ...STORE_SENTENCES,
]);

/** The sentences in other languages. Read for each index and not kept: an idle server has only the text of the tables. */
export function publishedTranslations(): Translations {
  return translationsOf([...ASIAN_SENTENCES, ...EUROPEAN_SENTENCES]);
}

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
  return allAtOnce(storeErrorSlices(text, asker));
}

/** Like `storeErrorIn`, in slices: a text of the longest size is compared with hundreds of sentences and codes. */
export function* storeErrorSlices(text: string, asker: Asker): Slices<StoreError | undefined> {
  exact ??= yield* exactSlices();
  const read = asciiDigits(text.slice(0, MOST_CHARACTERS).normalize('NFKC'));
  const words = wordsOf(read);
  for (const [at, errors] of RANKS.entries()) {
    yield undefined;
    const found = sentenceIn(words, exact[at]!) ?? (yield* codeSlices(read, errors, asker));
    if (found) return found;
  }
  if (!repeatsMessage(read)) return undefined;
  fromMemory ??= yield* indexSlices(INNER, publishedTranslations(), remembered);
  return sentenceIn(remembered(words), fromMemory);
}

function* exactSlices(): Slices<readonly SentenceIndex[]> {
  const translations = publishedTranslations();
  const made: SentenceIndex[] = [];
  for (const errors of RANKS) made.push(yield* indexSlices(errors, translations, (words) => words));
  return made;
}

/** The first error whose code stands in the text; one code in each slice. */
function* codeSlices(
  text: string,
  errors: readonly StoreError[],
  asker: Asker,
): Slices<StoreError | undefined> {
  for (const error of errors) {
    if (error.code === undefined) continue;
    yield undefined;
    if (codeIn(text, error.code, asker)) return error;
  }
  return undefined;
}

/** The error with this id. */
export function storeError(id: string | undefined): StoreError | undefined {
  return STORE_ERRORS.find((each) => each.id === id);
}
