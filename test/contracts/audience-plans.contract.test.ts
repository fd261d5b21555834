/** The plan of a large audience goes page by page, continues after a stop, and decides once for each recipient. */
import assert from 'node:assert/strict';
import { putDeliveries } from '../../bot/store/outages/delivery-rows.js';
import { inPages } from '../../bot/store/engine/rows.js';
import type { Delivery } from '../../core/incident/delivery.js';
import { ledgerOf, ledgerOfCounts } from '../../core/incident/ledger.js';
import type { IncidentChange } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';
import { fillRecipients } from '../helpers/audience.js';
import { planAt, subscribeAll } from '../helpers/outage-recipients.js';
import { incident as opened, NOON } from '../helpers/incidents.js';
import { onEveryEngine } from '../helpers/stores.js';

const READERS = 600;

onEveryEngine('planning a large audience', (stores) => {
  before(() => fillRecipients(stores(), READERS));
  const outages = () => stores().outages;

  const store = async (incident: Incident, over: Partial<IncidentChange> = {}): Promise<Incident> => {
    const change = {
      seen: [],
      incident,
      before: undefined,
      announce: 'none',
      plan: planAt(NOON),
      at: NOON,
    } as const;
    assert.equal(await outages().incidents.commit({ ...change, ...over }), 'committed');
    return incident;
  };
  const changed = (was: Incident, announce: IncidentChange['announce'], over: Partial<Incident> = {}) =>
    store({ ...was, ...over, version: was.version + 1 }, { before: was, announce });
  const next = (id: string) => outages().incidents.planNext(id, planAt(NOON), NOON);
  const rest = async (id: string): Promise<void> => {
    for (let pages = 0; (await next(id)) === 'more'; pages += 1) assert.ok(pages < 20, 'comes to an end');
  };
  const rows = async (id: string): Promise<readonly Delivery[]> => {
    const all: Delivery[] = [];
    for await (const row of outages().deliveries.ofIncident(id)) all.push(row);
    return all;
  };
  /** Marks every card as sent at its current version. */
  const show = async (id: string): Promise<void> => {
    const shown = (await rows(id)).map(
      (row) => ({ ...row, status: 'shown', shown: row.wanted, activityId: `m-${row.readerId}` }) as const,
    );
    await inPages(shown, 200, (page) => putDeliveries(stores().database.kysely, page));
  };

  it('makes the first cards due with the incident, and plans each other recipient once, page by page', async () => {
    const one = await store(opened({}, { newId: 'p1' }));
    const first = await rows('p1');
    assert.ok(first.length > 0 && first.length < READERS, `${first.length} at once`);
    assert.equal(await outages().incidents.undecided('p1'), READERS - first.length);
    assert.deepEqual(await outages().incidents.planning(), ['p1']);
    await rest('p1');
    const all = await rows('p1');
    assert.equal(new Set(all.map((row) => row.readerId)).size, READERS);
    assert.ok(all.every((row) => row.status === 'due' && row.wanted === one.version));
    assert.equal(await outages().incidents.undecided('p1'), 0);
    assert.deepEqual(await outages().incidents.planning(), []);
    assert.equal(await next('p1'), 'done');
  });

  it('sends the end of an outage only to recipients who got a card before', async () => {
    const one = await store(opened({}, { newId: 'p2' }));
    const heard = (await rows('p2')).length;
    await show('p2');
    await changed(one, 'none', { state: 'resolved', resolvedAt: NOON });
    await rest('p2');
    assert.equal((await rows('p2')).length, heard);
    const { behind, total } = ledgerOf(await rows('p2'));
    assert.deepEqual([behind, total], [heard, heard], 'and everybody who heard of it hears of its end');
  });

  it('alerts every recipient once when a quiet change comes during an alerting change', async () => {
    const one = await store(opened({}, { newId: 'p3' }));
    await rest('p3');
    await show('p3');
    const graver = await changed(one, 'severity-rise', { severity: 'critical' });
    await next('p3');
    const noted = await changed(graver, 'none');
    await rest('p3');
    const all = await rows('p3');
    assert.deepEqual([...new Set(all.map((row) => row.alertsWanted))], [1]);
    assert.deepEqual([...new Set(all.map((row) => row.wanted))], [noted.version]);
  });

  it('merges a quiet change into the next alerting change', async () => {
    const one = await store(opened({}, { newId: 'p4' }));
    await rest('p4');
    await show('p4');
    const noted = await changed(one, 'none');
    const graver = await changed(noted, 'severity-rise', { severity: 'critical' });
    await rest('p4');
    const all = await rows('p4');
    assert.deepEqual(
      [...new Set(all.map((row) => [row.alertsWanted, row.wanted].join()))],
      [`1,${graver.version}`],
    );
  });

  it('plans one recipient early with the same result as in the usual order', async () => {
    const one = await store(opened({}, { newId: 'p5' }));
    await rest('p5');
    await show('p5');
    const graver = await changed(one, 'severity-rise', { severity: 'critical' });
    const last = `r${String(READERS - 1).padStart(6, '0')}`;
    const before = await outages().deliveries.one('p5', last);
    assert.equal(before?.wanted, one.version);
    await outages().incidents.planRecipients('p5', [last], planAt(NOON));
    const after = await outages().deliveries.one('p5', last);
    assert.deepEqual([after?.status, after?.wanted, after?.alertsWanted], ['due', graver.version, 1]);
    await rest('p5');
    assert.deepEqual(
      await outages().deliveries.one('p5', last),
      after,
      'and in its turn nothing is left to do',
    );
  });

  it('counts the same from the index as from every row', async () => {
    await store(opened({}, { newId: 'p7' }));
    await rest('p7');
    const [a, b, c, d] = await rows('p7');
    assert.ok(a && b && c && d);
    const { deliveries } = outages();
    await deliveries.replace(a, { ...a, status: 'shown', shown: 1, suspected: 2 });
    await deliveries.replace(b, { ...b, status: 'muted', code: 'silenced' });
    await deliveries.replace(c, { ...c, status: 'dead', code: '413 MessageSizeTooBig' });
    await deliveries.replace(d, { ...d, throttled: 1, code: '429' });
    const ledger = ledgerOfCounts(await deliveries.counts('p7'));
    assert.deepEqual(ledger, ledgerOf(await rows('p7')));
    assert.deepEqual(
      [ledger.total, ledger.current, ledger.suspected, ledger.mutedByReason, ledger.waitingByCode],
      [READERS, 1, 2, { silenced: 1 }, { 429: 1 }],
    );
  });

  it('gives each tenant its share of due rows, also a small tenant beside a large tenant', async () => {
    await subscribeAll(outages().recipients, ['z1', 'z2'], { tenantId: 'small' });
    await store(opened({}, { newId: 'p8' }));
    await rest('p8');
    const { deliveries } = outages();
    const claimed = await deliveries.claimDue(NOON, 20, 60_000, []);
    assert.equal(claimed.length, 12);
    assert.deepEqual(
      claimed
        .filter((row) => row.tenantId === 'small' && row.incidentId === 'p8')
        .map((row) => row.readerId)
        .sort(),
      ['z1', 'z2'],
    );
    const more = await deliveries.claimDue(NOON, 20, 60_000, ['t0']);
    assert.deepEqual(more, [], 'a tenant that waits is left out');
    const others = await deliveries.claimDue(NOON, 20, 60_000, ['small']);
    assert.equal(others.length, 20);
    assert.equal(new Set([...claimed, ...others].map((row) => `${row.incidentId} ${row.readerId}`)).size, 32);
  });
});
