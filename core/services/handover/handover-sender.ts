/** Sends hand-overs to both sides, in order, and repeats each send until the channel accepts it. */
import { nextSend, type NextSend, posted } from '../../handover/life.js';
import type { Claim, HandoverStore, Recorded, SideState } from '../../handover/ports.js';
import type { Entry, Handover, Line, Side } from '../../handover/types.js';
import { outcomeOf, waitAfter, type Outcome, type SendResult } from '../../incident/delivery-outcome.js';
import type { Limiter } from '../../incident/rate.js';
import type { Clock, Log } from '../../ports.js';

/** Finds the conversation of one side. */
export interface HandoverSender {
  /** The conversation of the side; undefined when there is none, for example no staff channel. */
  reach(handover: Handover, side: Side, line: Line): Promise<Reach | undefined>;
}

/** One conversation. Each function sends one message, once, within a time-out, and never throws. */
export interface Reach {
  readonly place: string;
  /** The tenant whose rate limits apply; undefined for a channel without limits. */
  readonly tenantId: string | undefined;
  /** True when staff have chosen another channel since the card was posted here. */
  readonly isFormer: boolean;
  card(handover: Handover): Promise<SendResult>;
  entry(handover: Handover, entry: Entry, cardId: string): Promise<SendResult>;
  update(handover: Handover, cardId: string): Promise<SendResult>;
  remove(messageId: string, cardId: string): Promise<SendResult>;
}

export interface CourierDeps {
  readonly store: HandoverStore;
  readonly sender: HandoverSender;
  readonly limiter: Pick<Limiter, 'take' | 'pause'>;
  readonly now: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** Ends early after `wake`. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly wake: () => void;
  readonly log: Log;
}

/** Longer than any one request. The claim is extended before each request. */
const LEASE_MS = 15_000;
const AT_ONCE = 10;
/** How often the worker asks the store without being woken. Other instances write too, and sends become due. */
const POLL_MS = 500;
const AFTER_FAILURE_MS = 2_000;
/** Messages to one side before the other sides get their turn. */
const MOST_SENDS = 20;
/**
 * An operator has to repair something first. The sends are repeated at longer and longer intervals, as long as the
 * hand-over is stored.
 */
const UNREACHABLE_MS = 60_000;
const RAREST = 30;
const unreachableMs = ({ attempts }: Line): number => UNREACHABLE_MS * Math.min(attempts + 1, RAREST);

export class HandoverCourier {
  readonly #working = new Set<Promise<void>>();

  constructor(private readonly deps: CourierDeps) {}

  /** Works until `stopped`, then waits for the sends in progress. */
  async run(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const wait = await this.pass().catch((error: unknown) => {
        this.deps.log.warn('handover.pass-failed', { error });
        return AFTER_FAILURE_MS;
      });
      if (wait > 0) await this.deps.sleep(wait);
    }
    await this.settle();
  }

  /** Resolves when no send is in progress. */
  async settle(): Promise<void> {
    await Promise.all(this.#working);
  }

  /** Starts the sends that are due. A slow side does not delay the others. Returns the milliseconds until the next pass. */
  async pass(): Promise<number> {
    const { store, now } = this.deps;
    const room = AT_ONCE - this.#working.size;
    const claims = room === 0 ? [] : await store.claim(now(), room, LEASE_MS);
    for (const claim of claims) this.#begin(claim);
    return claims.length > 0 ? 0 : POLL_MS;
  }

  /** Looks again after the work, because something new may have come for the side meanwhile. */
  #begin(claim: Claim): void {
    const work = this.#work(claim).then(() => {
      this.#working.delete(work);
      this.deps.wake();
    });
    this.#working.add(work);
  }

  /** After an error of the store the side waits until its claim expires. The other sides continue. */
  async #work(claim: Claim): Promise<void> {
    try {
      await this.#line(claim);
    } catch (error) {
      this.deps.log.warn('handover.line-failed', { side: claim.side, error });
    }
  }

  async #line(claim: Claim): Promise<void> {
    const { store, now } = this.deps;
    for (let sent = 0; sent < MOST_SENDS; sent += 1) {
      if (sent > 0) await store.hold(claim, now() + LEASE_MS);
      const state = await store.state(claim);
      if (!state) return;
      const { handover, line } = state;
      const next = nextSend(handover, line, state.entries);
      if (next.kind === 'drop') return store.drop(handover.id);
      if (next.kind === 'rest') return this.#rest(claim, line);
      const wait = await this.#take(claim, state, next);
      if (wait === undefined) continue;
      const attempts = wait.failed ? line.attempts + 1 : line.attempts;
      await store.release(claim, { wake: line.wake, attempts, nextAt: now() + wait.ms }, now());
      if (wait.failed && line.attempts === 0) await store.refresh(handover.id, now());
      return;
    }
    const state = await store.state(claim);
    if (state) await store.release(claim, { wake: state.line.wake, attempts: 0, nextAt: now() }, now());
  }

  /** Everything is sent. If the side was unreachable before, both cards now show that it is reachable again. */
  async #rest(claim: Claim, line: Line): Promise<void> {
    const { store, now } = this.deps;
    await store.release(claim, { wake: line.wake, attempts: 0 }, now());
    if (line.attempts > 0) await store.refresh(claim.handoverId, now());
  }

  /** Undefined after a success; otherwise how long to wait, and whether the send failed. */
  async #take(claim: Claim, { handover, line }: SideState, next: NextSend): Promise<Wait | undefined> {
    const { sender, limiter, now } = this.deps;
    const reach = await sender.reach(handover, claim.side, line);
    if (!reach) return { ms: unreachableMs(line), failed: true };
    if (reach.tenantId !== undefined) {
      const permission = limiter.take(reach.tenantId, reach.place, now());
      if (permission.kind === 'wait') return { ms: Math.max(1, permission.until - now()), failed: false };
    }
    const outcome = asRefusal(outcomeOf(await send(reach, handover, line, next)));
    return this.#record(claim, { handover, line, next, outcome, reach });
  }

  async #record(claim: Claim, tried: Tried): Promise<Wait | undefined> {
    const { store, now, log } = this.deps;
    const { outcome, line, handover } = tried;
    const what = recorded(tried);
    if (what) {
      await store.record(claim, what);
      if (what.kind === 'card' && claim.side === 'staff')
        await store.change(handover.id, posted, { at: now() });
      if (outcome.kind !== 'accepted')
        log.warn('handover.given-up', { side: claim.side, next: tried.next.kind, outcome: outcome.kind });
      // A deleted card is posted again at once, but not over and over.
      return what.kind === 'card-lost' && line.attempts > 2
        ? { ms: unreachableMs(line), failed: true }
        : undefined;
    }
    return this.#failure(tried);
  }

  #failure({ outcome, line, reach }: Tried): Wait {
    const { random, log, limiter, now } = this.deps;
    const after = outcome.kind === 'throttled' ? outcome.retryAfterMs : null;
    const hopeless = outcome.kind === 'gone' || outcome.kind === 'unauthorised' || outcome.kind === 'refused';
    const ms = hopeless ? unreachableMs(line) : waitAfter(line.attempts + 1, after, random());
    if (outcome.kind === 'throttled' && reach.tenantId !== undefined)
      limiter.pause(reach.tenantId, now() + ms);
    const code = 'code' in outcome ? outcome.code : outcome.kind;
    const fields = { side: line.side, outcome: outcome.kind, code, attempts: line.attempts + 1 };
    if (hopeless) log.error('handover.unreachable', fields);
    else log.warn('handover.not-sent', fields);
    return { ms, failed: true };
  }
}

