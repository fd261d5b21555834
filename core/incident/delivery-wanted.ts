/** The effect of an incident's change on the recipients' cards: new, updated, held, withdrawn or muted. */
import type { AudienceDecision } from './audience.js';
import { COALESCE_MS, FRESH, neverHeard, nextAction, type Delivery } from './delivery.js';
import type { Announce } from './lifecycle.js';
import { isOver, type Incident } from './types.js';

/**
 * The delivery of one recipient after the incident changed; undefined when there is none to store. Quick changes become
 * one update. A recipient who never heard of the outage does not hear of its end. A silenced card is muted, not lost:
 * when the decision is `tell` again, the card is updated.
 * @param announce the alert that the change deserves.
 */
export function wanted(
  before: Delivery | undefined,
  decision: AudienceDecision,
  incident: Incident,
  announce: Announce,
  tenantId: string,
  now: number,
): Delivery | undefined {
  if (!before) return firstWanted(decision, incident, tenantId, now);
  // A recipient whose plan has this version already got the alert with that plan.
  const rings = ringsFor(announce) && before.wanted < incident.version;
  const next: Delivery = {
    ...before,
    wanted: Math.max(before.wanted, incident.version),
    last: isOver(incident.state),
    alertsWanted:
      before.alertsWanted +
      (rings && decision.verdict === 'tell' && !decision.silently && before.shown > 0 ? 1 : 0),
  };
  switch (decision.verdict) {
    case 'tell':
      return told(next, isOver(incident.state), now);
    case 'hold':
      return neverHeard(next)
        ? quietly(next, 'held', decision.until)
        : told(next, isOver(incident.state), now);
    case 'skip':
      return skipped(next, decision.reason.kind, now);
  }
}

/** True where a recipient who has the card gets an alert besides the updated card. */
export function ringsFor(announce: Announce): boolean {
  return announce === 'severity-rise' || announce === 'reopened';
}

/** A silenced recipient gets a row too: the report counts the row, and the end of the silence finds it. */
function firstWanted(
  decision: AudienceDecision,
  incident: Incident,
  tenantId: string,
  now: number,
): Delivery | undefined {
  const skipped = decision.verdict === 'skip';
  const reason = skipped ? decision.asked : decision.reason;
  if (!reason || isOver(incident.state)) return undefined;
  return {
    incidentId: incident.id,
    readerId: decision.readerId,
    tenantId,
    status: FIRST[decision.verdict],
    wanted: incident.version,
    shown: 0,
    last: false,
    activityId: null,
    alertsWanted: 0,
    alertsMade: 0,
    out: null,
    ...FRESH,
    dueAt: decision.verdict === 'hold' ? decision.until : now,
    lastSentAt: null,
    suspected: 0,
    unclear: 0,
    remade: false,
    muteNext: null,
    code: skipped ? decision.reason.kind : null,
    reason,
  };
}
const FIRST = { tell: 'due', hold: 'held', skip: 'muted' } as const;

function told(next: Delivery, over: boolean, now: number): Delivery {
  if (over && neverHeard(next)) return quietly(next, 'withdrawn', next.dueAt);
  switch (next.status) {
    case 'sending':
      return { ...next, muteNext: null };
    case 'dead':
    case 'stopped':
      return next;
    case 'due':
      return next.attempts + next.throttled > 0
        ? next
        : { ...next, dueAt: Math.min(next.dueAt, soon(next, now)) };
    case 'shown':
      return nextAction(next) ? { ...next, status: 'due', dueAt: soon(next, now) } : next;
    case 'held':
    case 'withdrawn':
    case 'muted':
      return { ...next, status: 'due', dueAt: soon(next, now), ...FRESH, code: null };
  }
}

/** Not before the pause that joins quick changes into one. */
function soon(delivery: Delivery, now: number): number {
  return delivery.lastSentAt === null ? now : Math.max(now, delivery.lastSentAt + COALESCE_MS);
}

/** A request in progress cannot be cancelled; the delivery is muted after it. */
function skipped(next: Delivery, reason: string, now: number): Delivery {
  if (next.status === 'sending') return { ...next, muteNext: reason };
  // The morning digest still mentions the outage in one line, without a card.
  if (reason === 'over-unheard' && next.status === 'held' && next.dueAt > now) return next;
  if (reason === 'over-unheard') return quietly(next, 'withdrawn', next.dueAt);
  return quietly(
    { ...next, code: next.status === 'dead' || next.status === 'stopped' ? next.code : reason },
    'muted',
    next.dueAt,
  );
}

function quietly(delivery: Delivery, status: 'held' | 'withdrawn' | 'muted', dueAt: number): Delivery {
  if (delivery.status === 'sending' || delivery.status === 'dead' || delivery.status === 'stopped')
    return delivery;
  return { ...delivery, status, dueAt };
}
