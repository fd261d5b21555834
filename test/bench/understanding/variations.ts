/** Ways people write the name of an offer, made from real names with a fixed seed, and only where the result still names one. */
import type { Directory, Offer } from '../../../core/directory/types.js';
import { fold, runs } from '../../../core/text.js';
import { seeded } from '../../../scripts/understanding/trainer.js';

export interface Variation {
  readonly query: string;
  /** Offers that would be a right answer: the one it was made from, and any that bears exactly the same words. */
  readonly right: ReadonlySet<string>;
  readonly how: string;
}

type Change = (name: string, random: () => number) => string | undefined;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const FILLER = ['the', 'our', 'app', 'please', 'product'];

function at(random: () => number, size: number): number {
  return Math.floor(random() * size);
}

/** One slip of the finger inside a word of four letters or more: left out, doubled, wrong, or swapped. */
export function slip(name: string, random: () => number): string | undefined {
  const spots = [...name.matchAll(/[\p{L}]{4,}/gu)];
  const word = spots[at(random, spots.length)];
  if (!word) return undefined;
  const where = word.index + 1 + at(random, word[0].length - 2);
  const [before, char, next, after] = [
    name.slice(0, where),
    name[where],
    name[where + 1],
    name.slice(where + 2),
  ];
  switch (at(random, 4)) {
    case 0:
      return before + next + after;
    case 1:
      return before + char + char + next + after;
    case 2:
      return before + LETTERS[at(random, 26)] + next + after;
    default:
      return before + next + char + after;
  }
}

const CHANGES: Readonly<Record<string, Change>> = {
  'as it is': (name) => name,
  'lower case': (name) => name.toLowerCase(),
  'one typo': slip,
  'two typos': (name, random) => {
    const once = slip(name, random);
    return once === undefined ? undefined : slip(once, random);
  },
  'words swapped': (name, random) => {
    const words = name.split(' ');
    if (words.length < 2) return undefined;
    const where = at(random, words.length - 1);
    [words[where], words[where + 1]] = [words[where + 1]!, words[where]!];
    return words.join(' ');
  },
  'word missing': (name, random) => {
    const words = name.split(' ');
    if (words.length < 2) return undefined;
    words.splice(at(random, words.length), 1);
    return words.join(' ');
  },
  'extra word': (name, random) => `${name} ${FILLER[at(random, FILLER.length)]}`,
  'without spaces': (name) => (name.includes(' ') ? name.replaceAll(' ', '') : undefined),
  'punctuation changed': (name) => name.replaceAll(' ', '-').replace(/[()]/g, ''),
  'full width': (name) => name.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)),
  'accents added': (name) => name.replaceAll('e', 'é').replaceAll('o', 'ö'),
  'beginning only': (name) => {
    const words = name.split(' ');
    return words.length > 2 ? words.slice(0, Math.ceil(words.length / 2)).join(' ') : undefined;
  },
};

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(runs(fold(text)).map((run) => run.text));
}

/** Every name an offer answers to. */
function namesOf(offer: Offer): readonly string[] {
  return [offer.name, ...offer.aliases];
}

/**
 * Offers whose name holds every word of the query. More than one, and the query names none of them alone: it would be
 * unfair to ask for a certain one, so it is left out.
 */
function bearers(
  query: string,
  words: readonly (readonly [string, ReadonlySet<string>])[],
): ReadonlySet<string> {
  const asked = [...wordsOf(query)];
  return new Set(words.filter(([, own]) => asked.every((word) => own.has(word))).map(([id]) => id));
}

/** At least `count` variations where there are names enough; a query that fits another offer's name too is dropped. */
export function variationsOf(directory: Directory, count: number, seed = 5): readonly Variation[] {
  const random = seeded(seed);
  const offers = [...directory.offers.values()];
  const words = offers.flatMap((offer) => namesOf(offer).map((name) => [offer.id, wordsOf(name)] as const));
  const exact = new Map<string, Set<string>>();
  for (const offer of offers) {
    for (const name of namesOf(offer)) {
      const key = fold(name);
      exact.set(key, (exact.get(key) ?? new Set()).add(offer.id));
    }
  }
  const out: Variation[] = [];
  for (let round = 0; out.length < count && round < 40; round += 1) {
    for (const offer of offers) {
      for (const [how, change] of Object.entries(CHANGES)) {
        if (out.length >= count * 2) return out;
        if (offers.length > 1000 && random() > 0.02) continue;
        const query = change(offer.name, random);
        if (query === undefined || wordsOf(query).size === 0) continue;
        const same = exact.get(fold(query)) ?? exact.get(fold(offer.name)) ?? new Set([offer.id]);
        const fits = bearers(query, words);
        if ([...fits].some((id) => !same.has(id)) && how !== 'as it is' && how !== 'lower case') continue;
        out.push({ query, right: same.has(offer.id) ? same : new Set([...same, offer.id]), how });
      }
    }
  }
  return out;
}
