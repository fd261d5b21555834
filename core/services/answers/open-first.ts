/** Which of two who are equally responsible is shown first, and which of a contact's channels: whoever answers now. */
import { openState, parseHours } from '../../directory/hours.js';
import type { ShownContact, ShownStep } from './answer.js';

/** Whether somebody is there. `unknown`: no opening hours, or such as only people can read. */
export type Presence = 'open' | 'unknown' | 'closed' | 'dead';

/** @param now milliseconds since the epoch */
export function presenceOf({ deadSince, hours }: ShownContact, now: number): Presence {
  if (deadSince !== undefined) return 'dead';
  const parsed = hours === undefined ? undefined : parseHours(hours);
  if (!parsed) return 'unknown';
  return openState(parsed, now).kind === 'open' ? 'open' : 'closed';
}

export interface OpenFirst {
  readonly first: ShownContact;
  /** Shown below it. */
  readonly then?: ShownContact;
  /** Why the usual contact comes second. */
  readonly why?: 'open' | 'dead';
}

/**
 * The contacts of one stop in the order to try them. The usual one stays first unless it is closed and the other is known
 * to be open, or it is dead and the other is not. Stops themselves never change places: that order is the policy's.
 */
export function openFirst({ contact, also }: ShownStep, now: number): OpenFirst | undefined {
  if (!contact) return undefined;
  const [usual, other] = [presenceOf(contact, now), also && presenceOf(also, now)];
  if (!also || other === 'dead' || other === undefined) return { first: contact };
  if (usual === 'dead' && other !== 'closed') return { first: also, then: contact, why: 'dead' };
  if (usual !== 'open' && usual !== 'unknown' && other === 'open') {
    return { first: also, then: contact, why: usual === 'dead' ? 'dead' : 'open' };
  }
  return { first: contact };
}

/** Ways to reach a contact: spoken and written at once, or written for whenever somebody reads it. */
export type Channel = 'email' | 'phone' | 'url' | 'upn';

/** While somebody is there calling comes first, while nobody is writing does. Unknown: as an address book has them. */
export function channelsNow(contact: ShownContact, now: number): readonly Channel[] {
  switch (presenceOf(contact, now)) {
    case 'open':
      return ['phone', 'upn', 'email', 'url'];
    case 'closed':
    case 'dead':
      return ['email', 'url', 'phone', 'upn'];
    case 'unknown':
      return ['email', 'phone', 'url', 'upn'];
  }
}

/** True where the order was changed by the hour, and there is something to choose from. */
export function isWrittenFirst(contact: ShownContact, now: number): boolean {
  const written = contact.email ?? contact.url;
  const spoken = contact.phone ?? contact.upn;
  return written !== undefined && spoken !== undefined && presenceOf(contact, now) === 'closed';
}
