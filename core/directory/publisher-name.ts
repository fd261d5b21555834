/** Compares publishers' names across sources: the same company however its legal form, accents and punctuation are written. */

/** Legal forms, as they end a company's name. Words that say what a company does (`Systems`, `Software`) stay. */
const LEGAL_FORMS = new Set(
  (
    'inc incorporated ltd limited llc llp lp corp corporation co company plc pty pte pvt gmbh ug ag kg kgaa ohg mbh ' +
    'sa sas sarl sl srl sro spa spzoo bv nv ab as asa aps oy oyj kk kft zrt doo wll fzco eireli ltda'
  ).split(' '),
);
/**
 * The form two spellings of one company share: lower case, no accents, no punctuation, no legal form at the end.
 * Never empty for a name that holds a letter or digit.
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

/** A publisher's id as a name, where nobody gives one: without the time stamp the marketplace may end it with. */
export function nameFromPublisherId(publisherId: string): string {
  return publisherId.replace(NAME_PREFIX, '').replace(/(?<=[a-z])\d{13}$|(?<=[a-z]\d)\d{13}$/, '');
}

/** Ids that say "known by name only": the source gave no marketplace publisher id. */
const NAME_PREFIX = 'name:';

/** The id a publisher gets when its source knows only its name. */
export function publisherIdFromName(name: string): string {
  return NAME_PREFIX + normalisePublisherName(name).replaceAll(' ', '-');
}

/** True for an id made by `publisherIdFromName`. */
export function isNamedOnly(publisherId: string): boolean {
  return publisherId.startsWith(NAME_PREFIX);
}
