/** Ranks offers for a query: how much of the query the name explains, and how much of the name the query has. */
import type { Tables } from './index.js';
import type { TermMatch } from './terms.js';
import type { HitReason } from './types.js';
import { isEveryday } from '../../everyday.js';
import type { Slices } from '../../time-slices.js';

export interface Scored {
  /** Position in the tables' offers. */
  readonly offer: number;
  /** 0..1 */
  readonly score: number;
  readonly reason: HitReason;
  /** Share of the query the name explains, 0..1. */
  readonly explained: number;
  /** Share of the name that the query contains, 0..1. */
  readonly named: number;
}

/** The possible readings of each word of the query. */
export interface Reading {
  readonly word: string;
  readonly matches: ReadonlyMap<number, TermMatch>;
  /** Weight of the word in the query. */
  readonly weight: number;
}

/** Entries with a full score for one query, after a rough count of all entries that share a word. */
const MOST_ENTRIES = 200;
/** Entries below this share of the best rough count get no full score. */
const ROUGH_SHARE = 0.5;
const MOST_OF_PUBLISHER = 200;
/** The weight of an unknown word: little for a plain word; a name counts against every hit. */
export const UNKNOWN_PLAIN = 0.08;
export const UNKNOWN_NAME = 0.6;
const BY_PUBLISHER = 0.85;

const QUERY_SHARE = 0.6;
const NAME_SHARE = 0.36;
const ORDER_SHARE = 0.04;
/** A ranking by words never reaches the score of an exact key. */
const WORDS_CEILING = 0.95;

export interface RankOptions {
  /** Also finds words with one or two typing errors, even when the index has the query's word. */
  readonly allTypos: boolean;
  readonly beginnings: boolean;
}

function matchesOf(t: Tables, word: string, options: RankOptions): ReadonlyMap<number, TermMatch> {
  const found = new Map<number, TermMatch>();
  const exact = t.terms.exact(word);
  if (exact !== undefined) found.set(exact, { term: exact, likeness: 1, how: 'word' });
  const more = [
    ...(options.beginnings && !isEveryday(word) ? t.terms.beginnings(word) : []),
    ...((exact === undefined || options.allTypos) && !isEveryday(word) ? t.terms.typos(word) : []),
  ];
  for (const match of more) {
    const known = found.get(match.term);
    if (!known || known.likeness < match.likeness) found.set(match.term, match);
  }
  return found;
}

/** The possible readings of one word in this index. */
export function readWord(t: Tables, word: string, options: RankOptions): Reading {
  const matches = matchesOf(t, word, options);
  const best = [...matches.values()].reduce<TermMatch | undefined>(
    (a, b) => (a && a.likeness >= b.likeness ? a : b),
    undefined,
  );
  const weight = best ? (t.weights[best.term] ?? 0) : isEveryday(word) ? UNKNOWN_PLAIN : UNKNOWN_NAME;
  return { word, matches, weight };
}

/**
 * Joins neighbours written apart (`fire wall`), and splits joined words (`contosobackup`), when the index knows the
 * result.
 */
function respell(t: Tables, words: readonly string[]): readonly string[] {
  const out: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]!;
    const next = words[at + 1];
    const joined = next === undefined ? undefined : word + next;
    if (joined !== undefined && t.terms.exact(joined) !== undefined && t.terms.exact(word) === undefined) {
      out.push(joined);
      at += 1;
    } else out.push(...parted(t, word));
  }
  return out;
}

function parted(t: Tables, word: string): readonly string[] {
  if (word.length < 7 || t.terms.exact(word) !== undefined) return [word];
  for (let at = 3; at <= word.length - 3; at += 1) {
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    if (t.terms.exact(head) !== undefined && t.terms.exact(tail) !== undefined) return [head, tail];
  }
  return [word];
}

/** Reused between queries of one index: a rough score for each entry, and the last word that added to it. */
interface Scratch {
  readonly sums: Float32Array;
  readonly stamps: Int32Array;
}

const scratches = new WeakMap<Tables['entries'], Scratch>();

