/** Offers of the partner's own directory, for examples on cards and as answers to press. */
import type { Directory, Offer } from '../../core/directory/types.js';
import type { Language } from '../../core/terms.js';
import { scriptOf } from '../../locales/language.js';

const EXAMPLES = 3;

/** Names of a few offers on sale, one for each publisher, in the directory's order. */
export function exampleOffers(directory: Directory): readonly string[] {
  return onePerPublisher(directory.offers.values(), EXAMPLES).map((offer) => offer.name);
}

/** The first offers on sale, one for each publisher, up to a limit. */
export function onePerPublisher(offers: Iterable<Offer>, most: number): readonly Offer[] {
  const found: Offer[] = [];
  const publishers = new Set<string>();
  for (const offer of offers) {
    if (found.length === most) break;
    if (offer.withdrawn || publishers.has(offer.publisherId)) continue;
    publishers.add(offer.publisherId);
    found.push(offer);
  }
  return found;
}

/** What shows that a name is written in a script; Latin names need no preference. */
const LETTERS: Readonly<Record<string, RegExp>> = {
  Hant: /\p{Script=Han}/u,
  Hans: /\p{Script=Han}/u,
  Jpan: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
  Kore: /\p{Script=Hangul}/u,
  Arab: /\p{Script=Arabic}/u,
};
/** Offers looked through for names in the reader's script; a large directory is not read to its end. */
const MOST_READ = 2_000;

/** Offers with a name in the script of the language first; the others follow in the directory's order. */
export function inScriptOf(language: Language, directory: Directory): readonly Offer[] {
  const some: Offer[] = [];
  for (const offer of directory.offers.values()) {
    if (some.length === MOST_READ) break;
    some.push(offer);
  }
  const letters = LETTERS[scriptOf(language)];
  if (!letters) return some;
  const isOwn = ({ name, aliases }: Offer) => letters.test([name, ...aliases].join(' '));
  return [...some.filter(isOwn), ...some.filter((offer) => !isOwn(offer))];
}
