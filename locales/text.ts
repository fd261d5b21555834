/** Turns a key of the locale files into a sentence of one language. */
import { IntlMessageFormat } from 'intl-messageformat';
import { type Asker, ASKERS, type Language, LANGUAGES } from '../core/terms.js';
import en from './en.json' with { type: 'json' };
import zhHant from './zh-Hant.json' with { type: 'json' };

export type TextKey = keyof typeof en;
export type TextValues = Readonly<Record<string, string | number>>;

/** `text(key, values)` gives the sentence; an unknown key gives English, then the key itself. */
export type Text = (key: string, values?: TextValues) => string;

const FILES: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, 'zh-Hant': zhHant };
const compiled = new Map<string, IntlMessageFormat>();

function message(language: Language, key: string): IntlMessageFormat | undefined {
  const cached = compiled.get(`${language}:${key}`);
  if (cached) return cached;
  const source = FILES[language][key];
  if (source === undefined) return undefined;
  const made = new IntlMessageFormat(source, language, undefined, { ignoreTag: true });
  compiled.set(`${language}:${key}`, made);
  return made;
}

/**
 * The sentences of one language, in the words of the reader: a customer reads "product" where staff read "offer".
 * Values are inserted as they are: escape for the target before.
 */
export function textIn(language: Language, asker: Asker = 'partner'): Text {
  return (key, values) => {
    const found = message(language, key) ?? message('en', key);
    return found ? oneFullStop(String(found.format({ asker, ...values }))) : key;
  };
}

/** Every way in which a sentence without values can stand on a card: in each language, for each reader. */
export function wordingsOf(key: string): readonly string[] {
  const known = wordings.get(key);
  if (known) return known;
  const all = LANGUAGES.flatMap((language) => ASKERS.map((asker) => textIn(language, asker)(key)));
  const made = [...new Set(all)];
  wordings.set(key, made);
  return made;
}
const wordings = new Map<string, readonly string[]>();

/** A name may end in a full stop of its own (`Contoso, Ltd.`); the sentence then needs no second one. */
function oneFullStop(text: string): string {
  return text.replace(/(?<!\.)\.\.(?!\.)/g, '.').replace(/\.。/g, '。');
}

/** True when the locale files have this key. */
export function hasText(key: string): key is TextKey {
  return key in en;
}

/** Every key with its raw sentence in one language, for parity tests and command words. */
export function rawText(language: Language): Readonly<Record<string, string>> {
  return FILES[language];
}
