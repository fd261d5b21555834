/** Finds problems of a directory: missing contacts, malformed or dead addresses, duplicate companies. */
import { CONTACT_KINDS, type ContactKind } from '../terms.js';
import { readEmail, readPhone, readUrl } from './parse/values.js';
import { compareText } from './precedence.js';
import type { PartnerProfile } from './profile.js';
import { normalisePublisherName } from './publisher-name.js';
import { LINK_KINDS, type Contact, type Directory, type Offer, type Publisher } from './types.js';
import { visibleContacts, type VisibleContact } from './visibility.js';
import { parseUrl } from '../url.js';

/** The readers for whom an offer's publisher has no contact. */
export type CheckedAudience = 'partner' | 'customer';

export type Finding =
  | { readonly kind: 'no-contact'; readonly audience: CheckedAudience; readonly offerId: string }
  | {
      readonly kind: 'malformed';
      /** `offer:<id>` or `publisher:<id>`. */
      readonly key: string;
      /** `contacts.customer-support.phone` */
      readonly field: string;
      readonly value: string;
      /** People can read `not-e164` numbers, but a card cannot dial them. */
      readonly why: 'email' | 'phone' | 'not-e164' | 'url';
    }
  | {
      readonly kind: 'dead-link';
      readonly key: string;
      readonly field: string;
      readonly value: string;
      readonly why: DeadForm;
    }
  | {
      readonly kind: 'dead-contact';
      readonly key: string;
      readonly contact: ContactKind;
      readonly since: string;
    }
  | {
      readonly kind: 'spelt-two-ways';
      readonly publisherIds: readonly string[];
      readonly spellings: readonly string[];
    };

/** Why a link cannot work, from its form alone: nothing is fetched. */
export type DeadForm = 'reserved-name' | 'scheme-twice' | 'placeholder';

/** All findings, offers without a contact first, each kind in the order of its ids. */
export function checkDirectory(directory: Directory, profile: PartnerProfile): readonly Finding[] {
  const offers = [...directory.offers.values()].sort((a, b) => compareText(a.id, b.id));
  const publishers = [...directory.publishers.values()].sort((a, b) => compareText(a.id, b.id));
  const values = [
    ...publishers.flatMap((one) => valuesOf(`publisher:${one.id}`, one)),
    ...offers.flatMap((one) => valuesOf(`offer:${one.id}`, one)),
  ];
  return [
    ...offers.flatMap((offer) => unreachable(offer, directory, profile)),
    ...values,
    ...speltTwoWays(publishers),
  ];
}

/**
 * Contacts that were never verified, or not for half a year: what to verify next, the oldest first, without dead
 * contacts.
 */
export function verificationQueue(directory: Directory, now: number): readonly QueuedContact[] {
  const owners = [
    ...[...directory.publishers.values()].map((one) => ({ key: `publisher:${one.id}`, owner: one })),
    ...[...directory.offers.values()].map((one) => ({ key: `offer:${one.id}`, owner: one })),
  ];
  const queue = owners.flatMap(({ key, owner }) =>
    owner.contacts.flatMap((contact) => {
      const verifiedOn = contact.verifiedOn ?? owner.verifiedOn;
      const due = contact.deadSince === undefined && freshnessOf(verifiedOn, now).kind !== 'fresh';
      return due ? [{ key, name: owner.name, contact, ...(verifiedOn ? { verifiedOn } : {}) }] : [];
    }),
  );
  return queue.sort(
    (a, b) => compareText(a.verifiedOn ?? '', b.verifiedOn ?? '') || compareText(a.key, b.key),
  );
}

export interface QueuedContact {
  readonly key: string;
  /** The offer's or publisher's name. */
  readonly name: string;
  readonly contact: Contact;
  /** Absent: never. */
  readonly verifiedOn?: string;
}

/**
 * Withdrawn offers need no new contact. Customers turn to the partner for offers that Microsoft or a community
 * supports.
 */
function unreachable(offer: Offer, directory: Directory, profile: PartnerProfile): readonly Finding[] {
  if (offer.withdrawn) return [];
  const publisher = directory.publishers.get(offer.publisherId);
  const lacking = (['partner', 'customer'] as const).filter((asker) => {
    const { contacts } = visibleContacts({ asker }, offer, publisher, profile);
    return !CONTACT_KINDS.some((kind) => isUsable(contacts[kind]));
  });
  return lacking.map((audience) => ({ kind: 'no-contact', audience, offerId: offer.id }));
}

function isUsable(contact: VisibleContact | undefined): boolean {
  if (!contact || contact.deadSince !== undefined) return false;
  const { email, phone, upn, url } = contact;
  return (email ?? phone ?? upn ?? url) !== undefined;
}

