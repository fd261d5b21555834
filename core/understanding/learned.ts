/** Phrases an administrator taught at run time: exact and near matches that outrank the model. */
import type { Issue } from '../terms.js';
import { featuresOf, type Features } from './features.js';

export interface LearnedPhrase {
  readonly text: string;
  readonly issue: Issue;
}

/** The nearest learned phrase of a text, when near enough to count. */
export interface LearnedMatch {
  readonly issue: Issue;
  /** 0..1; 1 is the same words. */
  readonly similarity: number;
}

/** Below this, two sentences share words but not meaning. */
const NEAR = 0.75;

function norm(features: Features): number {
  let sum = 0;
  for (const value of features.values()) sum += value * value;
  return Math.sqrt(sum);
}

function cosine(a: Features, b: Features): number {
  let dot = 0;
  for (const [name, value] of a) dot += value * (b.get(name) ?? 0);
  return dot / (norm(a) * norm(b) || 1);
}

/** Prepares the phrases once; the returned function looks a text up. */
export function learnedMatcher(
  phrases: readonly LearnedPhrase[],
): (text: string) => LearnedMatch | undefined {
  const known = phrases.map((phrase) => ({ issue: phrase.issue, features: featuresOf(phrase.text) }));
  return (text) => {
    if (known.length === 0) return undefined;
    const features = featuresOf(text);
    const best = known
      .map(({ issue, features: own }) => ({ issue, similarity: Math.min(1, cosine(features, own)) }))
      .reduce((a, b) => (b.similarity > a.similarity ? b : a));
    return best.similarity >= NEAR ? best : undefined;
  };
}
