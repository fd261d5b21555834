/** Brings every card to its wanted state: claims, checks the limits, sends, records. */
import type { Delivery, Effect } from '../../incident/delivery.js';
import { begin, record, recover, UNAUTHORISED_PAUSE_MS } from '../../incident/delivery.js';
import { outcomeOf, type Outcome } from '../../incident/delivery-outcome.js';
import { NewestIncidents } from './newest-incidents.js';
import { RefusalWatch } from './refusals.js';
import type { CardSender, DeliveryStore, IncidentStore, RecipientStore } from '../../incident/ports.js';
import type { Limiter } from '../../incident/rate.js';
import type { Clock, Log } from '../../ports.js';
import { passedSince } from '../../time.js';

export interface DeliverDeps {
  readonly deliveries: DeliveryStore;
  readonly incidents: Pick<IncidentStore, 'byId'>;
  readonly recipients: Pick<RecipientStore, 'setReachable' | 'doubt' | 'trust' | 'doubted'>;
  readonly sender: CardSender;
  /** Plans one recipient of an incident that has changed since the last plan of the recipient's card. */
  readonly catchUp: (incidentId: string, readerId: string) => Promise<void>;
  readonly limiter: Limiter;
  readonly now: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
  readonly options?: Partial<DeliverOptions>;
}

export interface DeliverOptions {
  /** Requests in progress at one time. */
  readonly concurrency: number;
  /** How long a claim lasts, in milliseconds: longer than any request. */
  readonly leaseMs: number;
  /** The most claimed rows that wait in this worker, of one tenant and of all. */
  readonly perTenantQueue: number;
  readonly queue: number;
  /** The pause between two questions to the store when nothing is due, in milliseconds. */
  readonly pollMs: number;
}
const DEFAULTS: DeliverOptions = {
  concurrency: 50,
  leaseMs: 60_000,
  perTenantQueue: 100,
  queue: 400,
  pollMs: 250,
};
const RECORD_TRIES = 6;
/** The milliseconds between permission and request that the margins of the limits cover. */
const LATE_MS = 20;

interface Claimed {
  readonly row: Delivery;
  readonly until: number;
}

