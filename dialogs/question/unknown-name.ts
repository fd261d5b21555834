/** Finds the name of a product in a sentence that names no known offer. Days, greetings and people are no products. */
import { wordsOf } from '../../core/directory/search/words.js';
import { isEveryday } from '../../core/everyday.js';
import { marketplaceUrlIn } from '../../core/directory/marketplace-url.js';
import { foldKeepingPlace, placesOf } from '../../core/fold-keeping-place.js';
import { fold } from '../../core/text.js';
import { concernsMicrosoft } from '../../core/understanding/microsoft-products.js';
import { isKnownWord, shippedModel } from '../../core/understanding/model.js';
import { anyOf, wordSet } from '../../core/word-patterns.js';
import words from './name-words.json' with { type: 'json' };

/** Two or more capitalised words in a row, at most eight. */
const CAPITALS = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}]+(?:[ -]\p{Lu}[\p{L}\p{N}]+){1,7}/gu;
const MOST_WORDS = 5;
const LONGEST = 1_000;

/** Words that begin sentences, name days and months, greet, or close a mail. */
const NO_NAME = wordSet(words.none);

/** From these words on, the writer signs. */
const SIGNED = new RegExp(`(?:^|[\\s.!?,])${anyOf(words.signed)}[\\s,.!]+(?=\\p{L})`, 'giu');
/** Words that introduce or greet a person. The name after them begins with a capital letter. */
const PERSON = new RegExp(`\\b${anyOf(words.person)}\\s+(?=\\p{L})`, 'giu');
const PERSON_NAME = /^\p{Lu}[\p{L}'-]+(?:\s+\p{Lu}[\p{L}'-]+){0,2}/u;

/** The unknown name, or the marketplace address, in the text; undefined when there is none. */
export function unknownNameIn(text: string): string | undefined {
  const read = text.slice(0, LONGEST);
  const url = marketplaceUrlIn(read);
  if (url !== undefined) return url;
  const own = withoutPersons(unsigned(read));
  return [...own.matchAll(CAPITALS)].map(([words]) => trimmed(words)).find((name) => name !== undefined);
}

/** The text up to the words with which the writer signs with a name. */
function unsigned(text: string): string {
  const sign = placesOf(text, SIGNED).find(({ to }) => /^\p{Lu}/u.test(text.slice(to)));
  return text.slice(0, sign?.from);
}

/** The text with small letters in the names of persons. */
function withoutPersons(text: string): string {
  let rest = text;
  for (const { to } of placesOf(text, PERSON)) {
    const name = PERSON_NAME.exec(text.slice(to))?.[0] ?? '';
    rest = rest.slice(0, to) + name.replace(/\p{Lu}/gu, 'x') + rest.slice(to + name.length);
  }
  return rest;
}

/** The name without days and sentence starts around it; undefined when less than two words are left. */
function trimmed(words: string): string | undefined {
  const list = words.split(/(?<=[ -])/u);
  const isNone = (word = '') => NO_NAME.has(fold(word.replace(/[ -]$/u, '')));
  while (list.length > 0 && isNone(list[0])) list.shift();
  while (list.length > 0 && isNone(list.at(-1))) list.pop();
  const name = list.slice(0, MOST_WORDS).join('').trim();
  return list.length >= 2 && isName(name) ? name : undefined;
}

function isName(name: string): boolean {
  const words = name.split(/[ -]/).map((word) => fold(word));
  return words.some(
    (word) => word.length >= 4 && !isEveryday(word) && !/^(?:microsoft|azure|teams|office)$/.test(word),
  );
}

/**
 * One word where only a product fits: it does not start, or something is done in it. Expressions that ignore the case
 * do not say which letters it has: compiling classes of letters for them takes 0.1 s.
 */
