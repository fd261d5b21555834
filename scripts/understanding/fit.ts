/** Makes the model file from the phrases: both linear models and their settings. */
import { ISSUE_KINDS, kindOf, type Asker } from '../../core/terms.js';
import { ALL_FEATURES, featuresOf, type Features } from '../../core/understanding/features.js';
import type { ModelFile } from '../../core/understanding/model.js';
import { packNames } from '../../core/understanding/word-list.js';
import { gramsOf, vectorOf, type TfidfFile } from '../../core/understanding/tfidf.js';
import { CLASSES, type Phrase } from './corpus.js';
import settings from './settings.json' with { type: 'json' };
import { trainAverage, type Example, type TrainedModel, type TrainOptions } from './trainer.js';

const OPTIONS: TrainOptions = { classes: CLASSES.length, epochs: 10, rate: 0.15, decay: 1e-5 };
const TFIDF_OPTIONS: TrainOptions = { classes: ISSUE_KINDS.length, epochs: 12, rate: 0.3, decay: 1e-5 };
/** Training leaves out a feature that occurs in fewer phrases than this. */
const FEATURE_MIN = 2;
const LETTERS_MIN = 4;
const GRAM_MIN = 4;
/** Training runs this often, each time in another order, and averages the results. */
const ORDERS = 5;

const ASKER_OF: Readonly<Record<string, Asker>> = {
  'end-customer': 'customer',
  'csp-partner': 'partner',
  isv: 'publisher',
  unknown: 'customer',
};

/** Translates the asker of a data set into the product's word. An unknown asker is a customer. */
export function askerOf(word: string): Asker {
  return ASKER_OF[word] ?? 'customer';
}

/** Row numbers of the names that occur in enough texts. */
function vocabularyOf(
  texts: readonly Iterable<string>[],
  leastOf: (name: string) => number,
): ReadonlyMap<string, number> {
  return new Map(
    [...countsOf(texts)]
      .filter(([name, count]) => count >= leastOf(name))
      .map(([name]) => name)
      .sort()
      .map((name, at) => [name, at]),
  );
}

function countsOf(texts: readonly Iterable<string>[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const names of texts) for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function base64(bytes: Int8Array | Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/** Weights as one signed byte each. */
function quantise(model: TrainedModel): Pick<ModelFile, 'weights' | 'scale' | 'bias'> {
  const size = model.bias.length;
  const scale = Array.from({ length: size }, (_, c) => {
    let top = 1e-6;
    for (let at = c; at < model.weights.length; at += size) top = Math.max(top, Math.abs(model.weights[at]!));
    return Number((top / 127).toPrecision(6));
  });
  return {
    weights: base64(Int8Array.from(model.weights, (weight, at) => Math.round(weight / scale[at % size]!))),
    scale,
    bias: Array.from(model.bias, (bias) => Number(bias.toPrecision(6))),
  };
}

function fitFeatures(
  phrases: readonly Phrase[],
): Pick<ModelFile, 'classes' | 'vocabulary' | 'weights' | 'scale' | 'bias'> {
  const features = phrases.map((phrase) => featuresOf(phrase.text, ALL_FEATURES));
  const vocabulary = vocabularyOf(
    features.map((each) => each.keys()),
    (name) => (name.startsWith('c ') ? LETTERS_MIN : FEATURE_MIN),
  );
  const exampleOf = (each: Features, at: number): Example => {
    const known = [...each].filter(([name]) => vocabulary.has(name));
    return {
      index: known.map(([name]) => vocabulary.get(name)!),
      value: known.map(([, value]) => value),
      class: CLASSES.indexOf(phrases[at]!.issue),
    };
  };
  const examples = features.map(exampleOf);
  const model = trainAverage(examples, vocabulary.size, OPTIONS, ORDERS);
  return { classes: CLASSES, vocabulary: packNames([...vocabulary.keys()]), ...quantise(model) };
}

function fitTfidf(phrases: readonly Phrase[]): TfidfFile {
  const grams = phrases.map((phrase) => [...gramsOf(phrase.text).keys()]);
  const vocabulary = vocabularyOf(grams, () => GRAM_MIN);
  const counts = countsOf(grams);
  const rare = [...vocabulary.keys()].map(
    (name) => Math.log((1 + phrases.length) / (1 + counts.get(name)!)) + 1,
  );
  const idfTop = Number(Math.max(...rare).toPrecision(6));
  const idf = Uint8Array.from(rare, (value) => Math.round((value / idfTop) * 255));
  const examples = phrases.map((phrase): Example => {
    const vector = vectorOf(
      phrase.text,
      (gram) => vocabulary.get(gram),
      (row) => (idf[row]! / 255) * idfTop,
    );
    return { ...vector, class: ISSUE_KINDS.indexOf(kindOf(phrase.issue)) };
  });
  const model = trainAverage(examples, vocabulary.size, TFIDF_OPTIONS, ORDERS);
  return { vocabulary: packNames([...vocabulary.keys()]), idf: base64(idf), idfTop, ...quantise(model) };
}

/** The whole model file. The settings are chosen by `npm run bench -- understanding` on questions the model has not seen. */
export function fitModel(phrases: readonly Phrase[], inputs: ModelFile['inputs']): ModelFile {
  return { inputs, ...fitFeatures(phrases), tfidf: fitTfidf(phrases), ...settings };
}
