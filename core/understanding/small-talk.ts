/** Recognises small talk in the languages people write in. */
import { AnyExpression } from '../lazy-expression.js';
import { sourcesOf } from '../word-patterns.js';
import { barePhrases, plainWords } from './plain-words.js';
import words from './small-talk.json' with { type: 'json' };
import { wantsPerson } from './wishes.js';

export const SMALL_TALKS = [
  'person',
  'thanks',
  'goodbye',
  'agreed',
  'are-you-a-bot',
  'what-can-you-do',
  'insult',
  'hesitation',
  'how-are-you',
  'are-you-there',
  'laughter',
  'greeting',
] as const;
export type SmallTalk = (typeof SMALL_TALKS)[number];

/** A longer text is a question, whatever its first words. */
const LONGEST = 80;

type Kind = keyof typeof words;
type Patterns = readonly (readonly [Kind, AnyExpression])[];

const KINDS = SMALL_TALKS.filter((kind) => kind !== 'person');
/** The patterns of one language, or of all. */
const compiled = new Map<string, Patterns>();

function patterns(language: string): Patterns {
  const known = compiled.get(language);
  if (known) return known;
  const made = KINDS.flatMap((kind): Patterns => {
    const all: Readonly<Record<string, string | readonly string[]>> = words[kind];
    const own = language === ALL ? all : { [language]: all[language] ?? [] };
    return [[kind, new AnyExpression(sourcesOf(own), 'u', 'whole')]];
  });
  compiled.set(language, made);
  return made;
}
const ALL = 'all';

/** A face and nothing else. A thumb up agrees. */
const SMILE =
  /^\s*(?:(?:[:;=][-']?[)D(P|/\\]|\^_?\^|[\u{1f600}-\u{1f64f}\u{1f910}-\u{1f92f}\u{1f970}-\u{1f97a}](?<!\u{1f64f})\ufe0f?)\s*)+$/u;

/** Angry or sad faces, or a thumb down, and nothing else. */
const UPSET =
  /^\s*(?:(?:[:;=]['´]?-?[(]|[\u{1f612}-\u{1f616}\u{1f61e}-\u{1f62b}\u{1f62d}\u{1f63e}\u{1f63f}\u{1f640}\u{1f641}\u{1f92c}\u{1f44e}☹💩🖕]\ufe0f?)\s*)+$/u;

/**
 * The small talk of the whole text; undefined when the text says anything else too. Where a word means different things in
 * two languages, `language` tells which one counts: "ciao" greets in Italian and says goodbye in German.
 */
export function smallTalkOf(text: string, language = ''): SmallTalk | undefined {
  if (wantsPerson(text)) return 'person';
  if (text.length > LONGEST) return undefined;
  if (UPSET.test(text)) return 'insult';
  if (SMILE.test(text)) return 'laughter';
  const phrases = barePhrases(plainWords(text, LONGEST)).filter((phrase) => phrase !== '');
  const [own] = language.split('-');
  const isQuestion = /[?？؟]\s*$/u.test(text);
  return kindIn(phrases, own ?? ALL, isQuestion) ?? kindIn(phrases, ALL, isQuestion);
}

/** The kind of the first phrase that is small talk; the phrases go from the whole text to its core. */
function kindIn(phrases: readonly string[], language: string, isQuestion: boolean): SmallTalk | undefined {
  for (const phrase of phrases) {
    const kinds = patterns(language)
      .filter(([, pattern]) => pattern.test(phrase))
      .map(([kind]) => kind);
    // "Tudo bem?" asks, "tudo bem" agrees.
    const found = (isQuestion ? kinds.find((kind) => kind !== 'agreed') : undefined) ?? kinds[0];
    if (found) return found;
  }
  return undefined;
}
