/** Finds an offer named inside a longer sentence, and the words that named it. */
import { cap, fold } from '../../text.js';
import { marketplaceUrlIn } from '../marketplace-url.js';
import type { Tables } from './index.js';
import { isEveryday } from '../../everyday.js';
import type { Slices } from '../../time-slices.js';
import { readWord, UNKNOWN_NAME, UNKNOWN_PLAIN, type Reading } from './rank.js';
import { squash, wordsOf } from './words.js';

/** Sentences longer than this are cut. */
export const SENTENCE_CAP = 1_000;
const LONGEST_SPAN = 8;
const WORDS_MAX = 80;
const PARTS_MAX = 12;

/** A stretch of the sentence that may name an offer. */
export interface Span {
  readonly text: string;
  /** The number of its words. */
  readonly size: number;
}

/** A stretch with its words joined, in the form of exact keys. */
export interface KeySpan extends Span {
  readonly key: string;
}

/** A stretch with the possible readings of its words. */
export interface ReadSpan extends Span {
  readonly readings: readonly Reading[];
}

interface Word {
  readonly start: number;
  readonly end: number;
  /** Folded; a word is cut off after a few, because one character may unfold into several words. */
  readonly parts: readonly string[];
  readonly key: string;
  /** An everyday word, or a word that is too short: it does not name an offer alone. */
  readonly plain: boolean;
}

