/** The morning digest within the platform's limits, and how each refusal affects the waiting cards. */
import assert from 'node:assert/strict';
import type { Delivery } from '../../../../core/incident/delivery.js';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import type { IncidentStore } from '../../../../core/incident/ports.js';
import type { Permission } from '../../../../core/incident/rate.js';
import { planDeliveries } from '../../../../core/incident/plan.js';
import { sendMorningDigests, type MorningDeps } from '../../../../core/services/outages/morning-digest.js';
import { incident as opened, NOON } from '../../../helpers/incidents.js';
import { about } from '../../../helpers/outage-recipients.js';

const incident = opened();
const follows = { what: { kind: 'everything' }, from: 'none', by: 'reader' } as const;
const recipient = (id: string) =>
  ({ ...about(id), subscriptions: [follows], optedOut: false, reachable: true, quiet: null }) as const;
const facts = { now: NOON, silences: [], openIncidents: [], publisherOf: () => undefined };

function held(id: string): Delivery {
  const plan = {
    incident,
    announce: 'new',
    recipients: [recipient(id)],
    deliveries: new Map(),
    facts,
  } as const;
  const [row] = planDeliveries(plan).deliveries;
  assert.ok(row);
  return { ...row, status: 'held', dueAt: NOON };
}

/** A morning of these recipients, with the same platform answer for each. */
function morning(ids: readonly string[], answer: SendResult, permission: (now: number) => Permission) {
  const rows = new Map(ids.map((id) => [id, held(id)]));
  const sent: string[] = [];
  const paused: number[] = [];
  const unreachable: string[] = [];
  const clock = { now: NOON };
  const deps: MorningDeps = {
    now: () => clock.now,
    sleep: (ms) => Promise.resolve(void (clock.now += ms)),
    incidents: {
      byId: () => Promise.resolve(incident),
      open: () => Promise.resolve([incident]),
    } as unknown as IncidentStore,
    silences: { active: () => Promise.resolve([]) },
    publisherOf: () => undefined,
    deliveries: {
      claimHeld: () => Promise.resolve([...rows.values()].filter((row) => row.status === 'held')),
      replace: (before, after) => Promise.resolve(rows.set(before.readerId, after).size > 0),
    },
    recipients: {
      byId: (id) => Promise.resolve(recipient(id)),
      setReachable: (id) => Promise.resolve(void unreachable.push(id)),
    },
    limiter: {
      take: (_tenant, _thread, now) => permission(now),
      pause: (_tenant, until) => void paused.push(until),
    },
    sendDigest: (digest) => {
      sent.push(digest.readerId);
      return Promise.resolve(answer);
    },
  };
  const statuses = () => [...rows.values()].map((row) => row.status).join(' ');
  return { tell: () => sendMorningDigests(deps), sent, paused, unreachable, clock, statuses };
}

const go = (): Permission => ({ kind: 'go' });
const taken: SendResult = { kind: 'answered', status: 201, activityId: 'd1' };
const refusal = (status: number, code = '', retryAfterMs?: number): SendResult => ({
  kind: 'answered',
  status,
  code,
  retryAfterMs,
});

describe('the morning digest', () => {
  it('waits for the limits and sends each recipient one digest', async () => {
    let next = NOON;
    const one = morning(['ann', 'bo', 'cy'], taken, (now) => {
      if (now < next) return { kind: 'wait', until: next };
      next = now + 1000;
      return { kind: 'go' };
    });
    assert.equal(await one.tell(), 3);
    assert.deepEqual(
      [one.sent, one.statuses(), one.clock.now - NOON],
      [['ann', 'bo', 'cy'], 'due due due', 2000],
    );
  });

  it('waits for a later batch when a tenant must wait long; nothing is lost', async () => {
    const one = morning(['ann'], taken, () => ({ kind: 'wait', until: NOON + 60_000 }));
    await one.tell();
    assert.deepEqual([one.sent, one.statuses(), one.clock.now], [[], 'held', NOON]);
  });

  const table: readonly (readonly [string, SendResult, string])[] = [
    ['taken', taken, 'due'],
    ['429', refusal(429, 'Throttled', 9000), 'held'],
    ['412', refusal(412), 'held'],
    ['401 BotNotRegistered', refusal(401), 'held'],
    ['403 BotDisabledByAdmin', refusal(403, 'BotDisabledByAdmin'), 'held'],
    ['403 ConversationBlockedByUser', refusal(403, 'ConversationBlockedByUser'), 'due'],
    ['502, which may have arrived', refusal(502), 'due'],
    ['a time-out, which may have arrived', { kind: 'timed-out' }, 'due'],
    ['413, which will never be taken', refusal(413), 'due'],
  ];
  for (const [what, answer, expected] of table) {
    it(`after the answer “${what}” sets its cards to ${expected}`, async () => {
      const one = morning(['ann'], answer, go);
      await one.tell();
      assert.deepEqual([one.sent, one.statuses()], [['ann'], expected]);
      assert.deepEqual(one.paused, what === '429' ? [NOON + 9000] : []);
      assert.deepEqual(one.unreachable, what.includes('ConversationBlockedByUser') ? ['ann'] : []);
    });
  }
});
