/** Folding and splitting of typed text, shared by search and understanding: case, width, accents, Han variants. */
import hanFold from './han-fold.json' with { type: 'json' };

/** The most text that the functions below read, in UTF-16 units. They cut the text before any regular expression. */
export const READ_CAP = 1_000;

/** Letters and digits with several forms, in the form for comparison. People type Arabic with and without hamza and dots. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  œ: 'oe',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  '’': "'",
  '‘': "'",
  '`': "'",
  '´': "'",
  ى: 'ي',
  ی: 'ي',
  ة: 'ه',
  ٱ: 'ا',
  ک: 'ك',
};

/** Digits of Arabic and Persian text as ASCII digits. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/gu, (digit) => String(digit.charCodeAt(0) % 16));
}

/** Accents, Arabic vowel signs, hamza on a letter, the Arabic lengthening stroke, and invisible marks. */
const SIGNS = /[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad]/gu;

/** Traditional to simplified, so that one phrase matches both scripts. */
const HAN = new Map<string, string>([...hanFold.from].map((char, at) => [char, hanFold.to[at] ?? char]));

/** Cuts at the cap and keeps surrogate pairs whole. */
export function cap(text: string, limit: number = READ_CAP): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}

/** Each name once, ignoring case, without empty names and without the known ones. Keeps the order and the first spelling. */
export function otherNames(names: readonly string[], known: readonly (string | undefined)[]): string[] {
  const seen = new Set(['', ...known.map((name) => name?.toLowerCase())]);
  return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}

/** NFKC would turn these marks into letters of the word before them, so that `Backup™` became `backuptm`. */
const MARKS = /[™℠®©]/gu;

/** Most names and sentences are plain ASCII, which needs no work below. */
const NOT_ASCII = /[\u0080-\uffff]/;

/**
 * Text in the form for comparison: NFKC (full width becomes ASCII), lower case, no accents, one Han script, one form of each
 * Arabic letter. Kana keep their voicing marks. Capped before and after, because one character may unfold into eighteen.
 */
export function fold(text: string, limit: number = READ_CAP): string {
  if (!NOT_ASCII.test(text)) return text.slice(0, limit).toLowerCase().replaceAll('`', "'");
  const marked = cap(text, limit).replace(MARKS, ' ');
  const plain = asciiDigits(cap(marked.normalize('NFKC').toLowerCase(), limit))
    .normalize('NFD')
    .replace(SIGNS, '')
    .normalize('NFC');
  let folded = '';
  for (const char of plain) folded += HAN.get(char) ?? LETTERS[char] ?? char;
  return cap(folded, limit);
}

/** `OSProvisioningTimedOut` → `OS Provisioning Timed Out`, before folding removes the capitals. */
export function openCamel(text: string): string {
  if (!NOT_ASCII.test(text)) return ASCII_CAMEL.test(text) ? openAscii(text) : text;
  return text.replace(/(\p{Ll}{2}|\d)(\p{Lu})/gu, '$1 $2').replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2');
}

const ASCII_CAMEL = /[a-z\d][A-Z]|[A-Z]{2}[a-z]/;

function openAscii(text: string): string {
  return text.replace(/([a-z]{2}|\d)([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');
}

/** Han, kana and Hangul are written without spaces between words. */
function isSpaceless(char: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]/u.test(char);
}

export interface Run {
  /** Folded text of the run. */
  readonly text: string;
  /** A run of a script without spaces, or one word. */
  readonly spaceless: boolean;
}

const RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々])[\p{L}\p{N}])+/gu;

/** Words and runs without spaces of folded text, in order. Arabic words stand without their article. */
export function runs(folded: string): readonly Run[] {
  const plain = plainWords(folded);
  if (plain) return plain.map((text) => ({ text, spaceless: false }));
  return (folded.match(RUN) ?? []).map((text) => ({
    text: text.replace(ARTICLE, ''),
    spaceless: isSpaceless(text[0] ?? ''),
  }));
}

/** The Arabic article with the particles before it ("والـ", "بالـ", "للـ"). Some words begin with the same letters ("إلغاء"). */
const ARTICLE = /^[وف]?(?:[بكعه]?ال(?!غاء|غي|كترون|تزام|زام)|لل)(?=\p{Script=Arabic}{3})/u;

/** One-letter words that Arabic writes onto the next word: "and", "so", "in", "for", "as". */
const PARTICLE = /^[وفبلك](?=\p{Script=Arabic}{4})/u;

/** An Arabic word without the particle at its beginning; undefined where it has none. The letter may belong to the word. */
export function withoutParticle(word: string): string | undefined {
  return PARTICLE.test(word) ? word.slice(1).replace(ARTICLE, '') : undefined;
}

/** The words of plain ASCII text, as `runs` finds them; undefined for any other text. */
export function plainWords(folded: string): readonly string[] | undefined {
  return NOT_ASCII.test(folded) ? undefined : (folded.match(/[A-Za-z\d]+/g) ?? []);
}
