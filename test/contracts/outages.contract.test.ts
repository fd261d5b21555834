/** The stores of the outage feature: senders, incidents in transactions, recipients, silences, the queue of cards. */
import assert from 'node:assert/strict';
import { begin, record } from '../../core/incident/delivery.js';
import { groupKeys } from '../../core/incident/grouping.js';
import type { IncidentChange } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';
import { about, planAt, subscribeAll } from '../helpers/outage-recipients.js';
import { affects, incident as opened, NOON } from '../helpers/incidents.js';
import { onEveryEngine } from '../helpers/stores.js';
import { outageSource } from '../helpers/outages.js';

const source = outageSource({ id: 'contoso', auth: { kind: 'url-token', hashes: ['ab'] } });
const incident = (id: string, offer = 'contoso.mail', over: Partial<Incident> = {}): Incident => ({
  ...opened({ sourceId: id, affected: affects({ offers: [offer], publishers: ['contoso'] }) }, { newId: id }),
  ...over,
});
const change = (one: Incident, over: Partial<IncidentChange> = {}): IncidentChange => ({
  seen: [],
  incident: one,
  before: undefined,
  plan: undefined,
  announce: 'none',
  at: NOON,
  ...over,
});

onEveryEngine('senders of outages', (stores) => {
  it('can be saved, changed and listed, and have their secrets in a separate store', async () => {
    const { sources, secrets } = stores().outages;
    assert.equal(await sources.byId('contoso'), undefined);
    await sources.save(source, 'amy', 1);
    await sources.save({ ...source, active: false }, 'bob', 2);
    assert.deepEqual(await sources.byId('contoso'), { ...source, active: false });
    assert.equal((await sources.list()).length, 1);
    await secrets.write('contoso/1', 'whsec_x', 1);
    await secrets.write('contoso/1', 'whsec_y', 2);
    assert.equal(await secrets.read('contoso/1'), 'whsec_y');
    await secrets.remove('contoso/1');
    assert.equal(await secrets.read('contoso/1'), undefined);
  });
});

onEveryEngine('incidents', (stores) => {
  const incidents = () => stores().outages.incidents;

  it('remember the notices seen, and do not change for a repeated notice', async () => {
    const one = incident('i1');
    assert.equal(await incidents().commit(change(one, { seen: ['s|1', 's|k'] })), 'committed');
    assert.deepEqual(await incidents().byId('i1'), one);
    assert.equal(await incidents().wasSeen(['s|k']), true);
    assert.equal(await incidents().wasSeen(['s|other']), false);
    const again = change({ ...one, title: 'Changed' }, { before: one, seen: ['s|k'] });
    assert.equal(await incidents().commit(again), 'seen-before');
    assert.equal((await incidents().byId('i1'))?.title, one.title);
  });

  it('refuse a change computed from an older state, and store no part of that change', async () => {
    const one = incident('i2');
    await incidents().commit(change(one));
    const next = { ...one, version: 2, title: 'Second' };
    assert.equal(await incidents().commit(change(next, { before: one })), 'committed');
    const late = change({ ...one, version: 2, title: 'Late' }, { before: one, seen: ['late'] });
    assert.equal(await incidents().commit(late), 'conflict');
    assert.equal(await incidents().commit(change(one)), 'conflict', 'nor can it be new twice');
    assert.equal((await incidents().byId('i2'))?.title, 'Second');
    assert.equal(await incidents().wasSeen(['late']), false);
  });

  it('can be found by their sender’s id even when closed, and by affected offer while open', async () => {
    const open = incident('i3', 'contoso.crm');
    const over = incident('i4', 'contoso.crm', { state: 'resolved', resolvedAt: NOON });
    await incidents().commit(change(open));
    await incidents().commit(change(over));
    const ids = async (id: string, keys: readonly string[]) =>
      (await incidents().candidates('contoso', id, keys)).map((one) => one.id).sort();
    assert.deepEqual(await ids('i4', []), ['i4']);
    assert.deepEqual(
      await ids(
        'nobody',
        groupKeys(open.affected.offers.length ? { ...open.affected, publishers: [] } : open.affected),
      ),
      ['i3'],
    );
  });

  it('concern the named offers, or all offers of a publisher when the outage is publisher-wide', async () => {
    const wide = incident('i5', 'x', { affected: affects({ publishers: ['fabrikam'] }) });
    const part = incident('i6', 'fabrikam.backup', {
      affected: affects({ offers: ['fabrikam.backup'], publishers: ['fabrikam'] }),
    });
    await incidents().commit(change(wide));
    await incidents().commit(change(part));
    const of = async (offer: string | null, publisher: string | null) =>
      (await incidents().openFor(offer, publisher)).map((one) => one.id).sort();
    assert.deepEqual(await of('fabrikam.backup', 'fabrikam'), ['i5', 'i6']);
    assert.deepEqual(await of('fabrikam.files', 'fabrikam'), ['i5']);
    assert.deepEqual(await of(null, 'fabrikam'), ['i5', 'i6']);
    assert.deepEqual(await of(null, null), []);
  });

  it('run one after another', async () => {
    const order: string[] = [];
    const work = (name: string) =>
      incidents().inOrder(async () => {
        order.push(`${name} begins`);
        await Promise.resolve();
        order.push(`${name} ends`);
      });
    await Promise.all([work('a'), work('b')]);
    assert.deepEqual(
      order.map((line) => line.slice(2)),
      ['begins', 'ends', 'begins', 'ends'],
    );
  });
});

