/** Finds the language at the end of a header: `name (de)`, `summary.pt`, `offer_name_zh-TW`, `Name (Deutsch)`. */
import { languageFor } from '../../language-tags.js';
import { LANGUAGES, languageName, type Language } from '../../terms.js';
import { plainHeader } from './columns.js';

/** A header without its language, and the language; undefined for one that the product does not have. */
export interface LanguageHeader {
  /** The header before the language, in the form of the column names. */
  readonly base: string;
  readonly language: Language | undefined;
}

/** A language with its script and country. Other parts of a tag would make a tag of every word. */
const TAG = /^[a-z]{2,3}(?:-(?:latn|hans|hant|jpan|kore|arab))?(?:-(?:[a-z]{2}|\d{3}))?$/;
/** The most words of a language: `zh_hant_tw`. */
const MOST_WORDS = 3;

/**
 * Every way to read the end of a header as a language, the longest language first. An end that only looks like a tag
 * counts in brackets, or with two letters; `id` and `no` mean other things there.
 */
export function languageHeaders(header: string): readonly LanguageHeader[] {
  const words = plainHeader(header).split('_');
  const inBrackets = /[([（［][^)\]）］]+[)\]）］]\s*$/.test(header);
  const found: LanguageHeader[] = [];
  for (let count = Math.min(MOST_WORDS, words.length - 1); count > 0; count -= 1) {
    const end = words.slice(-count);
    const tag = end.join('-');
    const isTag = TAG.test(tag);
    const language = languageOfName(end.join('_')) ?? (isTag ? languageFor(tag) : undefined);
    const isOther = isTag && (inBrackets || (/^[a-z]{2}(?:-|$)/.test(tag) && !['id', 'no'].includes(tag)));
    if (language !== undefined || isOther) found.push({ base: words.slice(0, -count).join('_'), language });
  }
  return found;
}

let names: ReadonlyMap<string, Language> | undefined;

/** The language of this name: in English, or as its own readers write it. */
function languageOfName(name: string): Language | undefined {
  names ??= namesOfLanguages();
  return names.get(name);
}

function namesOfLanguages(): ReadonlyMap<string, Language> {
  const english = new Intl.DisplayNames(['en'], { type: 'language' });
  const all = new Map<string, Language>();
  for (const language of LANGUAGES) {
    const [plain = ''] = language.split('-', 1);
    all.set(plainHeader(english.of(plain) ?? plain), languageFor(plain) ?? language);
  }
  for (const language of LANGUAGES)
    for (const name of [english.of(language) ?? language, languageName(language)])
      all.set(plainHeader(name), language);
  return all;
}
