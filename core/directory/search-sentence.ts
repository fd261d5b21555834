/** Finds an offer named inside a longer sentence, and which words named it. */
import { cap, fold } from '../text.js';
import { marketplaceUrlIn } from './marketplace-url.js';
import type { Tables } from './search-index.js';
import { isEveryday } from '../everyday.js';
import { wordsOf } from './search-words.js';

/** Sentences longer than this are cut. */
export const SENTENCE_CAP = 1_000;
const LONGEST_SPAN = 8;
const WORDS_MAX = 80;

/** A stretch of the sentence that may name an offer. */
export interface Span {
  readonly text: string;
  /** How many words it holds. */
  readonly size: number;
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Told apart from plain words: no name begins or ends with a word everybody uses, unless it is all plain. */
  readonly plain: boolean;
}

function split(text: string): readonly Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (words.length >= WORDS_MAX) break;
    const parts = wordsOf(match[0]);
    words.push({
      start: match.index,
      end: match.index + match[0].length,
      text: match[0],
      plain: parts.every((part) => isEveryday(part)) || /^[\p{Script=Latin}\p{N}]{1,2}$/u.test(match[0]),
    });
  }
  return words;
}

/** True when some word of the stretch tells offers apart. */
function distinct(words: readonly Word[]): boolean {
  return words.some((word) => !word.plain);
}

/**
 * Stretches of one to eight words with at least one that is not an everyday word, longest first; the whole sentence is
 * not tried, because that is what a plain search does.
 */
export function spansOf(text: string): readonly Span[] {
  const plain = cap(text, SENTENCE_CAP);
  const words = split(plain);
  const spans: Span[] = [];
  for (let size = Math.min(LONGEST_SPAN, words.length); size >= 1; size -= 1) {
    for (let at = 0; at + size <= words.length; at += 1) {
      const inside = words.slice(at, at + size);
      if (!distinct(inside)) continue;
      spans.push({ text: plain.slice(inside[0]!.start, inside[size - 1]!.end), size });
    }
  }
  return spans;
}

/** Stretches whose words, run together, are an exact key: name, alias, id or publisher. Plain words count here. */
export function exactSpans(text: string): readonly Span[] {
  const plain = cap(text, SENTENCE_CAP);
  const words = split(plain);
  const spans: Span[] = [];
  for (let size = Math.min(LONGEST_SPAN, words.length); size >= 1; size -= 1) {
    for (let at = 0; at + size <= words.length; at += 1) {
      const inside = words.slice(at, at + size);
      if (size === 1 && inside[0]!.plain && words.length > 1) continue;
      spans.push({ text: plain.slice(inside[0]!.start, inside[size - 1]!.end), size });
    }
  }
  return spans;
}

/** An address or an id (`publisher.offer`, `WA…`) standing in the sentence. */
export function idInSentence(text: string): string | undefined {
  const plain = cap(text, SENTENCE_CAP * 2);
  const url = marketplaceUrlIn(plain);
  if (url !== undefined) return url;
  for (const match of plain.matchAll(/\bWA\d{6,12}\b|[\w-]{2,60}\.[\w-]{2,60}(?:\.[\w-]{1,60}){0,3}/gi))
    return match[0];
  return undefined;
}

/** A name written without spaces (Han, kana) inside the sentence, longest first, as it stands there. */
export function spacelessNameIn(
  t: Tables,
  text: string,
): { readonly offers: readonly number[]; readonly words: string } | undefined {
  const plain = cap(text, SENTENCE_CAP);
  const folded = [...plain].map((char) => fold(char));
  const joined = folded.join('');
  let best: { readonly name: string; readonly offers: readonly number[] } | undefined;
  for (const [name, offers] of t.spaceless) {
    if (joined.includes(name) && name.length > (best?.name.length ?? 0)) best = { name, offers };
  }
  if (!best) return undefined;
  const start = joined.indexOf(best.name);
  return { offers: best.offers, words: originalSlice([...plain], folded, start, start + best.name.length) };
}

/** Characters of the original behind a stretch of the folded text. */
function originalSlice(
  characters: readonly string[],
  folded: readonly string[],
  start: number,
  end: number,
): string {
  let position = 0;
  let out = '';
  folded.forEach((piece, at) => {
    if (position >= start && position < end) out += characters[at] ?? '';
    position += piece.length;
  });
  return out;
}
