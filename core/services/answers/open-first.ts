/** Orders an answer's contacts, and the ways to reach each, by who is open at this moment. */
import { openState, parseHours, type OpenState } from '../../directory/hours.js';
import type { Answer, ShownContact, ShownStep } from './answer.js';

/** Whether the contact is open. `unknown`: no opening hours, or hours in free text. */
type Presence = 'open' | 'unknown' | 'closed' | 'dead';

/** A contact with its state at one moment. */
export interface ReachableContact extends ShownContact {
  readonly isThere: Presence;
  /**
   * Open, closed until a time, or shut, with the zone of the hours; absent for hours in free text and unknown hours.
   */
  readonly openNow?: { readonly state: OpenState; readonly zone: string };
  /** The ways to reach the contact, the most useful first. */
  readonly channels: readonly Channel[];
  /** True when the opening hours changed the order of the ways, and there are several ways. */
  readonly isWrittenFirst: boolean;
}

/** One stop with its contacts in the order to try them. */
export interface ReachableStep extends ShownStep {
  readonly contact?: ReachableContact;
  readonly also?: ReachableContact;
  /** Absent where there is no contact. */
  readonly order?: OpenFirst;
}

/** An answer with its contacts ordered for one moment; cards only draw it. */
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
 * The contacts of one stop in the order to try them. The usual contact stays first, unless it is closed and the other
 * is known to be open, or it is dead and the other is not. The order of the stops never changes: the policy decides it.
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

/** Ways to reach a contact: the immediate ones (call, chat), or the written ones that somebody reads later. */
type Channel = 'email' | 'phone' | 'url' | 'upn';

/**
 * An open contact has calls first; a closed contact has written ways first. Unknown hours: the order of an address
 * book.
 */
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
