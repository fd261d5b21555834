/** Words that tie a text to the question before: a correction, the same about another thing, an addition. Pure. */
import { foldKeepingPlace, splitBy } from '../../core/fold-keeping-place.js';
import { statedIn } from '../../core/understanding/denial.js';
import { anyOf } from '../../core/word-patterns.js';
import words from './turn-words.json' with { type: 'json' };

/** Words that correct or continue the answer before. They stand at the beginning; in some languages at the end. */
const CORRECTION = new RegExp(
  String.raw`^[\s¿¡]*(?:${anyOf(words.correction)}[\s,.:;，。、،：!！-]*)+(?:${anyOf(words.about)})?`,
  'iu',
);
const MEANT = new RegExp(String.raw`${anyOf(words.meant)}[\s.。!！]*$`, 'iu');
const SAME = new RegExp(anyOf(words.same), 'iu');
const ADDS = new RegExp(String.raw`${anyOf(words.adds)}|^[\s¿¡]*${anyOf(words.and)}`, 'iu');

const plain = (text: string): string => foldKeepingPlace(text.replace(/[’‘]/gu, "'")).text;

/** True when the words correct the question, or ask the same about another offer. */
export function goesOn(text: string): boolean {
  return corrects(text) || saysSame(text);
}

/** True when the words correct the question or the answer before. */
export function corrects(text: string): boolean {
  const said = plain(text);
  return CORRECTION.test(said) || MEANT.test(said);
}

/** True when the words add something to the question before: "and Fabrikam CRM crashes". */
export function adds(text: string): boolean {
  return !goesOn(text) && ADDS.test(plain(text));
}

/** The words without those that add: "Contoso Sign too" is its name. */
export function withoutAdding(text: string): string {
  return splitBy(text, new RegExp(ADDS, 'giu')).join(' ').trim();
}

/** True when the words ask the same about another thing. */
export function saysSame(text: string): boolean {
  return SAME.test(plain(text));
}

/** The words after "no, I mean". A text that denies something stays as it is, because the denial decides how it is read. */
export function corrected(text: string): string {
  if (statedIn(text).denied.length > 0) return text;
  const folded = foldKeepingPlace(text.replace(/[’‘]/gu, "'"));
  const from = CORRECTION.exec(folded.text)?.[0].length ?? 0;
  const rest = text
    .slice(folded.placeOf(from))
    .replace(/^[\s,.:;，。、،：-]+/u, '')
    .trim();
  return /[\p{L}\p{N}]{2}/u.test(rest) ? rest : text;
}
