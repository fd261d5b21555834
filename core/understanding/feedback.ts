/** Recognises what a person says about the bot's last card: it did not help, or it is about another offer or issue. */
import { AnyExpression } from '../lazy-expression.js';
import { sourcesOf } from '../word-patterns.js';
import words from './feedback.json' with { type: 'json' };
import { barePhrases, plainWords, withoutRefusal } from './plain-words.js';

export type Feedback =
  | 'not-helped'
  | 'wrong-contact' // means a contact only after an answer that names one
  | 'wrong-offer'
  | 'wrong-issue'
  | 'other-offer'
  | 'other-issue'
  | 'all'; // "both", at a list

const LONGEST = 80;

let compiled: readonly (readonly [Feedback, AnyExpression])[] | undefined;

/** Each expression has to fit the whole text. */
function patterns(): readonly (readonly [Feedback, AnyExpression])[] {
  compiled ??= (Object.keys(words.said) as Feedback[]).map(
    (kind) => [kind, new AnyExpression(sourcesOf(words.said[kind], words.parts), 'u', 'whole')] as const,
  );
  return compiled;
}

/** What the whole text says about the last card; undefined when it says anything else. */
export function feedbackOf(text: string): Feedback | undefined {
  if (text.length > LONGEST) return undefined;
  const phrases = [text, withoutRefusal(text)].flatMap((one) => barePhrases(plainWords(one, LONGEST)));
  return patterns().find(([, pattern]) => phrases.some((phrase) => pattern.test(phrase)))?.[0];
}