function scratchOf(t: Tables): Scratch {
  const known = scratches.get(t.entries);
  if (known) return known;
  const made = { sums: new Float32Array(t.entries.length), stamps: new Int32Array(t.entries.length) };
  scratches.set(t.entries, made);
  return made;
}

/** Adds the share that one word of the query explains of each entry, once for each entry, strongest match first. */
function count(
  t: Tables,
  scratch: Scratch,
  { matches, weight }: Reading,
  stamp: number,
  touched: number[],
): void {
  const { sums, stamps } = scratch;
  const add = (entry: number, worth: number): void => {
    if (stamps[entry] === stamp) return;
    if (sums[entry] === 0) touched.push(entry);
    stamps[entry] = stamp;
    sums[entry]! += worth;
  };
  const ordered = [...matches.values()].sort((a, b) => b.likeness - a.likeness);
  for (const { term, likeness } of ordered) {
    const worth = weight * likeness;
    for (const entry of t.postings.of(term)) add(entry, worth);
  }
  for (const { term, likeness } of ordered) {
    for (const publisher of t.publishersOf.get(term) ?? []) {
      for (const offer of (t.offersOf.get(publisher) ?? []).slice(0, MOST_OF_PUBLISHER)) {
        for (const entry of t.entriesOf[offer] ?? []) add(entry, weight * likeness * BY_PUBLISHER);
      }
    }
  }
}

/** Adds what one more word explains, for the entries that other words have found already. */
function countTouched(
  t: Tables,
  { sums }: Scratch,
  { matches, weight }: Reading,
  touched: readonly number[],
) {
  for (const entry of touched) {
    const { offer, terms } = t.entries[entry]!;
    const own = bestIn(terms, matches);
    const match = own ?? bestIn(t.publisherTerms.get(t.offers[offer]!.publisherId) ?? [], matches);
    if (match) sums[entry]! += weight * match.likeness * (own ? 1 : BY_PUBLISHER);
  }
}

/** The number of names that hold a reading of the word. */
function namesWith(t: Tables, { matches }: Reading): number {
  let sum = 0;
  for (const term of matches.keys()) sum += t.postings.of(term).length;
  return sum;
}

/** Looking into one name costs as much as going through this many entries of a word's list. */
const TOUCHED_COSTS = 8;

function topOf({ sums }: Scratch, touched: readonly number[]): number {
  let top = 0;
  for (const entry of touched) top = Math.max(top, sums[entry]!);
  return top;
}

/**
 * Rough counts of all entries that share a word. The telling words come first. As soon as the words that are left cannot
 * bring a new entry near the best one, they count only for the entries found: common words are in thousands of names.
 */
function countAll(t: Tables, scratch: Scratch, readings: readonly Reading[]): readonly number[] {
  const touched: number[] = [];
  const telling = readings.filter(({ matches }) => matches.size > 0).sort((a, b) => b.weight - a.weight);
  let left = telling.reduce((sum, { weight }) => sum + weight, 0);
  telling.forEach((each, at) => {
    const isShort = touched.length > 0 && touched.length * TOUCHED_COSTS < namesWith(t, each);
    if (isShort && left < topOf(scratch, touched) * ROUGH_SHARE) countTouched(t, scratch, each, touched);
    else count(t, scratch, each, at + 1, touched);
    left -= each.weight;
  });
  return touched;
}

/** Entries that deserve a full score: those with the best rough counts. Leaves the scratch clean. */
export function candidates(t: Tables, readings: readonly Reading[]): readonly number[] {
  const scratch = scratchOf(t);
  const touched = countAll(t, scratch, readings);
  const top = topOf(scratch, touched);
  const good = touched.filter((entry) => scratch.sums[entry]! >= top * ROUGH_SHARE);
  const best = good.length <= MOST_ENTRIES ? good : strongest(good, scratch.sums, t);
  for (const entry of touched) {
    scratch.sums[entry] = 0;
    scratch.stamps[entry] = 0;
  }
  return best;
}

