/** Concepts behind words of seven languages ("refund", "Erstattung", "退款"), with one meaning in all of them. */
import { runs, fold } from '../text.js';
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

const FUZZY_MIN = 6;
const SPACELESS_MAX = 14;
const WORD_MAX = 24;

interface Tables {
  /** Entries by their first word, for whole-word patterns. */
  readonly whole: ReadonlyMap<string, readonly Entry[]>;
  /** One-word prefixes. */
  readonly prefixes: ReadonlyMap<string, readonly Concept[]>;
  readonly spaceless: ReadonlyMap<string, readonly Concept[]>;
  /** Stems and words of six letters or more, with one letter left out: one typo away. */
  readonly near: ReadonlyMap<string, readonly Concept[]>;
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

function build(): Tables {
  const whole = new Map<string, Entry[]>();
  const prefixes = new Map<string, Concept[]>();
  const spaceless = new Map<string, Concept[]>();
  const near = new Map<string, Concept[]>();
  for (const [name, patterns] of Object.entries(source)) {
    const concept = name as Concept;
    for (const pattern of patterns.split(',')) {
      const prefix = pattern.trim().endsWith('*');
      const found = runs(fold(pattern));
      const words = found.map((run) => run.text);
      const first = words[0];
      if (first === undefined) continue;
      if (words.length === 1 && found[0]?.spaceless) put(spaceless, first, concept);
      else if (words.length === 1 && prefix) put(prefixes, first, concept);
      else put(whole, first, { concept, words, prefix });
      if (words.length === 1 && !found[0]?.spaceless && first.length >= FUZZY_MIN) {
        for (const variant of deletions(first)) put(near, variant, concept);
      }
    }
  }
  return { whole, prefixes, spaceless, near };
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

function nearly(t: Tables, word: string): readonly Concept[] {
  if (word.length < FUZZY_MIN || word.length > WORD_MAX) return [];
  for (let end = word.length; end >= Math.max(FUZZY_MIN, word.length - 4); end -= 1) {
    const hits = deletions(word.slice(0, end)).flatMap((variant) => t.near.get(variant) ?? []);
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

/** Concepts in a run list, each with its position; one typo in a long word is allowed. Linear in the text. */
export function conceptsIn(list: readonly { text: string; spaceless: boolean }[]): readonly Sighting[] {
  const t = (tables ??= build());
  const words = list.map((run) => run.text);
  return list.flatMap((run, at) => {
    const phrases = (t.whole.get(run.text) ?? []).filter((entry) => matchesAt(entry, words, at));
    const direct = [
      ...phrases.map((entry) => entry.concept),
      ...(run.spaceless ? inSpaceless(t, run.text) : inWord(t, run.text)),
    ];
    const seen = direct.length > 0 || run.spaceless ? direct : nearly(t, run.text);
    return seen.map((concept) => ({ concept, at }));
  });
}
