/** Compares publishers' names across sources, without regard to legal form, accents and punctuation. */

/** Legal forms at the end of a company's name. Words for a company's business (`Systems`, `Software`) stay. */
const LEGAL_FORMS = new Set(
  (
    'inc incorporated ltd limited llc llp lp corp corporation co company plc pty pte pvt gmbh ug ag kg kgaa ohg mbh ' +
    'sa sas sarl sl srl sro spa spzoo bv nv ab as asa aps oy oyj kk kft zrt doo wll fzco eireli ltda'
  ).split(' '),
);
/**
 * The common form of a company's spellings: lower case, no accents, no punctuation, no legal form at the end.
 * Never empty for a name with a letter or digit.
 */
export function normalisePublisherName(name: string): string {
  const words = joinLetters(wordsOf(name));
  while (words.length > 1 && LEGAL_FORMS.has(words.at(-1) ?? '')) words.pop();
  return words.join(' ');
}

function wordsOf(name: string): readonly string[] {
  if (!/[\u0080-\uffff]/.test(name)) return name.toLowerCase().split(/[^a-z\d]+/);
  const unmarked = name
    .replace(/[™®©℠]/g, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '');
  return unmarked.toLowerCase().split(/[^\p{L}\p{N}]+/u);
}

/** `S.p.A.`, `B. V.`, `s.r.o.`: single letters in a row are one word. */
function joinLetters(words: readonly string[]): string[] {
  const joined: string[] = [];
  let letters = '';
  for (const word of [...words, '']) {
    if (word.length <= 2 && /^\p{L}$/u.test(word)) letters += word;
    else {
      joined.push(letters, word);
      letters = '';
    }
  }
  return joined.filter((word) => word !== '');
}

/** A name made from a publisher's id, when no source gives one: without the time stamp at the end of some ids. */
export function nameFromPublisherId(publisherId: string): string {
  return publisherId.replace(NAME_PREFIX, '').replace(/(?<=[a-z])\d{13}$|(?<=[a-z]\d)\d{13}$/, '');
}

/** Ids of publishers known by name only: the source gave no marketplace publisher id. */
const NAME_PREFIX = 'name:';

/** The id a publisher gets when its source knows only its name. */
export function publisherIdFromName(name: string): string {
  return NAME_PREFIX + normalisePublisherName(name).replaceAll(' ', '-');
}

/** True for an id made by `publisherIdFromName`. */
export function isNamedOnly(publisherId: string): boolean {
  return publisherId.startsWith(NAME_PREFIX);
}
