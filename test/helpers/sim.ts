/** A clock that jumps to the next event, and a connector on this clock with the exact limits of the platform. */
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { Delivery } from '../../core/incident/delivery.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { CardSender } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';

/** Time passes only when no other work is left and no store works. */
export class SimClock {
  /** Calls of the stores that time waited for, and timers that ended: work that no other load of the machine changes. */
  calls = 0;
  wakes = 0;
  #now: number;
  #order = 0;
  #asked = 0;
  #timers: { at: number; order: number; wake: () => void }[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  readonly now = (): number => this.#now;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => this.#push({ at: this.#now + Math.max(0, ms), order: this.#order++, wake }));

  /** Wraps a store, so that time waits for the store's answers. Otherwise a slow server would let leases end. */
  readonly waitingFor = <T extends object>(store: T): T =>
    new Proxy(store, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return (...given: readonly unknown[]): unknown => {
          const answer: unknown = Reflect.apply(member, target, given);
          return answer instanceof Promise ? this.#held(answer) : answer;
        };
      },
    });

  /** Lets time pass until `done`. */
  async until(done: () => boolean): Promise<void> {
    for (let waits = 0; !done();) {
      await (waits > 3 ? pause(1) : nextTurn());
      waits = this.#asked > 0 ? waits + 1 : 0;
      if (waits > 0) continue;
      const next = this.#pop();
      if (!next) continue;
      this.#now = Math.max(this.#now, next.at);
      this.wakes += 1;
      next.wake();
    }
  }

  async #held<T>(answer: Promise<T>): Promise<T> {
    this.calls += 1;
    this.#asked += 1;
    try {
      return await answer;
    } finally {
      this.#asked -= 1;
    }
  }

  #push(timer: { at: number; order: number; wake: () => void }): void {
    this.#timers.push(timer);
    for (let i = this.#timers.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) break;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #pop() {
    const [first] = this.#timers;
    const last = this.#timers.pop();
    if (!first || !last || this.#timers.length === 0) return first;
    this.#timers[0] = last;
    for (let i = 0; ;) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < this.#timers.length && this.#before(child, least)) least = child;
      if (least === i) return first;
      this.#swap(i, least);
      i = least;
    }
  }

  #before(a: number, b: number): boolean {
    const [x, y] = [this.#timers[a], this.#timers[b]];
    return x !== undefined && y !== undefined && (x.at < y.at || (x.at === y.at && x.order < y.order));
  }

  #swap(a: number, b: number): void {
    const [x, y] = [this.#timers[a], this.#timers[b]];
    if (x && y) [this.#timers[a], this.#timers[b]] = [y, x];
  }
}

/** The limits that Teams documents: requests for one app and tenant, and for one thread. */
const TENANT = { count: 50, ms: 1000 };
const THREAD = [
  { count: 7, ms: 1000 },
  { count: 8, ms: 2000 },
  { count: 60, ms: 30_000 },
];

export interface SimOptions {
  readonly latencyMs?: (call: number) => number;
  /** Replaces the answer "taken", by the number and the time of the call. */
  readonly answer?: (call: number, now: number, readerId: string) => SendResult | undefined;
}

/** Accepts cards, keeps the cards that each recipient sees, and counts every request beyond a limit. */
export class SimConnector implements CardSender {
  calls = 0;
  creates = 0;
  updates = 0;
  replies = 0;
  violations = 0;
  firstAt = 0;
  lastAt = 0;
  /** The version each message shows, by its id; kept only where asked for. */
  readonly shown = new Map<string, { recipient: string; version: number }>();
  readonly #tenants = new Map<string, number[]>();
  readonly #threads = new Map<string, number[]>();

  constructor(
    private readonly clock: SimClock,
    private readonly options: SimOptions = {},
    private readonly keep = true,
  ) {}

  create(delivery: Delivery, incident: Incident): Promise<SendResult> {
    return this.#request(delivery, () => {
      this.creates += 1;
      const id = `m${this.creates}`;
      if (this.keep) this.shown.set(id, { recipient: delivery.readerId, version: incident.version });
      return id;
    });
  }

  update(delivery: Delivery, incident: Incident): Promise<SendResult> {
    return this.#request(delivery, () => {
      this.updates += 1;
      const id = delivery.activityId ?? '';
      if (this.keep) this.shown.set(id, { recipient: delivery.readerId, version: incident.version });
      return id;
    });
  }

  reply(delivery: Delivery): Promise<SendResult> {
    return this.#request(delivery, () => `r${(this.replies += 1)}`);
  }

  async #request({ tenantId, readerId }: Delivery, take: () => string): Promise<SendResult> {
    const { clock, options } = this;
    const call = (this.calls += 1);
    const now = clock.now();
    this.firstAt ||= now;
    this.lastAt = now;
    const over = this.#over(tenantId, readerId, now);
    if (over) this.violations += 1;
    const answer = options.answer?.(call, now, readerId);
    await clock.sleep(options.latencyMs?.(call) ?? 60 + ((call * 37) % 80));
    if (answer) return answer;
    if (over) return { kind: 'answered', status: 429, retryAfterMs: 1000 };
    return { kind: 'answered', status: 201, activityId: take() };
  }

  #over(tenant: string, thread: string, now: number): boolean {
    const tenantOver = count(this.#tenants, tenant, now, [TENANT]);
    const threadOver = count(this.#threads, thread, now, THREAD);
    if (this.calls % 2000 === 0) forget(this.#threads, now - 31_000);
    return tenantOver || threadOver;
  }
}

function count(
  all: Map<string, number[]>,
  key: string,
  now: number,
  windows: readonly { count: number; ms: number }[],
): boolean {
  const longest = Math.max(...windows.map((one) => one.ms));
  const times = (all.get(key) ?? []).filter((at) => at > now - longest);
  times.push(now);
  all.set(key, times);
  return windows.some((one) => times.filter((at) => at > now - one.ms).length > one.count);
}

function forget(all: Map<string, number[]>, before: number): void {
  for (const [key, times] of all) if ((times.at(-1) ?? 0) < before) all.delete(key);
}
