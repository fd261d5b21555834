/** Finds an offer by its id in any letter case: senders and operators write `wa200001234` for `WA200001234`. */
import type { Directory, Offer } from './types.js';

type Offers = Directory['offers'];
const folded = new WeakMap<Offers, ReadonlyMap<string, Offer>>();

/** The offer with this id, or undefined. The exact id comes first. */
export function offerNamed(offers: Offers, id: string): Offer | undefined {
  return offers.get(id) ?? foldedOf(offers).get(id.toLowerCase());
}

/** The index is made once for each version of the directory. */
function foldedOf(offers: Offers): ReadonlyMap<string, Offer> {
  const known = folded.get(offers);
  if (known) return known;
  const made = new Map([...offers].map(([id, offer]) => [id.toLowerCase(), offer]));
  folded.set(offers, made);
  return made;
}
