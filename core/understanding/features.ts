/** Features of one sentence for the linear classifier: words, letters, Han and kana n-grams, and concepts. */
import { cap, fold, openCamel, runs, type Run } from '../text.js';
import { conceptsIn } from './lexicon.js';

/** Feature name → value. Groups are scaled to unit length so that long texts do not weigh more. */
export type Features = ReadonlyMap<string, number>;

export interface FeatureOptions {
  readonly words: boolean;
  readonly letters: boolean;
  readonly concepts: boolean;
}
export const ALL_FEATURES: FeatureOptions = { words: true, letters: true, concepts: true };

const WORD_MAX = 24;
const STATUS_CODE = /^[1-5]\d\d$/;

/** Numbers say nothing about the kind of issue, except HTTP statuses. */
function token(run: Run): string {
  if (/^\d+$/.test(run.text)) return STATUS_CODE.test(run.text) ? run.text : '0';
  return run.text.slice(0, run.spaceless ? run.text.length : WORD_MAX);
}

function wordGrams(tokens: readonly Run[], out: Set<string>): void {
  let before = '^';
  for (const run of tokens) {
    if (run.spaceless) {
      before = '_';
      continue;
    }
    const word = token(run);
    out.add(`w ${word}`).add(`w ${before} ${word}`);
    before = word;
  }
}

function letterGrams(tokens: readonly Run[], out: Set<string>): void {
  for (const run of tokens) {
    const text = run.spaceless ? run.text : `#${token(run)}#`;
    const [low, high] = run.spaceless ? [1, 3] : [3, 5];
    for (let size = low; size <= high; size += 1) {
      for (let at = 0; at + size <= text.length; at += 1) out.add(`c ${text.slice(at, at + size)}`);
    }
  }
}

function conceptGrams(tokens: readonly Run[], out: Set<string>): void {
  const seen = [...new Set(conceptsIn(tokens).map((sighting) => sighting.concept))].sort().slice(0, 16);
  seen.forEach((first, at) => {
    out.add(`l ${first}`);
    for (const second of seen.slice(at + 1)) out.add(`l ${first}+${second}`);
  });
  out.add(`n ${Math.min(seen.length, 4)}`);
}

/** The length of the text in words; a run without spaces counts two characters as one word. */
function length(tokens: readonly Run[]): number {
  return tokens.reduce((sum, run) => sum + (run.spaceless ? Math.ceil(run.text.length / 2) : 1), 0);
}

function scaled(group: ReadonlySet<string>, weight: number, out: Map<string, number>): void {
  const value = weight / Math.sqrt(Math.max(1, group.size));
  for (const name of group) out.set(name, value);
}

/** Words of the text; compound identifiers (`InvalidTemplateDeployment`) are read both whole and split. */
function tokensOf(text: string): readonly Run[] {
  const plain = cap(text);
  const closed = runs(fold(plain));
  const open = openCamel(plain);
  if (open.length === plain.length) return closed;
  const known = new Set(closed.map((run) => run.text));
  return [...closed, ...runs(fold(open)).filter((run) => !known.has(run.text))];
}

/** Features of a sentence. Deterministic; reads at most the cap of `fold`. */
export function featuresOf(text: string, use: FeatureOptions = ALL_FEATURES): Features {
  const tokens = tokensOf(text);
  const words = new Set<string>();
  const letters = new Set<string>();
  const concepts = new Set<string>();
  if (use.words) wordGrams(tokens, words);
  if (use.letters) letterGrams(tokens, letters);
  if (use.concepts) conceptGrams(tokens, concepts);
  const out = new Map<string, number>();
  scaled(words, 1, out);
  scaled(letters, 1, out);
  scaled(concepts, 1.8, out);
  const size = length(tokens);
  out.set(`s ${size <= 1 ? 1 : size <= 2 ? 2 : size <= 5 ? 5 : size <= 12 ? 12 : 99}`, 0.5);
  return out;
}
