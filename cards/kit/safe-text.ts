/** Makes text from users, publishers and files safe to show: on a card (Markdown) or in plain text. */

import { groupedPhone } from '../../core/directory/parse/phone.js';

/** Longest text of each kind that is shown, in characters. */
export const LIMITS = { name: 80, text: 300, contact: 120, url: 400 } as const;

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
const INVISIBLE =
  /[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;
/** A joiner is kept only where it joins: inside an emoji, or between letters of scripts that need it. */
const LOOSE_JOINER =
  /\u200d(?!\p{Extended_Pictographic}|[\p{Script=Arabic}\u0900-\u0dff])|\u200c(?![\p{Script=Arabic}\u0900-\u0dff])/gu;
const LONE_SURROGATE = /\p{Surrogate}/gu;
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;

/** Cuts to `max` characters without cutting one in half, and marks the cut with an ellipsis. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max - 1).replace(/[\ud800-\udbff\u200d]$/, '');
  return `${cut.trimEnd()}…`;
}

/** Cuts to `max` characters after a whole word, where a word ends in the second half. */
export function firstWords(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = text.slice(0, max).lastIndexOf(' ');
  return end > max / 2 ? `${text.slice(0, end).trimEnd()}…` : shorten(text, max);
}

/** Text of any type as one clean line: no control, bidirectional or invisible characters, no mention, no expression. */
export function plainText(value: unknown, max: number = LIMITS.text): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  const line = String(value)
    .slice(0, max * 4)
    .replace(CONTROL, ' ')
    .replace(INVISIBLE, '')
    .replace(LOOSE_JOINER, '')
    .replace(LONE_SURROGATE, '')
    .replace(STACKED_MARKS, '$1')
    .replace(/</g, '‹')
    .replace(/>/g, '›')
    .replace(/\$(?=\{)/g, '$ ')
    .replace(/\{(?=\{)/g, '{ ')
    .replace(/\s+/g, ' ')
    .trim();
  return shorten(line, max);
}

/** `plainText` that also cannot become a link or formatting where the card renderer reads Markdown. */
export function safeText(value: unknown, max: number = LIMITS.text): string {
  return plainText(value, max)
    .replace(/:\/\//g, ': //')
    .replace(/\bwww\./gi, (found) => `${found.slice(0, 3)} .`)
    .replace(/[\\*_`~[\]!|]/g, '\\$&')
    .replace(/^([#+=-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** A name for plain text. */
export function plainName(value: unknown): string {
  return plainText(value, LIMITS.name);
}

/** A phone number, grouped for reading. The link of its button contains the ungrouped number. */
export function phoneText(value: unknown): string {
  const plain = plainText(value, LIMITS.contact);
  return plain === '' ? '' : groupedPhone(plain);
}

const MOST_LINES = 40;

/** At most `max` characters and forty lines. Empty lines at the ends are removed; several in a row become one. */
export function plainLines(text: string, max: number): string {
  const lines = text
    .slice(0, max * 2)
    .split(/\r\n|[\r\n\u2028\u2029\u0085]/)
    .slice(0, MOST_LINES)
    .map((line) => plainText(line, max));
  const kept = lines.filter((line, at) => line !== '' || (lines[at - 1] ?? '') !== '');
  return shorten(kept.join('\n').trim(), max);
}