/** A run of one kind of script: a Latin name inside Chinese, Japanese or Korean text is a word by itself. */
const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々`;
const WORD = new RegExp(`[${CJK}]+|(?:(?![${CJK}])[\\p{L}\\p{N}\\p{M}])+`, 'gu');

function split(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    if (words.length >= WORDS_MAX) break;
    const parts = wordsOf(match[0]).slice(0, PARTS_MAX);
    const short = /^[\p{Script=Latin}\p{N}]{1,2}$/u.test(match[0]);
    words.push({
      start: match.index,
      end: match.index + match[0].length,
      parts,
      key: squash(match[0]),
      plain: short || parts.every((part) => isEveryday(part)),
    });
  }
  return words;
}

interface Heard {
  readonly word: Word;
  readonly readings: readonly Reading[];
  readonly matched: boolean;
}

/** Misspellings are searched for this many words of a sentence at most; other words must be spelt right. */
const MOST_MISSPELT = 16;

/** The beginning of a sentence, with the possible readings of its words. */
export interface HeardText {
  readonly text: string;
  readonly heard: readonly Heard[];
}

/** Reads the words of a sentence, one after the other. */
export function* hear(t: Tables, sentence: string): Slices<HeardText> {
  const text = cap(sentence, SENTENCE_CAP);
  const heard: Heard[] = [];
  let room = MOST_MISSPELT;
  for (const word of split(text)) {
    const readings: Reading[] = [];
    for (const part of word.parts) {
      const exact = t.terms.exact(part);
      const look = exact === undefined && !word.plain && room > 0;
      if (look) room -= 1;
      if (exact !== undefined || look)
        readings.push(readWord(t, part, { allTypos: false, beginnings: false }));
      else
        readings.push({
          word: part,
          matches: new Map(),
          weight: isEveryday(part) ? UNKNOWN_PLAIN : UNKNOWN_NAME,
        });
      if (look) yield undefined;
    }
    heard.push({ word, readings, matched: readings.some((reading) => reading.matches.size > 0) });
  }
  yield undefined;
  return { text, heard };
}

function worth(inside: readonly Heard[]): number {
  const telling = inside.filter((heard) => heard.matched && !heard.word.plain).length;
  const matched = inside.filter((heard) => heard.matched).length;
  return telling * 100 + matched * 10 - inside.length;
}

/** A word of the sentence that may be a word of names. */
export interface HeardWord {
  readonly readings: readonly Reading[];
  readonly start: number;
  readonly end: number;
  readonly plain: boolean;
}

/** The words of a sentence that the index knows, exactly or nearly, with their positions. */
export function heardWords({ heard: all }: HeardText): readonly HeardWord[] {
  return all
    .filter((heard) => heard.matched)
    .map(({ word: { start, end, plain }, readings }) => ({ readings, start, end, plain }));
}

const MOST_SPANS = 16;

/**
 * Stretches of one to eight words that begin and end with words of the index, have at least one that is not an everyday
 * word, and at most one unknown word; the most specific first.
 */
export function spansOf({ text: plain, heard }: HeardText): readonly ReadSpan[] {
  const spans: { readonly span: ReadSpan; readonly worth: number }[] = [];
  heard.forEach((first, at) => {
    if (!first.matched) return;
    for (let size = 1; size <= LONGEST_SPAN && at + size <= heard.length; size += 1) {
      const inside = heard.slice(at, at + size);
      const last = inside[size - 1]!;
      if (inside.filter((each) => !each.matched).length > 1) break;
      if (!last.matched || !inside.some((each) => each.matched && !each.word.plain)) continue;
      const readings = inside.flatMap((each) => each.readings);
      spans.push({
        span: { text: plain.slice(first.word.start, last.word.end), size, readings },
        worth: worth(inside),
      });
    }
  });
  return spans
    .sort((a, b) => b.worth - a.worth)
    .slice(0, MOST_SPANS)
    .map(({ span }) => span);
}

/** Stretches whose joined words are an exact key: name, alias, id or publisher. Plain words count here. */
export function exactSpans(text: string): readonly KeySpan[] {
  const plain = cap(text, SENTENCE_CAP);
  const words = split(plain);
  const spans: KeySpan[] = [];
  for (let size = Math.min(LONGEST_SPAN, words.length); size >= 1; size -= 1) {
    for (let at = 0; at + size <= words.length; at += 1) {
      const inside = words.slice(at, at + size);
      if (size === 1 && inside[0]!.plain && words.length > 1) continue;
      const key = inside.map((word) => word.key).join('');
      spans.push({ text: plain.slice(inside[0]!.start, inside[size - 1]!.end), size, key });
    }
  }
  return spans;
}

/** An address or an id (`publisher.offer`, `WA…`) in the sentence. */
export function idInSentence(text: string): string | undefined {
  const plain = cap(text, SENTENCE_CAP * 2);
  const url = marketplaceUrlIn(plain);
  if (url !== undefined) return url;
  for (const match of plain.matchAll(/\bWA\d{6,12}\b|[\w-]{2,60}\.[\w-]{2,60}(?:\.[\w-]{1,60}){0,3}/gi))
    return match[0];
  return undefined;
}

/** The characters of a text, and the letters and digits that each of them is compared as. */
interface Pieces {
  readonly characters: readonly string[];
  readonly folded: readonly string[];
}

function piecesOf(text: string): Pieces {
  const characters = [...cap(text, SENTENCE_CAP)];
  return { characters, folded: characters.map((char) => fold(char).replace(/[^\p{L}\p{N}]/gu, '')) };
}

/** A name in a script that joins words (Han, kana, Hangul) inside the sentence, longest first, as it stands there. */
export function spacelessNameIn(
  t: Tables,
  text: string,
): { readonly offers: readonly number[]; readonly words: string } | undefined {
  const pieces = piecesOf(text);
  const words = hangulWords(pieces);
  const joined = pieces.folded.join('');
  const best = t.spaceless.longestIn(joined, (at, name) => isKoreanWord(joined, words, at, name));
  if (best === undefined) return undefined;
  const { at, name } = best;
  return { offers: t.spaceless.get(name), words: originalSlice(pieces, at, at + name.length) };
}

const HANGUL = /\p{Script=Hangul}/u;

/** Where Korean words begin in the joined text. */
function hangulWords({ characters, folded }: Pieces): ReadonlySet<number> {
  const starts = new Set<number>();
  let position = 0;
  folded.forEach((piece, at) => {
    if (HANGUL.test(piece) && !HANGUL.test(characters[at - 1] ?? '')) starts.add(position);
    position += piece.length;
  });
  return starts.add(position);
}

/** What Korean writes onto a name: "은", "에서", "입니다". */
const KOREAN_PARTICLE =
  /^(?:은|는|이|가|을|를|의|에|께|도|만|와|과|로|으로|나|랑|하고|부터|까지|한테|보다|처럼|라|인데|입니다|예요|용|측|쪽|요|밖에)/u;

/** A Korean name begins with a word, and ends with one or before a particle. Other scripts have no words. */
function isKoreanWord(joined: string, words: ReadonlySet<number>, at: number, name: string): boolean {
  const end = at + name.length;
  const beginsWell = !HANGUL.test(name[0] ?? '') || words.has(at);
  const rest = joined.slice(end, end + 3);
  return (
    beginsWell &&
    (!HANGUL.test(name.at(-1) ?? '') ||
      !HANGUL.test(rest[0] ?? '') ||
      words.has(end) ||
      KOREAN_PARTICLE.test(rest))
  );
}

/** Characters of the original text for a stretch of the folded text. */
function originalSlice({ characters, folded }: Pieces, start: number, end: number): string {
  let position = 0;
  let out = '';
  folded.forEach((piece, at) => {
    const isInside = position >= start && position < end && (piece !== '' || out !== '');
    if (isInside) out += characters[at] ?? '';
    position += piece.length;
  });
  return out;
}
