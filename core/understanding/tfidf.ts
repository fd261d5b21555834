/** The second linear model: TF-IDF over words (1–2) and characters (3–5) of one sentence, with a probability per kind. */
import { ISSUE_KINDS } from '../terms.js';
import { fold, runs, type Run } from '../text.js';
import { NameTable } from './word-list.js';

/** The part of the model file that belongs to this model. */
export interface TfidfFile {
  /** Gram names in row order, packed. */
  readonly vocabulary: string;
  /** How rare each gram is, in 255ths of `idfTop`, one byte each, base64. */
  readonly idf: string;
  readonly idfTop: number;
  /** Row per gram, column per kind, one signed byte each, base64. */
  readonly weights: string;
  readonly scale: readonly number[];
  readonly bias: readonly number[];
}

const WORD_MAX = 24;

function wordOf(text: string): string {
  return /^\d+$/.test(text) && text.length !== 3 ? '0' : text.slice(0, WORD_MAX);
}

/** How often each gram occurs: `w` words and pairs of words, `c` characters inside a word or a spaceless run. */
export function gramsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
  let before = '';
  for (const run of runs(fold(text))) {
    const word = run.spaceless ? '' : wordOf(run.text);
    if (word !== '') add(`w${word}`);
    if (word !== '' && before !== '') add(`w${before} ${word}`);
    before = word;
    for (const piece of piecesOf(run, word)) add(`c${piece}`);
  }
  return counts;
}

function* piecesOf(run: Run, word: string): Generator<string> {
  const [text, low, high] = run.spaceless ? [run.text, 1, 3] : [` ${word} `, 3, 5];
  for (let size = low; size <= high; size += 1) {
    for (let at = 0; at + size <= text.length; at += 1) yield text.slice(at, at + size);
  }
}

/** The known grams of a text with their weights; words and characters each have unit length. */
export interface Vector {
  readonly index: readonly number[];
  readonly value: readonly number[];
}

/** Weighs the grams of a text. `rowOf` and `idfOf` come from the vocabulary. */
export function vectorOf(
  text: string,
  rowOf: (gram: string) => number | undefined,
  idfOf: (row: number) => number,
): Vector {
  const index: number[] = [];
  const raw: { readonly isWord: boolean; readonly value: number }[] = [];
  let words = 0;
  let pieces = 0;
  for (const [gram, times] of gramsOf(text)) {
    const row = rowOf(gram);
    if (row === undefined) continue;
    const value = (1 + Math.log(times)) * idfOf(row);
    const isWord = gram.startsWith('w');
    if (isWord) words += value * value;
    else pieces += value * value;
    index.push(row);
    raw.push({ isWord, value });
  }
  return { index, value: raw.map(({ isWord, value }) => value / Math.sqrt(isWord ? words : pieces)) };
}

/** The part of the model file, decoded. */
export interface Tfidf extends Omit<TfidfFile, 'vocabulary' | 'idf' | 'weights'> {
  readonly rows: NameTable;
  readonly idf: Uint8Array;
  readonly weights: Int8Array;
}

export function openTfidf({ vocabulary, idf, weights, ...rest }: TfidfFile): Tfidf {
  const raw = Buffer.from(weights, 'base64');
  return {
    ...rest,
    rows: new NameTable(vocabulary),
    idf: Buffer.from(idf, 'base64'),
    weights: new Int8Array(raw.buffer, raw.byteOffset, raw.length),
  };
}

/** Scores per kind before the softmax, in the order of `ISSUE_KINDS`. */
export function tfidfScores(model: Tfidf, text: string): readonly number[] {
  const { rows, idf, weights } = model;
  const rarity = (row: number): number => ((idf[row] ?? 0) / 255) * model.idfTop;
  const { index, value } = vectorOf(text, (gram) => rows.placeOf(gram), rarity);
  const size = ISSUE_KINDS.length;
  const sums = new Float64Array(size);
  index.forEach((row, at) => {
    for (let kind = 0; kind < size; kind += 1) sums[kind]! += (weights[row * size + kind] ?? 0) * value[at]!;
  });
  return Array.from(sums, (sum, kind) => sum * (model.scale[kind] ?? 0) + (model.bias[kind] ?? 0));
}
