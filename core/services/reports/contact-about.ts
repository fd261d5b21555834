/** Identifies the contact behind one stop of an answer, so that a report, a warning and a correction refer to the same contact. */
import { contactAt, contactOwner } from '../../directory/contact-owner.js';
import { contactMark } from '../../directory/correction.js';
import type { Desk, PartnerProfile } from '../../directory/profile.js';
import type { Contact, Directory, LinkKind } from '../../directory/types.js';
import type { Way } from '../../policy/decision.js';
import { isMicrosoftWay, MICROSOFT_WAYS, PARTNER_CENTER_URL } from '../../policy/microsoft-ways.js';
import type { ContactKind, ResellerDuty } from '../../terms.js';
import type { KnownOffer } from '../answers/route-facts.js';

/** One contact with its values at one time. */
export interface ContactAbout {
  /** The owner: `offer:<id>`, `publisher:<id>`, `desk:<duty>`, `desk:provider`, or `microsoft`. */
  readonly key: string;
  readonly way: Way;
  /** `contactMark` of all fields, hidden ones too. It must not leave the server unchanged. */
  readonly mark: string;
}

const KIND_OF_WAY: Readonly<Partial<Record<Way, ContactKind>>> = {
  'publisher-support': 'customer-support',
  'publisher-engineering': 'engineering',
  'publisher-csp-program': 'csp-program',
};
const LINK_OF_WAY: Readonly<Partial<Record<Way, LinkKind>>> = {
  'publisher-status': 'status',
  'publisher-privacy': 'privacy',
  'community-forum': 'support',
};

/** The contact kind of a publisher's contact; undefined for desks and pages. */
export function contactKindOf(way: Way): ContactKind | undefined {
  return KIND_OF_WAY[way];
}

export interface AboutSources {
  readonly known: KnownOffer | undefined;
  readonly profile: PartnerProfile;
  /** The partner's desk for the issue. */
  readonly duty: ResellerDuty;
}

/** Identifies the contact of one stop; undefined when the stop has none. */
export function contactAbout(way: Way, { known, profile, duty }: AboutSources): ContactAbout | undefined {
  const about = (key: string, contact: Contact | undefined): ContactAbout | undefined =>
    contact && { key, way, mark: contactMark(contact) };
  if (isMicrosoftWay(way)) return about('microsoft', page(MICROSOFT_WAYS[way].url));
  if (way === 'partner-center-self') return about('microsoft', page(PARTNER_CENTER_URL));
  if (way === 'partner-desk') return about(`desk:${duty}`, deskContact(profile.desks[duty]));
  if (way === 'provider-desk') return about('desk:provider', deskContact(profile.provider?.desk));
  if (!known) return undefined;
  const { offer, publisher } = known;
  const kind = KIND_OF_WAY[way];
  const link = LINK_OF_WAY[way];
  if (link) return about(`offer:${offer.id}`, page(offer.links[link] ?? publisher?.links[link]));
  const owned = kind && contactOwner(kind, offer, publisher);
  return owned && about(owned.key, owned.contact);
}

/** The publisher's own contact, which stands beside the offer's contact; undefined for other ways. */
export function besideAbout(way: Way, { known }: Pick<AboutSources, 'known'>): ContactAbout | undefined {
  const kind = KIND_OF_WAY[way];
  const contact = known?.publisher?.contacts.find((one) => one.kind === kind);
  return (
    known?.publisher && contact && { key: `publisher:${known.publisher.id}`, way, mark: contactMark(contact) }
  );
}

/** The way to a publisher's contact of this kind. */
export function wayOf(kind: ContactKind): Way {
  const found = (Object.keys(KIND_OF_WAY) as Way[]).find((way) => KIND_OF_WAY[way] === kind);
  return found ?? 'publisher-support';
}

/** The present values of a contact, all of them, so only for administrators. Undefined when the contact no longer exists. */
export function presentContact(
  { key, way }: Pick<ContactAbout, 'key' | 'way'>,
  directory: Directory,
  profile: PartnerProfile,
): Contact | undefined {
  if (isMicrosoftWay(way)) return page(MICROSOFT_WAYS[way].url);
  if (way === 'partner-center-self') return page(PARTNER_CENTER_URL);
  const [owner, id = ''] = key.split(/:(.*)/s);
  if (owner === 'desk') return deskContact(deskNamed(id, profile));
  const link = LINK_OF_WAY[way];
  const kind = KIND_OF_WAY[way];
  if (kind) return contactAt(key, kind, directory);
  const offer = owner === 'offer' ? directory.offers.get(id) : undefined;
  if (!link || !offer) return undefined;
  return page(offer.links[link] ?? directory.publishers.get(offer.publisherId)?.links[link]);
}

/** The name of the owner of a contact; empty when the directory does not know the owner. */
export function ownerName(key: string, directory: Directory, profile: PartnerProfile): string {
  const [owner, id = ''] = key.split(/:(.*)/s);
  switch (owner) {
    case 'offer':
      return directory.offers.get(id)?.name ?? id;
    case 'publisher':
      return directory.publishers.get(id)?.name ?? id;
    case 'desk':
      return id === 'provider' ? (profile.provider?.name ?? '') : profile.name;
    default:
      return owner === 'microsoft' ? 'Microsoft' : '';
  }
}

function deskNamed(id: string, { desks, provider }: PartnerProfile): Desk | undefined {
  return id === 'provider' ? provider?.desk : id === 'billing' || id === 'technical' ? desks[id] : undefined;
}

function deskContact(desk: Desk | undefined): Contact | undefined {
  return desk && { kind: 'customer-support', ...desk };
}

function page(url: string | undefined): Contact | undefined {
  return url === undefined ? undefined : { kind: 'customer-support', url };
}
