/** The offer index: finds the offer of a typed name, id, address or sentence, with a confidence. Pure and in memory. */
import { allAtOnce, type Slices } from '../../time-slices.js';
import { LastResults } from '../../last-results.js';
import { cap } from '../../text.js';
import { idsOf, marketplaceUrlIn, parseMarketplaceUrl, parseOfferRef } from '../marketplace-url.js';
import { tableSlices, type Tables } from './index.js';
import { offersByNoun } from './product-nouns.js';
import { rankByWords, rankReadings } from './rank.js';
import {
  exactSpans,
  hear,
  idInSentence,
  SENTENCE_CAP,
  spacelessNameIn,
  spansOf,
  type HeardText,
} from './sentence.js';
import { spreadIn, valueOf } from './spread.js';
import type { HitReason, OfferHit, OfferIndex, OfferMatch } from './types.js';
import { isEveryday } from '../../everyday.js';
import { companyWords, squash, wordsOf } from './words.js';
import type { Directory } from '../types.js';

const ADDRESS_CAP = 2_000;
const NEAREST = 3;
const MOST_HITS = 20;
/** Below this a hit is only a near miss. */
const PLAUSIBLE = 0.5;
/** From this score on, a hit may be the only answer. */
const CLEAR = 0.66;
/** A lead of this much over the next hit makes a hit the answer; closer hits become a question. */
const AHEAD = 0.07;
/** With more hits than a card can hold, the bot first asks for the publisher. */
const MOST_CHOICES = 5;

const SCORE: Readonly<Record<HitReason, number>> = {
  id: 1,
  url: 1,
  'exact-name': 0.99,
  alias: 0.98,
  plan: 0.96,
  publisher: 0.955,
  words: 0,
  typo: 0,
};

/** An id without its publisher, or with other punctuation: less than an exact name. */
const SCORE_LOCAL_ID = 0.97;

interface Found {
  readonly offer: number;
  readonly score: number;
  readonly reason: HitReason;
}

function hitOf(t: Tables, { offer, score, reason }: Found): OfferHit {
  return { offerId: t.offers[offer]!.id, score: Number(score.toFixed(4)), reason };
}

function byRank(a: Found, b: Found): number {
  return b.score - a.score || a.offer - b.offer;
}

/** Offers of a marketplace address or a complete id. */
function byReference(t: Tables, text: string): readonly Found[] {
  const url = marketplaceUrlIn(text);
  const ref = url === undefined ? parseOfferRef(text.trim()) : parseMarketplaceUrl(url);
  if (!ref) return [];
  const reason = url === undefined ? 'id' : 'url';
  for (const id of idsOf(ref)) {
    const hits = t.exact.get(squash(id)).filter((hit) => t.offers[hit.offer]!.id.toLowerCase() === id);
    if (hits.length > 0) return hits.map(({ offer }) => ({ offer, reason, score: SCORE[reason] }));
  }
  return [];
}

/** Offers whose id, name, alias or plan equals this; then the offers of a publisher with exactly this name. */
function byKey(t: Tables, key: string, companyKey: string = key): readonly Found[] {
  const named = t.exact.get(key).map(({ offer, reason }) => ({
    offer,
    reason,
    score: reason === 'id' ? SCORE_LOCAL_ID : SCORE[reason],
  }));
  const taken = new Set(named.map((hit) => hit.offer));
  const published = (t.publishers.get(key) ?? t.publishers.get(companyKey) ?? [])
    .flatMap((id) => t.offersOf.get(id) ?? [])
    .filter((offer) => !taken.has(offer))
    .map((offer) => ({ offer, reason: 'publisher' as const, score: SCORE.publisher }));
  return [...named, ...published].sort(byRank);
}

function byAcronym(t: Tables, words: readonly string[]): readonly Found[] {
  const only = words.length === 1 ? words[0] : undefined;
  if (only === undefined || only.length < 3) return [];
  return t.acronyms.get(only).map((offer) => ({ offer, reason: 'alias' as const, score: 0.7 }));
}

