/**
 * The clock was ahead and is set back. What is due is sent soon, and the claim of a dead process does not last until the
 * clock reaches that time again. On every engine.
 */
import assert from 'node:assert/strict';
import { begin, record } from '../../core/incident/delivery.js';
import type { Incident } from '../../core/incident/types.js';
import { askForPerson } from '../../core/services/handover/handover.js';
import { HandoverChannel } from '../helpers/handover-courier.js';
import { topic, visitor } from '../helpers/handover-views.js';
import { affects, incident as opened, NOON } from '../helpers/incidents.js';
import { planAt, subscribeAll } from '../helpers/outage-recipients.js';
import { onEveryEngine } from '../helpers/stores.js';

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

onEveryEngine('after the clock was set back by a year', (stores, place) => {
  const outages = () => stores().outages;
  const isAt = (now: number) => (place().frozenAt = now);
  after(() => (place().frozenAt = undefined));
  before(() => subscribeAll(outages().recipients, ['r1', 'r2', 'r3', 'r4']));
  beforeEach(async () => {
    isAt(NOON);
    await stores().database.kysely.deleteFrom('deliveries').execute();
  });

  /** An incident that a clock a year ahead has stored, with a due card for each recipient. */
  async function incidentAhead(id: string): Promise<Incident> {
    const affected = affects({ offers: ['contoso.mail'], publishers: ['contoso'] });
    const incident = opened({ sourceId: id, affected }, { newId: id });
    const at = NOON + YEAR;
    const change = { seen: [], incident, before: undefined, plan: planAt(at), announce: 'none', at } as const;
    assert.equal(await outages().incidents.commit(change), 'committed');
    return incident;
  }
  const due = (now: number) => outages().deliveries.claimDue(now, 100, MINUTE, []);

  it('sends the cards that were due, also those that had failed, within a minute', async () => {
    await incidentAhead('late-1');
    const { deliveries } = outages();
    const tried = await deliveries.one('late-1', 'r1');
    const sending = tried && begin(tried, NOON + YEAR);
    assert.ok(tried && sending && (await deliveries.replace(tried, sending)));
    const failed = record(sending, { kind: 'retry', code: '502' }, NOON + YEAR, 0.9).delivery;
    assert.ok(await deliveries.replace(sending, failed));
    assert.deepEqual(await due(NOON), []);
    assert.equal(await stores().repairFutureTimes(), 4);
    const rows = await due(NOON + MINUTE);
    assert.deepEqual(rows.map((row) => row.readerId).sort(), ['r1', 'r2', 'r3', 'r4']);
    assert.ok(rows.every((row) => begin(row, NOON + MINUTE) !== undefined));
    assert.ok(rows.every((row) => (row.firstTryAt ?? NOON) <= NOON));
    assert.equal(await stores().repairFutureTimes(), 0);
  });

  it('frees the cards of a process that died with them, after a minute in which it may still finish', async () => {
    await incidentAhead('late-2');
    await due(NOON + YEAR);
    const { deliveries } = outages();
    const row = await deliveries.one('late-2', 'r2');
    const sending = row && begin(row, NOON + YEAR);
    assert.ok(row && sending && (await deliveries.replace(row, sending)));
    await stores().repairFutureTimes();
    assert.deepEqual(await deliveries.claimAbandoned(NOON + MINUTE - 1, 100), []);
    assert.deepEqual(await deliveries.claimAbandoned(NOON + MINUTE, 100), [sending]);
    assert.equal((await due(NOON + MINUTE)).length, 3);
  });

  it('ends quiet hours that would last until next year, and leaves tonight’s', async () => {
    await incidentAhead('late-3');
    const { deliveries } = outages();
    for (const [reader, dueAt] of [
      ['r1', NOON + YEAR],
      ['r2', NOON + 12 * 60 * MINUTE],
    ] as const) {
      const row = await deliveries.one('late-3', reader);
      assert.ok(row && (await deliveries.replace(row, { ...row, status: 'held', dueAt })));
    }
    await stores().repairFutureTimes();
    const held = await deliveries.claimHeld(NOON + MINUTE, 100, MINUTE);
    assert.deepEqual(
      held.map((row) => row.readerId),
      ['r1'],
    );
  });

  it('leaves a retry alone that waits for its ordinary time', async () => {
    await incidentAhead('late-4');
    const { deliveries } = outages();
    await stores().repairFutureTimes();
    const row = await deliveries.one('late-4', 'r1');
    assert.ok(row && (await deliveries.replace(row, { ...row, dueAt: NOON + 15 * MINUTE })));
    assert.equal(await stores().repairFutureTimes(), 0);
    assert.equal((await deliveries.one('late-4', 'r1'))?.dueAt, NOON + 15 * MINUTE);
  });

  it('brings a hand-over to both sides, also one that a dead process held', async () => {
    const channel = new HandoverChannel(stores().handovers);
    channel.now = NOON + YEAR;
    const who = { ...visitor, conversationId: 'ahead', userId: 'dl_ahead' };
    await askForPerson(channel.desk, who, topic('Please call me'), 'ask');
    const claims = await stores().handovers.claim(channel.now, 50, 15_000);
    assert.ok(claims.length > 0);
    channel.now = NOON;
    await channel.pass();
    assert.equal(channel.arrived.staff.length, 0);
    assert.ok((await stores().repairFutureTimes()) > 0);
    channel.now = NOON + MINUTE;
    await channel.settle(2);
    assert.ok(channel.arrived.staff.includes('card'));
    assert.ok(channel.arrived.visitor.length > 0);
  });

  it('gives the turn of a dead instance to the next delivery, and finds an acknowledged turn again', async () => {
    const { turns, lateTurns } = stores();
    const key = (activityId: string) => ({ channelId: 'msteams', conversationId: 'c', activityId });
    isAt(NOON + YEAR);
    await turns.claim(key('dead'));
    await lateTurns.keep(key('late'), { type: 'message', text: 'kept' }, NOON + YEAR);
    isAt(NOON);
    await stores().repairFutureTimes();
    assert.equal(await turns.claim(key('dead')), 'running');
    isAt(NOON + 3 * MINUTE);
    assert.equal(await turns.claim(key('dead')), 'new');
    const waiting = await lateTurns.waiting({ since: NOON - MINUTE, until: NOON + MINUTE });
    assert.deepEqual(waiting, [{ type: 'message', text: 'kept' }]);
  });

  it('sends the weekly summary within a minute, and keeps an ordinary one', async () => {
    const { weekly } = outages();
    await weekly.start('r1', NOON + YEAR);
    await weekly.start('r2', NOON + 6 * 24 * 60 * MINUTE);
    await stores().repairFutureTimes();
    assert.deepEqual(
      (await weekly.claim(NOON + MINUTE, 10, MINUTE)).map((row) => row.readerId),
      ['r1'],
    );
  });
});