interface Wait {
  readonly ms: number;
  readonly failed: boolean;
}
interface Tried {
  readonly handover: Handover;
  readonly line: Line;
  readonly next: NextSend;
  readonly outcome: Outcome;
  readonly reach: Reach;
}

/**
 * A hand-over has one conversation for each side, so a refusal without a documented reason counts as one of that
 * conversation.
 */
function asRefusal(outcome: Outcome): Outcome {
  if (outcome.kind !== 'doubtful') return outcome;
  return { kind: outcome.code.startsWith('401') ? 'unauthorised' : 'gone', code: outcome.code };
}

function send(reach: Reach, handover: Handover, line: Line, next: NextSend): Promise<SendResult> {
  const cardId = line.activityId ?? '';
  switch (next.kind) {
    case 'entry':
      return reach.entry(handover, next.entry, cardId);
    case 'update':
      return reach.update(handover, cardId);
    case 'remove':
      return reach.remove(next.entry.activityId ?? '', cardId);
    default:
      return reach.card(handover);
  }
}

/** What to store about a send; undefined when the send must be repeated. */
function recorded({ handover, line, next, outcome, reach }: Tried): Recorded | undefined {
  const shown = handover.face[line.side];
  const isOver = outcome.kind === 'refused' || outcome.kind === 'missing' || outcome.kind === 'gone';
  const isAccepted = outcome.kind === 'accepted';
  const activityId = isAccepted ? outcome.activityId : null;
  switch (next.kind) {
    case 'card':
      return isAccepted
        ? { kind: 'card', place: reach.place, activityId: activityId ?? '', shown }
        : undefined;
    case 'entry':
      if (isAccepted) return { kind: 'entry', seq: next.entry.seq, state: 'sent', activityId };
      // The thread was deleted: a new card is posted, and the waiting entries follow under it.
      if (outcome.kind === 'missing' || (outcome.kind === 'gone' && reach.isFormer))
        return { kind: 'card-lost' };
      return outcome.kind === 'refused'
        ? { kind: 'entry', seq: next.entry.seq, state: 'failed', activityId: null }
        : undefined;
    case 'update':
      if (isAccepted) return { kind: 'shown', shown };
      // Some channels cannot change a sent message; they get a new card.
      if (outcome.kind === 'gone' && handover.status !== 'forgotten' && !reach.isFormer) return undefined;
      if (!isOver) return undefined;
      return handover.status === 'forgotten' ? { kind: 'shown', shown } : { kind: 'card-lost' };
    case 'remove':
      return isAccepted || isOver ? { kind: 'removed', seq: next.entry.seq } : undefined;
    default:
      return undefined;
  }
}
