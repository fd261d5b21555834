/** Finds the owner of a contact on an offer's card: the offer, or its publisher, which serves all its offers. */
import type { ContactKind } from '../terms.js';
import type { Contact, Offer, Publisher } from './types.js';

export interface OwnedContact {
  /** `offer:<id>` or `publisher:<id>`: the place to correct the contact. */
  readonly key: string;
  /** The contact as the owner has it. A listing's support page replaces a missing contact. */
  readonly contact: Contact;
}

/**
 * The owner of the contact that `visibleContacts` shows for this kind. A publisher's person outranks an offer's mere
 * page.
 */
export function contactOwner(
  kind: ContactKind,
  offer: Offer,
  publisher: Publisher | undefined,
): OwnedContact | undefined {
  const own = contactOf(kind, offer);
  const theirs = publisher && contactOf(kind, publisher);
  if (publisher && theirs && !(own && (isReachable(own) || !isReachable(theirs))))
    return { key: `publisher:${publisher.id}`, contact: theirs };
  if (own) return { key: `offer:${offer.id}`, contact: own };
  return kind === 'customer-support' ? supportPage(offer, publisher) : undefined;
}

/** The present contact of the owner with this key; undefined without one. */
export function contactAt(
  key: string,
  kind: ContactKind,
  owners: {
    readonly offers: ReadonlyMap<string, Offer>;
    readonly publishers: ReadonlyMap<string, Publisher>;
  },
): Contact | undefined {
  const [type, id = ''] = key.split(/:(.*)/s);
  const owner = type === 'offer' ? owners.offers.get(id) : owners.publishers.get(id);
  if (!owner || (type !== 'offer' && type !== 'publisher')) return undefined;
  return contactOf(kind, owner) ?? (kind === 'customer-support' ? pageOf(owner) : undefined);
}

function contactOf(kind: ContactKind, owner: Offer | Publisher): Contact | undefined {
  return owner.contacts.find((each) => each.kind === kind);
}

function isReachable({ email, phone, upn }: Contact): boolean {
  return (email ?? phone ?? upn) !== undefined;
}

function supportPage(offer: Offer, publisher: Publisher | undefined): OwnedContact | undefined {
  const own = pageOf(offer);
  if (own) return { key: `offer:${offer.id}`, contact: own };
  const theirs = publisher && pageOf(publisher);
  return publisher && theirs && { key: `publisher:${publisher.id}`, contact: theirs };
}

function pageOf({ links }: Offer | Publisher): Contact | undefined {
  return links.support ? { kind: 'customer-support', url: links.support } : undefined;
}
