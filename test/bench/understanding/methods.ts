/** Ways to read the kind of issue, side by side under the same cross-validation; the ADR's table is printed by this. */
import { ISSUE_KINDS, kindOf, type IssueKind } from '../../../core/terms.js';
import { fold, runs } from '../../../core/text.js';
import { featuresOf, type FeatureOptions } from '../../../core/understanding/features.js';
import { conceptsIn } from '../../../core/understanding/lexicon.js';
import { scoreKinds } from '../../../core/understanding/model.js';
import { CLASSES, rightKinds, type Phrase, type Question } from '../../../scripts/understanding/corpus.js';
import { askerOf, examplesOf, foldsOf, OPTIONS, priorsOf } from '../../../scripts/understanding/fit.js';
import { predict, train } from '../../../scripts/understanding/trainer.js';

/** Probability per kind, in the order of `ISSUE_KINDS`. */
type Scores = readonly number[];
export type Reader = (question: Question) => Scores | Promise<Scores>;
export interface Method {
  readonly name: string;
  fit(phrases: readonly Phrase[], questions: readonly Question[]): Promise<Reader> | Reader;
}

function normal(scores: readonly number[]): Scores {
  const sum = scores.reduce((total, score) => total + score, 0) || 1;
  return scores.map((score) => score / sum);
}

function linear(name: string, features: FeatureOptions): Method {
  return {
    name,
    fit(phrases, questions) {
      const options = { ...OPTIONS, features };
      const model = train(examplesOf(phrases, questions), options);
      const priors = { classes: CLASSES, ...priorsOf(questions) };
      return (question) => {
        const probabilities = Array.from(predict(model, question.text, features));
        const scored = scoreKinds(probabilities, priors, askerOf(question.asker));
        return ISSUE_KINDS.map((kind) => scored.find((score) => score.kind === kind)?.probability ?? 0);
      };
    },
  };
}

interface Labelled {
  readonly text: string;
  readonly kind: IssueKind;
}

function labelled(phrases: readonly Phrase[], questions: readonly Question[]): readonly Labelled[] {
  return [
    ...phrases.map(({ text, issue }) => ({ text, kind: kindOf(issue) })),
    ...questions.map(({ text, kind }) => ({ text, kind })),
  ];
}

/** Log odds of each concept per kind, added up: what a hand-weighted phrase list does, with the weights counted. */
const PHRASE_LISTS: Method = {
  name: 'weighted phrase lists (concepts)',
  fit(phrases, questions) {
    const rows = labelled(phrases, questions);
    const counts = new Map<string, number[]>();
    const totals = ISSUE_KINDS.map(() => 1);
    for (const { text, kind } of rows) {
      const at = ISSUE_KINDS.indexOf(kind);
      totals[at]! += 1;
      for (const concept of new Set(conceptsIn(runs(fold(text))).map((seen) => seen.concept))) {
        const row = counts.get(concept) ?? ISSUE_KINDS.map(() => 0.5);
        row[at]! += 1;
        counts.set(concept, row);
      }
    }
    return ({ text }) => {
      const scores = ISSUE_KINDS.map(() => 0);
      for (const concept of new Set(conceptsIn(runs(fold(text))).map((seen) => seen.concept))) {
        const row = counts.get(concept);
        const all = row?.reduce((sum, count) => sum + count, 0) ?? 1;
        row?.forEach(
          (count, at) => (scores[at]! += Math.log(count / totals[at]!) - Math.log(all / rows.length)),
        );
      }
      return normal(scores.map((score) => Math.exp(score)));
    };
  },
};

/** The most alike examples vote, by cosine over the same features. */
const NEAREST: Method = {
  name: 'nearest examples (cosine, 7)',
  fit(phrases, questions) {
    const rows = labelled(phrases, questions).map(({ text, kind }) => ({ kind, features: featuresOf(text) }));
    return ({ text }) => {
      const asked = featuresOf(text);
      const near = rows
        .map(({ kind, features }) => {
          let dot = 0;
          for (const [name, value] of asked) dot += value * (features.get(name) ?? 0);
          return { kind, dot };
        })
        .sort((a, b) => b.dot - a.dot)
        .slice(0, 7);
      return normal(
        ISSUE_KINDS.map((kind) =>
          near.reduce((sum, row) => sum + (row.kind === kind ? row.dot ** 2 : 0), 1e-3),
        ),
      );
    };
  },
};

/** Geometric mean of several readers. */
function together(name: string, methods: readonly Method[]): Method {
  return {
    name,
    async fit(phrases, questions) {
      const readers = await Promise.all(methods.map(async (method) => method.fit(phrases, questions)));
      return async (question) => {
        const all = await Promise.all(readers.map(async (reader) => reader(question)));
        return normal(
          ISSUE_KINDS.map((_, at) =>
            Math.exp(all.reduce((sum, scores) => sum + Math.log(scores[at]! + 1e-6), 0) / all.length),
          ),
        );
      };
    },
  };
}

export const METHODS: readonly Method[] = [
  PHRASE_LISTS,
  NEAREST,
  linear('linear, words', { words: true, letters: false, concepts: false }),
  linear('linear, words + letters', { words: true, letters: true, concepts: false }),
  linear('linear, concepts', { words: false, letters: false, concepts: true }),
  linear('linear, words + letters + concepts', { words: true, letters: true, concepts: true }),
  together('ensemble: linear (all) + nearest', [
    linear('', { words: true, letters: true, concepts: true }),
    NEAREST,
  ]),
  together('ensemble: linear (all) + phrase lists', [
    linear('', { words: true, letters: true, concepts: true }),
    PHRASE_LISTS,
  ]),
];

/** Share right of all, and of the surest 86 % that are not taken for vague. */
export async function compare(
  method: Method,
  phrases: readonly Phrase[],
  questions: readonly Question[],
): Promise<{ readonly all: number; readonly sure: number; readonly others: number }> {
  const fold10 = foldsOf(questions, 10, 3);
  const judged: { right: boolean; top: number; kind: IssueKind; english: boolean }[] = [];
  for (let number = 0; number < 10; number += 1) {
    const outside = questions.filter((_, at) => fold10[at] === number);
    if (outside.length === 0) continue;
    const reader = await method.fit(
      phrases,
      questions.filter((_, at) => fold10[at] !== number),
    );
    for (const question of outside) {
      const scores = await reader(question);
      const best = scores.reduce((a, score, at) => (score > scores[a]! ? at : a), 0);
      const kind = ISSUE_KINDS[best]!;
      judged.push({
        right: rightKinds(question).includes(kind),
        top: scores[best]!,
        kind,
        english: question.lang === 'en',
      });
    }
  }
  const share = (rows: readonly { right: boolean }[]): number =>
    rows.filter((row) => row.right).length / (rows.length || 1);
  const sure = judged.filter((row) => row.kind !== 'other').sort((a, b) => b.top - a.top);
  return {
    all: share(judged),
    sure: share(sure.slice(0, Math.round(judged.length * 0.86))),
    others: share(judged.filter((row) => !row.english)),
  };
}
