/** Reads from typed words whether a refund period is still open: "three weeks ago", "it has expired", "昨天買的". */
import { fold } from '../text.js';
import { anyOf, wholeText, type WordsByLanguage } from '../word-patterns.js';
import words from './refund-words.json' with { type: 'json' };

type WindowSaid = 'open' | 'over';

const LONGEST = 160;
/** After more than this many days every published refund period is over. */
const LONGEST_DAYS = 14;

const has = (said: WordsByLanguage): RegExp => new RegExp(anyOf(said), 'u');
const OVER = has(words.over);
const OPEN = has(words.open);
const NOT_OPEN = has(words.closed);
const PURCHASE = has(words.bought);
const LATELY = has(words.lately);
const BEFORE = has(words.ago);
const DENIED = has(words.denied);
const UNSURE = new RegExp(`^${anyOf(words.maybe)}`, 'u');

const DAYS = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 } as const;
const UNITS = Object.entries(DAYS).map(
  ([unit, days]) => [wholeText(words.units[unit as keyof typeof DAYS]), days] as const,
);
const NUMBERS = words.numbers.map((said) => wholeText(said));
/** Words that tell a number of days alone. */
const FIXED = Object.entries(words.fixed).map(([days, said]) => [has(said), Number(days)] as const);

/** "3 weeks", in languages with spaces between words and in those without, and "last week" with the "last" after it. */
const TIMES = timePatterns();

function timePatterns(): readonly RegExp[] {
  const isSpaceless = (language: string) => ['zh', 'ja', 'ko'].includes(language);
  const only = (said: WordsByLanguage, spaceless: boolean) =>
    Object.fromEntries(Object.entries(said).filter(([language]) => isSpaceless(language) === spaceless));
  const sides = [false, true].map((spaceless) => ({
    numbers: words.numbers.map((said) => anyOf(only(said, spaceless))).join('|'),
    units: Object.values(words.units)
      .map((said) => anyOf(only(said, spaceless)))
      .join('|'),
  }));
  const [spaced, spaceless] = sides;
  return [
    new RegExp(`(?<![\\p{L}\\p{N}])(\\d{1,4}|${spaced?.numbers}) ?(${spaced?.units})(?![\\p{L}\\p{N}])`, 'u'),
    new RegExp(`(\\d{1,4}|${spaceless?.numbers}) ?(${spaceless?.units})`, 'u'),
    new RegExp(`(?<![\\p{L}])(?:ال)?()(${spaced?.units}) ${anyOf(words.after)}(?![\\p{L}])`, 'u'),
  ];
}

function daysAgo(text: string): number | undefined {
  const found = TIMES.map((pattern) => pattern.exec(text)).find((match) => match !== null);
  if (!found) return FIXED.find(([said]) => said.test(text))?.[1];
  const [, many = '', unit = ''] = found;
  const size = UNITS.find(([word]) => word.test(unit))?.[1] ?? 1;
  return (many === '' ? 1 : numberOf(many)) * size;
}

function numberOf(many: string): number {
  return /^\d/.test(many) ? Number(many) : NUMBERS.findIndex((number) => number.test(many)) + 1;
}

/** A text this short that names a time names nothing else. */
const TIME_ALONE = 20;

/** Whether the period is open, from words about the time of the purchase: "bought it yesterday"; undefined for other words. */
export function purchaseTimeSaid(text: string): WindowSaid | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = fold(text).trim();
  if (DENIED.test(folded) || !(PURCHASE.test(folded) || folded.length <= TIME_ALONE)) return undefined;
  if (LATELY.test(folded)) return 'open';
  const days = BEFORE.test(folded) ? daysAgo(folded) : undefined;
  return days === undefined ? undefined : windowAfter(days);
}

function windowAfter(days: number): WindowSaid {
  return days > LONGEST_DAYS ? 'over' : 'open';
}

/** Whether the period is open; up to two weeks after the purchase it counts as open, because the answer has the date checked. */
export function windowSaid(text: string): WindowSaid | undefined {
  if (text.length > LONGEST) return undefined;
  const folded = fold(text).trim();
  if (NOT_OPEN.test(folded)) return 'over';
  if (OPEN.test(folded)) return 'open';
  const days = daysAgo(folded);
  if (days !== undefined) return windowAfter(days);
  if (OVER.test(folded)) return 'over';
  return UNSURE.test(folded) ? 'open' : undefined;
}
