/** Concepts behind the words of all languages ("refund", "Erstattung", "退款"), with one meaning in all of them. */
import { runs, fold, withoutParticle, type Run } from '../text.js';
import source from './lexicon.json' with { type: 'json' };

export type Concept = keyof typeof source;

interface Entry {
  readonly concept: Concept;
  /** Folded words; the last may be a prefix. */
  readonly words: readonly string[];
  readonly prefix: boolean;
}

/** The position of a concept in the run list. */
export interface Sighting {
  readonly concept: Concept;
  readonly at: number;
}

/** The shortest word and the shortest stem that may have a typing error; shorter ones are like words of other languages. */
const FUZZY_WORD = 7;
const FUZZY_STEM = 6;
const SPACELESS_MAX = 14;
const WORD_MAX = 24;

interface Tables {
  /** Entries by their first word, for whole words and for phrases. */
  readonly whole: Map<string, Entry[]>;
  /** One-word prefixes. */
  readonly prefixes: Map<string, Concept[]>;
  readonly spaceless: Map<string, Concept[]>;
  /** Long words, with one letter left out: one typing error away. */
  readonly nearWords: Map<string, Concept[]>;
  /** The same for stems. */
  readonly nearStems: Map<string, Concept[]>;
}

function put<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The word itself, and the word without each of its letters in turn. */
function deletions(word: string): readonly string[] {
  const out = [word];
  for (let at = 1; at < word.length; at += 1) out.push(word.slice(0, at) + word.slice(at + 1));
  return out;
}

/** A pattern of the file: a word or several, the last one a beginning where the pattern ends with `*`. */
function addPattern(t: Tables, concept: Concept, pattern: string): void {
  const found = runs(fold(pattern));
  const words = found.map((run) => run.text);
  const [first] = words;
  if (first === undefined) return;
  // A script without spaces writes particles onto the last word.
  const prefix = pattern.trim().endsWith('*') || found.at(-1)?.spaceless === true;
  const isOne = words.length === 1;
  if (isOne && found[0]?.spaceless) return put(t.spaceless, first, concept);
  if (isOne && prefix) put(t.prefixes, first, concept);
  else put(t.whole, first, { concept, words, prefix });
  if (isOne && first.length >= (prefix ? FUZZY_STEM : FUZZY_WORD))
    for (const variant of deletions(first)) put(prefix ? t.nearStems : t.nearWords, variant, concept);
}

function build(): Tables {
  const made: Tables = {
    whole: new Map(),
    prefixes: new Map(),
    spaceless: new Map(),
    nearWords: new Map(),
    nearStems: new Map(),
  };
  for (const [name, byLanguage] of Object.entries(source)) {
    const patterns = Object.values(byLanguage as Readonly<Record<string, string>>).flatMap((list) =>
      list.split(','),
    );
    for (const pattern of new Set(patterns.map((one) => one.trim())))
      addPattern(made, name as Concept, pattern);
  }
  return made;
}

let tables: Tables | undefined;

function matchesAt(entry: Entry, words: readonly string[], at: number): boolean {
  return entry.words.every((word, offset) => {
    const seen = words[at + offset];
    if (seen === undefined) return false;
    return entry.prefix && offset === entry.words.length - 1 ? seen.startsWith(word) : seen === word;
  });
}

function inWord(t: Tables, word: string): readonly Concept[] {
  const found: Concept[] = [];
  for (let end = 2; end <= Math.min(word.length, WORD_MAX); end += 1) {
    found.push(...(t.prefixes.get(word.slice(0, end)) ?? []));
  }
  return found;
}

/** Stems of this length and longer are found inside a long word too: "Jahresrechnung", "licentiefactuur". */
const INSIDE_MIN = 6;
/** What stands before such a stem is a word of its own. */
const BEFORE_MIN = 3;

function inCompound(t: Tables, word: string): readonly Concept[] {
  const found: Concept[] = [];
  const last = Math.min(word.length, WORD_MAX);
  for (let start = BEFORE_MIN; start + INSIDE_MIN <= last; start += 1)
    for (let end = start + INSIDE_MIN; end <= last; end += 1)
      found.push(...(t.prefixes.get(word.slice(start, end)) ?? []));
  return found;
}

function nearly(t: Tables, word: string): readonly Concept[] {
  if (word.length < FUZZY_STEM || word.length > WORD_MAX) return [];
  const whole = deletions(word).flatMap((variant) => t.nearWords.get(variant) ?? []);
  if (whole.length > 0) return whole;
  for (let end = word.length; end >= Math.max(FUZZY_STEM, word.length - 4); end -= 1) {
    const hits = deletions(word.slice(0, end)).flatMap((variant) => t.nearStems.get(variant) ?? []);
    if (hits.length > 0) return hits;
  }
  return [];
}

function inSpaceless(t: Tables, text: string): readonly Concept[] {
  const found: Concept[] = [];
  for (let start = 0; start < text.length; start += 1) {
    for (let end = start + 1; end <= Math.min(text.length, start + SPACELESS_MAX); end += 1) {
      found.push(...(t.spaceless.get(text.slice(start, end)) ?? []));
    }
  }
  return found;
}

/** The concepts of one word or run, and of the phrases that begin with it. */
function conceptsAt(t: Tables, run: Run, words: readonly string[], at: number): readonly Concept[] {
  if (run.spaceless) return inSpaceless(t, run.text);
  const phrases = (t.whole.get(run.text) ?? []).filter((entry) => matchesAt(entry, words, at));
  const direct = [
    ...phrases.map((entry) => entry.concept),
    ...inWord(t, run.text),
    ...inCompound(t, run.text),
  ];
  if (direct.length > 0) return direct;
  const bare = withoutParticle(run.text);
  return bare === undefined ? nearly(t, run.text) : conceptsAt(t, { ...run, text: bare }, words, at);
}

/** Concepts in a run list, each with its position; one typo in a long word is allowed. Linear in the text. */
export function conceptsIn(list: readonly Run[]): readonly Sighting[] {
  const t = (tables ??= build());
  const words = list.map((run) => run.text);
  return list.flatMap((run, at) => conceptsAt(t, run, words, at).map((concept) => ({ concept, at })));
}
