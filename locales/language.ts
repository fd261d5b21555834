/** Chooses a language of the product for a person, and tells how a language is written. */
import { languageFor, scriptOf } from '../core/language-tags.js';
import type { Language } from '../core/terms.js';

export { languageFor };

/** The first wanted language that is offered, also in another script or country; otherwise the first offered one. */
export function offeredLanguage(
  offered: readonly Language[],
  ...wanted: readonly (Language | undefined)[]
): Language {
  for (const one of wanted) {
    const found = languageFor(one, offered);
    if (found !== undefined) return found;
  }
  return offered[0] ?? 'en';
}

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc']);

/** The value of `dir` for text of this language. */
export function directionOf(language: Language): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(scriptOf(language)) ? 'rtl' : 'ltr';
}

/** How a language puts items and sentences side by side. */
interface Punctuation {
  /** Between items of a list without "and". */
  readonly comma: string;
  readonly semicolon: string;
  /** Between sentences. */
  readonly gap: string;
}

const SPACED: Punctuation = { comma: ', ', semicolon: '; ', gap: ' ' };
const FULL_WIDTH: Punctuation = { comma: '、', semicolon: '；', gap: '' };
const PUNCTUATION: Readonly<Record<string, Punctuation>> = {
  Hant: FULL_WIDTH,
  Hans: FULL_WIDTH,
  Jpan: FULL_WIDTH,
  Arab: { comma: '، ', semicolon: '؛ ', gap: ' ' },
};

/** The signs between items and sentences, by the script of the language. */
export function punctuationOf(language: Language): Punctuation {
  return PUNCTUATION[scriptOf(language)] ?? SPACED;
}

/** True for a script that sets no spaces between words. */
export function isUnspaced(language: Language): boolean {
  return punctuationOf(language).gap === '';
}
