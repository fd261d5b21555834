/** Measures how often an offer is found by its name inside a sentence, however the name is written there. */
import { isEveryday } from '../../../core/everyday.js';
import { buildOfferIndex } from '../../../core/directory/search/search.js';
import type { OfferIndex, OfferMatch } from '../../../core/directory/search/types.js';
import { wordsOf } from '../../../core/directory/search/words.js';
import type { Directory } from '../../../core/directory/types.js';
import { fold } from '../../../core/text.js';
import { seeded } from '../../../scripts/understanding/trainer.js';
import { slip } from './variations.js';

type Write = (name: string, random: () => number) => string | undefined;

const isLatin = (name: string) => /^[\p{Script=Latin}\p{N}\p{P}\p{S}\p{Z}]+$/u.test(name);
const letters = (name: string) => name.replace(/[^\p{L}]/gu, '').length;
const isPlain = (name: string) => wordsOf(name).every((word) => isEveryday(word));
const between = ['the', 'our', 'thing', 'app', 'that'];

function spread(name: string, random: () => number): string | undefined {
  const words = name.split(/\s+/u);
  if (words.length < 2 || isPlain(name)) return undefined;
  const at = 1 + Math.floor(random() * (words.length - 1));
  const filler = between[Math.floor(random() * between.length)]!;
  const wrong = slip(words.join(' '), random)?.split(' ');
  if (wrong === undefined) return undefined;
  return `since monday ${[...wrong.slice(0, at), filler, ...wrong.slice(at)].join(' ')} does not start any more`;
}

function twoTypos(name: string, random: () => number): string | undefined {
  if (letters(name) < 10 || isPlain(name)) return undefined;
  const once = slip(name, random);
  const twice = once === undefined ? undefined : slip(once, random);
  return twice === undefined ? undefined : `we have a problem with ${twice} since monday`;
}

/** How a name is written, and the share that has to be right first. */
const WAYS: Readonly<Record<string, { readonly write: Write; readonly least: number }>> = {
  'Latin inside Chinese': {
    least: 97,
    write: (name) => (isLatin(name) ? `我的${name}帳單有問題` : undefined),
  },
  'Latin inside Japanese': {
    least: 97,
    write: (name) => (isLatin(name) ? `${name}が起動しません` : undefined),
  },
  'Latin inside Korean': {
    least: 97,
    write: (name) => (isLatin(name) ? `${name}에 로그인이 안 돼요` : undefined),
  },
  'Latin inside Simplified Chinese': {
    least: 97,
    write: (name) => (isLatin(name) ? `我要退${name}的款` : undefined),
  },
  'with ™ and ®': {
    least: 97,
    write: (name) => `since today ${name.replace(/(\p{L}{3,})/u, '$1®')}™ does not start`,
  },
  'beside punctuation': {
    least: 97,
    write: (name) => `problem with "${name}", since today;it does not start`,
  },
  'spread, one typo': { least: 95, write: spread },
  'two typos, ten letters': { least: 90, write: twoTypos },
  'everyday word, quoted': {
    least: 90,
    write: (name) => (isPlain(name) ? `the app "${name}" does not start` : undefined),
  },
  'everyday word, with a noun': {
    least: 90,
    write: (name) => (isPlain(name) ? `the ${name} app does not start` : undefined),
  },
  'everyday word, capitalised': {
    least: 90,
    write: (name) => (isPlain(name) ? `since today ${name} does not start` : undefined),
  },
};

export interface NameFigure {
  readonly how: string;
  readonly right: number;
  readonly of: number;
  readonly least: number;
  /** Sentences whose offer was not first, for looking at. */
  readonly missed: readonly string[];
}

function firstOf(match: OfferMatch): string | undefined {
  switch (match.kind) {
    case 'one':
      return match.hit.offerId;
    case 'several':
    case 'publishers':
      return match.hits[0]?.offerId;
    case 'none':
      return undefined;
  }
}

/** Figures over all names of a directory, each written once in each way with a fixed seed. */
export function nameFigures(
  directory: Directory,
  index: OfferIndex = buildOfferIndex(directory),
): readonly NameFigure[] {
  const random = seeded(11);
  const byName = new Map<string, Set<string>>();
  for (const { id, name } of directory.offers.values())
    byName.set(fold(name), (byName.get(fold(name)) ?? new Set()).add(id));
  return Object.entries(WAYS).map(([how, { write, least }]) => {
    const missed: string[] = [];
    let of = 0;
    for (const { name } of directory.offers.values()) {
      const sentence = write(name, random);
      if (sentence === undefined) continue;
      of += 1;
      const found = firstOf(index.inSentence(sentence).match);
      if (found === undefined || !byName.get(fold(name))!.has(found))
        missed.push(`${sentence} → ${found ?? '-'}`);
    }
    return { how, right: of - missed.length, of, least, missed };
  });
}

/** Prints the figures, and with `--missed` the sentences that were not understood. */
export function printNameFigures(directory: Directory, showsMissed = false): void {
  for (const { how, right, of, least, missed } of nameFigures(directory)) {
    const share = of === 0 ? 100 : (100 * right) / of;
    console.log(`  ${how.padEnd(30)} first ${share.toFixed(1).padStart(5)} % of ${of} (at least ${least} %)`);
    if (showsMissed) for (const sentence of missed.slice(0, 40)) console.log(`      ${sentence}`);
  }
}
