/** Offers of the partner's own directory, for examples on cards and as answers to press. */
import type { Directory, Offer } from '../../core/directory/types.js';
import type { Language } from '../../core/terms.js';
import { hasLettersOf, scriptOf } from '../../core/language-tags.js';

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

/** Offers looked through for names in the reader's script; a large directory is not read to its end. */
const MOST_READ = 2_000;

/**
 * Offers with a name in the language, or with letters of its script, come first; the others follow in the directory's
 * order. Latin letters prove nothing, because most names have them.
 */
export function inScriptOf(language: Language, directory: Directory): readonly Offer[] {
  const some: Offer[] = [];
  for (const offer of directory.offers.values()) {
    if (some.length === MOST_READ) break;
    some.push(offer);
  }
  const isLatin = scriptOf(language) === 'Latn';
  const isOwn = ({ name, aliases, inLanguages }: Offer) =>
    inLanguages?.[language]?.name !== undefined ||
    (!isLatin && hasLettersOf(language, [name, ...aliases].join(' ')));
  return [...some.filter(isOwn), ...some.filter((offer) => !isOwn(offer))];
}
