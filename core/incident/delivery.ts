/** One recipient's card of one incident, as state: the wanted version, the shown version, and the next step. */
import type { TellReason } from './audience.js';
import { BACKOFF, waitAfter, type Outcome } from './delivery-outcome.js';

/**
 * The state of a delivery. `held`: quiet hours. `due`: to be sent at `dueAt`. `sending`: a request is in progress.
 * `shown`: the card is up to date. `withdrawn`: the outage ended before the recipient heard of it. `muted`: silenced or
 * opted out. `stopped`: the recipient cannot get messages. `dead`: given up; an operator can replay it.
 */
export type DeliveryStatus =
  'held' | 'due' | 'sending' | 'shown' | 'withdrawn' | 'muted' | 'stopped' | 'dead';

export interface Delivery {
  readonly incidentId: string;
  readonly readerId: string;
  readonly tenantId: string;
  readonly status: DeliveryStatus;
  /** Incident version the card should show. */
  readonly wanted: number;
  /** Incident version the card is known to show; 0 for none. */
  readonly shown: number;
  /** True while the incident is over in its wanted version. */
  readonly last: boolean;
  /** The message that is the card. */
  readonly activityId: string | null;
  /** Alerts as replies under the card: wanted and sent. */
  readonly alertsWanted: number;
  readonly alertsMade: number;
  /** The request in progress, while `sending`. */
  readonly out: Attempt | null;
  /** Failed tries of the present step, and tries that the platform delayed with 429. */
  readonly attempts: number;
  readonly throttled: number;
  readonly firstTryAt: number | null;
  readonly dueAt: number;
  readonly lastSentAt: number | null;
  /** When the platform accepted the first card; absent before. */
  readonly firstShownAt?: number;
  /** Creates and replies with an unknown result: each may be a duplicate. */
  readonly suspected: number;
  /** Of those, the requests without a clear answer of the connector: such a create is repeated only once. */
  readonly unclear: number;
  /** True after a vanished card was posted again, which happens once. */
  readonly remade: boolean;
  /** Why to mute the delivery after the request in progress; null to continue. */
  readonly muteNext: string | null;
  /** Code of the last failure, or why the delivery ended. */
  readonly code: string | null;
  readonly reason: TellReason;
}

/** The worker's request for a delivery that is due. */
export interface Attempt {
  readonly action: 'create' | 'update' | 'reply';
  readonly version: number;
}

/** A further effect of an outcome, besides the delivery's new state. */
export type Effect =
  | { readonly kind: 'pause-tenant'; readonly tenantId: string; readonly until: number }
  /** Nobody of the tenant gets cards until the tenant's administrator allows the bot again. */
  | {
      readonly kind: 'disabled-by-admin';
      readonly tenantId: string;
      readonly code: string;
      readonly until: number;
    }
  | { readonly kind: 'pause-all'; readonly code: string }
  /** One conversation refused without a clear reason. Several refusals in a row mean that the bot itself is refused. */
  | { readonly kind: 'doubted'; readonly code: string }
  /** A card was given up after refusals without a clear reason. After days of this the recipient ends. */
  | { readonly kind: 'recipient-doubted'; readonly readerId: string; readonly code: string }
  | { readonly kind: 'recipient-unreachable'; readonly readerId: string; readonly code: string };

/** Changes closer together than this become one update. */
export const COALESCE_MS = 3000;
/** The pause of all sends when the platform rejects the bot, and of one tenant when the tenant blocks the bot. */
export const UNAUTHORISED_PAUSE_MS = 60_000;

/** The delivery with its next request in progress. The worker stores it before it sends. Undefined unless due. */
export function begin(delivery: Delivery, now: number): Delivery | undefined {
  if (delivery.status !== 'due' || delivery.dueAt > now) return undefined;
  const action = nextAction(delivery);
  if (!action) return undefined;
  const out: Attempt = { action, version: delivery.wanted };
  return { ...delivery, status: 'sending', out, firstTryAt: delivery.firstTryAt ?? now, lastSentAt: now };
}

/**
 * The card first, then its newest version, then the reply that points at the card. A new card needs no reply, because
 * the card itself alerts. An end gets no reply either. Undefined when there is nothing to do.
 */
export function nextAction(delivery: Delivery): Attempt['action'] | undefined {
  if (delivery.activityId === null) return 'create';
  if (delivery.shown < delivery.wanted) return 'update';
  return !delivery.last && delivery.alertsMade < delivery.alertsWanted ? 'reply' : undefined;
}

