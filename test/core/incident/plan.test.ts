/** A changed incident is planned once, and a flood of notices from one sender becomes few deliveries. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Recipient } from '../../../core/incident/audience.js';
import { begin, record, type Delivery } from '../../../core/incident/delivery.js';
import { createGuard, GUARD } from '../../../core/incident/guard.js';
import { addsUp, ledgerOf } from '../../../core/incident/ledger.js';
import { applyEvent } from '../../../core/incident/lifecycle.js';
import { planDeliveries, type PlanInput } from '../../../core/incident/plan.js';
import type { Incident, OutageState } from '../../../core/incident/types.js';
import { affects, arrival, HOUR, incident, MINUTE, NOON } from '../../helpers/incidents.js';

const follows = { what: { kind: 'everything' as const }, from: 'minor' as const, by: 'reader' as const };
const recipients: readonly Recipient[] = ['ann', 'bo', 'cy'].map((id) => ({
  id,
  kind: 'person',
  tenantId: 't',
  subscriptions: id === 'cy' ? [] : [follows],
  optedOut: false,
  reachable: true,
  quiet: null,
}));
const outage = incident({ affected: affects({ publishers: ['contoso'] }) });
const input = (i: Incident, deliveries: ReadonlyMap<string, Delivery>, now = NOON): PlanInput => ({
  incident: i,
  announce: 'new',
  recipients,
  deliveries,
  facts: { now, silences: [], openIncidents: [i], publisherOf: () => undefined },
});
const byRecipient = (list: readonly Delivery[]): ReadonlyMap<string, Delivery> =>
  new Map(list.map((d) => [d.readerId, d]));

describe('planning deliveries', () => {
  it('makes one delivery for each recipient who gets the card, and none for others', () => {
    const plan = planDeliveries(input(outage, new Map()));
    assert.deepEqual(
      plan.deliveries.map((d) => [d.readerId, d.status]),
      [
        ['ann', 'due'],
        ['bo', 'due'],
      ],
    );
    assert.deepEqual(
      plan.decisions.map((d) => d.verdict),
      ['tell', 'tell', 'skip'],
    );
  });

  it('makes no more deliveries for the same change', () => {
    const first = planDeliveries(input(outage, new Map()));
    assert.deepEqual(planDeliveries(input(outage, byRecipient(first.deliveries))).deliveries, []);
  });

  it('makes at most one delivery for each incident and recipient, and the report always adds up', () => {
    const states = fc.array(
      fc.constantFrom<OutageState>('investigating', 'identified', 'monitoring', 'resolved'),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(states, fc.boolean(), (list, deliverBetween) => {
        let current: Incident | undefined;
        let stored = new Map<string, Delivery>();
        list.forEach((state, n) => {
          const now = NOON + n * MINUTE;
          const applied = applyEvent(current, arrival({ state, updatedAt: now }), now);
          if (!applied.incident) return;
          current = applied.incident;
          const plan = planDeliveries(input(current, stored, now));
          stored = new Map([...stored, ...byRecipient(plan.deliveries)]);
          if (deliverBetween) stored = new Map([...stored].map(([id, d]) => [id, delivered(d, now)]));
          assert.ok(addsUp(ledgerOf(stored.values())));
          assert.ok(stored.size <= 2);
        });
        if (!deliverBetween || !current) return;
        const settled = [...stored.values()].map((d) => delivered(d, NOON + HOUR));
        for (const d of settled) if (d.shown > 0) assert.equal(d.shown, current.version);
      }),
    );
  });
});

function delivered(delivery: Delivery, now: number): Delivery {
  let next = delivery;
  for (let n = 0; n < 3; n++) {
    const out = begin(next, now);
    if (!out) return next;
    next = record(out, { kind: 'accepted', activityId: 'a' }, now, 0).delivery;
  }
  return next;
}

describe('the limits on a flooding sender', () => {
  it('accept 60 of 10,000 notices in a minute, open 10 incidents, and name the time for the next notice', () => {
    const guard = createGuard();
    let taken = 0;
    let opened = 0;
    for (let n = 0; n < 10_000; n++) {
      const now = NOON + n * 6;
      if (guard.admit('wild', 'notices', GUARD.unsigned, now).retryAt !== null) continue;
      taken += 1;
      if (guard.admit('wild', 'incidents', GUARD.unsigned, now).retryAt === null) opened += 1;
    }
    assert.deepEqual([taken, opened], [60, 10]);
    const { retryAt } = guard.admit('wild', 'notices', GUARD.unsigned, NOON + 59_000);
    assert.ok(retryAt !== null && retryAt > NOON + 59_000 && retryAt <= NOON + 61_000);
    assert.equal(
      guard.admit('calm', 'notices', GUARD.unsigned, NOON + 59_000).retryAt,
      null,
      'another source is not held',
    );
  });

  it('alert at most four times an hour when an outage opens and ends 10,000 times', () => {
    let current: Incident | undefined;
    let rings = 0;
    for (let n = 0; n < 10_000; n++) {
      const now = NOON + n * 300;
      const applied = applyEvent(
        current,
        arrival({ state: n % 2 === 0 ? 'investigating' : 'resolved', updatedAt: now }),
        now,
      );
      current = applied.incident;
      if ('announce' in applied && applied.announce !== 'none') rings += 1;
    }
    assert.equal(rings, 4, 'new, and three returns');
  });
});
