/** Everything between examples and the shipped model file: training set, priors, cross-validation, calibration, threshold. */
import { ISSUE_KINDS, type Asker, type IssueKind } from '../../core/terms.js';
import { ALL_FEATURES } from '../../core/understanding/features.js';
import { calibrated, scoreKinds, type KindScore, type ModelFile } from '../../core/understanding/model.js';
import { CLASSES, classesOfKind, rightKinds, type Phrase, type Question } from './corpus.js';
import { predict, seeded, train, type Example, type TrainedModel, type TrainOptions } from './trainer.js';

export const OPTIONS: TrainOptions = {
  classes: CLASSES.length,
  epochs: 10,
  rate: 0.15,
  decay: 1e-5,
  minCount: 2,
  features: ALL_FEATURES,
};
/** How much a real question weighs against a written phrase. */
const QUESTION_WEIGHT = 1.5;
/** How far the asker's habits and the frequency of kinds are believed. */
const ASKER_POWER = 0.5;
const KIND_POWER = 0.2;
const PRIOR_STRENGTH = 4;

const ASKER_OF: Readonly<Record<string, Asker>> = {
  'end-customer': 'customer',
  'csp-partner': 'partner',
  isv: 'publisher',
  unknown: 'customer',
};

/** The product's word for a data set's asker; an unknown one is a customer. */
export function askerOf(word: string): Asker {
  return ASKER_OF[word] ?? 'customer';
}

export function examplesOf(phrases: readonly Phrase[], questions: readonly Question[]): readonly Example[] {
  return [
    ...phrases.map((phrase) => ({ text: phrase.text, classes: [CLASSES.indexOf(phrase.issue)], weight: 1 })),
    ...questions.map((question) => ({
      text: question.text,
      classes: classesOfKind(question.kind),
      weight: QUESTION_WEIGHT,
    })),
  ];
}

type Priors = Pick<ModelFile, 'askers' | 'kinds'>;

/** Smoothed log ratios of kinds per asker, and of kinds overall, from labelled questions. */
export function priorsOf(questions: readonly Question[]): Priors {
  const shares = (rows: readonly Question[], base: (kind: IssueKind) => number): Record<string, number> =>
    Object.fromEntries(
      ISSUE_KINDS.map((kind) => [
        kind,
        (rows.filter((row) => row.kind === kind).length + PRIOR_STRENGTH * base(kind)) /
          (rows.length + PRIOR_STRENGTH),
      ]),
    );
  const even = 1 / ISSUE_KINDS.length;
  const total = questions.length + ISSUE_KINDS.length;
  const all = Object.fromEntries(
    ISSUE_KINDS.map((kind) => [kind, (questions.filter((row) => row.kind === kind).length + 1) / total]),
  );
  const logs = (table: Record<string, number>, against: (kind: string) => number, power: number) =>
    Object.fromEntries(
      Object.entries(table).map(([kind, share]) => [kind, power * Math.log(share / against(kind))]),
    );
  const askers = Object.fromEntries(
    (['customer', 'partner', 'publisher'] as const).map((asker) => {
      const rows = questions.filter((row) => askerOf(row.asker) === asker);
      return [
        asker,
        logs(
          shares(rows, (kind) => all[kind] ?? even),
          (kind) => all[kind] ?? even,
          ASKER_POWER,
        ),
      ];
    }),
  );
  return { askers, kinds: logs(all, () => even, KIND_POWER) };
}

export interface Judged {
  readonly question: Question;
  readonly scores: readonly KindScore[];
  readonly right: boolean;
}

/** Scores by a model still in training form. */
export function judge(model: TrainedModel, priors: Priors, question: Question, options = OPTIONS): Judged {
  const probabilities = Array.from(predict(model, question.text, options.features));
  const scores = scoreKinds(probabilities, { classes: CLASSES, ...priors }, askerOf(question.asker));
  const first = scores[0]?.kind;
  return { question, scores, right: first !== undefined && rightKinds(question).includes(first) };
}