/**
 * The delivery after the outcome of its request, and the further effects. A change during the request stays wanted, so
 * a late answer never makes an older version count as the newest.
 * @param random in [0, 1), for the jitter.
 */
export function record(
  delivery: Delivery,
  outcome: Outcome,
  now: number,
  random: number,
): { readonly delivery: Delivery; readonly effects: readonly Effect[] } {
  const { out } = delivery;
  if (delivery.status !== 'sending' || out === null) return { delivery, effects: [] };
  const step = stepAfter({ ...delivery, status: 'due', out: null }, out, outcome, now, random);
  return { ...step, delivery: heeding(step.delivery) };
}

/** Applies a decision made during the request: muted, or an end that the recipient need not hear of. */
function heeding(delivery: Delivery): Delivery {
  if (delivery.status !== 'due' && delivery.status !== 'shown') return delivery;
  if (delivery.muteNext !== null)
    return { ...delivery, status: 'muted', code: delivery.muteNext, muteNext: null };
  return delivery.last && neverHeard(delivery) ? { ...delivery, status: 'withdrawn' } : delivery;
}

/** True when no request for a card can have arrived so far. */
export function neverHeard(delivery: Delivery): boolean {
  return delivery.shown === 0 && delivery.suspected === 0 && delivery.out === null && !delivery.remade;
}

interface Transition {
  readonly delivery: Delivery;
  readonly effects: readonly Effect[];
}

function stepAfter(idle: Delivery, out: Attempt, outcome: Outcome, now: number, random: number): Transition {
  switch (outcome.kind) {
    case 'accepted':
      return { delivery: accepted(idle, out, outcome.activityId, now), effects: [] };
    case 'throttled':
      return throttled(idle, outcome.retryAfterMs, now, random);
    case 'retry':
      return { delivery: retried(idle, outcome.code, now, random), effects: [] };
    case 'ambiguous':
      return { delivery: ambiguous(idle, out, outcome.code, now, random), effects: [] };
    case 'gone':
      return out.action === 'update'
        ? doubtful(idle, out, outcome.code, now, random)
        : gone(idle, outcome.code);
    case 'doubtful':
      return doubtful(idle, out, outcome.code, now, random);
    case 'missing':
      // Only a documented code says that the conversation is gone; any other 404 may pass.
      return out.action === 'create'
        ? doubtful(idle, out, outcome.code, now, random)
        : { delivery: missing(idle, outcome.code, now), effects: [] };
    case 'refused':
      return { delivery: end(idle, 'dead', outcome.code), effects: [] };
    case 'disabled-by-admin': {
      const { tenantId } = idle;
      const until = now + UNAUTHORISED_PAUSE_MS;
      const effect = { kind: 'disabled-by-admin', tenantId, code: outcome.code, until } as const;
      return { delivery: { ...idle, code: outcome.code, dueAt: until }, effects: [effect] };
    }
    case 'unauthorised':
      return {
        delivery: { ...idle, code: outcome.code, dueAt: now + UNAUTHORISED_PAUSE_MS },
        effects: [{ kind: 'pause-all', code: outcome.code }],
      };
  }
}

/**
 * Repeats an update. After a few refusals the card is posted again, because the refusal may concern this message alone.
 */
function doubtful(idle: Delivery, out: Attempt, code: string, now: number, random: number): Transition {
  const again = retried(idle, code, now, random);
  const anew = out.action === 'update' && !idle.remade && !idle.last && again.attempts >= UPDATE_REFUSALS;
  const givenUp = !anew && again.status === 'dead';
  const effects: readonly Effect[] = [
    { kind: 'doubted', code },
    ...(givenUp ? [{ kind: 'recipient-doubted', readerId: idle.readerId, code } as const] : []),
  ];
  return { delivery: anew ? missing(idle, code, now) : again, effects };
}
const UPDATE_REFUSALS = 3;

function gone(idle: Delivery, code: string): Transition {
  const effects: readonly Effect[] = [{ kind: 'recipient-unreachable', readerId: idle.readerId, code }];
  return { delivery: end(idle, 'stopped', code), effects };
}

