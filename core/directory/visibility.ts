/** Which contacts and links of an offer an audience may see. The result contains nothing else. */
import { CONTACT_KINDS, type Asker, type ContactKind } from '../terms.js';
import { customerMaySee } from './overrides.js';
import type { CustomerMaySee, PartnerProfile } from './profile.js';
import type { Contact, LinkKind, Offer, Publisher } from './types.js';

/** The readers. A chat with a guest counts as an audience of customers. */
export interface Audience {
  readonly asker: Asker;
  /** For a publisher: the publisher of the verified asker. */
  readonly publisherId?: string;
}

/** A contact with only the fields this audience may see. */
export type VisibleContact = Omit<Contact, 'kind' | 'corrects'>;

export interface VisibleContacts {
  readonly contacts: Readonly<Partial<Record<ContactKind, VisibleContact>>>;
  /** The publisher's people of the same kind, when the offer has people too: both are equally responsible. */
  readonly also: Readonly<Partial<Record<ContactKind, VisibleContact>>>;
  /** Kinds on file that only the partner may see. */
  readonly withheld: readonly ContactKind[];
  readonly links: Readonly<Partial<Record<LinkKind, string>>>;
}

/**
 * Links that a listing publishes to everybody; documentation only when the partner allows it; sales and marketing
 * never.
 */
const PUBLIC_LINKS: readonly LinkKind[] = ['support', 'privacy', 'terms', 'status'];
const ALL_LINKS: readonly LinkKind[] = [...PUBLIC_LINKS, 'documentation', 'collateral', 'marketing'];

/**
 * Contacts and links of an offer for one audience; default deny (docs/domain.md, "Contacts, and who may see them").
 * Customers get the public support URL, and a support e-mail or phone only where the profile or an override allows it.
 * Partner staff see everything, a publisher everything of its own offers. An indirect reseller's staff count as staff.
 */
export function visibleContacts(
  audience: Audience,
  offer: Offer,
  publisher: Publisher | undefined,
  profile: PartnerProfile,
): VisibleContacts {
  const onFile = allContacts(offer, publisher);
  const also = otherContacts(offer, publisher);
  const links = allLinks(offer, publisher);
  if (seesEverything(audience, offer))
    return { contacts: onFile, also, withheld: [], links: pick(links, ALL_LINKS) };
  const allowed = customerMaySee(profile, offer);
  const support = customersSupport(onFile['customer-support'], allowed);
  const other = customersSupport(also['customer-support'], allowed);
  return {
    contacts: support ? { 'customer-support': support } : {},
    also: support && other && isReachable(other) ? { 'customer-support': other } : {},
    withheld: CONTACT_KINDS.filter((kind) => onFile[kind] && !(kind === 'customer-support' && support)),
    links: pick(links, allowed.documentation ? [...PUBLIC_LINKS, 'documentation'] : PUBLIC_LINKS),
  };
}

function seesEverything(audience: Audience, offer: Offer): boolean {
  switch (audience.asker) {
    case 'partner':
      return true;
    case 'publisher':
      return audience.publisherId !== undefined && audience.publisherId === offer.publisherId;
    case 'customer':
      return false;
  }
}

type OnFile = Partial<Record<ContactKind, VisibleContact>>;

function allContacts(offer: Offer, publisher: Publisher | undefined): OnFile {
  const found: OnFile = {};
  for (const kind of CONTACT_KINDS) {
    const contact = fallBack(contactOf(kind, offer), publisher && contactOf(kind, publisher));
    if (contact) found[kind] = contact;
  }
  const url = found['customer-support']?.url ?? allLinks(offer, publisher).support;
  if (url) found['customer-support'] = { ...found['customer-support'], url };
  return found;
}

/** An offer's own contact counts; beside a mere page, the publisher's people are shown too. */
function fallBack(
  own: VisibleContact | undefined,
  theirs: VisibleContact | undefined,
): VisibleContact | undefined {
  if (!own || !theirs) return own ?? theirs;
  const url = own.url ?? theirs.url;
  return compact(!isReachable(own) && isReachable(theirs) ? { ...theirs, url } : { ...own, url });
}

/** Only people whom the offer's own contact does not name. */
function otherContacts(offer: Offer, publisher: Publisher | undefined): OnFile {
  const found: OnFile = {};
  for (const kind of publisher ? CONTACT_KINDS : []) {
    const own = contactOf(kind, offer);
    const theirs = publisher && contactOf(kind, publisher);
    if (!own || !theirs || !isReachable(own) || !isReachable(theirs)) continue;
    if (own.email !== theirs.email || own.phone !== theirs.phone || own.upn !== theirs.upn)
      found[kind] = theirs;
  }
  return found;
}

function isReachable({ email, phone, upn }: VisibleContact): boolean {
  return (email ?? phone ?? upn) !== undefined;
}

function contactOf(kind: ContactKind, owner: Offer | Publisher): VisibleContact | undefined {
  const contact = owner.contacts.find((each) => each.kind === kind);
  if (!contact) return undefined;
  const verifiedOn = contact.verifiedOn ?? owner.verifiedOn;
  return compact({ ...withoutKind(contact), verifiedOn });
}

function withoutKind(contact: Contact): VisibleContact {
  const { name, email, phone, url, upn, verifiedOn, hours, deadSince, deadReason } = contact;
  return compact({ name, email, phone, url, upn, verifiedOn, hours, deadSince, deadReason });
}

/** A person's name is visible only with that person's address; a chat address is never public. */
function customersSupport(
  contact: VisibleContact | undefined,
  allowed: CustomerMaySee,
): VisibleContact | undefined {
  if (!contact) return undefined;
  const { name, email, phone, url, verifiedOn, hours, deadSince, deadReason } = contact;
  const shown = compact({
    name: allowed.supportEmail && email ? name : undefined,
    email: allowed.supportEmail ? email : undefined,
    phone: allowed.supportPhone ? phone : undefined,
    url,
  });
  if (Object.keys(shown).length === 0) return undefined;
  // Only the person's address is dead, not the public page.
  const dead = (shown.email ?? shown.phone) ? { deadSince, deadReason } : {};
  return compact({ ...shown, verifiedOn, hours, ...dead });
}

function allLinks(offer: Offer, publisher: Publisher | undefined): Partial<Record<LinkKind, string>> {
  return { ...publisher?.links, ...compact(offer.links) };
}

function pick(
  links: Partial<Record<LinkKind, string>>,
  kinds: readonly LinkKind[],
): VisibleContacts['links'] {
  return Object.fromEntries(kinds.flatMap((kind) => (links[kind] ? [[kind, links[kind]]] : [])));
}

/** Leaves out undefined and empty fields, so that a hidden field has no key. */
function compact<T extends object>(fields: T): T {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''),
  ) as T;
}
