/** Offers of the partner's own directory, for examples on cards and as answers to press. */
import type { Directory, Offer } from '../../core/directory/types.js';

const EXAMPLES = 3;

/** Names of a few offers on sale, one for each publisher, in the directory's order. */
export function exampleOffers(directory: Directory): readonly string[] {
  return onePerPublisher(directory, EXAMPLES).map((offer) => offer.name);
}

/** The first offers on sale, one for each publisher, up to a limit. */
export function onePerPublisher(directory: Directory, most: number): readonly Offer[] {
  const found: Offer[] = [];
  const publishers = new Set<string>();
  for (const offer of directory.offers.values()) {
    if (found.length === most) break;
    if (offer.withdrawn || publishers.has(offer.publisherId)) continue;
    publishers.add(offer.publisherId);
    found.push(offer);
  }
  return found;
}