onEveryEngine('recipients of outages', (stores) => {
  const recipients = () => stores().outages.recipients;

  it('have a language and an address, and keep each subscription once when seen again', async () => {
    await recipients().know(about('amy'), 1);
    const wish = { what: { kind: 'offer', offerId: 'contoso.mail' }, from: 'minor', by: 'reader' } as const;
    await recipients().subscribe('amy', wish, 2);
    await recipients().subscribe('amy', { ...wish, from: 'major' }, 3);
    await recipients().know(about('amy', { language: 'zh-Hant', zone: 'Asia/Taipei' }), 4);
    const amy = await recipients().byId('amy');
    assert.deepEqual(amy?.subscriptions, [{ ...wish, from: 'major' }]);
    assert.deepEqual([amy?.language, amy?.zone, amy?.reachable], ['zh-Hant', 'Asia/Taipei', true]);
    await recipients().unsubscribe('amy', wish.what, 5);
    assert.deepEqual((await recipients().byId('amy'))?.subscriptions, []);
  });

  it('keep their refusals, stay unreachable until they write again, and set quiet hours', async () => {
    await recipients().know(about('bob'), 1);
    await recipients().setOptedOut('bob', true, 2);
    await recipients().setReachable('bob', false, '403', 2);
    assert.equal((await recipients().byId('bob'))?.reachable, false);
    await recipients().know(about('bob'), 3);
    const quiet = { zone: 'UTC', from: 0, to: 60, days: [], override: 'critical' } as const;
    await recipients().setQuiet('bob', quiet, 4);
    const bob = await recipients().byId('bob');
    assert.deepEqual([bob?.optedOut, bob?.reachable, bob?.quiet], [true, true, quiet]);
  });

  it('end after given-up cards over days, but not on one bad day, and come back when they write', async () => {
    const DAY = 86_400_000;
    await recipients().know(about('cleo'), 0);
    for (let n = 0; n < 9; n += 1) assert.equal(await recipients().doubt('cleo', n * 60_000), false);
    assert.deepEqual(await recipients().doubted(), ['cleo']);
    await recipients().trust('cleo', DAY);
    assert.deepEqual(await recipients().doubted(), []);
    const days = [];
    for (const day of [2, 3, 5]) days.push(await recipients().doubt('cleo', day * DAY));
    assert.deepEqual([days, (await recipients().byId('cleo'))?.reachable], [[false, false, true], false]);
    await recipients().know(about('cleo'), 6 * DAY);
    const cleo = await recipients().byId('cleo');
    assert.deepEqual([cleo?.reachable, cleo?.failing, await recipients().doubted()], [true, undefined, []]);
    await recipients().doubt('cleo', 6 * DAY);
    await recipients().know(about('cleo'), 7 * DAY);
    assert.deepEqual(await recipients().doubted(), [], 'any sign of life ends the doubt');
  });

  it('get the topics of their team as team leads, may decline topics, and keep their own choices', async () => {
    const { recipients } = stores().outages;
    await recipients.know(about('lead'), 1);
    const topic = (offerId: string, by: 'reader' | 'team-default') =>
      ({ what: { kind: 'offer', offerId }, from: 'major', by }) as const;
    const ids = async () =>
      (await recipients.byId('lead'))?.subscriptions.map((one) => JSON.stringify(one.what));
    const set = (...offers: readonly string[]) =>
      recipients.setTeamTopics(
        'lead',
        offers.map((one) => topic(one, 'team-default')),
        2,
      );
    assert.equal(await set('a.1', 'a.2'), true);
    assert.equal(await set('a.1', 'a.2'), false, 'the same again changes nothing');
    await recipients.unsubscribe('lead', { kind: 'offer', offerId: 'a.1' }, 3);
    await recipients.subscribe('lead', topic('a.3', 'reader'), 3);
    assert.equal(await set('a.1', 'a.2', 'a.4'), true);
    assert.match(String(await ids()), /^[^1]*a\.2[^1]*a\.4[^1]*a\.3[^1]*$/);
    await recipients.subscribe('lead', topic('a.1', 'reader'), 4);
    await recipients.unsubscribe('lead', { kind: 'offer', offerId: 'a.3' }, 4);
    await set();
    assert.deepEqual((await recipients.byId('lead'))?.subscriptions, [topic('a.1', 'reader')]);
    assert.equal(await recipients.setTeamTopics('nobody', [topic('a.1', 'team-default')], 5), false);
  });

  it('come once each when the list has more than one page', async () => {
    await subscribeAll(
      recipients(),
      Array.from({ length: 510 }, (_, n) => `many-${n}`),
    );
    const ids: string[] = [];
    for await (const recipient of recipients().all())
      if (recipient.id.startsWith('many-')) ids.push(recipient.id);
    assert.equal(new Set(ids).size, 510);
    assert.equal(ids.length, 510);
  });
});

