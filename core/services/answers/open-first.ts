/** Orders an answer's contacts, and the ways to reach each, by who answers at this moment. */
import { openState, parseHours, type OpenState } from '../../directory/hours.js';
import type { Answer, ShownContact, ShownStep } from './answer.js';

/** Whether somebody is there. `unknown`: no opening hours, or such as only people can read. */
type Presence = 'open' | 'unknown' | 'closed' | 'dead';

/** A contact with what holds for it at one moment. */
export interface ReachableContact extends ShownContact {
  readonly isThere: Presence;
  /** Open, closed until, or shut, with the zone of the hours; absent for hours that are free text or not known. */
  readonly openNow?: { readonly state: OpenState; readonly zone: string };
  /** The ways to reach it, the most useful first. */
  readonly channels: readonly Channel[];
  /** True where the hour changed the order of the ways, and there is something to choose from. */
  readonly isWrittenFirst: boolean;
}

/** One stop with its contacts in the order to try them. */
export interface ReachableStep extends ShownStep {
  readonly contact?: ReachableContact;
  readonly also?: ReachableContact;
  /** Absent where there is no contact. */
  readonly order?: OpenFirst;
}

/** An answer whose contacts are ordered and looked up at one moment; cards only draw it. */
export interface ReachableAnswer extends Answer {
  readonly first: ReachableStep;
  readonly escalation: readonly ReachableStep[];
}

/** Orders the contacts of an answer. @param now milliseconds since the epoch */
export function reachableAnswer(answer: Answer, now: number): ReachableAnswer {
  const at = (step: ShownStep) => reachableStep(step, now);
  return { ...answer, first: at(answer.first), escalation: answer.escalation.map(at) };
}

/** Orders the contacts of one stop. @param now milliseconds since the epoch */
export function reachableStep(step: ShownStep, now: number): ReachableStep {
  const contact = step.contact && reachable(step.contact, now);
  const also = step.also && reachable(step.also, now);
  return { ...step, contact, also, order: contact && openFirst(contact, also) };
}

/** One contact at a moment. @param now milliseconds since the epoch */
export function reachable(contact: ShownContact, now: number): ReachableContact {
  const { deadSince, hours } = contact;
  const parsed = hours === undefined ? undefined : parseHours(hours);
  const openNow = parsed && { state: openState(parsed, now), zone: parsed.zone };
  const isOpen = openNow?.state.kind === 'open';
  const isThere = deadSince !== undefined ? 'dead' : !openNow ? 'unknown' : isOpen ? 'open' : 'closed';
  const channels = channelsOf(isThere);
  return {
    ...contact,
    isThere,
    openNow,
    channels,
    isWrittenFirst: isThere === 'closed' && hasChoice(contact),
  };
}

/** True for a contact to whom one can write and speak. */
function hasChoice({ email, url, phone, upn }: ShownContact): boolean {
  return (email ?? url) !== undefined && (phone ?? upn) !== undefined;
}

export interface OpenFirst {
  readonly first: ReachableContact;
  /** Shown below it. */
  readonly then?: ReachableContact;
  /** Why the usual contact comes second. */
  readonly why?: 'open' | 'dead';
}

/**
 * The contacts of one stop in the order to try them. The usual one stays first unless it is closed and the other is known
 * to be open, or it is dead and the other is not. Stops themselves never change places: that order is the policy's.
 */
function openFirst(contact: ReachableContact, also: ReachableContact | undefined): OpenFirst {
  const [usual, other] = [contact.isThere, also?.isThere];
  if (!also || other === 'dead') return { first: contact };
  if (usual === 'dead' && other !== 'closed') return { first: also, then: contact, why: 'dead' };
  if (usual !== 'open' && usual !== 'unknown' && other === 'open') {
    return { first: also, then: contact, why: usual === 'dead' ? 'dead' : 'open' };
  }
  return { first: contact };
}

/** Ways to reach a contact: spoken and written at once, or written for whenever somebody reads it. */
type Channel = 'email' | 'phone' | 'url' | 'upn';

/** While somebody is there calling comes first, while nobody is writing does. Unknown: as an address book has them. */
function channelsOf(isThere: Presence): readonly Channel[] {
  switch (isThere) {
    case 'open':
      return ['phone', 'upn', 'email', 'url'];
    case 'closed':
    case 'dead':
      return ['email', 'url', 'phone', 'upn'];
    case 'unknown':
      return ['email', 'phone', 'url', 'upn'];
  }
}