/** Which fold a question is in; questions of one thread stay together, so that no thread is on both sides. */
export function foldsOf(questions: readonly Question[], folds: number, seed: number): readonly number[] {
  const random = seeded(seed);
  const bySource = new Map<string, number>();
  return questions.map((question) => {
    const known = bySource.get(question.source) ?? Math.floor(random() * folds);
    bySource.set(question.source, known);
    return known;
  });
}

/** Every question judged by a model that has not seen its thread. Phrases are always in training. */
export function crossValidate(
  phrases: readonly Phrase[],
  questions: readonly Question[],
  { folds = 10, seed = 3, options = OPTIONS } = {},
): readonly Judged[] {
  const fold = foldsOf(questions, folds, seed);
  return Array.from({ length: folds }, (_, number) => number).flatMap((number) => {
    const inside = questions.filter((_, at) => fold[at] !== number);
    const outside = questions.filter((_, at) => fold[at] === number);
    if (outside.length === 0) return [];
    const model = train(examplesOf(phrases, inside), options);
    const priors = priorsOf(inside);
    return outside.map((question) => judge(model, priors, question, options));
  });
}

/** Platt scaling on the logit of the first probability: two numbers, by gradient descent with a weak pull to identity. */
function fitCalibration(judged: readonly Judged[]): ModelFile['calibration'] {
  let slope = 1;
  let offset = 0;
  const rows = judged.map(({ scores, right }) => {
    const p = Math.min(1 - 1e-6, Math.max(1e-6, scores[0]?.probability ?? 0));
    return { x: Math.log(p / (1 - p)), y: right ? 1 : 0 };
  });
  for (let step = 0; step < 4000; step += 1) {
    let ds = (2 * (slope - 1)) / rows.length;
    let dO = 0;
    for (const { x, y } of rows) {
      const error = 1 / (1 + Math.exp(-(slope * x + offset))) - y;
      ds += (error * x) / rows.length;
      dO += error / rows.length;
    }
    slope -= 0.05 * ds;
    offset -= 0.05 * dO;
  }
  return { slope: Number(slope.toFixed(4)), offset: Number(offset.toFixed(4)) };
}

/** Highest share of questions that may be asked back when the threshold is chosen. */
const ASK_BUDGET = 0.14;

/** The highest threshold that still answers enough: surest answers first, `other` always asked. */
function chooseThreshold(judged: readonly Judged[], calibration: ModelFile['calibration']): number {
  const sure = judged
    .filter(({ scores }) => scores[0]?.kind !== 'other')
    .map(({ scores }) => calibrated(scores[0]?.probability ?? 0, calibration))
    .sort((a, b) => b - a);
  const answered = Math.min(sure.length, Math.ceil(judged.length * (1 - ASK_BUDGET)));
  return Number((Math.floor((sure[answered - 1] ?? 0.5) * 100) / 100).toFixed(2));
}

/** A trained model as the file that ships: one signed byte a weight. */
export function quantise(
  model: TrainedModel,
): Pick<ModelFile, 'classes' | 'vocabulary' | 'weights' | 'scale' | 'bias'> {
  const size = model.classes;
  const scale = Array.from({ length: size }, (_, c) => {
    let top = 1e-6;
    for (let at = c; at < model.weights.length; at += size) top = Math.max(top, Math.abs(model.weights[at]!));
    return Number((top / 127).toPrecision(6));
  });
  const bytes = Int8Array.from(model.weights, (weight, at) => Math.round(weight / scale[at % size]!));
  return {
    classes: CLASSES,
    vocabulary: [...model.vocabulary.keys()].join('\n'),
    weights: Buffer.from(bytes.buffer).toString('base64'),
    scale,
    bias: Array.from(model.bias, (bias) => Number(bias.toPrecision(6))),
  };
}

/** The whole model file from phrases and questions. */
export function fitModel(
  phrases: readonly Phrase[],
  questions: readonly Question[],
  inputs: ModelFile['inputs'],
): ModelFile {
  const judged = crossValidate(phrases, questions);
  const calibration = fitCalibration(judged);
  const model = train(examplesOf(phrases, questions), OPTIONS);
  return {
    inputs,
    ...quantise(model),
    ...priorsOf(questions),
    calibration,
    threshold: chooseThreshold(judged, calibration),
  };
}
