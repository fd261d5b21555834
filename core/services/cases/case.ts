/** A case: somebody wrote to a contact of an answer. The bot asks later whether the contact answered. */
import { afterOpenMinutes, businessDayMinutes, openMinutesBetween } from '../../directory/working-time.js';
import type { OpeningHours } from '../../directory/hours.js';
import type { Severity } from '../../incident/types.js';
import type { RouteStep } from '../../policy/decision.js';
import type { Asker, Issue, Language } from '../../terms.js';
import type { ContactAbout } from '../reports/contact-about.js';

/** How much an issue hurts, the mildest first. A new case has the first. */
export const CASE_SEVERITIES = ['minor', 'major', 'critical'] as const satisfies readonly Severity[];
export type CaseSeverity = (typeof CASE_SEVERITIES)[number];

/** After this part of the contact's business day the bot asks. */
const WAIT: Readonly<Record<CaseSeverity, number>> = { minor: 1, major: 0.5, critical: 0.25 };

/** The person who waits for the answer, and the conversation for the bot's question. */
export interface CaseHolder {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
  /** Empty where the channel has no tenants. */
  readonly tenantId: string;
  readonly asker: Asker;
  readonly language: Language;
  /** IANA time zone; empty when unknown. */
  readonly zone: string;
}

/** One contact on the path of the answer. */
export type CaseStop = RouteStep & ContactAbout;

/** The question behind the answer, as far as a later message needs it. */
export interface CaseTopic {
  readonly issue: Issue;
  readonly offerId?: string;
}

/** What happened to one stop. `wrote` is the stop that the holder waits for. */
export type CaseEventKind = 'wrote' | 'unanswered' | 'wrong';
export interface CaseEvent {
  /** When the holder wrote to the contact, in milliseconds since the epoch. */
  readonly at: number;
  readonly kind: CaseEventKind;
  /** Position in `stops`. */
  readonly stop: number;
}

export type CaseOutcome = 'answered' | 'closed' | 'ended';

export interface ContactCase extends CaseTopic {
  readonly id: string;
  /** The same for two clicks on the same answer by the same person. */
  readonly clickKey: string;
  /** Rises with every saved change. */
  readonly version: number;
  readonly holder: CaseHolder;
  /** The conversation reference, on channels that need one for later messages. */
  readonly reference?: Readonly<Record<string, unknown>>;
  /**
   * The Entra object id of the holder's manager; null: none is known. The store keeps only a mark of it, so a case that was
   * read has none, and a save without one keeps the mark.
   */
  readonly managerId?: string | null;
  /** In the order of the path; never empty. */
  readonly stops: readonly CaseStop[];
  /** In order of time; the last one is the stop that the holder waits for. */
  readonly history: readonly CaseEvent[];
  /** The customer in the holder's own words; may be empty. */
  readonly customer: string;
  readonly severity: CaseSeverity;
  readonly openedAt: number;
  /** When the bot writes next. */
  readonly dueAt: number;
  /** When the case ends without news. */
  readonly endsAt: number;
  /** The bot's questions since the holder last said something. */
  readonly asked: number;
  /** When the bot's last message about the case arrived; absent before. */
  readonly toldAt?: number;
  /** Failed sends since the last message that arrived. */
  readonly failures: number;
  /** The person who gave the case, until the new holder is told. */
  readonly givenBy?: string;
  readonly closed?: { readonly at: number; readonly outcome: CaseOutcome };
}

/** How one contact did, without a person and without a case. */
export interface Attempt {
  readonly key: string;
  readonly way: ContactAbout['way'];
  readonly outcome: 'answered' | 'unanswered' | 'wrong';
  /** Minutes of the contact's working hours from the message to the holder's word. */
  readonly minutes: number;
  readonly at: number;
}

/** After this many questions without a word the bot asks no more. The case stays in the list of its holder. */
export const MOST_ASKED = 3;
/** The longest stored words about a customer, in UTF-16 units. */
export const MAX_CUSTOMER = 100;

/** The working hours of one stop. */
export type HoursOf = (stop: CaseStop, one: Pick<ContactCase, 'holder' | keyof CaseTopic>) => OpeningHours;

/** The stop that the holder waits for, and when the holder wrote to it. */
export function present({ stops, history }: Pick<ContactCase, 'stops' | 'history'>): {
  readonly stop: CaseStop;
  readonly place: number;
  readonly at: number;
} {
  const { stop: place, at } = history.at(-1)!;
  return { stop: stops[place]!, place, at };
}

/** The next contact of the path to which the holder has not written; undefined at its end. */
export function nextPlace({ stops, history }: Pick<ContactCase, 'stops' | 'history'>): number | undefined {
  const place = (history.at(-1)?.stop ?? -1) + 1;
  return place < stops.length ? place : undefined;
}

/** When the bot asks, if the holder wrote at `from`. Never after the end of the case. */
export function askAt(
  one: Pick<ContactCase, 'holder' | 'stops' | 'history' | 'severity' | 'endsAt' | keyof CaseTopic>,
  from: number,
  hoursOf: HoursOf,
): number {
  const hours = hoursOf(present(one).stop, one);
  const minutes = Math.max(1, Math.round(businessDayMinutes(hours) * WAIT[one.severity]));
  return Math.min(one.endsAt, afterOpenMinutes(hours, from, minutes));
}

