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

type Word = 'unfollow' | 'follow' | 'stop' | 'start' | 'from' | 'everything' | 'weekly';

const wordsFor = (word: Word): readonly string[] => typedWords(`outage.word.${word}`);

/** The ends of "from major". */
function severityEnds(): readonly { readonly end: string; readonly severity: Severity }[] {
  return SEVERITIES.flatMap((severity) =>
    typedWords(`outage.word.severity.${severity}`).flatMap((word) =>
      wordsFor('from').flatMap((from) =>
        [` ${from} ${word}`, ` ${from}${word}`].map((end) => ({ end, severity })),
      ),
    ),
  );
}

/** The command of a text; undefined for a question that merely begins with the word. */
export function outageCommandOf(text: string): OutageCommand | undefined {
  if (text.length > LONGEST) return undefined;
  const rest = after(foldWords(text), typedWords('command.outages'));
  if (rest === undefined) return undefined;
  if (rest === '') return { kind: 'menu' };
  const left = after(rest, wordsFor('unfollow'));
  if (left) return { kind: 'unfollow', name: left };
  const wanted = after(rest, wordsFor('follow'));
  if (wanted) return followOf(wanted);
  // Without a name, the menu shows what the person follows and how to follow more.
  if (left === '' || wanted === '') return { kind: 'menu' };
  const switched = after(rest, wordsFor('weekly'));
  if (switched === '' || wordsFor('start').includes(switched ?? '')) return { kind: 'weekly', on: true };
  if (wordsFor('stop').includes(switched ?? '')) return { kind: 'weekly', on: false };
  if (wordsFor('stop').includes(rest)) return { kind: 'stop' };
  return wordsFor('start').includes(rest) ? { kind: 'start' } : undefined;
}

/** True when the text means everything on sale rather than one product. */
export function meansEverything(name: string): boolean {
  return wordsFor('everything').includes(foldWords(name));
}

/** `Contoso Backup from major`. */
function followOf(wanted: string): OutageCommand {
  const found = severityEnds().find(({ end }) => wanted.endsWith(end));
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