/** A worker for the queue. Several workers may use one store. */
export class Deliverer {
  readonly #options: DeliverOptions;
  #queue: Claimed[] = [];
  readonly #flying = new Set<Promise<void>>();
  readonly #incidents: NewestIncidents;
  readonly #refusals: RefusalWatch;
  /** Tenants whose requests need a new permission: those requests go first. */
  readonly #late = new Map<string, number>();
  /** Recipients with given-up cards; undefined before the first look into the store. */
  #doubted: Set<string> | undefined;
  #pausedUntil = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #recoveredAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly deps: DeliverDeps) {
    this.#options = { ...DEFAULTS, ...deps.options };
    this.#incidents = new NewestIncidents(deps.incidents, deps.now);
    this.#refusals = new RefusalWatch(deps.log);
  }

  /** Requests in progress. */
  get flying(): number {
    return this.#flying.size;
  }

  /** Works until it is stopped; then waits for the requests in progress. */
  async run(stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const wait = await this.pass().catch((error: unknown) => {
        this.deps.log.warn('outages.delivery-failed', { error });
        return this.#options.pollMs * 4;
      });
      await this.deps.sleep(wait);
    }
    await this.settle();
  }

  /** Resolves when no request is in progress. */
  async settle(): Promise<void> {
    while (this.#flying.size > 0) await Promise.all(this.#flying);
  }

  /** Claims due rows and starts the sends that the limits allow. Returns the milliseconds until the next look. */
  async pass(): Promise<number> {
    const { deps } = this;
    await this.#recover();
    if (this.#isPaused(deps.now())) return this.#options.pollMs;
    await this.#claim();
    const now = deps.now();
    let next = now + this.#options.pollMs;
    const waiting: Claimed[] = [];
    for (const claimed of this.#queue) {
      if (this.#flying.size >= this.#options.concurrency) {
        waiting.push(claimed);
        next = Math.min(next, now + 5);
      } else if (claimed.until - now > this.#options.leaseMs / 2) {
        const { tenantId, readerId } = claimed.row;
        const permission = this.#late.has(tenantId)
          ? ({ kind: 'wait', until: now + LATE_MS } as const)
          : deps.limiter.take(tenantId, readerId, now);
        if (permission.kind === 'go') this.#start(claimed, now);
        else {
          waiting.push(claimed);
          next = Math.min(next, permission.until);
        }
      }
      // A row that a worker keeps too long becomes free: its lease ends, and the next worker takes it.
    }
    this.#queue = waiting;
    return Math.max(1, next - now);
  }

  /** No pause is longer than the longest one: a later end is from before the clock was set back. */
  #isPaused(now: number): boolean {
    return this.#pausedUntil > now && this.#pausedUntil <= now + UNAUTHORISED_PAUSE_MS;
  }

  /** Recovers rows that another process was sending when it died. Looks twice in each lease. */
  async #recover(): Promise<void> {
    const { deliveries, now, log } = this.deps;
    if (passedSince(this.#recoveredAt, now()) < this.#options.leaseMs / 2) return;
    this.#recoveredAt = now();
    const rows = await deliveries.claimAbandoned(now(), this.#options.queue);
    for (const row of rows) await deliveries.replace(row, recover(row, now()));
    if (rows.length > 0) log.warn('outages.recovered', { rows: rows.length });
    if (rows.length === this.#options.queue) this.#recoveredAt = Number.NEGATIVE_INFINITY;
  }

  async #claim(): Promise<void> {
    const { deps } = this;
    const { queue, leaseMs, pollMs } = this.#options;
    const room = queue - this.#queue.length;
    const now = deps.now();
    if (room < queue / 2 || passedSince(this.#lookedAt, now) < pollMs / 5) return;
    const full = this.#fullTenants(now);
    const batch = Math.min(room, this.#options.perTenantQueue);
    this.#lookedAt = now;
    const rows = await deps.deliveries.claimDue(now, batch, leaseMs, full);
    this.#queue.push(...rows.map((row) => ({ row, until: now + leaseMs })));
  }

  /**
   * Tenants that must wait, or that have as many rows here as they can use, so that other tenants need not wait for
   * them.
   */
  #fullTenants(now: number): readonly string[] {
    const counts = new Map<string, number>();
    for (const { row } of this.#queue) counts.set(row.tenantId, (counts.get(row.tenantId) ?? 0) + 1);
    return [...counts]
      .filter(
        ([tenant, count]) =>
          count >= this.#options.perTenantQueue / 2 || this.deps.limiter.pausedUntil(tenant) > now,
      )
      .map(([tenant]) => tenant);
  }

  #start(claimed: Claimed, allowedAt: number): void {
    const flight = this.#deliver(claimed, allowedAt).catch((error: unknown) =>
      this.deps.log.warn('outages.delivery-failed', { error }),
    );
    this.#flying.add(flight);
    void flight.then(() => this.#flying.delete(flight));
  }

  async #deliver(claimed: Claimed, allowedAt: number): Promise<void> {
    const { deliveries, now } = this.deps;
    const row = await this.#upToDate(claimed.row);
    const sending = row && begin(row, now());
    if (!row || !sending) return this.#letGo(row);
    if (!(await deliveries.replace(row, sending))) {
      // The incident changed since the claim, so the newest version is sent instead.
      const fresh = await deliveries.one(row.incidentId, row.readerId);
      if (fresh?.status === 'due' && fresh.dueAt <= now())
        return void this.#queue.push({ row: fresh, until: claimed.until });
      return this.#letGo(fresh);
    }
    if (await this.#inTime(sending, allowedAt, claimed.until))
      return this.#record(sending, await this.#send(sending));
    // Nothing was sent, so the row becomes as it was before.
    await deliveries.replace(sending, row);
  }

  /**
   * The row at the newest version of its incident. When the plan of a large audience has not reached this recipient,
   * the plan is made now, so that no recipient gets a first card about an end.
   */
  async #upToDate(row: Delivery): Promise<Delivery | undefined> {
    const incident = await this.#incidents.of(row.incidentId, row.wanted);
    if (!incident || incident.version <= row.wanted) return row;
    await this.deps.catchUp(row.incidentId, row.readerId);
    return this.deps.deliveries.one(row.incidentId, row.readerId);
  }

  /** Ends the claim on a row that is not to be sent now: when the row is due, any worker may take it. */
  async #letGo(row: Delivery | undefined): Promise<void> {
    if (row && row.status !== 'sending' && row.dueAt > this.deps.now())
      await this.deps.deliveries.replace(row, row);
  }

  /**
   * A permission counts only for a moment. After a slow store the worker asks the limits again, so that requests do not
   * bunch up. False when the claim would end before the request does.
   */
  async #inTime({ tenantId, readerId }: Delivery, allowedAt: number, until: number): Promise<boolean> {
    const { limiter, now, sleep } = this.deps;
    if (now() - allowedAt <= LATE_MS) return true;
    this.#late.set(tenantId, (this.#late.get(tenantId) ?? 0) + 1);
    try {
      for (;;) {
        const permission = limiter.take(tenantId, readerId, now());
        if (permission.kind === 'go') return true;
        if (permission.until > until - this.#options.leaseMs / 4) return false;
        await sleep(permission.until - now());
      }
    } finally {
      const others = (this.#late.get(tenantId) ?? 1) - 1;
      if (others > 0) this.#late.set(tenantId, others);
      else this.#late.delete(tenantId);
    }
  }

  async #send(sending: Delivery): Promise<Outcome> {
    const { sender } = this.deps;
    const incident = await this.#incidents.of(sending.incidentId, sending.wanted);
    if (!incident || !sending.out) return { kind: 'refused', code: 'no-incident' };
    return outcomeOf(await sender[sending.out.action](sending, incident));
  }

  /**
   * A change during the request stays wanted: the worker reads the row again and applies the outcome to the new row.
   */
  async #record(sending: Delivery, answer: Outcome): Promise<void> {
    const { deliveries, now, random } = this.deps;
    const outcome = this.#refusals.judged(sending.readerId, answer);
    let current: Delivery | undefined = sending;
    for (let tries = 0; current && tries < RECORD_TRIES; tries += 1) {
      const { delivery, effects } = record(current, outcome, now(), random());
      const done = await this.#stored(current, delivery, tries);
      if (done === 'yes') {
        if (outcome.kind === 'accepted') await this.#accepted(sending);
        if (delivery.status === 'dead') this.deps.log.warn('outages.given-up', { code: delivery.code });
        return this.#take(sending.tenantId, effects);
      }
      if (done === 'changed') current = await deliveries.one(sending.incidentId, sending.readerId);
      if (current && JSON.stringify(current.out) !== JSON.stringify(sending.out)) return;
    }
    this.deps.log.error('outages.outcome-lost', { kind: outcome.kind });
  }

  async #accepted({ tenantId, readerId }: Delivery): Promise<void> {
    this.#refusals.accepted(tenantId);
    if ((await this.#failing()).delete(readerId)) await this.deps.recipients.trust(readerId, this.deps.now());
  }

  async #failing(): Promise<Set<string>> {
    return (this.#doubted ??= new Set(await this.deps.recipients.doubted()));
  }

  /** Repeats the write while the store is briefly unavailable, so that a delivered card is not sent again. */
  async #stored(before: Delivery, after: Delivery, tries: number): Promise<'yes' | 'changed' | 'no'> {
    try {
      return (await this.deps.deliveries.replace(before, after)) ? 'yes' : 'changed';
    } catch (error) {
      this.deps.log.warn('outages.outcome-waits', { error });
      await this.deps.sleep(200 * 2 ** tries);
      return 'no';
    }
  }

  async #take(tenantId: string, effects: readonly Effect[]): Promise<void> {
    const { limiter, log, now, recipients } = this.deps;
    for (const effect of effects) {
      switch (effect.kind) {
        case 'pause-tenant':
          log.warn('outages.tenant-paused', { until: effect.until });
          limiter.pause(effect.tenantId, effect.until);
          break;
        case 'doubted':
          log.info('outages.refused-here', { code: effect.code });
          break;
        case 'pause-all':
          this.#refusals.credentialsRejected(effect.code);
          this.#pausedUntil = now() + UNAUTHORISED_PAUSE_MS;
          break;
        case 'disabled-by-admin':
          this.#refusals.disabledByAdmin(effect.tenantId, effect.code);
          limiter.pause(effect.tenantId, effect.until);
          break;
        case 'recipient-doubted':
          (await this.#failing()).add(effect.readerId);
          if (!(await recipients.doubt(effect.readerId, now()))) break;
          log.info('outages.recipient-unreachable', { code: effect.code });
          this.#refusals.unreachable(tenantId, effect.code);
          break;
        case 'recipient-unreachable':
          log.info('outages.recipient-unreachable', { code: effect.code });
          this.#refusals.unreachable(tenantId, effect.code);
          await recipients.setReachable(effect.readerId, false, effect.code, now());
          break;
      }
    }
  }
}
