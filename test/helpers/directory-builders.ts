/** Offers and publishers for tests: every field has an ordinary value, and a test names only what matters to it. */
import type { Offer, Publisher } from '../../core/directory/types.js';

/** A SaaS offer on sale that its publisher supports, without contacts, plans or links. */
export function offerOf(fields: Pick<Offer, 'id' | 'publisherId' | 'name'> & Partial<Offer>): Offer {
  return {
    aliases: [],
    supportTier: 'publisher',
    hosting: 'saas',
    categories: [],
    plans: [],
    links: {},
    contacts: [],
    withdrawn: false,
    ...fields,
  };
}

/** A publisher without contacts or links. */
export function publisherOf(fields: Pick<Publisher, 'id' | 'name'> & Partial<Publisher>): Publisher {
  return { aliases: [], links: {}, contacts: [], ...fields };
}
