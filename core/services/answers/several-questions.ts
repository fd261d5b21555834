/** Finds two questions in one text, each with its own issue, and several offers named beside one issue. */
import { askInSlices } from '../../directory/search/ask-in-slices.js';
import type { HitReason, OfferIndex } from '../../directory/search/types.js';
import { kindOf, type Asker, type Issue, type PurchaseChannel } from '../../terms.js';
import { placesOf, splitBy } from '../../fold-keeping-place.js';
import { allAtOnce, type Slices } from '../../time-slices.js';
import { withoutDenied } from '../../understanding/denial.js';
import { worthOf } from '../../understanding/telling.js';
import { anyOf } from '../../word-patterns.js';
import { withoutAddresses } from './addresses.js';
import words from './question-words.json' with { type: 'json' };
import { isAboutProduct } from './route-facts.js';
import { sentenceSlices, type SentenceContext } from './understand-sentence.js';

/** One of several questions in a text. */
export interface OneQuestion {
  readonly issue: Issue;
  readonly offerId?: string;
  /** How the product was bought, where the words of this question say it. */
  readonly channels?: readonly PurchaseChannel[];
}

interface Part {
  readonly text: string;
  /** True: a word like "also" joins it to the earlier text. */
  readonly joined: boolean;
}

interface ReadPart extends Part, OneQuestion {
  readonly confidence: number;
}

const LONGEST = 1_500;
const MOST_PARTS = 8;
/** Of a longer part, as in a list or a log, the beginning is read. */
const LONGEST_PART = 400;
const MOST_QUESTIONS = 3;
/** A card shows no more. */
const MOST_OFFERS = 5;
/** From this confidence on, a part counts as a question. */
const SURE = 0.75;
/** The same for a part that a number or a word like "also" sets apart from the earlier text. */
const SURE_APART = 0.65;
/**
 * From this confidence on, two halves of one sentence (one about the product, one about its purchase) are two
 * questions.
 */
const VERY_SURE = 0.8;
const NAMES: ReadonlySet<HitReason> = new Set(['id', 'url', 'exact-name', 'alias']);

const SENTENCE_END = /(?<=[.!?;؟؛])\s+|(?<=[。！？；])|\n+/u;
const JOINT = new RegExp(`\\s*[,，、،]?\\s*${anyOf(words.joint)}\\s*[,，、،:：]?\\s*`, 'giu');
/** Words that open a list of questions. */
const FIRST = new RegExp(`^${anyOf(words.first)}`, 'giu');
const HALVES = new RegExp(`\\s*[,，、،]?\\s+${anyOf(words.and)}\\s+|${anyOf(words.andspaceless)}`, 'giu');

/** The questions of a text in their order, at least two; empty when the text asks one thing. */
export function questionsIn(text: string, asker: Asker, known: SentenceContext): readonly OneQuestion[] {
  return allAtOnce(questionSlices(text, asker, known));
}

/** Like `questionsIn`, one part after the other. */
export function* questionSlices(
  said: string,
  asker: Asker,
  known: SentenceContext,
): Slices<readonly OneQuestion[]> {
  const text = yield* askInSlices(known.index, (index) => withoutAddresses(said, index));
  const found: ReadPart[] = [];
  for (const part of partsOf(withoutDenied(text))) {
    if (found.length >= MOST_QUESTIONS) break;
    const halves = yield* halfSlices(part, asker, known);
    for (const read of halves) if (isOther(read, found)) found.push(read);
    yield undefined;
  }
  if (found.length < 2) return [];
  const named =
    found.find((part) => part.offerId !== undefined)?.offerId ??
    (yield* askInSlices(known.index, (index) => offerOf(text, index)));
  return found.slice(0, MOST_QUESTIONS).map(({ issue, channels, offerId = named }) => ({
    issue,
    ...(offerId !== undefined && { offerId }),
    ...(channels && { channels }),
  }));
}

/** The offer that the whole text names outright. */
function offerOf(text: string, index: OfferIndex): string | undefined {
  const { match } = index.inSentence(text);
  return match.kind === 'one' && NAMES.has(match.hit.reason) ? match.hit.offerId : undefined;
}

