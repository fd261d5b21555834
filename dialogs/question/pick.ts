/** A choice on a card by its number, its ordinal or a part of its name: "2", "the second one", "the drone one". */
import { companyWords, wordsOf } from '../../core/directory/search/words.js';
import type { Directory } from '../../core/directory/types.js';

const NUMBER =
  /^(?:(?:number|no\.?|nr\.?|option|choice|nummer|numéro|número|第)\s*)?[#(]?(\d{1,2})(?:[.)]|st|nd|rd|th|\.?er|e|ème|番目?|番|個|个|項|项|號|号)?$/u;

/** Words for first, second and so on, in the languages people write in; each row is one number. */
const ORDINALS: readonly string[] = [
  'first|one|第一個|第一个|第一項|第一项|第一|一番目|一つ目|最初|erste|ersten|erster|erstes|premier|première|primero|primera|첫 번째|첫번째',
  'second|two|第二個|第二个|第二項|第二项|第二|二番目|二つ目|zweite|zweiten|zweiter|zweites|deuxième|second|seconde|segundo|segunda|두 번째|두번째',
  'third|three|第三個|第三个|第三項|第三项|第三|三番目|三つ目|dritte|dritten|dritter|drittes|troisième|tercero|tercera|세 번째|세번째',
  'fourth|four|第四個|第四个|第四項|第四项|第四|四番目|四つ目|vierte|vierten|vierter|viertes|quatrième|cuarto|cuarta|네 번째',
  'fifth|five|第五個|第五个|第五項|第五项|第五|五番目|五つ目|fünfte|fünften|fünfter|fünftes|cinquième|quinto|quinta',
];
const LAST = new Set(
  'last|最後|最後一個|最后|最后一个|最後の|letzte|letzten|dernier|dernière|último|última'.split('|'),
);
const NUMBERED = new Map(
  ORDINALS.flatMap((words, at) => words.split('|').map((word) => [word, at + 1] as const)),
);
const AROUND =
  /^(?:(?:it is|it's|i mean|i want|i choose|i take|please|the|number|option|der|die|das|le|la|les|el|numéro|número)\b\s*|(?:那個?|我要|我選|我选)\s*)+|\s*(?:one|please|option|choice|bitte|のもの|の|です|を選びます)+$/gu;

/** The number that is the whole text, counted from 1; -1 for "the last one". */
export function numberSaid(text: string): number | undefined {
  if (text.length > 40) return undefined;
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.,!?。！，]+$/gu, '')
    .trim();
  const digits = NUMBER.exec(plain)?.[1];
  if (digits !== undefined) return Number(digits);
  const word = NUMBERED.has(plain) ? plain : plain.replace(AROUND, '').trim();
  if (LAST.has(word)) return -1;
  const bare = NUMBER.exec(word)?.[1];
  return bare === undefined ? NUMBERED.get(word) : Number(bare);
}

/** The choice with that number; undefined when the text is no number or there is no such choice. */
export function picked<T>(text: string, choices: readonly T[]): T | undefined {
  const number = numberSaid(text);
  return number === undefined ? undefined : number === -1 ? choices.at(-1) : choices[number - 1];
}

const LONGEST_PART = 60;
/** Words around a part of a name that are not everyday words of questions. */
const FILLER = new Set(
  'the one ones with by from it is that this please mean take choose called named'.split(' '),
);

/** The one listed offer whose name or publisher has all telling words of the text: "the one by Fabrikam". */
export function listedBy(
  text: string,
  offerIds: readonly string[],
  directory: Directory,
): string | undefined {
  if (text.length > LONGEST_PART) return undefined;
  const telling = wordsOf(text).filter((word) => !FILLER.has(word));
  if (telling.length === 0) return undefined;
  const fits = offerIds.filter((id) => {
    const offer = directory.offers.get(id);
    const publisher = offer && directory.publishers.get(offer.publisherId)?.name;
    const words = new Set([...wordsOf(offer?.name ?? ''), ...companyWords(publisher ?? '')]);
    return telling.every((word) => words.has(word));
  });
  return fits.length === 1 ? fits[0] : undefined;
}
