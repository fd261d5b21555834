/** Expressions whose words stand in JSON files beside the code, by language. */
import { fold, runs } from './text.js';

/** Parts of an expression by language, each with its alternatives. */
export type WordsByLanguage = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What stands for `{name}` in an expression: the same in every language, or the words of the language. */
export type Parts = Readonly<Record<string, string | WordsByLanguage>>;

const LETTERS = /(?:(?![\0-\x7f])[\p{L}\p{M}])+/gu;
/** One letter may unfold into eighteen. */
const LONGEST_FOLD = 18;
const PART = /\{([a-z]+)\}/g;

/** The source of an expression with its letters as `fold` writes them, so that it fits folded text in any spelling. */
export function foldedSource(source: string): string {
  return source.replace(LETTERS, (letters) => fold(letters, letters.length * LONGEST_FOLD));
}

/** Each alternative of each language as a source, with its parts filled in. */
export function sourcesOf(words: WordsByLanguage, parts: Parts = {}): readonly string[] {
  return Object.entries(words).flatMap(([language, sources]) =>
    [sources ?? []].flat().map((source) => foldedSource(filled(source, language, parts))),
  );
}

/** The alternatives of all languages, or of one, as one source. */
export function anyOf(words: WordsByLanguage, parts?: Parts): string {
  return `(?:${sourcesOf(words, parts).join('|')})`;
}

function filled(source: string, language: string, parts: Parts): string {
  return source.replace(PART, (name, key: string) => {
    const part = parts[key];
    if (part === undefined) return name;
    const own = typeof part === 'string' ? part : [part[language] ?? '(?!)'].flat().join('|');
    return `(?:${own})`;
  });
}

/** The expression that a whole folded text has to fit. */
export function wholeText(words: WordsByLanguage, parts?: Parts): RegExp {
  return new RegExp(`^${anyOf(words, parts)}$`, 'u');
}

/** Single words of all languages, folded at the first question. */
export function wordSet(words: Readonly<Record<string, string>>): Pick<ReadonlySet<string>, 'has'> {
  let set: ReadonlySet<string> | undefined;
  const folded = () =>
    new Set(Object.values(words).flatMap((list) => runs(fold(list, LONGEST_LIST)).map(({ text }) => text)));
  return { has: (word) => (set ??= folded()).has(word) };
}
const LONGEST_LIST = 10_000;
