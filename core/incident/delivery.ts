/** One recipient's card of one incident, as state: what it should show, what it shows, and what to do next about that. */
import type { TellReason } from './audience.js';
import { BACKOFF, waitAfter, type Outcome } from './delivery-outcome.js';

/**
 * Where a delivery stands. `held`: quiet hours. `due`: to be sent at `dueAt`. `sending`: a request is out.
 * `shown`: the card shows what it should. `withdrawn`: it was over before the recipient heard of it. `muted`: silenced or
 * opted out. `stopped`: the recipient cannot be told. `dead`: given up, to be replayed by hand.
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
  /** Replies under the card worth interrupting for: wanted and made. */
  readonly alertsWanted: number;
  readonly alertsMade: number;
  /** What is out now, while `sending`. */
  readonly out: Attempt | null;
  /** Tries of the present step that failed, and those the platform put off with 429. */
  readonly attempts: number;
  readonly throttled: number;
  readonly firstTryAt: number | null;
  readonly dueAt: number;
  readonly lastSentAt: number | null;
  /** Creates nobody knows the end of: each may be a second card. */
  readonly suspected: number;
  /** Of those, the ones the connector left open: such a create is tried once more, not for ever. */
  readonly unclear: number;
  /** True after a card that had vanished was made anew: that happens once. */
  readonly remade: boolean;
  /** Why to fall silent once the request that is out has come to its end; null to go on. */
  readonly muteNext: string | null;
  /** Code of the last failure, or why it ended. */
  readonly code: string | null;
  readonly reason: TellReason;
}

/** What a worker does for a delivery that is due. */
export interface Attempt {
  readonly action: 'create' | 'update' | 'reply';
  readonly version: number;
}

/** What else an outcome asks for, beside the delivery's new state. */
export type Effect =
  | { readonly kind: 'pause-tenant'; readonly tenantId: string; readonly until: number }
  /** Nobody of the tenant can be told before somebody mends it. */
  | {
      readonly kind: 'disabled-by-admin';
      readonly tenantId: string;
      readonly code: string;
      readonly until: number;
    }
  | { readonly kind: 'pause-all'; readonly code: string }
  /** One conversation refused without a reason that is a verdict: several in a row are one on the bot. */
  | { readonly kind: 'doubted'; readonly code: string }
  | { readonly kind: 'recipient-unreachable'; readonly readerId: string; readonly code: string };

/** Changes closer together than this are shown as one. */
export const COALESCE_MS = 3000;
/** How long everything waits when the bot itself is not let in, and a tenant that has shut it out. */
export const UNAUTHORISED_PAUSE_MS = 60_000;

/** The delivery with its next request under way. The worker stores this before it sends. Undefined unless due. */
export function begin(delivery: Delivery, now: number): Delivery | undefined {
  if (delivery.status !== 'due' || delivery.dueAt > now) return undefined;
  const action = nextAction(delivery);
  if (!action) return undefined;
  const out: Attempt = { action, version: delivery.wanted };
  return { ...delivery, status: 'sending', out, firstTryAt: delivery.firstTryAt ?? now, lastSentAt: now };
}

/**
 * The card first, then its newest version, then the reply that points at it. A new card needs no reply: it rings itself;
 * nor does an end. Undefined when nothing is left to do.
 */
export function nextAction(delivery: Delivery): Attempt['action'] | undefined {
  if (delivery.activityId === null) return 'create';
  if (delivery.shown < delivery.wanted) return 'update';
  return !delivery.last && delivery.alertsMade < delivery.alertsWanted ? 'reply' : undefined;
}

/**
 * The delivery after its request came to an outcome, and what else follows. What was wanted meanwhile stays wanted, so
 * an answer that comes late never makes an older version count as the newest.
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

/** What was decided while the request was out: silence, or an end the recipient need not hear of. */
function heeding(delivery: Delivery): Delivery {
  if (delivery.status !== 'due' && delivery.status !== 'shown') return delivery;
  if (delivery.muteNext !== null)
    return { ...delivery, status: 'muted', code: delivery.muteNext, muteNext: null };
  return delivery.last && neverHeard(delivery) ? { ...delivery, status: 'withdrawn' } : delivery;
}

/** True while no request for a card was ever made that may have arrived. */
export function neverHeard(delivery: Delivery): boolean {
  return delivery.shown === 0 && delivery.suspected === 0 && delivery.out === null && !delivery.remade;
}

interface Step {
  readonly delivery: Delivery;
  readonly effects: readonly Effect[];
}