/** The one question of a short text; undefined when its issue is not clear. */
export function questionIn(text: string, asker: Asker, known: SentenceContext): OneQuestion | undefined {
  const [read] = allAtOnce(readSlices({ text: withoutDenied(text), joined: true }, asker, known));
  return (
    read && {
      issue: read.issue,
      ...(read.offerId !== undefined && { offerId: read.offerId }),
      ...(read.channels && { channels: read.channels }),
    }
  );
}

/** The offers that a text names outright, and the text without their names. */
export interface NamedOffers {
  readonly offerIds: readonly string[];
  readonly rest: string;
}

/** Offers that the text names outright, in their order, without those that the text rules out. */
export function offersNamedIn(text: string, index: OfferIndex): NamedOffers {
  const found: string[] = [];
  let rest = withoutDenied(text.slice(0, LONGEST));
  for (let turn = 0; turn < MOST_OFFERS; turn += 1) {
    const { match, words } = index.inSentence(rest);
    if (match.kind !== 'one' || !NAMES.has(match.hit.reason) || words === '') break;
    const at = rest.indexOf(words);
    if (at < 0) break;
    if (placesOf(rest.slice(0, at), RULED_OUT).length === 0 && !found.includes(match.hit.offerId))
      found.push(match.hit.offerId);
    rest = `${rest.slice(0, at)} · ${rest.slice(at + words.length)}`;
  }
  const beside = splitBy(rest, BETWEEN_NAMES).join(' ').replaceAll('·', ' ').trim();
  return { offerIds: found, rest: beside + text.slice(LONGEST) };
}

/** A joining word between two names that were taken out: without the names it says nothing. */
const BETWEEN_NAMES = new RegExp(
  `(?<=·)\\s*(?:,|、|،|(?:\\b|(?![\\x00-\\x7f]))${anyOf(words.between)}(?:\\b|(?<![\\x00-\\x7f]))|\\s)+\\s*(?=·)`,
  'giu',
);

/** The text without exact names of offers that it rules out: "not Contoso Backup", 「不是 Contoso Backup，是…」. */
export function withoutRuledOut(text: string, index: OfferIndex): string {
  if (text.length > LONGEST || placesOf(text, RULES_OUT).length === 0) return text;
  let kept = text;
  let at = 0;
  for (let turn = 0; turn < MOST_OFFERS; turn += 1) {
    const { match, words } = index.inSentence(kept.slice(at));
    if (match.kind !== 'one' || !NAMES.has(match.hit.reason) || words === '') break;
    const from = kept.indexOf(words, at);
    if (from < 0) break;
    const [before, after] = [kept.slice(0, from), kept.slice(from + words.length)];
    const [not] = placesOf(before, RULED_OUT);
    const [notAfter] = placesOf(after, RULED_OUT_AFTER);
    const isRuledOut = not !== undefined || notAfter !== undefined;
    if (isRuledOut) kept = `${before.slice(0, not?.from)} ${after.slice(notAfter?.to ?? 0)}`.trim();
    at = isRuledOut ? Math.min(at, kept.length) : from + words.length;
  }
  return kept;
}

const NOT_BEFORE = `(?:(?<!\\p{L})${anyOf(words.not)}(?!\\p{L})(?: ${anyOf(words.article)})?|${anyOf(words.notspaceless)})`;
const NOT_AFTER = anyOf(words.notafter);
const RULES_OUT = new RegExp(`${NOT_BEFORE}|'t\\b|${NOT_AFTER}`, 'giu');
const RULED_OUT = new RegExp(`${NOT_BEFORE}\\s*$`, 'giu');
const RULED_OUT_AFTER = new RegExp(`^\\s*${NOT_AFTER}[、,]?\\s*(?:${anyOf(words.but)} )?`, 'giu');

/** The number of a question in a list: "1) …", "2. …", "(a) …". */
const NUMBERED = /(?<=^|[\s,;:，；。：])(?:[(（]?(?:[1-9]|[a-d])[)）]|[1-9][.．、:：]|[①-⑨])\s*(?=\p{L})/giu;
/** The numbered steps to a fault are one question. */
const STEPS = new RegExp(`(?<![a-z])${anyOf(words.steps)}(?![a-z])`, 'giu');