onEveryEngine('silences', (stores) => {
  it('last until their end time, or until a person ends them', async () => {
    const { silences } = stores().outages;
    const silence = (id: string, until: number) =>
      ({
        id,
        readerId: null,
        tenantId: 't1',
        what: { kind: 'everything' },
        reason: 'move',
        by: 'amy',
        until,
      }) as const;
    await silences.add(silence('s1', 100));
    await silences.add(silence('s2', 200));
    assert.deepEqual(
      (await silences.active(50)).map((one) => one.id),
      ['s1', 's2'],
    );
    assert.deepEqual(
      (await silences.active(100)).map((one) => one.id),
      ['s2'],
    );
    await silences.end('s2', 'amy', 120);
    assert.deepEqual(await silences.active(100), []);
  });
});

onEveryEngine('the queue of cards', (stores, place) => {
  const outages = () => stores().outages;
  const open = async (id: string, at = NOON) => {
    const one = incident(id);
    await outages().incidents.commit(change(one, { plan: planAt(at), at }));
    return one;
  };
  before(() => subscribeAll(outages().recipients, ['r1', 'r2', 'r3', 'r4']));

  it('gets its rows in the incident’s transaction, and stays empty when the store refuses the change', async () => {
    const one = await open('q1');
    const rows = [];
    for await (const row of outages().deliveries.ofIncident('q1')) rows.push(row);
    assert.deepEqual(
      rows.map((row) => [row.readerId, row.status]),
      [
        ['r1', 'due'],
        ['r2', 'due'],
        ['r3', 'due'],
        ['r4', 'due'],
      ],
    );
    const other = incident('q2');
    const bad = change(other, { before: one, plan: planAt(NOON) });
    assert.equal(await outages().incidents.commit(bad), 'conflict');
    assert.equal(await outages().deliveries.one('q2', 'r1'), undefined);
  });

  it('gives each row to one worker until the lease ends, and leaves out paused tenants', async () => {
    const { deliveries } = outages();
    assert.deepEqual(await deliveries.claimDue(NOON, 10, 1000, ['t1']), []);
    const claims = await Promise.all([
      deliveries.claimDue(NOON, 2, 1000, []),
      deliveries.claimDue(NOON, 4, 1000, []),
    ]);
    const ids = claims.flat().map((row) => row.readerId);
    assert.equal(new Set(ids).size, ids.length, 'nobody got the same row');
    const rest = await deliveries.claimDue(NOON + 999, 10, 1000, []);
    assert.equal(ids.length + rest.length, 4);
    assert.equal((await deliveries.claimDue(NOON + 2000, 10, 1000, [])).length, 4);
  });

  it('refuses a change that was computed from an older row', async () => {
    const { deliveries } = outages();
    const row = await deliveries.one('q1', 'r1');
    const sending = row && begin(row, NOON);
    assert.ok(row && sending);
    assert.equal(await deliveries.replace(row, sending), true);
    assert.equal(await deliveries.replace(row, sending), false);
    const done = record(sending, { kind: 'accepted', activityId: 'm1' }, NOON, 0).delivery;
    assert.equal(await deliveries.replace(sending, done), true);
    assert.deepEqual(await deliveries.one('q1', 'r1'), done);
  });

  it('releases a row after its lease when the sending process died', async () => {
    const { deliveries } = outages();
    const [row] = await deliveries.claimDue(NOON + 10_000, 1, 1000, []);
    const sending = row && begin(row, NOON + 10_000);
    assert.ok(row && sending && (await deliveries.replace(row, sending)));
    assert.deepEqual(await deliveries.claimAbandoned(NOON + 10_500, 5), []);
    assert.deepEqual(await deliveries.claimAbandoned(NOON + 11_000, 5), [sending]);
  });

  it('gives out held rows when the quiet hours are over', async () => {
    const { deliveries } = outages();
    const row = await deliveries.one('q1', 'r4');
    assert.ok(row);
    assert.ok(await deliveries.replace(row, { ...row, status: 'held', dueAt: NOON + 50_000 }));
    assert.deepEqual(await deliveries.claimHeld(NOON + 49_999, 5, 1000), []);
    assert.equal((await deliveries.claimHeld(NOON + 50_000, 5, 1000)).length, 1);
  });

  it('lists failed cards for an operator', async () => {
    const { deliveries } = outages();
    const row = await deliveries.one('q1', 'r4');
    assert.ok(row);
    assert.ok(await deliveries.replace(row, { ...row, status: 'dead', code: '400' }));
    assert.deepEqual(
      (await deliveries.failed('q1', 5)).map((one) => one.readerId),
      ['r4'],
    );
  });

  it('counts the delivering instances, and drops an instance that is silent', async () => {
    const { workers } = outages();
    assert.equal(await workers.present('one', 60_000), 1);
    assert.equal(await workers.present('two', 60_000), 2);
    await workers.leave('two');
    assert.equal(await workers.present('one', 60_000), 1);
    if (stores().kind === 'postgres') return;
    place().pass(61_000);
    assert.equal(await workers.present('two', 60_000), 1);
    place().frozenAt = undefined;
  });
});
