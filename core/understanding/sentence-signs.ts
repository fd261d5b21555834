/** Signs in a sentence: it is too vague to classify, or it is only the number of an error. */
import { fold, runs } from '../text.js';
import signs from './sentence-signs.json' with { type: 'json' };
import words from './vague.json' with { type: 'json' };

let plain: ReadonlySet<string> | undefined;

function vocabulary(): ReadonlySet<string> {
  plain ??= new Set(Object.values(words).flatMap((list) => runs(fold(list, 4_000)).map((run) => run.text)));
  return plain;
}

const LONGEST = 8;

/** True when a spaceless run consists of nothing but known words. */
export function isLaidOut(text: string, known: ReadonlySet<string>): boolean {
  const reached = new Array<boolean>(text.length + 1).fill(false);
  reached[0] = true;
  for (let at = 0; at < text.length; at += 1) {
    if (!reached[at]) continue;
    for (let size = 1; size <= LONGEST && at + size <= text.length; size += 1) {
      if (known.has(text.slice(at, at + size))) reached[at + size] = true;
    }
  }
  return reached[text.length] ?? false;
}

/** Longer than this, even general words add up to something. */
const MAX_RUNS = 8;

/** True when no word of the text tells one kind of issue from another, or there is no word at all. */
export function isVague(text: string): boolean {
  const known = vocabulary();
  const list = runs(fold(text));
  if (list.length > MAX_RUNS) return false;
  return list.every(
    (run) => /^\d+$/.test(run.text) || known.has(run.text) || (run.spaceless && isLaidOut(run.text, known)),
  );
}

/** Expressions by language. `~` stands for any word and `#` for one or two digits; all is compared folded. */
type Patterns = Readonly<Record<string, readonly string[]>>;

const SPACELESS: ReadonlySet<string> = new Set(['zh', 'ja', 'ko']);

function patternOf(language: string, patterns: readonly string[]): string {
  const any = patterns
    .map((one) => fold(one))
    .join('|')
    .replaceAll('~', String.raw`\p{L}+`)
    .replaceAll('#', String.raw`\d{1,2}`);
  return SPACELESS.has(language) ? `(?:${any})` : String.raw`(?<!\p{L})(?:${any})(?!\p{L})`;
}

const anyOf = (patterns: Patterns): string =>
  Object.entries(patterns)
    .map(([language, list]) => patternOf(language, list))
    .join('|');

interface Compiled {
  readonly broken: RegExp;
  readonly whom: RegExp;
  readonly since: RegExp;
  readonly circumstance: RegExp;
  readonly number: RegExp;
}

let compiled: Compiled | undefined;

function expressions(): Compiled {
  compiled ??= {
    broken: new RegExp(anyOf(signs.broken), 'gu'),
    whom: new RegExp(`^(?:${anyOf(signs.whom)})$`, 'u'),
    since: new RegExp(anyOf(signs.since), 'gu'),
    circumstance: new RegExp(`^(?:${anyOf(signs.circumstance)})$`, 'u'),
    number: new RegExp(anyOf(signs.number), 'gu'),
  };
  return compiled;
}

/** True when the text is only the number of an error, which every product has: "error code 17". */
export function isErrorNumber(text: string): boolean {
  const plain = fold(text);
  return /\d/u.test(plain) && !/\p{L}/u.test(plain.replace(expressions().number, ' '));
}

/** The folded text without marks other than the kept ones. */
function bare(text: string, kept: RegExp): string {
  return fold(text)
    .replace(/[\p{P}\p{S}\s]+/gu, (marks) => (kept.test(marks) ? marks : ' '))
    .trim();
}

/**
 * True when the words beside the name of a product say only that it does not work, or ask only whom to turn to. Without
 * a product such words stay vague.
 */
export function isOnlyBroken(beside: string): boolean {
  const { broken, whom, since } = expressions();
  const plain = bare(beside, /^'$/u);
  if (whom.test(plain)) return true;
  const rest = plain.replace(broken, ' ');
  return rest !== plain && isVague(rest.replace(since, ' '));
}

/** True when the whole text tells only since when, or how urgent it is: the question stays the same. */
export function isCircumstance(text: string): boolean {
  return text.length <= 60 && expressions().circumstance.test(bare(text, /^[':]$/u));
}
