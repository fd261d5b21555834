/** The shipped model, an average of two linear models: decodes its weights and scores one sentence. `npm run train` makes it. */
import { ISSUES, ISSUE_KINDS, kindOf, type Asker, type Issue, type IssueKind } from '../terms.js';
import { allAtOnce, type Slices } from '../time-slices.js';
import { featuresOf } from './features.js';
import { openTfidf, tfidfScores, type Tfidf, type TfidfFile } from './tfidf.js';
import { NameTable } from './word-list.js';
import { modelFile } from './model-file.js';

/** The file in the form that the training script writes. */
export interface ModelFile {
  /** SHA-256 of the training data: phrases and lexicon. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly classes: readonly string[];
  /** Feature names in row order, packed. */
  readonly vocabulary: string;
  /** Row per feature, column per class, one signed byte each, base64. */
  readonly weights: string;
  /** The value of one step of a weight byte, for each class. */
  readonly scale: readonly number[];
  readonly bias: readonly number[];
  /** The second model. */
  readonly tfidf: TfidfFile;
  /** Log of how much likelier a kind is for this asker than for an unknown asker. */
  readonly askers: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Log of how often a kind is asked, relative to the mean. */
  readonly kinds: Readonly<Record<string, number>>;
  /** confidence = sigmoid(slope × logit(p) + offset), fitted on questions the model has not seen. */
  readonly calibration: { readonly slope: number; readonly offset: number };
  /** From this calibrated confidence on, the bot answers; below it the bot asks back. */
  readonly threshold: number;
  /** The first kind must be ahead of the second by this much; two close kinds become a question. */
  readonly lead: number;
}

/** The probability of one kind, with its likeliest topic. */
export interface KindScore {
  readonly kind: IssueKind;
  readonly issue: Issue;
  /** Uncalibrated probability 0..1. */
  readonly probability: number;
}

/** The file, decoded. */
export interface Model extends Omit<ModelFile, 'vocabulary' | 'weights' | 'tfidf'> {
  readonly rows: NameTable;
  readonly weights: Int8Array;
  readonly tfidf: Tfidf;
}

let opened: Model | undefined;

/** The model in the package, decoded at the first use. */
export function shippedModel(): Model {
  return opened ?? allAtOnce(openSlices());
}

/** Decodes the model in the package, one table in each slice. */
export function* openSlices(): Slices<Model> {
  const { vocabulary, weights, tfidf, ...rest }: ModelFile = modelFile();
  yield undefined;
  const raw = Buffer.from(weights, 'base64');
  const rows = new NameTable(vocabulary);
  yield undefined;
  opened ??= {
    ...rest,
    rows,
    weights: new Int8Array(raw.buffer, raw.byteOffset, raw.length),
    tfidf: openTfidf(tfidf),
  };
  return opened;
}

/** True for a word that the training data had more than once. */
export function isKnownWord({ rows }: Model, word: string): boolean {
  return rows.placeOf(`w ${word}`) !== undefined || /^[^\p{Script=Latin}]+$/u.test(word);
}

/** Class probabilities of a text, in the order of the file's classes. */
function classProbabilities(model: Model, text: string): readonly number[] {
  const { rows, weights } = model;
  const size = model.classes.length;
  const sums = new Float64Array(size);
  for (const [name, value] of featuresOf(text)) {
    const row = rows.placeOf(name);
    if (row === undefined) continue;
    for (let c = 0; c < size; c += 1) sums[c]! += (weights[row * size + c] ?? 0) * value;
  }
  return softmax(Array.from(sums, (sum, c) => sum * (model.scale[c] ?? 0) + (model.bias[c] ?? 0)));
}

/** Exponentials that add up to one. */
function softmax(scores: readonly number[]): readonly number[] {
  const top = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** A topic is named only when it has most of its kind's probability; otherwise the kind alone is safer. */
const TOPIC_SHARE = 0.5;

function topicOf(kind: IssueKind, byIssue: ReadonlyMap<Issue, number>, total: number): Issue {
  const topics = ISSUES.filter((issue) => kindOf(issue) === kind);
  const best = topics.reduce((a, b) => ((byIssue.get(b) ?? 0) > (byIssue.get(a) ?? 0) ? b : a));
  return (byIssue.get(best) ?? 0) >= TOPIC_SHARE * total ? best : kind;
}

/** The product of the asker's habits, or of how often kinds are asked, and a model's own probability. */
function weighed(model: Pick<Model, 'askers' | 'kinds'>, kind: IssueKind, asker?: Asker): number {
  return Math.exp(weightIn(model.kinds, kind) + (asker ? weightIn(model.askers[asker], kind) : 0));
}

/** A kind without a measured weight gets the lowest one, so that a new kind is not preferred to the measured kinds. */
function weightIn(weights: Readonly<Partial<Record<string, number>>> = {}, kind: IssueKind): number {
  return weights[kind] ?? Math.min(0, ...Object.values(weights).map((weight) => weight ?? 0));
}

/** Kinds by probability, best first: the geometric mean of both models, adjusted for the asker. */
export function scoreKinds(model: Model, text: string, asker?: Asker): readonly KindScore[] {
  const probabilities = classProbabilities(model, text);
  const second = softmax(tfidfScores(model.tfidf, text));
  const byIssue = new Map(model.classes.map((name, at) => [name as Issue, probabilities[at] ?? 0]));
  const raw = ISSUE_KINDS.map((kind, at) => {
    const total = ISSUES.reduce(
      (sum, issue) => (kindOf(issue) === kind ? sum + (byIssue.get(issue) ?? 0) : sum),
      0,
    );
    const both = Math.sqrt(total * (second[at] ?? 0));
    return { kind, issue: topicOf(kind, byIssue, total), probability: both * weighed(model, kind, asker) };
  });
  const sum = raw.reduce((total, entry) => total + entry.probability, 0) || 1;
  return raw
    .map((entry) => ({ ...entry, probability: entry.probability / sum }))
    .sort((a, b) => b.probability - a.probability);
}

/** The calibrated confidence of a raw probability. */
export function calibrated(probability: number, { slope, offset }: ModelFile['calibration']): number {
  const p = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return 1 / (1 + Math.exp(-(slope * Math.log(p / (1 - p)) + offset)));
}
