/** Recognises what somebody writes about outages: the word alone, or with follow, unfollow, stop or start. */
import { LANGUAGES } from '../core/terms.js';
import { foldWords } from '../locales/commands.js';
import { rawText } from '../locales/text.js';

export type OutageCommand =
  | { readonly kind: 'menu' | 'stop' | 'start' }
  | { readonly kind: 'follow' | 'unfollow'; readonly name: string };

const LONGEST = 200;

function synonyms(key: string): readonly string[] {
  return LANGUAGES.flatMap((language) => (rawText(language)[key] ?? '').split('|'))
    .map(foldWords)
    .filter((word) => word !== '');
}
const HEADS = synonyms('command.outages');
const WORDS = {
  unfollow: synonyms('outage.word.unfollow'),
  follow: synonyms('outage.word.follow'),
  stop: synonyms('outage.word.stop'),
  start: synonyms('outage.word.start'),
} as const;

/** The command a text is; undefined for a question that merely begins with the word. */
export function outageCommandOf(text: string): OutageCommand | undefined {
  if (text.length > LONGEST) return undefined;
  const rest = after(foldWords(text), HEADS);
  if (rest === undefined) return undefined;
  if (rest === '') return { kind: 'menu' };
  for (const kind of ['unfollow', 'follow'] as const) {
    const name = after(rest, WORDS[kind]);
    if (name) return { kind, name };
  }
  if (WORDS.stop.includes(rest)) return { kind: 'stop' };
  return WORDS.start.includes(rest) ? { kind: 'start' } : undefined;
}

/** What follows one of the words; undefined when the text begins with none of them. */
function after(text: string, words: readonly string[]): string | undefined {
  for (const word of words) {
    if (text === word) return '';
    if (text.startsWith(`${word} `)) return text.slice(word.length + 1).trim();
  }
  return undefined;
}
