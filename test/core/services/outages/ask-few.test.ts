/** The few recipients who are asked to confirm an unconfirmed outage, awake if possible, without a full read. */
import assert from 'node:assert/strict';
import type { Recipient } from '../../../../core/incident/audience.js';
import { doubted } from '../../../../core/incident/confirm.js';
import type { Incident } from '../../../../core/incident/types.js';
import { ASKED_TO_CONFIRM, withAsked, type AskingDeps } from '../../../../core/services/outages/ask-few.js';
import { affects, incident, NOON } from '../../../helpers/incidents.js';

const affected = affects({ offers: ['contoso.ledger'] });
const grave = incident({ severity: 'critical', affected });
const change = doubted(
  undefined,
  { incident: grave, announce: 'new', visible: true },
  { id: 'page', confirmAt: 'major' },
);
const night = { zone: 'UTC', from: 11 * 60, to: 13 * 60, days: [], override: 'critical' as const };

const recipient = (n: number, over: Partial<Recipient> = {}): Recipient => ({
  id: `r${String(n)}`, kind: 'person', tenantId: 't', optedOut: false, reachable: true, quiet: null,
  subscriptions: [{ what: { kind: 'offer', offerId: 'contoso.ledger' }, from: 'minor', by: 'reader' }], ...over,
}); // prettier-ignore

function desk(make: (n: number) => Recipient, count: number) {
  const read = { count: 0 };
  async function* all() {
    await Promise.resolve();
    for (let n = 0; n < count; n += 1) {
      read.count += 1;
      yield make(n);
    }
  }
  const stores = {
    recipients: { all },
    silences: { active: () => Promise.resolve([]) },
    incidents: { open: () => Promise.resolve([]) },
    publisherOf: () => 'contoso',
    now: () => NOON,
  };
  return { desk: stores as unknown as AskingDeps, read };
}

async function asked(make: (n: number) => Recipient, count: number, one = change, before?: Incident) {
  const { desk: deps, read } = desk(make, count);
  const { incident: after } = await withAsked(deps, before, one);
  return { ids: after.unconfirmed?.asked ?? [], read: read.count };
}

describe('the recipients who are asked to confirm', () => {
  it('are the first recipients concerned; the others are not read', async () => {
    const { ids, read } = await asked((n) => recipient(n, n % 2 === 0 ? {} : { subscriptions: [] }), 4000);
    assert.deepEqual(
      ids,
      [0, 2, 4, 6, 8, 10, 12, 14, 16, 18].map((n) => `r${String(n)}`),
    );
    assert.equal(ids.length, ASKED_TO_CONFIRM);
    assert.ok(read <= 400, String(read));
  });

  it('are outside their quiet hours; recipients in quiet hours are asked in the morning if there is no other recipient', async () => {
    const mild = { ...change, incident: { ...change.incident, severity: 'major' as const } };
    const awakeLast = await asked((n) => recipient(n, { quiet: n < 30 ? night : null }), 31, mild);
    assert.deepEqual(awakeLast.ids, ['r30']);
    assert.equal((await asked((n) => recipient(n, { quiet: night }), 30, mild)).ids.length, ASKED_TO_CONFIRM);
  });

  it('are no recipients when the outage concerns none of them', async () => {
    const { ids, read } = await asked((n) => recipient(n, { optedOut: true }), 20_000);
    assert.deepEqual(ids, []);
    assert.ok(read <= 5001, String(read));
  });

  it('stay the same until a decision, and are no recipients for a confirmed outage', async () => {
    const before: Incident = { ...grave, unconfirmed: { source: 'page', asked: ['ann'] } };
    const next = doubted(before, { ...change, incident: before }, { id: 'page', confirmAt: 'major' });
    assert.deepEqual((await asked(recipient, 20, next, before)).ids, ['ann']);
    const sure = { ...change, incident: grave };
    assert.equal((await asked(recipient, 20, sure)).read, 0);
  });
});