function valuesOf(key: string, owner: Offer | Publisher): readonly Finding[] {
  const links = LINK_KINDS.flatMap((kind) => urlFindings(key, `links.${kind}`, owner.links[kind]));
  return [...links, ...owner.contacts.flatMap((contact) => contactFindings(key, contact))];
}

function contactFindings(key: string, contact: Contact): readonly Finding[] {
  const field = (name: string) => `contacts.${contact.kind}.${name}`;
  const { email, upn, phone, url, deadSince } = contact;
  const mails = [
    { name: 'email', value: email },
    { name: 'upn', value: upn },
  ];
  return [
    ...mails.flatMap(({ name, value }) =>
      malformed(key, field(name), value, isEmail(value) ? undefined : 'email'),
    ),
    ...malformed(key, field('phone'), phone, phoneProblem(phone)),
    ...urlFindings(key, field('url'), url),
    ...(deadSince === undefined
      ? []
      : [{ kind: 'dead-contact', key, contact: contact.kind, since: deadSince } as const]),
  ];
}

function malformed(
  key: string,
  field: string,
  value: string | undefined,
  why: Extract<Finding, { kind: 'malformed' }>['why'] | undefined,
): readonly Finding[] {
  return value === undefined || why === undefined ? [] : [{ kind: 'malformed', key, field, value, why }];
}

/** The whole value must be the address, not just hold one. */
function isEmail(value: string | undefined): boolean {
  if (value === undefined) return true;
  const read = readEmail(value);
  return read.ok && read.value === value;
}

function phoneProblem(value: string | undefined): 'phone' | 'not-e164' | undefined {
  if (value === undefined || /^\+[1-9]\d{6,14}$/.test(value)) return undefined;
  return readPhone(value).ok ? 'not-e164' : 'phone';
}

function urlFindings(key: string, field: string, value: string | undefined): readonly Finding[] {
  if (value === undefined) return [];
  const read = readUrl(value);
  const why = deadForm(value);
  if (why !== undefined) return [{ kind: 'dead-link', key, field, value, why }];
  return read.ok && read.remarks.length === 0 ? [] : [{ kind: 'malformed', key, field, value, why: 'url' }];
}

/** Host names that can never exist (RFC 2606, RFC 6761). */
const RESERVED =
  /(?:^|\.)(?:example|invalid|test|localhost|local|internal)$|(?:^|\.)example\.(?:com|net|org)$/;

/** Why a link is dead by its form; undefined when it may work. */
export function deadForm(url: string): DeadForm | undefined {
  const parsed = parseUrl(url);
  if (!parsed) return undefined;
  const { hostname, pathname, search } = parsed;
  if (/^https?$/.test(hostname) || /^\/+(?:https?:)?\/\//.test(pathname)) return 'scheme-twice';
  if (RESERVED.test(hostname)) return 'reserved-name';
  const rest = pathname + search;
  return /%7B.*%7D|\{.*\}|%3C.*%3E|\bTODO\b|\byour-?(?:company|domain|link|url)\b/i.test(hostname + rest)
    ? 'placeholder'
    : undefined;
}

/** Two ids with the same name after normalising, without spaces. Aliases of one id may differ. */
function speltTwoWays(publishers: readonly Publisher[]): readonly Finding[] {
  const groups = new Map<string, Publisher[]>();
  for (const publisher of publishers) {
    const form = formOf(publisher.name);
    groups.set(form, [...(groups.get(form) ?? []), publisher]);
  }
  return [...groups.values()].flatMap((group) =>
    group.length > 1
      ? [
          {
            kind: 'spelt-two-ways' as const,
            publisherIds: group.map((one) => one.id),
            spellings: group.map((one) => one.name),
          },
        ]
      : [],
  );
}

function formOf(name: string): string {
  return normalisePublisherName(name).replaceAll(' ', '');
}

/**
 * After this many days, a contact counts as not verified lately: half a year, a usual time until people change jobs.
 */
export const STALE_AFTER_DAYS = 180;

const DAY_MS = 86_400_000;

export type Freshness =
  | { readonly kind: 'fresh'; readonly verifiedOn: string; readonly ageDays: number }
  | { readonly kind: 'stale'; readonly verifiedOn: string; readonly ageDays: number }
  | { readonly kind: 'never' };

/**
 * @param verifiedOn ISO date; absent or unreadable means never verified.
 * @param now milliseconds since the epoch. A date in the future counts as today.
 */
export function freshnessOf(
  verifiedOn: string | undefined,
  now: number,
  staleAfterDays: number = STALE_AFTER_DAYS,
): Freshness {
  const at = verifiedOn ? Date.parse(verifiedOn) : Number.NaN;
  if (!verifiedOn || Number.isNaN(at)) return { kind: 'never' };
  const ageDays = Math.max(0, Math.floor((now - at) / DAY_MS));
  return { kind: ageDays > staleAfterDays ? 'stale' : 'fresh', verifiedOn, ageDays };
}
