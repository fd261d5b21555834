/** A courier on a real store. Tests make its channel fail and its worker die, and move its clock. */
import { randomUUID } from 'node:crypto';
import type { Entry, Handover, Side } from '../../core/handover/types.js';
import type { HandoverStore } from '../../core/handover/ports.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import { HandoverCourier, type Reach } from '../../core/services/handover/handover-sender.js';
import type { HandoverDeps } from '../../core/services/handover/handover.js';
import { CapturedLog } from './capture-log.js';

/** The fate of one request: `lost` arrives without an acknowledgement, `killed` ends the worker too. */
export type Fate = 'taken' | 'busy' | 'refused-now' | 'lost' | 'killed';

const OK = (id: string): SendResult => ({ kind: 'answered', status: 200, activityId: id });

export class HandoverChannel {
  now = Date.UTC(2026, 8, 1, 12);
  readonly log = new CapturedLog();
  /** Everything that arrived, by side: `card`, `update`, `remove <id>`, or the text of a message. */
  readonly arrived: Record<Side, string[]> = { visitor: [], staff: [] };
  readonly fates: Fate[] = [];
  /** When set, the answer to every request to this side. */
  readonly answers: Partial<Record<Side, SendResult>> = {};
  place: string | undefined = 'channel-1';
  private ids = 0;

  readonly desk: HandoverDeps;

  constructor(readonly store: HandoverStore) {
    this.desk = { store, now: () => this.now, newId: randomUUID, wake: () => undefined };
  }

  courier(): HandoverCourier {
    return new HandoverCourier({
      store: this.store,
      sender: {
        reach: (_handover, side, line) =>
          Promise.resolve(this.reach(side, line.activityId === null ? '' : line.place)),
      },
      limiter: { take: () => ({ kind: 'go' }), pause: () => undefined },
      now: () => this.now,
      random: () => 0.5,
      sleep: () => Promise.resolve(),
      wake: () => undefined,
      log: this.log,
    });
  }

  /** Runs one pass over the lines that are due now. */
  async pass(): Promise<void> {
    const courier = this.courier();
    await courier.pass();
    await courier.settle();
  }

  /** Moves the clock and works until no work is left. */
  async settle(rounds = 40): Promise<void> {
    const courier = this.courier();
    for (let round = 0; round < rounds; round += 1) {
      while ((await courier.pass()) === 0) await courier.settle();
      this.now += 60_000;
    }
  }

  private reach(side: Side, cardPlace: string): Reach | undefined {
    const place = side === 'visitor' ? 'conversation-1' : cardPlace === '' ? this.place : cardPlace;
    if (place === undefined) return undefined;
    return {
      place,
      tenantId: 't',
      isFormer: side === 'staff' && place !== this.place,
      card: () => this.request(side, 'card'),
      update: (one: Handover) => this.request(side, `update ${one.status}`),
      entry: (_one: Handover, entry: Entry) =>
        this.request(side, entry.what.kind === 'text' ? entry.what.text : entry.what.kind),
      remove: (id: string) => this.request(side, `remove ${id}`),
    };
  }

  private request(side: Side, what: string): Promise<SendResult> {
    const answer = this.answers[side];
    if (answer) return Promise.resolve(answer);
    const fate = this.fates.shift() ?? 'taken';
    const arrives = fate === 'taken' || fate === 'lost' || fate === 'killed';
    if (arrives) this.arrived[side].push(what);
    switch (fate) {
      case 'taken':
        return Promise.resolve(OK(`m-${String((this.ids += 1))}`));
      case 'busy':
        return Promise.resolve({ kind: 'answered', status: 429, retryAfterMs: 3000 });
      case 'refused-now':
        return Promise.resolve({ kind: 'answered', status: 412 });
      case 'lost':
        return Promise.resolve({ kind: 'answered', status: 502 });
      case 'killed':
        return Promise.reject(new Error('the process ended'));
    }
  }
}
