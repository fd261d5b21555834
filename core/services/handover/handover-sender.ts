/** Brings both sides of every hand-over up to date: one side at a time, in order, again until the channel has taken it. */
import { nextStep, type Step } from '../../handover/line.js';
import { posted } from '../../handover/life.js';
import type { Claim, HandoverStore, Recorded, SideState } from '../../handover/ports.js';
import type { Entry, Handover, Line, Side } from '../../handover/types.js';
import { outcomeOf, waitAfter, type Outcome, type SendResult } from '../../incident/delivery-outcome.js';
import type { Limiter } from '../../incident/rate.js';
import type { Clock, Log } from '../../ports.js';

/** Sends one message to one side, without retries of its own, within a time-out. Never throws. */
export interface HandoverSender {
  /** Where the side is; undefined where there is none, e.g. no place for hand-overs was chosen. */
  reach(handover: Handover, side: Side, line: Line): Promise<Reach | undefined>;
}

export interface Reach {
  readonly place: string;
  /** Whose limits count; undefined where there are none. */
  readonly tenantId: string | undefined;
  /** True when staff have chosen another place since the card was made here. */
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
  /** Ends early when somebody pokes. */
  readonly sleep: (ms: number) => Promise<void>;
  readonly poke: () => void;
  readonly log: Log;
}

/** Longer than any one request takes; renewed before each. */
const LEASE_MS = 15_000;
const AT_ONCE = 10;
/** How often the store is asked when nobody pokes: other instances write too, and time passes. */
const POLL_MS = 500;
const AFTER_FAILURE_MS = 2_000;
/** Messages to one side before others get their turn. */
const STEPS = 20;
/** Somebody must mend something first: tried again ever more rarely, but for as long as it is kept. */
const UNREACHABLE_MS = 60_000;
const RAREST = 30;
const unreachableMs = ({ attempts }: Line): number => UNREACHABLE_MS * Math.min(attempts + 1, RAREST);

export class HandoverCourier {
  readonly #working = new Set<Promise<void>>();

  constructor(private readonly deps: CourierDeps) {}

  /** Works until told to stop; then lets what is under way end. */
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

  /** Resolves when nothing is under way. */
  async settle(): Promise<void> {
    await Promise.all(this.#working);
  }

  /** Begins to send what is due: a side that is slow keeps nobody else waiting. Milliseconds until there may be more to do. */
  async pass(): Promise<number> {
    const { store, now } = this.deps;
    const room = AT_ONCE - this.#working.size;
    const claims = room === 0 ? [] : await store.claim(now(), room, LEASE_MS);
    for (const claim of claims) this.#begin(claim);
    return claims.length > 0 ? 0 : POLL_MS;
  }

  /** What came for a side while it was held is looked for as soon as it is free. */
  #begin(claim: Claim): void {
    const work = this.#work(claim).then(() => {
      this.#working.delete(work);
      this.deps.poke();
    });
    this.#working.add(work);
  }

  /** A line that fails in the store is left to its lease; the others go on. */
  async #work(claim: Claim): Promise<void> {
    try {
      await this.#line(claim);
    } catch (error) {
      this.deps.log.warn('handover.line-failed', { side: claim.side, error });
    }
  }

  async #line(claim: Claim): Promise<void> {
    const { store, now } = this.deps;
    for (let steps = 0; steps < STEPS; steps += 1) {
      if (steps > 0) await store.hold(claim, now() + LEASE_MS);
      const state = await store.state(claim);
      if (!state) return;
      const { handover, line } = state;
      const step = nextStep(handover, line, state.entries);
      if (step.kind === 'drop') return store.drop(handover.id);
      if (step.kind === 'rest') return this.#rest(claim, line);
      const wait = await this.#take(claim, state, step);
      if (wait === undefined) continue;
      const attempts = wait.failed ? line.attempts + 1 : line.attempts;
      await store.release(claim, { wake: line.wake, attempts, nextAt: now() + wait.ms }, now());
      if (wait.failed && line.attempts === 0) await store.refresh(handover.id, now());
      return;
    }
    const state = await store.state(claim);
    if (state) await store.release(claim, { wake: state.line.wake, attempts: 0, nextAt: now() }, now());
  }

  /** All is said. Where it was hard to reach the side before, both cards say that it is well again. */
  async #rest(claim: Claim, line: Line): Promise<void> {
    const { store, now } = this.deps;
    await store.release(claim, { wake: line.wake, attempts: 0 }, now());
    if (line.attempts > 0) await store.refresh(claim.handoverId, now());
  }

  /** Undefined when the step is done; else how long to wait, and whether it failed. */
  async #take(claim: Claim, { handover, line }: SideState, step: Step): Promise<Wait | undefined> {
    const { sender, limiter, now } = this.deps;
    const reach = await sender.reach(handover, claim.side, line);
    if (!reach) return { ms: unreachableMs(line), failed: true };
    if (reach.tenantId !== undefined) {
      const permission = limiter.take(reach.tenantId, reach.place, now());
      if (permission.kind === 'wait') return { ms: Math.max(1, permission.until - now()), failed: false };
    }
    const outcome = outcomeOf(await send(reach, handover, line, step));
    return this.#record(claim, { handover, line, step, outcome, reach });
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
        log.warn('handover.given-up', { side: claim.side, step: tried.step.kind, outcome: outcome.kind });
      // A card that vanished is made anew at once, but not over and over.
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
  readonly step: Step;
  readonly outcome: Outcome;
  readonly reach: Reach;
}

function send(reach: Reach, handover: Handover, line: Line, step: Step): Promise<SendResult> {
  const cardId = line.activityId ?? '';
  switch (step.kind) {
    case 'entry':
      return reach.entry(handover, step.entry, cardId);
    case 'update':
      return reach.update(handover, cardId);
    case 'remove':
      return reach.remove(step.entry.activityId ?? '', cardId);
    default:
      return reach.card(handover);
  }
}

/** What to write down of a try; undefined for one that is to be made again. */
function recorded({ handover, line, step, outcome, reach }: Tried): Recorded | undefined {
  const shown = handover.face[line.side];
  const isOver = outcome.kind === 'refused' || outcome.kind === 'missing' || outcome.kind === 'gone';
  const isAccepted = outcome.kind === 'accepted';
  const activityId = isAccepted ? outcome.activityId : null;
  switch (step.kind) {
    case 'card':
      return isAccepted
        ? { kind: 'card', place: reach.place, activityId: activityId ?? '', shown }
        : undefined;
    case 'entry':
      if (isAccepted) return { kind: 'entry', seq: step.entry.seq, state: 'sent', activityId };
      // The thread is gone: its card is made anew, and what was not shown comes under that.
      if (outcome.kind === 'missing' || (outcome.kind === 'gone' && reach.isFormer))
        return { kind: 'card-lost' };
      return outcome.kind === 'refused'
        ? { kind: 'entry', seq: step.entry.seq, state: 'failed', activityId: null }
        : undefined;
    case 'update':
      if (isAccepted) return { kind: 'shown', shown };
      // Some channels change nothing that was sent: there the card is sent anew.
      if (outcome.kind === 'gone' && handover.status !== 'forgotten' && !reach.isFormer) return undefined;
      if (!isOver) return undefined;
      return handover.status === 'forgotten' ? { kind: 'shown', shown } : { kind: 'card-lost' };
    case 'remove':
      return isAccepted || isOver ? { kind: 'removed', seq: step.entry.seq } : undefined;
    default:
      return undefined;
  }
}