/** The person who gets a case, with the bot's chat with that person. */
export interface NewHolder extends Pick<ContactCase, 'reference'> {
  readonly holder: CaseHolder;
  readonly managerId: string | null;
}

/** What the holder says about a case. */
export type CaseChange =
  | { readonly kind: 'answered' | 'not-yet' | 'escalated' | 'wrong' | 'closed' }
  | {
      readonly kind: 'edited';
      readonly customer: string;
      readonly severity: CaseSeverity;
      /** The contact to which the holder wrote. */
      readonly place: number;
    }
  | { readonly kind: 'given'; readonly to: NewHolder };

export interface Changed {
  readonly one: ContactCase;
  /** The attempt that ended with this change. */
  readonly attempt?: Attempt;
}

/** The case after the holder's word. At the end of the path an escalation changes nothing but the next question. */
export function changed(one: ContactCase, change: CaseChange, now: number, hoursOf: HoursOf): Changed {
  const heard: ContactCase = { ...one, asked: 0, failures: 0 };
  switch (change.kind) {
    case 'answered':
      return { one: closedAs(heard, 'answered', now), ...attempt(one, 'answered', now, hoursOf) };
    case 'closed':
      return { one: closedAs(heard, 'closed', now) };
    case 'not-yet':
      return { one: { ...heard, dueAt: askAt(heard, now, hoursOf) } };
    case 'escalated':
      return movedOn(heard, 'unanswered', now, hoursOf);
    case 'wrong':
      return movedOn(heard, 'wrong', now, hoursOf);
    case 'edited':
      return { one: edited(heard, change, now, hoursOf) };
    case 'given':
      return {
        one: { ...heard, ...change.to, givenBy: one.holder.userId, dueAt: now },
      };
  }
}

const closedAs = (one: ContactCase, outcome: CaseOutcome, at: number): ContactCase => ({
  ...one,
  closed: { at, outcome },
});

/** The holder writes to the next contact of the path now. At the end of the path the holder still waits for the last one. */
function movedOn(one: ContactCase, kind: 'unanswered' | 'wrong', now: number, hoursOf: HoursOf): Changed {
  const place = nextPlace(one);
  const past = [...one.history.slice(0, -1), { ...one.history.at(-1)!, kind }];
  const history = place === undefined ? past : [...past, { at: now, kind: 'wrote', stop: place } as const];
  const moved = { ...one, history };
  return { one: { ...moved, dueAt: askAt(moved, now, hoursOf) }, ...attempt(one, kind, now, hoursOf) };
}

function edited(
  one: ContactCase,
  { customer, severity, place }: Extract<CaseChange, { kind: 'edited' }>,
  now: number,
  hoursOf: HoursOf,
): ContactCase {
  const last = one.history.at(-1)!;
  const stop = place in one.stops ? place : last.stop;
  const next = {
    ...one,
    customer: customer.slice(0, MAX_CUSTOMER),
    severity,
    history: [...one.history.slice(0, -1), { ...last, stop }],
  };
  return { ...next, dueAt: Math.max(now, askAt(next, last.at, hoursOf)) };
}

/** Only what staff say counts: a customer could make a contact look good or bad. Each message counts once. */
function attempt(
  one: ContactCase,
  outcome: Attempt['outcome'],
  now: number,
  hoursOf: HoursOf,
): Pick<Changed, 'attempt'> {
  if (one.holder.asker !== 'partner' || one.history.at(-1)?.kind !== 'wrote') return {};
  const { stop, at } = present(one);
  const minutes = openMinutesBetween(hoursOf(stop, one), at, now);
  return { attempt: { key: stop.key, way: stop.way, outcome, minutes, at: now } };
}

/** The message that is due. */
export type CaseMessage = 'reminder' | 'given' | 'ended';

export function messageDue({ endsAt, givenBy }: ContactCase, now: number): CaseMessage {
  if (now >= endsAt) return 'ended';
  return givenBy === undefined ? 'reminder' : 'given';
}

/** The case after its message arrived. */
export function afterMessage(one: ContactCase, now: number, hoursOf: HoursOf): ContactCase {
  const { givenBy: _told, ...told } = { ...one, failures: 0, toldAt: now };
  switch (messageDue(one, now)) {
    case 'ended':
      return closedAs(told, 'ended', now);
    case 'given':
      return { ...told, dueAt: askAt(told, now, hoursOf) };
    case 'reminder': {
      const asked = one.asked + 1;
      return { ...told, asked, dueAt: asked < MOST_ASKED ? askAt(told, now, hoursOf) : one.endsAt };
    }
  }
}

/** The case of a holder whom the bot cannot reach: the bot stops asking, and the case stays in the list. */
export function unreachable(one: ContactCase, now: number): ContactCase {
  return now >= one.endsAt ? closedAs(one, 'ended', now) : { ...one, failures: 0, dueAt: one.endsAt };
}
