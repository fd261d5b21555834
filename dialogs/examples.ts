/** Offers of the partner's own directory for the examples on the welcome and help cards. */
import type { Directory } from '../core/directory/types.js';

const EXAMPLES = 3;

/** Names of a few offers on sale, one a publisher, in the directory's order. */
export function exampleOffers(directory: Directory): readonly string[] {
  const names: string[] = [];
  const publishers = new Set<string>();
  for (const offer of directory.offers.values()) {
    if (offer.withdrawn || publishers.has(offer.publisherId)) continue;
    publishers.add(offer.publisherId);
    names.push(offer.name);
    if (names.length === EXAMPLES) break;
  }
  return names;
}
