/** Administrators' corrections: they outrank every source until the corrected source changes. */
import type { Claim } from './precedence.js';
import type { Contact, DirectoryRow, Offer, OwnCorrection, Publisher } from './types.js';

/** Owner of the corrections. */
export const ADMIN_SOURCE = 'admin';

/** True for claims of administrators. */
export function isAdminSource(source: string): boolean {
  return source.split(':', 1)[0] === ADMIN_SOURCE;
}

/** A row that only corrects contacts: it names nothing else, so that every other field stays with the sources. */
export function isCorrectionOnly({ name }: Pick<Offer | Publisher, 'name'>): boolean {
  return name === '';
}

/**
 * A short mark of a contact's values: the same for the same values, from any source and at any time. Not for
 * secrets; two contacts share a mark once in 2^53.
 */
export function contactMark(contact: Contact | undefined): string {
  if (!contact) return '-';
  const { name, email, phone, url, upn, hours, deadSince, deadReason } = contact;
  return hash53(
    JSON.stringify([name, email, phone, url, upn, hours, deadSince, deadReason].map((one) => one ?? '')),
  );
}

/** Like `contactMark`, for the name and the sale of an offer. */
export function ownMark({ name, withdrawn }: Pick<Offer, 'name' | 'withdrawn'>): string {
  return hash53(JSON.stringify([name, withdrawn]));
}

/** The administrators' values of the offer itself in place of its sources; undefined after the sources have changed. */
export function ownCorrection(
  claims: readonly Claim<Offer>[],
  sources: Pick<Offer, 'name' | 'withdrawn'>,
): Omit<OwnCorrection, 'over'> | undefined {
  const found = claims.find(({ source, value }) => isAdminSource(source) && value.corrected);
  if (found?.value.corrected?.over !== ownMark(sources)) return undefined;
  const { over: _over, ...corrected } = found.value.corrected;
  return corrected;
}

/**
 * True when the source has changed the corrected values, so that the correction is over. A source without a contact
 * ends no correction, so that the last known contact is never lost.
 */
function hasLapsed(correction: Contact, source: Contact | undefined): boolean {
  return (
    correction.corrects !== undefined && source !== undefined && contactMark(source) !== correction.corrects
  );
}

/** The claims on one kind of contact, winner first; corrections that are over stand last. */
export function withoutLapsed<
  C extends { readonly claim: Pick<Claim<unknown>, 'source'>; readonly contact: Contact },
>(claims: readonly C[]): readonly C[] {
  const source = claims.find(({ claim }) => !isAdminSource(claim.source))?.contact;
  const isOver = ({ claim, contact }: C) => isAdminSource(claim.source) && hasLapsed(contact, source);
  return claims.some(isOver) ? [...claims.filter((one) => !isOver(one)), ...claims.filter(isOver)] : claims;
}

/** The administrators' row of a key after a correction of one contact; the rest of the row stays. */
export function correctedRow(
  own: DirectoryRow | undefined,
  owner:
    | { readonly kind: 'offer'; readonly offer: Offer }
    | { readonly kind: 'publisher'; readonly publisher: Publisher },
  correction: Contact,
): DirectoryRow {
  const before = own && (own.kind === 'offer' ? own.offer : own.publisher).contacts;
  const contacts = [...(before ?? []).filter((one) => one.kind !== correction.kind), correction];
  if (owner.kind === 'publisher') {
    const { id } = owner.publisher;
    const known =
      own?.kind === 'publisher' ? own.publisher : { id, name: '', aliases: [], links: {}, contacts: [] };
    return { kind: 'publisher', key: `publisher:${id}`, publisher: { ...known, contacts } };
  }
  const known = own?.kind === 'offer' ? own.offer : emptyOffer(owner.offer);
  return { kind: 'offer', key: `offer:${owner.offer.id}`, offer: { ...known, contacts } };
}

/** The administrators' row of an offer after a correction of the offer itself. */
export function correctedOffer(
  own: DirectoryRow | undefined,
  offer: Offer,
  corrected: OwnCorrection,
): DirectoryRow {
  const known = own?.kind === 'offer' ? own.offer : emptyOffer(offer);
  return { kind: 'offer', key: `offer:${offer.id}`, offer: { ...known, corrected } };
}

/** An offer's row that contains only the offer's id. */
export function emptyOffer({ id, publisherId }: Offer): Offer {
  const lists = { aliases: [], categories: [], plans: [], links: {}, contacts: [] };
  return { id, publisherId, name: '', supportTier: 'none', hosting: 'unknown', withdrawn: false, ...lists };
}

/** cyrb53: evenly spread, fast, and the same on every machine. Not for secrets. */
export function hash53(text: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return (4294967296 * (2097151 & two) + (one >>> 0)).toString(36);
}
