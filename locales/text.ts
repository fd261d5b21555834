/** Turns a key of the locale files into a sentence of one language. */
import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { type Asker, ASKERS, type Language } from '../core/terms.js';
import en from './en.json' with { type: 'json' };
import { LOCALES_FOLDER } from './folder.js';
import { directionOf } from './language.js';

export type TextKey = keyof typeof en;
export type TextValues = Readonly<Record<string, string | number>>;
type Sentences = Readonly<Record<string, string>>;

/** `text(key, values)` gives the sentence; an unknown key gives English, then the key itself. */
export type Text = (key: string, values?: TextValues) => string;

/** The languages in use. A language is read when it is used for the first time, so unused ones cost nothing. */
const inUse = new Map<Language, Sentences>([['en', en]]);
const compiled = new Map<string, IntlMessageFormat>();

function readFile(name: string): Sentences {
  return JSON.parse(readFileSync(new URL(name, LOCALES_FOLDER), 'utf8')) as Sentences;
}

function sentencesOf(language: Language): Sentences {
  const known = inUse.get(language);
  if (known) return known;
  const read = readFile(`${language}.json`);
  inUse.set(language, read);
  return read;
}

function message(language: Language, key: string): IntlMessageFormat | undefined {
  const cached = compiled.get(`${language}:${key}`);
  if (cached) return cached;
  const source = sentencesOf(language)[key];
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
  sentencesOf(language);
  const isRtl = directionOf(language) === 'rtl';
  return (key, values) => {
    const found = message(language, key) ?? message('en', key);
    const shown = isRtl && values ? isolatedValues(values, language) : values;
    return found ? oneFullStop(String(found.format({ asker, ...shown }))) : key;
  };
}

/**
 * A text that keeps its own direction inside one from right to left: without Unicode's isolate around it, the full stop of
 * `Contoso, Ltd.` would stand before the name. Unchanged in other languages, and where it has no Latin letter and no digit.
 */
export function isolated(text: string, language: Language): string {
  return directionOf(language) === 'rtl' && /[A-Za-z0-9]/.test(text) ? `\u2068${text}\u2069` : text;
}

function isolatedValues(values: TextValues, language: Language): TextValues {
  const one = (value: string | number) => (typeof value === 'string' ? isolated(value, language) : value);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, one(value)]));
}

/**
 * A few sentences of a language, for pages and scripts that show every language. Reads the file without keeping it in
 * memory, because nobody may use the language afterwards. The sentences must have no values. A missing one is English.
 */
export function glanceAt<T extends TextKey>(
  language: Language,
  keys: readonly T[],
): Readonly<Record<T, string>> {
  const file = inUse.get(language) ?? readFile(`${language}.json`);
  return Object.fromEntries(keys.map((key) => [key, file[key] ?? en[key]])) as Readonly<Record<T, string>>;
}

/**
 * Every way in which a sentence without values can stand on a card that was shown: in each language in use, for each
 * reader. The language of the present turn is in use.
 */
export function wordingsOf(key: string): readonly string[] {
  const known = wordings.get(key);
  if (known?.languages === inUse.size) return known.all;
  const said = [...inUse.keys()].flatMap((language) => ASKERS.map((asker) => textIn(language, asker)(key)));
  const all = [...new Set(said)];
  wordings.set(key, { languages: inUse.size, all });
  return all;
}
const wordings = new Map<string, { readonly languages: number; readonly all: readonly string[] }>();

/** A name may end in a full stop of its own (`Contoso, Ltd.`); the sentence then needs no second one. */
function oneFullStop(text: string): string {
  return text.replace(/(?<!\.)\.\.(?!\.)/g, '.').replace(/\.。/g, '。');
}

/** True when the locale files have this key. */
export function hasText(key: string): key is TextKey {
  return key in en;
}

/** Every key with its raw sentence in one language, without the sentences that fall back to English. */
export function rawText(language: Language): Sentences {
  return sentencesOf(language);
}

/** The words that people type, of one language: lists separated by `|`. */
export function rawWords(language: Language): Sentences {
  return readFile(`words/${language}.json`);
}
