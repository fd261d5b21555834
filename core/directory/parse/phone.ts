/** Reads phone numbers as people write them: with words, extensions, several in one cell, full-width digits. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { bad, good, type ReadValue } from './problems.js';
import type { ProblemCode } from './problems.js';

const EXTENSION = '(?:ext(?:ension)?|durchwahl|dw|nebenstelle|poste|x|#|分機|內線|内線)';
const SHAPE = new RegExp(`^[+(]?[\\d\\s().\\-/–]+(?:[,;\\s]*${EXTENSION}\\s*\\.?:?\\s*\\d{1,7})?$`, 'i');
const VANITY = /^\+?[\d\s().-]*\d[\d\s().-]*[A-Z][A-Z\d\s().-]*$/;
/** Between two numbers of one cell. A slash inside a number has no space on its left. */
const BETWEEN =
  /\s*[;|、\n]\s*|\s+\/\s*|\/\s*(?=\+)|,\s*(?=\+|00[1-9])|\s+(?:or|and|oder|und|ou|et|o|或|和)\s+/i;
const INTERNATIONAL = /\+[\s(]*[1-9](?:[\s().\-–/]*\d){5,14}/;
const NATIONAL = /\(?\d(?:[\s().\-–/]*\d){5,14}/;
const EXTENSION_AFTER = new RegExp(`^[,;\\s(]*${EXTENSION}\\s*\\.?:?\\s*(\\d{1,7})\\b`, 'i');

interface Found {
  readonly value: string;
  /** True when the cell had words around the number. */
  readonly hasWords: boolean;
  readonly isUnlikely: boolean;
}

/**
 * E.164 (`+14255550100`, with `ext. 12` behind it if there is an extension) when the number names its country with `+` or
 * `00`. Other numbers are only cleaned, because a country is never guessed. From several numbers the first is taken.
 */
export function readPhone(raw: string): ReadValue<string> {
  const text = plainDigits(raw);
  if (/^\d+([.,]\d+)?e\+?\d+$/i.test(text) || /[<>=@]/.test(text.replace(/\S+@\S+/g, '')))
    return bad('bad-phone');
  if (VANITY.test(text) && text.length <= 32 && text.replace(/\D/g, '').length >= 3) return good(text);
  const found = text.split(BETWEEN).flatMap((part) => numberIn(part) ?? []);
  const [first] = found;
  if (!first) return bad('bad-phone');
  const remarks: ProblemCode[] = [];
  if (found.length > 1) remarks.push('several-phones');
  if (first.hasWords) remarks.push('phone-words-removed');
  if (first.isUnlikely) remarks.push('unlikely-phone');
  return good(first.value, ...remarks);
}

const STORED = /^\+[1-9]\d{6,14}(?: ext\. \d{1,7})?$/;

/** A stored number grouped as its country writes it, `+1 425 555 0100`; a number without a country as it was given. */
export function groupedPhone(stored: string): string {
  const plain = stored.replace(/(?<=[\d)])[\s().\-/]+(?=[\d(])/g, '').replace(/^\+\(/, '+');
  if (!STORED.test(plain)) return stored;
  const parsed = parsePhoneNumberFromString(plain);
  return parsed?.isPossible() ? parsed.formatInternational() : stored;
}

/** ASCII digits and signs, `+` for `00`, no `tel:` and no `(0)`. */
function plainDigits(raw: string): string {
  return raw
    .normalize('NFKC')
    .replace(/^'(?=\+)/, '')
    .replace(/^tel:/i, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/(?<!\d)00(?=[1-9])/g, '+')
    .replace(/\(0\)/g, '')
    .trim();
}

function numberIn(part: string): Found | undefined {
  const international = INTERNATIONAL.exec(part);
  if (international) return internationalNumber(part, international);
  const digits = part.replace(/\D/g, '').length;
  if (SHAPE.test(part) && digits >= 3 && digits <= 24)
    return { value: part.replace(/\s+/g, ' ').trim(), hasWords: false, isUnlikely: false };
  const national = NATIONAL.exec(part);
  if (!national || !/\p{L}/u.test(part)) return undefined;
  return { value: national[0].replace(/\s+/g, ' ').trim(), hasWords: true, isUnlikely: false };
}

function internationalNumber(part: string, { 0: text, index }: RegExpExecArray): Found | undefined {
  const plain = text.replace(/[^\d+]/g, '');
  const after = part.slice(index + text.length);
  const extension = EXTENSION_AFTER.exec(after);
  const rest = part.slice(0, index) + (extension ? after.slice(extension[0].length) : after);
  if (/\d{5}/.test(rest.replace(/[\s().\-/]/g, ''))) return undefined;
  const value = extension ? `${plain} ext. ${extension[1] ?? ''}` : plain;
  return { value, hasWords: /[\p{L}\d]/u.test(rest), isUnlikely: !isLikely(plain) };
}

function isLikely(plain: string): boolean {
  return parsePhoneNumberFromString(plain)?.isPossible() ?? false;
}