const LONELY: readonly RegExp[] = [
  new RegExp(
    `(?:^|[.!?,]\\s+)(?:(?:hi|hello|hey|my|our|the|since \\w+|now|today|le|la|el|il|lo|o|a|notre|nuestro|nosso|nostro)[,!]?\\s+){0,3}(\\S{4,})\\s+${anyOf(words.fails)}(?!\\p{L})`,
    'diu',
  ),
  /^how (?:do|can|could|should|to)\b.{3,80}\b(?:in|with|using)\s+(\S{4,}?)\s*[?.!]*$/diu,
  new RegExp(
    `(?<![\\p{Script=Latin}\\d] ?)(\\p{Lu}[\\p{Script=Latin}\\d]{3,})\\s?${anyOf(words.failsafter)}`,
    'du',
  ),
];
/** Things in an office that are no products of the marketplace. */
const THINGS = wordSet(words.things);

const CAPITALISED = /^\p{Lu}[\p{L}\p{N}]{3,}$/u;

/** A name of one word that neither the language nor the directory knows; undefined for a thing or a Microsoft product. */
export function lonelyNameIn(text: string): string | undefined {
  const read = foldKeepingPlace(text.slice(0, LONGEST));
  const [from, to] = LONELY.map((pattern) => pattern.exec(read.text)?.indices?.[1]).find(Boolean) ?? [];
  const found = to === undefined ? undefined : text.slice(read.placeOf(from ?? 0), read.placeOf(to));
  if (found === undefined || !CAPITALISED.test(found)) return undefined;
  const word = fold(found);
  const isKnown = [word, word.replace(/s$/u, ''), word.replace(/es$/u, '')].some(isOrdinary);
  return isKnown || concernsMicrosoft(found, isOrdinary) ? undefined : found;
}

function isOrdinary(word: string): boolean {
  return NO_NAME.has(word) || THINGS.has(word) || isEveryday(word) || isKnownWord(shippedModel(), word);
}

/** A word or two that are not a sentence: the person typed a name. */
export function isNameAlone(text: string): boolean {
  const words = wordsOf(text);
  const telling = words.filter((word) => !isEveryday(word)).length;
  return words.length > 0 && words.length <= 3 && telling > words.length / 2;
}

const QUOTED =
  /(?:"([^"\n]{2,40})"|“([^”\n]{2,40})”|「([^」\n]{2,20})」|『([^』\n]{2,20})』|《([^》\n]{2,20})》|„([^“”\n]{2,40})[“”]|«\s?([^»\n]{2,40}?)\s?»|(?<![\p{L}\p{N}])'([^'\n]{2,40})'(?![\p{L}\p{N}]))/gu;
/** What a screen shows also stands in quotation marks. */
const SHOWN_BEFORE = new RegExp(
  `${anyOf(words.shown)}[^\\p{L}\\p{N}]*(?:${anyOf(words.shownjoint)} ?|:|：)*\\s*$`,
  'iu',
);
const SHOWN_INSIDE = new RegExp(anyOf(words.inside), 'iu');

/** A name in quotation marks; undefined for a quoted message, button or sentence. */
export function quotedNameIn(text: string): string | undefined {
  const read = text.slice(0, LONGEST);
  for (const match of read.matchAll(QUOTED)) {
    const name =
      match
        .slice(1)
        .find((part) => part !== undefined)
        ?.trim() ?? '';
    const before = read.slice(Math.max(0, match.index - 40), match.index);
    if (!SHOWN_BEFORE.test(fold(before)) && !SHOWN_INSIDE.test(fold(name)) && isQuotedName(name)) return name;
  }
  return undefined;
}

/** Words without a space between them, or capitalised words of which one is no everyday word. */
function isQuotedName(name: string): boolean {
  if (/[\p{Script=Han}\p{Script=Katakana}\p{Script=Hangul}]/u.test(name)) return !/[，。！？、]/u.test(name);
  const words = name.split(/[ -]/).filter((word) => word !== '');
  const telling = words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word) && !isEveryday(fold(word)));
  return words.length <= MOST_WORDS && telling.length > 0 && telling.length * 2 >= words.length;
}