/** The whole tenant waits, not only this recipient. Many 429 answers use up the total time, but no tries. */
function throttled(idle: Delivery, retryAfter: number | null, now: number, random: number): Transition {
  const count = idle.throttled + 1;
  const wait = waitAfter(count, retryAfter, random);
  const until = now + Math.max(wait, retryAfter === null ? BACKOFF.baseMs : 0);
  const effects: readonly Effect[] = [{ kind: 'pause-tenant', tenantId: idle.tenantId, until }];
  if (outOfPatience(idle, now)) return { delivery: end(idle, 'dead', '429'), effects };
  return { delivery: { ...idle, throttled: count, code: '429', dueAt: now + wait }, effects };
}

/** A clock that was set forward must not use up the patience of a card that was tried only once or twice. */
function outOfPatience({ attempts, throttled, firstTryAt }: Delivery, now: number): boolean {
  return attempts + throttled >= BACKOFF.leastTries && now - (firstTryAt ?? now) >= BACKOFF.patienceMs;
}

function accepted(idle: Delivery, out: Attempt, activityId: string | null, now: number): Delivery {
  const reply = out.action === 'reply';
  const done: Delivery = {
    ...idle,
    activityId: out.action === 'create' ? activityId : idle.activityId,
    firstShownAt: idle.firstShownAt ?? now,
    shown: reply ? idle.shown : Math.max(idle.shown, out.version),
    alertsMade: out.action === 'update' ? idle.alertsMade : idle.alertsWanted,
    ...FRESH,
    code: null,
    dueAt: now + COALESCE_MS,
  };
  return settled(done);
}

/**
 * `shown` when there is nothing to do, else due. A card without an activity id cannot be updated, so its delivery is
 * `dead`.
 */
function settled(delivery: Delivery): Delivery {
  if (delivery.shown > 0 && delivery.activityId === null)
    return { ...delivery, status: 'dead', code: 'no-activity-id' };
  const action = nextAction(delivery);
  return action ? delivery : { ...delivery, status: 'shown' };
}

function retried(idle: Delivery, code: string, now: number, random: number): Delivery {
  const attempts = idle.attempts + 1;
  if (attempts >= BACKOFF.tries || outOfPatience(idle, now)) return end({ ...idle, attempts }, 'dead', code);
  return { ...idle, attempts, code, dueAt: now + waitAfter(attempts, null, random) };
}

/** An update may be repeated freely. An unclear create is repeated once. An unclear reply counts as sent. */
function ambiguous(idle: Delivery, out: Attempt, code: string, now: number, random: number): Delivery {
  if (out.action === 'update') return retried(idle, code, now, random);
  const counted = { ...idle, suspected: idle.suspected + 1, unclear: idle.unclear + 1 };
  if (out.action === 'reply')
    return settled({ ...counted, alertsMade: counted.alertsWanted, ...FRESH, code });
  return counted.unclear > 1 ? end(counted, 'dead', code) : retried(counted, code, now, random);
}

/** A removed card is posted again once while the outage lasts. After that, and at the end, it stays away. */
function missing(idle: Delivery, code: string, now: number): Delivery {
  if (idle.remade || idle.last) return end(idle, 'stopped', code);
  return { ...idle, activityId: null, shown: 0, remade: true, ...FRESH, code, dueAt: now };
}

/** No tries so far. */
export const FRESH = { attempts: 0, throttled: 0, firstTryAt: null } as const;

function end(delivery: Delivery, status: 'stopped' | 'dead', code: string): Delivery {
  return { ...delivery, status, code, out: null };
}

/**
 * A delivery whose process died during a request: nobody knows whether the message arrived. The message is sent again,
 * because a duplicate is better than none. Only a message in progress can arrive twice.
 */
export function recover(delivery: Delivery, now: number): Delivery {
  if (delivery.status !== 'sending' || delivery.out === null) return delivery;
  const suspected = delivery.suspected + (delivery.out.action === 'update' ? 0 : 1);
  return { ...delivery, status: 'due', out: null, suspected, dueAt: now };
}

/**
 * Puts a dead or stopped delivery back in the queue for an operator, with fresh tries. If the outage ended before the
 * recipient heard of it, the delivery is withdrawn instead.
 */
export function replay(delivery: Delivery, now: number): Delivery {
  if (delivery.status !== 'dead' && delivery.status !== 'stopped') return delivery;
  if (delivery.shown > 0 && delivery.activityId === null) return delivery;
  return heeding(settled({ ...delivery, status: 'due', ...FRESH, unclear: 0, code: null, dueAt: now }));
}