/** Keeps the best hit of each offer. */
function merged(...lists: readonly (readonly Found[])[]): readonly Found[] {
  const best = new Map<number, Found>();
  for (const hit of lists.flat()) {
    const known = best.get(hit.offer);
    if (!known || hit.score > known.score) best.set(hit.offer, hit);
  }
  return [...best.values()].sort(byRank);
}

/** All hits of a query, best first: exact keys always come before words. */
function* lookUp(t: Tables, text: string): Slices<readonly Found[]> {
  const plain = cap(text, ADDRESS_CAP);
  const exact = merged(byReference(t, plain), byKey(t, squash(plain), companyWords(plain).join('')));
  const url = marketplaceUrlIn(plain);
  const rest = url === undefined ? plain : (url.split(/[?#]/)[0]?.split('/').pop() ?? '');
  const words = wordsOf(rest);
  return merged(exact, byAcronym(t, words), yield* rankByWords(t, words));
}

function publishersOf(t: Tables, hits: readonly Found[]): readonly string[] {
  return [...new Set(hits.map((hit) => t.offers[hit.offer]!.publisherId))];
}

function askAmong(t: Tables, hits: readonly Found[]): OfferMatch {
  const shown = hits.slice(0, MOST_HITS).map((hit) => hitOf(t, hit));
  const publisherIds = publishersOf(t, hits);
  return hits.length > MOST_CHOICES && publisherIds.length > 1
    ? { kind: 'publishers', publisherIds, hits: shown }
    : { kind: 'several', hits: shown };
}

function one(t: Tables, [hit, ...others]: readonly Found[]): OfferMatch {
  if (!hit) return { kind: 'none', nearest: [] };
  const rest = others.filter((other) => other.score >= PLAUSIBLE).slice(0, MOST_HITS - 1);
  return { kind: 'one', hit: hitOf(t, hit), others: rest.map((other) => hitOf(t, other)) };
}

/** A publisher's own offers, then others with its name: "Cisco" is also in names that Microsoft publishes. */
function askPublisher(t: Tables, exact: readonly Found[], found: readonly Found[]): OfferMatch {
  const bearing = found.filter((hit) => hit.score < SCORE.publisher && hit.score >= PLAUSIBLE);
  const all = [...exact, ...bearing];
  if (all.length === 1) return one(t, all);
  return {
    kind: 'publishers',
    publisherIds: publishersOf(t, all),
    hits: all.slice(0, MOST_HITS).map((hit) => hitOf(t, hit)),
  };
}

/** Exact keys: one offer is the answer; several offers, or a publisher of several offers, become a question. */
function matchExact(t: Tables, found: readonly Found[]): OfferMatch | undefined {
  const exact = found.filter((hit) => hit.score >= SCORE.publisher);
  const first = exact[0];
  if (!first) return undefined;
  if (first.reason === 'publisher') return askPublisher(t, exact, found);
  const equals = exact.filter((hit) => hit.score === first.score);
  return equals.length === 1 ? one(t, found) : askAmong(t, equals);
}

function matchOf(t: Tables, found: readonly Found[], plainQuery: boolean): OfferMatch {
  const exact = matchExact(t, found);
  if (exact) return exact;
  const [first, second] = found;
  if (!first || first.score < PLAUSIBLE) {
    return { kind: 'none', nearest: found.slice(0, NEAREST).map((hit) => hitOf(t, hit)) };
  }
  const alone = first.score - (second?.score ?? 0) >= AHEAD;
  if (alone && first.score >= CLEAR && !plainQuery) return one(t, found);
  return askAmong(
    t,
    found.filter((hit) => hit.score >= Math.max(PLAUSIBLE, first.score - 2 * AHEAD)),
  );
}

/** A query of everyday words alone names no offer. */
function isPlain(words: readonly string[]): boolean {
  return words.every((word) => isEveryday(word));
}

function* find(t: Tables, text: string): Slices<OfferMatch> {
  return matchOf(t, yield* lookUp(t, text), isPlain(wordsOf(cap(text, ADDRESS_CAP))));
}

/** A hit below this is not worth showing. */
const LEAST = 0.2;

function* search(t: Tables, text: string, limit: number): Slices<readonly OfferHit[]> {
  const found = yield* lookUp(t, text);
  return found
    .filter((hit) => hit.score > LEAST)
    .slice(0, limit)
    .map((hit) => hitOf(t, hit));
}

/**
 * A stretch names an offer when the name explains nearly all of the stretch, and the stretch has enough of the name.
 */
const SPAN_EXPLAINED = 0.86;
const SPAN_NAMED = 0.34;

interface Named {
  readonly found: readonly Found[];
  readonly words: string;
  readonly size: number;
}

function* bySpan(t: Tables, sentence: HeardText): Slices<Named | undefined> {
  let best: Named | undefined;
  let worth = 0;
  for (const span of spansOf(sentence)) {
    const found = rankReadings(t, span.readings);
    yield undefined;
    const first = found[0];
    if (!first || first.explained < SPAN_EXPLAINED || first.named < SPAN_NAMED) continue;
    if (first.score <= worth + 1e-9) continue;
    best = { found, words: span.text, size: span.size };
    worth = first.score;
  }
  return best;
}

/** The longest stretch that equals a name, alias or id, and the longest that equals a publisher's name. */
function* byExactSpan(
  t: Tables,
  text: string,
): Slices<{ readonly offer?: Named; readonly publisher?: Named }> {
  let publisher: Named | undefined;
  for (const span of exactSpans(text)) {
    const found = byKey(t, span.key);
    const named = { found, words: span.text, size: span.size };
    if (found[0] && found[0].reason !== 'publisher') return { offer: named, publisher };
    if (found[0]) publisher ??= { ...named, found: yield* lookUp(t, span.text) };
  }
  yield undefined;
  return { publisher };
}

function bySpaceless(t: Tables, text: string): Named | undefined {
  const name = spacelessNameIn(t, text);
  if (!name) return undefined;
  const reason = 'exact-name';
  return {
    found: name.offers.map((offer) => ({ offer, reason, score: SCORE[reason] })),
    words: name.words,
    size: 1,
  };
}

/** From this score on, words beside a publisher's name count as the name of one of its offers. */
const NARROWS = 0.6;

/** A publisher's name with further words that fit one of its offers names the offer. */
function narrower(span: Named | undefined, publisher: Named | undefined): Named | undefined {
  if (!span || !publisher) return span ?? publisher;
  return span.size > publisher.size && (span.found[0]?.score ?? 0) >= NARROWS ? span : publisher;
}

/** The whole name of an offer, with its words anywhere in the sentence, outranks a shorter name and a publisher. */
function* bySpread(
  t: Tables,
  sentence: HeardText,
  other: Named | undefined,
  isExact: boolean,
): Slices<Named | undefined> {
  const spread = yield* spreadIn(t, sentence);
  const [best] = spread?.named ?? [];
  if (!spread || !best || (isExact && other && spread.size <= other.size)) return undefined;
  const rival = other?.found[0]?.reason === 'publisher' ? undefined : other?.found[0];
  const known = rival ? valueOf(t, rival.offer, sentence) : 0;
  if (rival?.offer === best.offer || best.value < known + (isExact ? LONGER_THAN_EXACT : LONGER))
    return undefined;
  const found = spread.named.map(({ offer, value, typo }): Found => ({
    offer,
    score: Math.max(0, 0.9 - (best.value - value) / 2),
    reason: typo ? 'typo' : 'words',
  }));
  return { found, words: spread.words, size: spread.size };
}

/** The sentence must have this much more of the one name than of the other. */
const LONGER = 0.1;
const LONGER_THAN_EXACT = 0.25;

interface InSentence {
  readonly match: OfferMatch;
  readonly words: string;
}

function* inShort(t: Tables, text: string): Slices<InSentence> {
  const id = idInSentence(text);
  const referred = id === undefined ? [] : byReference(t, id);
  if (id !== undefined && referred.length > 0) return { match: matchOf(t, referred, false), words: id };
  const exact = yield* byExactSpan(t, text);
  const sure = exact.offer ?? bySpaceless(t, text);
  const sentence = yield* hear(t, text);
  const near = sure ?? narrower(yield* bySpan(t, sentence), exact.publisher);
  const named = (yield* bySpread(t, sentence, near, sure !== undefined)) ?? near;
  if (named) return { match: matchOf(t, named.found, false), words: named.words };
  const nearest = (yield* rankByWords(t, wordsOf(text))).slice(0, NEAREST);
  return { match: { kind: 'none', nearest: nearest.map((hit) => hitOf(t, hit)) }, words: '' };
}

/** Stretches of a long text, cut at line ends and spaces, each short enough to be read as a whole. */
const STRETCH = 400;

/** A longer text is cut. */
const LONG_CAP = 10_000;

function stretches(text: string): readonly string[] {
  const found: string[] = [];
  let rest = text;
  while (rest.length > STRETCH) {
    const line = rest.lastIndexOf('\n', STRETCH);
    const at = line > STRETCH / 2 ? line : Math.max(rest.lastIndexOf(' ', STRETCH), 1);
    const end = at > STRETCH / 2 ? at : STRETCH;
    found.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...found, rest];
}

/**
 * A long text may name its offer anywhere: exact names and ids are searched in all of it, misspelt ones at its
 * beginning.
 */
function* inSentence(t: Tables, text: string): Slices<InSentence> {
  const first = yield* inShort(t, cap(text, SENTENCE_CAP));
  if (text.length <= STRETCH || first.match.kind === 'one') return first;
  for (const part of new Set(stretches(cap(text, LONG_CAP)))) {
    const id = idInSentence(part);
    const referred = id === undefined ? [] : byReference(t, id);
    if (id !== undefined && referred.length > 0) return { match: matchOf(t, referred, false), words: id };
    const named = exactSpans(part).find(({ key }) => t.exact.get(key).length > 0);
    if (named) return { match: matchOf(t, byKey(t, named.key), false), words: named.text };
    yield undefined;
  }
  return first;
}

/**
 * Builds the index of one directory version. 100,000 offers take a few seconds; a search takes milliseconds.
 * Accepts text of any length and cuts it before any work.
 */
export function buildOfferIndex(directory: Directory): OfferIndex {
  return allAtOnce(indexSlices(directory));
}

/** One turn reads the same sentence several times. */
const MOST_REMEMBERED = 32;

/** Keeps the results for the last texts. */
function remembered<T>(read: (text: string) => Slices<T>): (text: string) => Slices<T> {
  const last = new LastResults<T>(MOST_REMEMBERED);
  return function* (text) {
    return last.get(text) ?? last.keep(text, yield* read(text));
  };
}

const tablesOf = new WeakMap<OfferIndex, Tables>();

/**
 * Like `buildOfferIndex`, in steps.
 * @param previous the index of an earlier version, which saves work on unchanged names; the result is the same.
 */
export function* indexSlices(directory: Directory, previous?: OfferIndex): Slices<OfferIndex> {
  const t = yield* tableSlices(directory, previous && tablesOf.get(previous));
  const slices: OfferIndex['slices'] = {
    find: remembered((text) => find(t, text)),
    search: (text, limit) => search(t, text, limit),
    inSentence: remembered((text) => inSentence(t, text)),
  };
  const index: OfferIndex = {
    version: directory.version,
    find: (text) => allAtOnce(slices.find(text)),
    search: (text, limit) => allAtOnce(slices.search(text, limit)),
    inSentence: (text) => allAtOnce(slices.inSentence(text)),
    slices,
    ofKind: (text) => offersByNoun(t, text).map((offer) => t.offers[offer]!.id),
  };
  tablesOf.set(index, t);
  return index;
}
