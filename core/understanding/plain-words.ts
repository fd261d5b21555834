/** The plain form of short texts, in which turns of phrase are recognised whole. */
import { fold } from '../text.js';
import { anyOf } from '../word-patterns.js';
import around from './around-words.json' with { type: 'json' };

/** Folded, without punctuation around words and without pictures inside, with single spaces. */
export function plainWords(text: string, limit: number): string {
  return fold(text, limit)
    .replace(/[\p{P}\p{Z}\s~]+/gu, (marks) => (/^['-]$/.test(marks) ? marks : ' '))
    .replace(/\p{Extended_Pictographic}(?!$)|[\u{1f600}-\u{1f64f}❤️🙏]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

let polite: RegExp | undefined;
let openers: RegExp | undefined;
let refusal: RegExp | undefined;

/** The plain words without "please". */
function withoutPolite(plain: string): string {
  polite ??= new RegExp(`^${anyOf(around.please)} ?| ?${anyOf(around.please)}$`, 'gu');
  return plain.replace(polite, '');
}

/** The plain words in each form in which a turn of phrase may stand whole: without "please", and without "ok" or "hello" before. */
export function barePhrases(plain: string): readonly string[] {
  openers ??= new RegExp(`^(?:${anyOf(around.openers)}(?: |(?<![\\x00-\\x7f])))+(?=.)`, 'u');
  const bare = withoutPolite(plain);
  return [...new Set([plain, bare, bare.replace(openers, ''), withoutPolite(plain.replace(openers, ''))])];
}

/** The text without the "no" at its beginning: "no, the wrong product". */
export function withoutRefusal(text: string): string {
  refusal ??= new RegExp(
    `^[\\s¡¿]*(?:${anyOf(around.no)}(?:[\\s,.;:!،、。，！]+|(?<=[\\u3040-\\ud7ff])))+(?=.)`,
    'iu',
  );
  return text.replace(refusal, '');
}
