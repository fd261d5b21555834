/** Recognises the words that work at every step, typed in any language of the product. */
import { LANGUAGES, type Language } from '../core/terms.js';
import { fold } from '../core/text.js';
import { anyOf } from '../core/word-patterns.js';
import { languageFor } from './language.js';
import { rawWords } from './text.js';
import unsure from './unsure.json' with { type: 'json' };

export const COMMANDS = ['help', 'cancel', 'restart', 'back', 'language', 'why'] as const;
export type Command = (typeof COMMANDS)[number];

export const REPLIES = ['yes', 'no', 'none', 'unsure', 'greeting'] as const;
export type Reply = (typeof REPLIES)[number];

const MAX_WORDS = 60;

/** `Help!`, `/HELP`, `說明。` → one form: compatibility-composed, lower case, no punctuation around, single spaces. */
export function foldWords(text: string): string {
  const folded = text
    .slice(0, MAX_WORDS * 2)
    .normalize('NFKC')
    .toLowerCase()
    .trim();
  if (folded === '?') return folded;
  return folded
    .replace(/[’‘`´]/g, "'")
    .replace(/^[\p{P}\p{S}\p{Z}\p{C}]+|[\p{P}\p{S}\p{Z}\p{C}]+$/gu, '')
    .replace(/\s+/g, ' ');
}

interface Found<T> {
  readonly word: T;
  readonly language: Language;
}

/** The words of every language are small, and read once: people type them in any language at any time. */
function words() {
  read ??= LANGUAGES.map((language) => ({ language, words: rawWords(language) }));
  return read;
}
let read: readonly { readonly language: Language; readonly words: ReturnType<typeof rawWords> }[] | undefined;

/** The words of one language for a key, folded. */
function folded(words: Readonly<Record<string, string>>, key: string): readonly string[] {
  return (words[key] ?? '')
    .split('|')
    .map(foldWords)
    .filter((word) => word !== '');
}

/**
 * The words for a key, such as `command.admin`, in every language, folded; the longest first, because a word may begin with
 * another one: "장애 현황" and "장애".
 */
export function typedWords(key: string): readonly string[] {
  const found = typed.get(key);
  if (found) return found;
  const all = new Set(words().flatMap(({ words: file }) => folded(file, key)));
  const sorted = [...all].sort((a, b) => b.length - a.length);
  typed.set(key, sorted);
  return sorted;
}
const typed = new Map<string, readonly string[]>();

/** True when the whole text is one of the words for the key. */
export function isTyped(key: string, text: string): boolean {
  return text.length <= MAX_WORDS && typedWords(key).includes(foldWords(text));
}

/** The meaning of each word, read at the first question. */
function wordMap<T extends string>(
  prefix: string,
  meanings: readonly T[],
): Pick<ReadonlyMap<string, Found<T>>, 'get'> {
  let map: ReadonlyMap<string, Found<T>> | undefined;
  return { get: (typed) => (map ??= readWords(prefix, meanings)).get(typed) };
}

function readWords<T extends string>(prefix: string, meanings: readonly T[]): ReadonlyMap<string, Found<T>> {
  const map = new Map<string, Found<T>>();
  const all = words().flatMap(({ language, words: file }) =>
    meanings.flatMap((word) =>
      folded(file, `${prefix}.${word}`).map((typed) => ({ typed, found: { word, language } })),
    ),
  );
  for (const { typed, found } of all) if (!map.has(typed)) map.set(typed, found);
  for (const { typed, found } of all) if (!map.has(fold(typed))) map.set(fold(typed), found);
  return map;
}

/** The meaning of the whole text, also of one typed without its accents. */
function meaningOf<T>(map: Pick<ReadonlyMap<string, Found<T>>, 'get'>, text: string): Found<T> | undefined {
  if (text.length > MAX_WORDS) return undefined;
  const typed = foldWords(text);
  return map.get(typed) ?? map.get(fold(typed));
}

const commands = wordMap('command', COMMANDS);
const replies = wordMap('word', REPLIES);

/** The command of a whole text, in any language; a sentence that merely contains a command is not one. */
export function commandOf(
  text: string,
): { readonly command: Command; readonly language: Language } | undefined {
  const found = meaningOf(commands, text);
  return found && { command: found.word, language: found.language };
}

/** Yes, no, none of these, "I do not know" or a greeting, as a whole text in any language. */
export function replyOf(text: string): { readonly reply: Reply; readonly language: Language } | undefined {
  const found = meaningOf(replies, text);
  return found && { reply: found.word, language: found.language };
}

/** True for "yes" or "no" and nothing else. */
export function isYesOrNo(text: string): boolean {
  const reply = replyOf(text)?.reply;
  return reply === 'yes' || reply === 'no';
}

/** True for a greeting and nothing else. */
export function isGreeting(text: string): boolean {
  return replyOf(text)?.reply === 'greeting';
}

/** True when the text says that none of the choices is meant, or that the person does not know. */
export function saysNone(text: string): boolean {
  const reply = replyOf(text)?.reply;
  return reply === 'none' || reply === 'unsure';
}

/** "I do not know", with or without a reason. */
const UNSURE = new RegExp(
  `^(?:${anyOf(unsure.openers)}(?:[,، 、]+|(?<![\\x00-\\x7f])))*${anyOf(unsure.start)}|${anyOf(unsure.end)}$`,
  'u',
);

/** True when the text says that the person does not know, with or without the reason: "dunno, my boss bought it". */
export function isUnsure(text: string): boolean {
  const reply = replyOf(text)?.reply;
  return reply === 'unsure' || (text.length <= 2 * MAX_WORDS && UNSURE.test(fold(foldWords(text))));
}

/** The tags under which a language can be asked for: its own, and the same without script and country. */
const tagsOf = (language: Language): readonly string[] => [
  ...new Set([language, language.split('-')[0] ?? language]),
];

/**
 * What people type to ask for a language, as a folded text with the tag of the language. `command.to` of each language says
 * how one asks there; the names are those of Unicode in that language, and `command.to.<tag>` adds other names.
 */
function waysToAsk(): ReadonlyMap<string, string> {
  const ways = new Map<string, string>();
  const add = (typed: string, tag: string) => {
    for (const way of [typed, fold(typed)]) if (!ways.has(way)) ways.set(way, tag);
  };
  const tags = [...new Set(LANGUAGES.flatMap(tagsOf))];
  for (const { language, words: file } of words()) {
    const names = new Intl.DisplayNames([language], { type: 'language' });
    for (const tag of tags) {
      const known = [names.of(tag) ?? tag, ...folded(file, `command.to.${tag}`)];
      for (const way of (file['command.to'] ?? '').split('|').filter((one) => one !== ''))
        for (const name of known) add(foldWords(way.replace('{language}', name)), tag);
    }
  }
  return ways;
}
let asked: ReadonlyMap<string, string> | undefined;

/**
 * The language that a person asks for by its name: `English`, `in Chinese`, `繁體中文`. A name without its script means the
 * first such language in `offered`.
 */
export function languageNamed(text: string, offered: readonly Language[] = LANGUAGES): Language | undefined {
  if (text.length > MAX_WORDS) return undefined;
  asked ??= waysToAsk();
  const tag = asked.get(foldWords(text)) ?? asked.get(fold(foldWords(text)));
  if (tag === undefined) return undefined;
  const exact = LANGUAGES.find((language) => language === tag);
  return exact ?? languageFor(tag, offered) ?? languageFor(tag);
}
