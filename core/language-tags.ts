/** Reads tags of languages (BCP 47), and finds the language of the product that is nearest to a tag. */
import { LANGUAGES, type Language } from './terms.js';

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

/** The script of a language, as ISO 15924 names it: `Latn`, `Hant`, `Arab`. */
export function scriptOf(language: Language): string {
  return OWN_TAGS.get(language)?.script ?? 'Latn';
}

const LATIN = /\p{Script=Latin}/u;
/** What shows that a text is written in a script. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  Hant: /\p{Script=Han}/u,
  Hans: /\p{Script=Han}/u,
  Jpan: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  Kore: /\p{Script=Hangul}/u,
  Arab: /\p{Script=Arabic}/u,
};

/** True when the text has a letter of the language's script. */
export function hasLettersOf(language: Language, text: string): boolean {
  return (LETTERS[scriptOf(language)] ?? LATIN).test(text);
}
