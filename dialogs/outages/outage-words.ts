/** Recognises typed outage commands: the word alone, or with follow, unfollow, stop, start or weekly. */
import { SEVERITIES, type Severity } from '../../core/incident/types.js';
import { foldWords, typedWords } from '../../locales/commands.js';

export type OutageCommand =
  | { readonly kind: 'menu' | 'stop' | 'start' }
  | { readonly kind: 'unfollow'; readonly name: string }
  /** Turns the weekly summary on or off. */
  | { readonly kind: 'weekly'; readonly on: boolean }
  /** `from`: the mildest wanted severity, when the text has one. */
  | { readonly kind: 'follow'; readonly name: string; readonly from?: Severity };

const LONGEST = 200;

const HEADS = longestFirst('command.outages');
const WORDS = {
  unfollow: longestFirst('outage.word.unfollow'),
  follow: longestFirst('outage.word.follow'),
  stop: typedWords('outage.word.stop'),
  start: typedWords('outage.word.start'),
  from: typedWords('outage.word.from'),
  everything: typedWords('outage.word.everything'),
  weekly: longestFirst('outage.word.weekly'),
} as const;

/** A word may begin with another one: "장애 현황" and "장애". */
function longestFirst(key: string): readonly string[] {
  return [...typedWords(key)].sort((a, b) => b.length - a.length);
}

/** The ends of "from major". */
const FROM = SEVERITIES.flatMap((severity) =>
  typedWords(`outage.word.severity.${severity}`).flatMap((word) =>
    WORDS.from.flatMap((from) => [` ${from} ${word}`, ` ${from}${word}`].map((end) => ({ end, severity }))),
  ),
);

/** The command of a text; undefined for a question that merely begins with the word. */
export function outageCommandOf(text: string): OutageCommand | undefined {
  if (text.length > LONGEST) return undefined;
  const rest = after(foldWords(text), HEADS);
  if (rest === undefined) return undefined;
  if (rest === '') return { kind: 'menu' };
  const left = after(rest, WORDS.unfollow);
  if (left) return { kind: 'unfollow', name: left };
  const wanted = after(rest, WORDS.follow);
  if (wanted) return followOf(wanted);
  // Without a name, the menu shows what the person follows and how to follow more.
  if (left === '' || wanted === '') return { kind: 'menu' };
  const switched = after(rest, WORDS.weekly);
  if (switched === '' || WORDS.start.includes(switched ?? '')) return { kind: 'weekly', on: true };
  if (WORDS.stop.includes(switched ?? '')) return { kind: 'weekly', on: false };
  if (WORDS.stop.includes(rest)) return { kind: 'stop' };
  return WORDS.start.includes(rest) ? { kind: 'start' } : undefined;
}

/** True when the text means everything on sale rather than one product. */
export function meansEverything(name: string): boolean {
  return WORDS.everything.includes(foldWords(name));
}

/** `Contoso Backup from major`. */
function followOf(wanted: string): OutageCommand {
  const found = FROM.find(({ end }) => wanted.endsWith(end));
  if (!found) return { kind: 'follow', name: wanted };
  return { kind: 'follow', name: wanted.slice(0, -found.end.length).trim(), from: found.severity };
}

/** The words after the command; undefined when the text begins with none of the commands. */
function after(text: string, words: readonly string[]): string | undefined {
  for (const word of words) {
    if (text === word) return '';
    if (text.startsWith(`${word} `)) return text.slice(word.length + 1).trim();
  }
  return undefined;
}
