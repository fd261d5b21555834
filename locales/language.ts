/** Chooses a language of the product for a person, and tells how a language is written. */
import { LANGUAGES, type Language } from '../core/terms.js';

/** Longest locale tag worth reading; anything longer is not one. */
const MAX_TAG = 35;

/** Cantonese is written as Chinese, and Chinese without its script means Simplified in every standard of tags. */
const WRITTEN_AS: Readonly<Record<string, string>> = { yue: 'zh' };

interface ReadTag {
  readonly language: string;
  readonly script: string;
}

/** The language and the script of a tag; undefined for text that is no tag. */
function readTag(tag: string): ReadTag | undefined {
  try {
    const { language, script = '' } = new Intl.Locale(tag.replaceAll('_', '-')).maximize();
    return { language: WRITTEN_AS[language] ?? language, script };
  } catch {
    return undefined;
  }
}

/** The product's languages are read once: every card asks for their script. */
const OWN_TAGS: ReadonlyMap<Language, ReadTag | undefined> = new Map(
  LANGUAGES.map((language) => [language, readTag(language)]),
);

/**
 * The language of `among` for a BCP 47 tag: the same language in the same script, else the same language in another
 * script or country. Undefined when none is near enough. The order of `among` decides between two of equal distance.
 */
export function languageFor(
  tag: string | undefined,
  among: readonly Language[] = LANGUAGES,
): Language | undefined {
  if (!tag || tag.length > MAX_TAG) return undefined;
  const wanted = readTag(tag);
  if (!wanted) return undefined;
  const near = among.filter((one) => OWN_TAGS.get(one)?.language === wanted.language);
  return near.find((one) => OWN_TAGS.get(one)?.script === wanted.script) ?? near[0];
}

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

/** The script of a language, as ISO 15924 names it: `Latn`, `Hant`, `Arab`. */
export function scriptOf(language: Language): string {
  return OWN_TAGS.get(language)?.script ?? 'Latn';
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
