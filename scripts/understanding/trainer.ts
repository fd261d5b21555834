/** Trains the multinomial logistic regression behind the issue reader; deterministic, used by the script and the bench. */
import { featuresOf, type FeatureOptions } from '../../core/understanding/features.js';

export interface Example {
  readonly text: string;
  /** Every class that counts as right: one for a phrase, all topics of a kind for a question labelled by kind. */
  readonly classes: readonly number[];
  readonly weight: number;
}

export interface TrainOptions {
  readonly classes: number;
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
  readonly minCount: number;
  readonly features: FeatureOptions;
}

export interface TrainedModel {
  readonly vocabulary: ReadonlyMap<string, number>;
  readonly classes: number;
  /** Row per feature, column per class. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
}

interface Row {
  readonly index: Int32Array;
  readonly value: Float32Array;
  readonly classes: readonly number[];
  readonly weight: number;
}

/** A small seeded generator (mulberry32), so that training is the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const cache = new Map<string, ReadonlyMap<string, number>>();
function cachedFeatures(text: string, use: FeatureOptions): ReadonlyMap<string, number> {
  const key = `${use.words ? 1 : 0}${use.letters ? 1 : 0}${use.concepts ? 1 : 0}${text}`;
  const found = cache.get(key) ?? featuresOf(text, use);
  cache.set(key, found);
  return found;
}

function vocabularyOf(examples: readonly Example[], options: TrainOptions): Map<string, number> {
  const counts = new Map<string, number>();
  for (const example of examples) {
    for (const name of cachedFeatures(example.text, options.features).keys()) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  const names = [...counts].filter(([, count]) => count >= options.minCount).map(([name]) => name);
  return new Map(names.sort().map((name, at) => [name, at]));
}

function rowsOf(
  examples: readonly Example[],
  vocabulary: ReadonlyMap<string, number>,
  use: FeatureOptions,
): Row[] {
  return examples.map((example) => {
    const known = [...cachedFeatures(example.text, use)].filter(([name]) => vocabulary.has(name));
    return {
      index: Int32Array.from(known, ([name]) => vocabulary.get(name) ?? 0),
      value: Float32Array.from(known, ([, value]) => value),
      classes: example.classes,
      weight: example.weight,
    };
  });
}

/** Class probabilities of one row. */
function forward(row: Row, weights: Float32Array, bias: Float32Array, out: Float64Array): void {
  const size = bias.length;
  for (let c = 0; c < size; c += 1) out[c] = bias[c]!;
  for (let k = 0; k < row.index.length; k += 1) {
    const base = row.index[k]! * size;
    const value = row.value[k]!;
    for (let c = 0; c < size; c += 1) out[c]! += weights[base + c]! * value;
  }
  let top = -Infinity;
  for (let c = 0; c < size; c += 1) top = Math.max(top, out[c]!);
  let sum = 0;
  for (let c = 0; c < size; c += 1) sum += out[c] = Math.exp(out[c]! - top);
  for (let c = 0; c < size; c += 1) out[c]! /= sum;
}

/** Turns probabilities into the gradient: probability minus the share the right classes hold among themselves. */
function gradient(row: Row, p: Float64Array): void {
  const right = row.classes.reduce((sum, c) => sum + p[c]!, 0) || 1e-9;
  const shares = row.classes.map((c) => p[c]! / right);
  row.classes.forEach((c, at) => (p[c]! -= shares[at]!));
}

/** AdaGrad over shuffled examples with decoupled decay. */
export function train(examples: readonly Example[], options: TrainOptions, seed = 7): TrainedModel {
  const vocabulary = vocabularyOf(examples, options);
  const rows = rowsOf(examples, vocabulary, options.features);
  const size = options.classes;
  const weights = new Float32Array(vocabulary.size * size);
  const squares = new Float32Array(weights.length).fill(1e-2);
  const bias = new Float32Array(size);
  const biasSquares = new Float32Array(size).fill(1e-2);
  const p = new Float64Array(size);
  const random = seeded(seed);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let at = rows.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [rows[at], rows[other]] = [rows[other]!, rows[at]!];
    }
    for (const row of rows) {
      forward(row, weights, bias, p);
      gradient(row, p);
      for (let c = 0; c < size; c += 1) {
        const g = p[c]! * row.weight;
        biasSquares[c]! += g * g;
        bias[c]! -= (options.rate * g) / Math.sqrt(biasSquares[c]!);
      }
      for (let k = 0; k < row.index.length; k += 1) {
        const base = row.index[k]! * size;
        const value = row.value[k]! * row.weight;
        for (let c = 0; c < size; c += 1) {
          const g = p[c]! * value + options.decay * weights[base + c]!;
          squares[base + c]! += g * g;
          weights[base + c]! -= (options.rate * g) / Math.sqrt(squares[base + c]!);
        }
      }
    }
  }
  return { vocabulary, classes: size, weights, bias };
}

/** Class probabilities of a text under a model still in training form. */
export function predict(model: TrainedModel, text: string, use: FeatureOptions): Float64Array {
  const [row] = rowsOf([{ text, classes: [], weight: 1 }], model.vocabulary, use);
  const out = new Float64Array(model.classes);
  if (row) forward(row, model.weights, model.bias, out);
  return out;
}