/** The text before a numbered list, also of one in a single line, and its entries; empty for another text. */
function numberedOf(text: string): readonly string[] {
  const numbers = placesOf(text, STEPS).length > 0 ? [] : [...text.matchAll(NUMBERED)];
  if (numbers.length < 2 || !/[1a①]/iu.test(numbers[0]?.[0] ?? '')) return [];
  return text.split(NUMBERED);
}

function partsOf(text: string): readonly Part[] {
  const [before, ...entries] = numberedOf(text);
  const sentences = sentencesIn(before ?? text);
  const numbered = entries.map((entry) => ({ text: entry.trim(), joined: true }));
  const parts = [...sentences, ...numbered].filter((part) => /[\p{L}]{2}/u.test(part.text));
  if (parts.length <= MOST_PARTS && text.length <= LONGEST) return parts;
  return mostTelling(parts.map((part) => ({ ...part, text: part.text.slice(0, LONGEST_PART) })));
}

function sentencesIn(text: string): readonly Part[] {
  return text
    .split(SENTENCE_END)
    .flatMap((sentence) =>
      splitBy(sentence, JOINT).map((piece, at) => ({ text: withoutFirst(piece.trim()), joined: at > 0 })),
    );
}

function withoutFirst(piece: string): string {
  return piece.slice(placesOf(piece, FIRST)[0]?.to ?? 0);
}

/** The parts that tell most, in their order in the text. */
function mostTelling(parts: readonly Part[]): readonly Part[] {
  const best = parts
    .map((part) => ({ part, worth: worthOf(part.text) + (part.joined ? 1 : 0) }))
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_PARTS)
    .map(({ part }) => part);
  return parts.filter((part) => best.includes(part));
}

/** More joints are a list, which one reading cannot take apart. */
const MOST_JOINTS = 3;

/** The part as one question, or as two when both sides of a joint clearly ask something different. */
function* halfSlices(part: Part, asker: Asker, known: SentenceContext): Slices<readonly ReadPart[]> {
  for (const joint of placesOf(part.text, HALVES).slice(0, MOST_JOINTS)) {
    const before = { text: part.text.slice(0, joint.from), joined: part.joined };
    const after = { text: part.text.slice(joint.to), joined: true };
    const [one] = yield* readSlices(before, asker, known);
    const [other] = yield* readSlices(after, asker, known);
    if (one && other && areTwo(one, other)) return [one, other];
  }
  return yield* readSlices(part, asker, known);
}

function areTwo(one: ReadPart, other: ReadPart): boolean {
  const offers = one.offerId !== undefined && other.offerId !== undefined && one.offerId !== other.offerId;
  const least = Math.min(one.confidence, other.confidence);
  return offers
    ? least >= SURE
    : least >= VERY_SURE && isAboutProduct(one.issue) !== isAboutProduct(other.issue);
}

/** The part as a question; none when its issue is not clear. */
function* readSlices(part: Part, asker: Asker, known: SentenceContext): Slices<readonly ReadPart[]> {
  const { match, read, channels } = yield* sentenceSlices(part.text, asker, known);
  if (read.decision !== 'answered' || read.guess.confidence < (part.joined ? SURE_APART : SURE)) return [];
  const offerId = match.kind === 'one' && NAMES.has(match.hit.reason) ? match.hit.offerId : undefined;
  const { issue, confidence } = read.guess;
  return [
    { ...part, issue, confidence, ...(offerId !== undefined && { offerId }), ...(channels && { channels }) },
  ];
}

/** True when the part asks something new, and not a mere detail of an earlier part. */
function isOther(part: ReadPart, before: readonly ReadPart[]): boolean {
  const asksSame = (one: ReadPart) =>
    kindOf(one.issue) === kindOf(part.issue) && (part.offerId === undefined || part.offerId === one.offerId);
  if (before.some(asksSame)) return false;
  const last = before.at(-1);
  if (!last || part.joined) return true;
  const offers = part.offerId !== undefined && last.offerId !== undefined && part.offerId !== last.offerId;
  const isQuestion = (one: ReadPart) => /[?？]\s*$/u.test(one.text);
  return offers || (isQuestion(part) && isQuestion(last));
}
