/** Finds what a sentence denies ("no refund needed", 「不是帳單的問題」), so that the denied topic is not taken. */
import { foldKeepingPlace, placesOf } from '../fold-keeping-place.js';
import { LazyExpression } from '../lazy-expression.js';
import { anyOf, sourcesOf } from '../word-patterns.js';
import words from './denial.json' with { type: 'json' };

let compiled: readonly LazyExpression[] | undefined;
let nothing: RegExp | undefined;

function patterns(): readonly LazyExpression[] {
  compiled ??= sourcesOf(words.denials, words.parts).map((source) => new LazyExpression(source, 'giu'));
  return compiled;
}

/** A longer text is read in its first part: what a person denies stands beside what the person asks. */
const LONGEST_READ = 2_000;

/** A text without the words that deny something. */
export interface Stated {
  /** What is left; blank when the text only denies. */
  readonly stated: string;
  /** The denied words, in their order of finding; empty when the text denies nothing. */
  readonly denied: readonly string[];
}

/** Separates what a text states from what it denies. */
export function statedIn(text: string): Stated {
  let rest = text.slice(0, LONGEST_READ).replace(/[’‘]/gu, "'");
  const denied: string[] = [];
  let folded = foldKeepingPlace(rest).text;
  for (const lazy of patterns()) {
    const pattern = lazy.for(folded);
    const found = pattern ? placesOf(rest, pattern) : [];
    if (found.length === 0) continue;
    denied.push(...found.map(({ from, to }) => rest.slice(from, to).trim()));
    for (const { from, to } of found.toReversed()) rest = `${rest.slice(0, from)} ${rest.slice(to)}`;
    folded = foldKeepingPlace(rest).text;
  }
  if (denied.length === 0) return { stated: text, denied };
  return { stated: `${rest.trim()}${text.slice(LONGEST_READ)}`, denied };
}

/** The text without the parts that name what is not meant; the text itself when nothing else is left. */
export function withoutDenied(text: string): string {
  const { stated, denied } = statedIn(text);
  return denied.length > 0 && /[\p{L}]{2}/u.test(stated) ? stated : text;
}

/** The denied words of a text that states nothing else: "it's not about the bill". Undefined for any other text. */
export function onlyDenied(text: string): string | undefined {
  const { stated, denied } = statedIn(text);
  if (denied.length === 0) return undefined;
  // Words that state nothing beside a denial: "no, please", "it is".
  nothing ??= new RegExp(
    `(?<!\\p{L})${anyOf(words.nothing)}(?!\\p{L})|${anyOf(words.nothingspaceless)}`,
    'giu',
  );
  const beside = foldKeepingPlace(stated).text.replace(nothing, ' ');
  return /[\p{L}\p{N}]{2}/u.test(beside) ? undefined : denied.join(' ');
}
