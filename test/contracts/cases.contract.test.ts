/** Both engines keep a case once for each click, refuse a change over another one, and give a due case to one worker. */
import assert from 'node:assert/strict';
import { isCode } from '../helpers/errors.js';
import type { Attempt, ContactCase } from '../../core/services/cases/case.js';
import { HOLDER, MONDAY, sampleCase } from '../helpers/cases.js';
import { onEveryEngine } from '../helpers/stores.js';

onEveryEngine('the store of cases', (stores) => {
  let next = 0;
  const fresh = (over: Partial<ContactCase> = {}): ContactCase => {
    next += 1;
    return sampleCase({ id: `c-${next}`, clickKey: `click-${next}`, managerId: null, ...over });
  };
  const add = async (over: Partial<ContactCase> = {}) => stores().cases.add(fresh(over));
  const close = async (one: ContactCase) =>
    stores().cases.save({ ...one, closed: { at: MONDAY, outcome: 'closed' } });
  /** Every test begins without cases. */
  beforeEach(async () => {
    await stores().database.kysely.deleteFrom('cases').execute();
  });

  it('returns a case with everything that was kept, but the manager', async () => {
    const given = fresh({ customer: 'Adatum', reference: { serviceUrl: 'https://smba.example/' } });
    const { managerId: _mark, ...kept } = given;
    assert.deepEqual(await stores().cases.add({ ...given, managerId: 'grace' }), kept);
    assert.deepEqual(await stores().cases.byId(given.id), kept);
    const rows = await stores().database.kysely.selectFrom('cases').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(rows), /grace/);
  });

  it('keeps one case for one click, also when several arrive together', async () => {
    const clickKey = 'the-same-click';
    const all = await Promise.all([1, 2, 3].map(() => add({ clickKey })));
    assert.equal(new Set(all.map(({ id }) => id)).size, 1);
  });

  it('refuses a change over a version that the writer has not seen, with its outcome', async () => {
    const one = await add();
    const attempt: Attempt = {
      key: 'offer:refused',
      way: 'publisher-support',
      outcome: 'wrong',
      minutes: 1,
      at: 9,
    };
    await stores().cases.save({ ...one, customer: 'first' });
    await assert.rejects(
      stores().cases.save({ ...one, customer: 'late' }, attempt),
      isCode('store.conflict'),
    );
    assert.equal((await stores().cases.byId(one.id))?.customer, 'first');
    const kept = await stores().cases.attempts(0);
    assert.equal(
      kept.some(({ key }) => key === 'offer:refused'),
      false,
    );
  });

  it('lists the open cases of one person, the next due first', async () => {
    const [late, soon, over] = [await add({ dueAt: 30 }), await add({ dueAt: 10 }), await add({ dueAt: 5 })];
    await add({ holder: { ...HOLDER, userId: '29:ben' } });
    await close(over);
    const open = await stores().cases.openOf(HOLDER, 10);
    assert.deepEqual(
      open.map(({ id }) => id),
      [soon.id, late.id],
    );
  });

  it('lists the old open cases of a manager’s team, until another person has the case', async () => {
    const [old] = [
      await add({ managerId: 'grace', openedAt: 10 }),
      await add({ managerId: 'grace', openedAt: 90 }),
    ];
    await add({ managerId: 'hugo', openedAt: 10 });
    const team = async () => (await stores().cases.openOfTeam('grace', 50, 10)).map(({ id }) => id);
    assert.deepEqual(await team(), [old.id]);
    await stores().cases.save({ ...old, customer: 'x' });
    assert.deepEqual(await team(), [old.id], 'a save without a manager keeps the mark');
    await stores().cases.save({ ...old, version: 2, managerId: null });
    assert.deepEqual(await team(), []);
  });

  it('gives a due case to one of several workers, again when the lease is over, and not after a save', async () => {
    const one = await add({ dueAt: 100 });
    await add({ dueAt: 5_000 });
    const claims = await Promise.all([1, 2, 3].map(() => stores().cases.claim(200, 10, 50)));
    assert.deepEqual(
      claims.flat().map(({ id }) => id),
      [one.id],
    );
    assert.deepEqual(await stores().cases.claim(249, 10, 50), []);
    const [again] = await stores().cases.claim(250, 10, 50);
    assert.equal(again?.id, one.id);
    await stores().cases.save({ ...again, dueAt: 9_000 });
    assert.deepEqual(await stores().cases.claim(400, 10, 50), []);
  });

  it('does not give a closed case to a worker', async () => {
    await close(await add({ dueAt: 100 }));
    assert.deepEqual(await stores().cases.claim(200, 10, 50), []);
  });

  it('forgets the cases of a person and of a conversation, and purges closed ones', async () => {
    const [mine, closed] = [
      await add(),
      await add({ holder: { ...HOLDER, userId: 'u', conversationId: 'w' } }),
    ];
    const other = await add({ holder: { ...HOLDER, userId: 'v', conversationId: 'x' } });
    assert.equal(
      await stores().cases.forget({ channelId: 'directline', userId: '29:ada', conversationId: 'w' }),
      0,
    );
    assert.equal(
      await stores().cases.forget({ channelId: 'msteams', userId: '29:ada', conversationId: 'w' }),
      2,
    );
    assert.deepEqual(
      [await stores().cases.byId(mine.id), await stores().cases.byId(closed.id)],
      [undefined, undefined],
    );
    await close(other);
    assert.equal(await stores().cases.purge(MONDAY), 0);
    assert.equal(await stores().cases.purge(MONDAY + 1), 1);
  });

  it('keeps outcomes without a person, and purges old ones', async () => {
    const attempt: Attempt = {
      key: 'offer:a',
      way: 'publisher-support',
      outcome: 'answered',
      minutes: 300,
      at: 50,
    };
    await stores().cases.save(await add(), attempt);
    const kept = async () => (await stores().cases.attempts(50)).filter(({ key }) => key === 'offer:a');
    assert.deepEqual(await kept(), [attempt]);
    assert.equal(await stores().cases.purgeAttempts(51), 1);
    assert.deepEqual(await kept(), []);
  });

  it('asks at once for a case from before the clock was set back', async () => {
    const one = await add({ openedAt: Date.now() + 10_000_000, dueAt: Date.now() + 20_000_000 });
    await stores().repairFutureTimes();
    assert.ok(((await stores().cases.byId(one.id))?.dueAt ?? Infinity) <= Date.now() + 1_000);
  });
});
