/** Finds an offer whose name is spread over a sentence: in any order, with other words between, one misspelt. */
import { sliceEach, type Slices } from '../../time-slices.js';
import type { Tables } from './index.js';
import { bestIn, candidates, type Reading } from './rank.js';
import { heardWords, type HeardText, type HeardWord } from './sentence.js';

/** An offer, with the share of its name in the sentence. */
export interface SpreadName {
  readonly offer: number;
  /** The share of the name that is there, less a part of the missing share. */
  readonly value: number;
  readonly typo: boolean;
}

export interface Spread {
  /** Best first. */
  readonly named: readonly SpreadName[];
  /** The stretch of the sentence with the name; empty when it is too long for a name. */
  readonly words: string;
  readonly size: number;
}

/** The share of the name that must be there. */
const NAMED = 0.7;
const MISSING_COSTS = 0.6;
/** Weight of a word that some 5,000 names share. */
const TELLING = 0.14;
/** A name with so many words in the sentence may have one of them misspelt. */
const FEWEST_WORDS = 2;
/** A single misspelt word needs this length to name an offer. */
const LONG_WORD = 8;
const LONGEST_STRETCH = 80;
const MOST = 6;

interface Held {
  readonly likeness: number;
  readonly word: HeardWord;
  readonly typo: boolean;
}

/** Names with nearly all their words in the sentence; undefined when there is none. */
export function* spreadIn(t: Tables, sentence: HeardText): Slices<Spread | undefined> {
  const heard = heardWords(sentence);
  if (heard.length === 0) return undefined;
  const best = new Map<number, SpreadName & { readonly held: readonly Held[] }>();
  const likely = candidates(t, tellingReadings(heard));
  yield undefined;
  yield* sliceEach(likely, (entry) => {
    const read = readEntry(t, entry, heard);
    if (!read || read.share < NAMED || !isTelling(read.held)) return;
    const known = best.get(read.offer);
    if (!known || read.value > known.value) best.set(read.offer, read);
  });
  const named = [...best.values()].sort((a, b) => b.value - a.value || a.offer - b.offer).slice(0, MOST);
  const [first] = named;
  return first && { named, ...stretchOf(sentence.text, first.held) };
}

/** The same measure for one offer; 0 when the sentence has none of its names' words. */
export function valueOf(t: Tables, offer: number, sentence: HeardText): number {
  const heard = heardWords(sentence);
  const values = (t.entriesOf[offer] ?? []).map((entry) => readEntry(t, entry, heard)?.value ?? 0);
  return Math.max(0, ...values);
}

/** Words that few names share, because a common word would lead to half of a large catalog. */
function tellingReadings(heard: readonly HeardWord[]): readonly Reading[] {
  return heard.flatMap((word) => word.readings).filter(({ weight }) => weight >= TELLING);
}

/** Two words of a name, or one that is not an everyday word and is spelt right or long. */
function isTelling(held: readonly Held[]): boolean {
  const words = new Set(held.map(({ word }) => word));
  const telling = held.some(({ word }) => !word.plain);
  const isLong = ({ word }: Held) => word.end - word.start >= LONG_WORD;
  return (
    telling &&
    (words.size >= FEWEST_WORDS || held.some((one) => !one.word.plain && (!one.typo || isLong(one))))
  );
}

function readEntry(t: Tables, entry: number, heard: readonly HeardWord[]) {
  const { offer, terms } = t.entries[entry]!;
  const held = new Map<number, Held>();
  for (const word of heard)
    for (const { matches } of word.readings) {
      const match = bestIn(terms, matches);
      if (!match || match.likeness <= (held.get(match.term)?.likeness ?? 0)) continue;
      held.set(match.term, { likeness: match.likeness, word, typo: match.how === 'typo' });
    }
  const parts = partsOf(t, terms);
  let whole = 0;
  let got = 0;
  for (const term of new Set(terms)) {
    if (parts.has(term)) continue; // a word that is counted by its parts
    const joined = [...parts].find(([long, inside]) => inside.includes(term) && held.has(long));
    const likeness = Math.max(held.get(term)?.likeness ?? 0, joined ? held.get(joined[0])!.likeness : 0);
    whole += t.weights[term] ?? 0;
    got += (t.weights[term] ?? 0) * likeness;
  }
  if (got === 0) return undefined;
  const all = [...held.values()];
  const value = got - MISSING_COSTS * (whole - got);
  return { offer, value, share: got / whole, held: all, typo: all.some(({ typo }) => typo) };
}

/** Words of a name that are two other words of it joined, with these two: `cloudfront` beside `cloud` and `front`. */
function partsOf(t: Tables, terms: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, readonly number[]>();
  for (const term of terms)
    for (let size = 2; size <= 4; size += 1)
      for (let at = 0; at + size <= terms.length; at += 1) {
        const inside = terms.slice(at, at + size);
        if (inside.map((one) => t.terms.word(one)).join('') === t.terms.word(term)) found.set(term, inside);
      }
  return found;
}

function stretchOf(plain: string, held: readonly Held[]): { readonly words: string; readonly size: number } {
  const start = Math.min(...held.map(({ word }) => word.start));
  const end = Math.max(...held.map(({ word }) => word.end));
  const words = end - start <= LONGEST_STRETCH ? plain.slice(start, end) : '';
  return { words, size: new Set(held.map(({ word }) => word)).size };
}
