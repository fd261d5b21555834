/** Trains a multinomial logistic regression over sparse rows. The same examples always give the same weights. */

export interface Example {
  /** Rows of the vocabulary. */
  readonly index: readonly number[];
  readonly value: readonly number[];
  readonly class: number;
}

export interface TrainOptions {
  readonly classes: number;
  readonly epochs: number;
  readonly rate: number;
  readonly decay: number;
}

export interface TrainedModel {
  /** Row per feature, column per class. */
  readonly weights: Float32Array;
  readonly bias: Float32Array;
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

/** Class probabilities of one example, written into `out`. */
function forward({ index, value }: Example, { weights, bias }: TrainedModel, out: Float64Array): void {
  const size = bias.length;
  for (let c = 0; c < size; c += 1) out[c] = bias[c]!;
  for (let k = 0; k < index.length; k += 1) {
    const base = index[k]! * size;
    const worth = value[k]!;
    for (let c = 0; c < size; c += 1) out[c]! += weights[base + c]! * worth;
  }
  let top = -Infinity;
  for (let c = 0; c < size; c += 1) top = Math.max(top, out[c]!);
  let sum = 0;
  for (let c = 0; c < size; c += 1) sum += out[c] = Math.exp(out[c]! - top);
  for (let c = 0; c < size; c += 1) out[c]! /= sum;
}

/** AdaGrad over weights and bias, with decoupled decay. */
class Trainer {
  readonly model: TrainedModel;
  private readonly squares: Float32Array;
  private readonly biasSquares: Float32Array;
  private readonly p: Float64Array;

  constructor(
    features: number,
    private readonly options: TrainOptions,
  ) {
    const size = options.classes;
    this.model = { weights: new Float32Array(features * size), bias: new Float32Array(size) };
    this.squares = new Float32Array(features * size).fill(1e-2);
    this.biasSquares = new Float32Array(size).fill(1e-2);
    this.p = new Float64Array(size);
  }

  step(example: Example): void {
    const { p, biasSquares } = this;
    const { bias } = this.model;
    forward(example, this.model, p);
    p[example.class]! -= 1;
    for (let c = 0; c < bias.length; c += 1) {
      biasSquares[c]! += p[c]! * p[c]!;
      bias[c]! -= (this.options.rate * p[c]!) / Math.sqrt(biasSquares[c]!);
    }
    example.index.forEach((row, at) => this.stepRow(row * bias.length, example.value[at]!));
  }

  private stepRow(base: number, value: number): void {
    const { p, squares, options } = this;
    const { weights } = this.model;
    for (let c = 0; c < p.length; c += 1) {
      const g = p[c]! * value + options.decay * weights[base + c]!;
      squares[base + c]! += g * g;
      weights[base + c]! -= (options.rate * g) / Math.sqrt(squares[base + c]!);
    }
  }
}

/** Trains on the examples in a seeded order. */
function train(
  examples: readonly Example[],
  features: number,
  options: TrainOptions,
  seed = 7,
): TrainedModel {
  const trainer = new Trainer(features, options);
  const rows = [...examples];
  const random = seeded(seed);
  for (let epoch = 0; epoch < options.epochs; epoch += 1) {
    for (let at = rows.length - 1; at > 0; at -= 1) {
      const other = Math.floor(random() * (at + 1));
      [rows[at], rows[other]] = [rows[other]!, rows[at]!];
    }
    for (const row of rows) trainer.step(row);
  }
  return trainer.model;
}

/** The average of models that saw the examples in different orders: it depends less on chance than each of them. */
export function trainAverage(
  examples: readonly Example[],
  features: number,
  options: TrainOptions,
  orders: number,
): TrainedModel {
  const models = Array.from({ length: orders }, (_, at) => train(examples, features, options, at + 1));
  const mean = (lists: readonly Float32Array[]) =>
    Float32Array.from(lists[0]!, (_, at) => lists.reduce((sum, list) => sum + list[at]!, 0) / lists.length);
  return { weights: mean(models.map(({ weights }) => weights)), bias: mean(models.map(({ bias }) => bias)) };
}