/** The best entries by rough count. With equal counts, shorter names come first, because the query has more of them. */
function strongest(entries: readonly number[], sums: Float32Array, t: Tables): readonly number[] {
  const levels = Float32Array.from(entries, (entry) => sums[entry]!).sort();
  const floor = levels[levels.length - MOST_ENTRIES]!;
  const above = entries.filter((entry) => sums[entry]! > floor);
  const level = entries.filter((entry) => sums[entry] === floor);
  const byLength = level.sort((a, b) => t.entries[a]!.terms.length - t.entries[b]!.terms.length || a - b);
  return [...above, ...byLength.slice(0, MOST_ENTRIES - above.length)];
}

interface Tally {
  asked: number;
  explained: number;
  typo: boolean;
  publisher: boolean;
  name: boolean;
  ordered: number;
}

export function bestIn(
  terms: Iterable<number>,
  matches: ReadonlyMap<number, TermMatch>,
): TermMatch | undefined {
  let best: TermMatch | undefined;
  for (const term of terms) {
    const match = matches.get(term);
    if (match && (!best || match.likeness > best.likeness)) best = match;
  }
  return best;
}

function scoreEntry(t: Tables, entry: number, readings: readonly Reading[]): Scored {
  const { offer, terms, alias } = t.entries[entry]!;
  const own = t.publisherTerms.get(t.offers[offer]!.publisherId) ?? new Set<number>();
  const held = new Map<number, number>();
  const tally: Tally = { asked: 0, explained: 0, typo: false, publisher: false, name: false, ordered: 0 };
  let last = -1;
  for (const { matches, weight } of readings) {
    tally.asked += weight;
    const match = bestIn(terms, matches);
    if (match) {
      tally.explained += weight * match.likeness;
      tally.typo ||= match.how === 'typo';
      tally.name = true;
      held.set(match.term, Math.max(held.get(match.term) ?? 0, match.likeness));
      const place = terms.indexOf(match.term);
      if (place > last) tally.ordered += 1;
      last = place;
      continue;
    }
    const byPublisher = bestIn(own, matches);
    if (!byPublisher) continue;
    tally.explained += weight * byPublisher.likeness * BY_PUBLISHER;
    tally.publisher = true;
  }
  let whole = 0;
  let got = 0;
  for (const term of terms) {
    whole += t.weights[term] ?? 0;
    got += (t.weights[term] ?? 0) * (held.get(term) ?? 0);
  }
  const explained = tally.asked > 0 ? tally.explained / tally.asked : 0;
  const named = whole > 0 ? got / whole : 0;
  const order = readings.length > 0 ? tally.ordered / readings.length : 0;
  const score =
    WORDS_CEILING * (QUERY_SHARE * explained + NAME_SHARE * named + ORDER_SHARE * order) * (alias ? 0.99 : 1);
  const reason: HitReason = tally.typo ? 'typo' : !tally.name && tally.publisher ? 'publisher' : 'words';
  return { offer, score, reason, explained, named };
}

/** Offers for words with known readings, best first. */
export function rankReadings(t: Tables, readings: readonly Reading[]): readonly Scored[] {
  const best = new Map<number, Scored>();
  for (const entry of candidates(t, readings)) {
    const scored = scoreEntry(t, entry, readings);
    const known = best.get(scored.offer);
    if (!known || scored.score > known.score) best.set(scored.offer, scored);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.offer - b.offer);
}

/** Good enough to skip the search for misspellings of words that the index knows. */
const GOOD = 0.8;

/** Offers for the words of a query, best first; one word after the other. */
export function* rankByWords(t: Tables, words: readonly string[]): Slices<readonly Scored[]> {
  const plain = respell(t, words);
  const quick = yield* rankWith(t, plain, { allTypos: false, beginnings: true });
  if (quick[0] && quick[0].explained >= GOOD && quick[0].score >= GOOD * WORDS_CEILING) return quick;
  const slow = yield* rankWith(t, plain, { allTypos: true, beginnings: true });
  return (slow[0]?.score ?? 0) > (quick[0]?.score ?? 0) ? slow : quick;
}

function* rankWith(t: Tables, words: readonly string[], options: RankOptions): Slices<readonly Scored[]> {
  const readings: Reading[] = [];
  for (const word of words) {
    readings.push(readWord(t, word, options));
    yield undefined;
  }
  const ranked = rankReadings(t, readings);
  yield undefined;
  return ranked;
}
