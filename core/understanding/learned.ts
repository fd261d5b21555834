/** Phrases an administrator taught at run time: exact and near matches that outrank the model. */
import type { Issue } from '../terms.js';
import { featuresOf, type Features } from './features.js';
import { redact, withoutMarks } from './redact.js';

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

/** Prepares the phrases once; the returned function looks a text up. Phrases without a common feature cost nothing. */
export function learnedMatcher(
  phrases: readonly LearnedPhrase[],
): (text: string) => LearnedMatch | undefined {
  const postings = new Map<string, { readonly at: number; readonly value: number }[]>();
  const norms = phrases.map(({ text }, at) => {
    const features = featuresOf(withoutMarks(text));
    for (const [name, value] of features) {
      const known = postings.get(name);
      if (known) known.push({ at, value });
      else postings.set(name, [{ at, value }]);
    }
    return norm(features);
  });
  return (text) => {
    if (phrases.length === 0) return undefined;
    // A phrase may come from a stored sentence, and stored sentences are redacted.
    const features = featuresOf(withoutMarks(redact(text)));
    const products = new Float64Array(phrases.length);
    for (const [name, value] of features)
      for (const posting of postings.get(name) ?? []) products[posting.at]! += value * posting.value;
    const length = norm(features);
    const similarities = Array.from(products, (product, at) => product / (length * (norms[at] ?? 0) || 1));
    const best = similarities.reduce((top, one, at) => (one > (similarities[top] ?? 0) ? at : top), 0);
    const similarity = Math.min(1, similarities[best] ?? 0);
    const issue = phrases[best]?.issue;
    return issue !== undefined && similarity >= NEAR ? { issue, similarity } : undefined;
  };
}

/** The phrases that belong together: each begins a group, or joins the first group whose first phrase is similar. */
export function groupsBySimilarity<T>(
  all: readonly T[],
  textOf: (one: T) => string,
): readonly (readonly T[])[] {
  const groups: { readonly features: Features; readonly members: T[] }[] = [];
  for (const one of all) {
    const features = featuresOf(withoutMarks(textOf(one)));
    const group = groups.find((known) => cosine(known.features, features) >= NEAR);
    if (group) group.members.push(one);
    else groups.push({ features, members: [one] });
  }
  return groups.map(({ members }) => members);
}
