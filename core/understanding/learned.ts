/** Phrases an administrator taught at run time: exact and near matches that outrank the model. */
import type { Issue } from '../terms.js';
import type { Slices } from '../time-slices.js';
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

/** Finds the most similar of many phrases. Only phrases with a common feature cost time. */
class PhraseIndex {
  private readonly postings = new Map<string, { readonly at: number; readonly value: number }[]>();
  private readonly norms: number[] = [];

  /** Adds a phrase behind the phrases before it. */
  add(features: Features): void {
    const at = this.norms.length;
    for (const [name, value] of features) {
      const known = this.postings.get(name);
      if (known) known.push({ at, value });
      else this.postings.set(name, [{ at, value }]);
    }
    this.norms.push(norm(features));
  }

  /** The position of the most similar phrase that is near enough, and its similarity from 0 to 1. */
  nearest(features: Features): { readonly at: number; readonly similarity: number } | undefined {
    const products = new Float64Array(this.norms.length);
    for (const [name, value] of features)
      for (const posting of this.postings.get(name) ?? []) products[posting.at]! += value * posting.value;
    const length = norm(features);
    let best = { at: -1, similarity: 0 };
    products.forEach((product, at) => {
      const similarity = Math.min(1, product / (length * (this.norms[at] ?? 0) || 1));
      if (similarity > best.similarity) best = { at, similarity };
    });
    return best.similarity >= NEAR ? best : undefined;
  }
}

/** A stored sentence is redacted, and a mark of the redaction is not a word of the person. */
function featuresOfWords(text: string): Features {
  return featuresOf(withoutMarks(redact(text)));
}

/** Prepares the phrases once; the returned function looks a text up. */
export function learnedMatcher(
  phrases: readonly LearnedPhrase[],
): (text: string) => LearnedMatch | undefined {
  const index = new PhraseIndex();
  for (const { text } of phrases) index.add(featuresOfWords(text));
  return (text) => {
    const found = phrases.length === 0 ? undefined : index.nearest(featuresOfWords(text));
    const issue = found && phrases[found.at]?.issue;
    return found && issue !== undefined ? { issue, similarity: found.similarity } : undefined;
  };
}

/** Puts similar texts together: each joins the group of the most similar first text, or begins a group. */
export function* groupSlices<T>(
  all: readonly T[],
  textOf: (one: T) => string,
): Slices<readonly (readonly T[])[]> {
  const index = new PhraseIndex();
  const groups: T[][] = [];
  for (const one of all) {
    const features = featuresOfWords(textOf(one));
    const group = groups[index.nearest(features)?.at ?? -1];
    if (group) group.push(one);
    else {
      index.add(features);
      groups.push([one]);
    }
    yield undefined;
  }
  return groups;
}
