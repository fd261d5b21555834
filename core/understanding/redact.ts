/** Removes personal data from a text before it is stored: addresses, numbers, ids, handles, named people, queries. */

/** The longest stored text, in UTF-16 units; it is cut before any expression reads it. */
export const MAX_KEPT = 300;

/** Names after words with which people introduce themselves or others. At most two capitalised words. */
const NAMED =
  /\b((?:my name is|i am|i['’]m|this is|mr|mrs|ms|dr|dear|hi|hello|regards|thanks|cheers|herr|frau|je m['’]appelle|me llamo|ich heiße|ich bin)\.?,?\s+)(\p{Lu}[\p{L}'’-]{1,30}(?:\s+\p{Lu}[\p{L}'’-]{1,30})?)/giu;
const CJK_NAMED = /((?:我叫|我是|敬上|姓名[:：]?)\s*)([\p{Script=Han}]{2,4})/gu;

const RULES: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gu, '[e-mail]'],
  [/\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b/giu, '[id]'],
  [/(https?:\/\/[^\s?#]{1,200})[?#]\S*/giu, '$1'],
  [/(^|\s)@[\w-]{2,40}/gu, '$1[person]'],
  [/\b[0-9a-f]{16,64}\b/giu, '[id]'],
  [/[+(]?\p{Nd}[\p{Nd} ().\-/]{4,24}\p{Nd}/gu, '[number]'],
  [/\p{Nd}{4,}/gu, '[number]'],
];

/** The text to store: one line, at most `MAX_KEPT` units, without personal data as far as a rule can tell. */
export function redact(text: string): string {
  const line = text
    .slice(0, MAX_KEPT)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  const plain = RULES.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), line);
  return plain.replace(NAMED, withoutName).replace(CJK_NAMED, '$1[person]');
}

/** The expression reads the words before a name in any case; the name itself begins with a capital letter. */
function withoutName(whole: string, lead: string, name: string): string {
  const words = name.split(' ');
  const first = words.findIndex((word) => !/^\p{Lu}/u.test(word));
  const named = first === -1 ? words.length : first;
  return named === 0 ? whole : [`${lead}[person]`, ...words.slice(named)].join(' ');
}

/** A redacted text without the marks that stand for personal data: for reading, because a mark is not a word of the person. */
export function withoutMarks(redacted: string): string {
  return redacted
    .replace(/\[(?:e-mail|id|person|number)\]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