function stepAfter(idle: Delivery, out: Attempt, outcome: Outcome, now: number, random: number): Step {
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
      return out.action === 'create'
        ? gone(idle, outcome.code)
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

/** An update is tried again, and after a few refusals the card is made anew: what was refused may be this message alone. */
function doubtful(idle: Delivery, out: Attempt, code: string, now: number, random: number): Step {
  const again = retried(idle, code, now, random);
  const effects: readonly Effect[] = [{ kind: 'doubted', code }];
  const anew = out.action === 'update' && !idle.remade && !idle.last && again.attempts >= UPDATE_REFUSALS;
  return { delivery: anew ? missing(idle, code, now) : again, effects };
}
const UPDATE_REFUSALS = 3;

function gone(idle: Delivery, code: string): Step {
  const effects: readonly Effect[] = [{ kind: 'recipient-unreachable', readerId: idle.readerId, code }];
  return { delivery: end(idle, 'stopped', code), effects };
}

/** The whole tenant waits, not this recipient alone; a storm of 429 uses up patience but no tries. */
function throttled(idle: Delivery, retryAfter: number | null, now: number, random: number): Step {
  const count = idle.throttled + 1;
  const wait = waitAfter(count, retryAfter, random);
  const until = now + Math.max(wait, retryAfter ?? BACKOFF.baseMs);
  const effects: readonly Effect[] = [{ kind: 'pause-tenant', tenantId: idle.tenantId, until }];
  if (outOfPatience(idle, now)) return { delivery: end(idle, 'dead', '429'), effects };
  return { delivery: { ...idle, throttled: count, code: '429', dueAt: now + wait }, effects };
}

function outOfPatience(delivery: Delivery, now: number): boolean {
  return now - (delivery.firstTryAt ?? now) >= BACKOFF.patienceMs;
}

function accepted(idle: Delivery, out: Attempt, activityId: string | null, now: number): Delivery {
  const reply = out.action === 'reply';
  const done: Delivery = {
    ...idle,
    activityId: out.action === 'create' ? activityId : idle.activityId,
    shown: reply ? idle.shown : Math.max(idle.shown, out.version),
    alertsMade: out.action === 'update' ? idle.alertsMade : idle.alertsWanted,
    ...FRESH,
    code: null,
    dueAt: now + COALESCE_MS,
  };
  return settled(done);
}

/** `shown` where nothing is left to do, else due. A card without an activity id cannot be changed: it is as good as it gets. */
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

/** An update may be sent again freely; a create or reply that may have arrived, once; a reply then counts as made. */
function ambiguous(idle: Delivery, out: Attempt, code: string, now: number, random: number): Delivery {
  if (out.action === 'update') return retried(idle, code, now, random);
  const counted = { ...idle, suspected: idle.suspected + 1, unclear: idle.unclear + 1 };
  if (out.action === 'reply')
    return settled({ ...counted, alertsMade: counted.alertsWanted, ...FRESH, code });
  return counted.unclear > 1 ? end(counted, 'dead', code) : retried(counted, code, now, random);
}

/** A card somebody removed is made anew once while the outage lasts; after that, and at the end, it stays away. */
function missing(idle: Delivery, code: string, now: number): Delivery {
  if (idle.remade || idle.last) return end(idle, 'stopped', code);
  return { ...idle, activityId: null, shown: 0, remade: true, ...FRESH, code, dueAt: now };
}

/** Nothing tried yet. */
export const FRESH = { attempts: 0, throttled: 0, firstTryAt: null } as const;

function end(delivery: Delivery, status: 'stopped' | 'dead', code: string): Delivery {
  return { ...delivery, status, code, out: null };
}

/**
 * A delivery whose request was out when its process died: nobody knows whether it arrived. It is sent again, because a
 * second card is better than none; only what was in flight can come twice.
 */
export function recover(delivery: Delivery, now: number): Delivery {
  if (delivery.status !== 'sending' || delivery.out === null) return delivery;
  const suspected = delivery.suspected + (delivery.out.action === 'update' ? 0 : 1);
  return { ...delivery, status: 'due', out: null, suspected, dueAt: now };
}

/**
 * A dead or stopped delivery put back in the queue by an operator, as if it had not been tried. One that would tell of
 * an end nobody heard the beginning of is withdrawn.
 */
export function replay(delivery: Delivery, now: number): Delivery {
  if (delivery.status !== 'dead' && delivery.status !== 'stopped') return delivery;
  if (delivery.shown > 0 && delivery.activityId === null) return delivery;
  return heeding(settled({ ...delivery, status: 'due', ...FRESH, unclear: 0, code: null, dueAt: now }));
}
