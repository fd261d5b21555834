/** The stores of the profile, taught phrases, unanswered questions, secrets and leases, and the readiness check. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { DeskError } from '../../core/errors.js';
import { undoProfile } from '../../core/services/directory/change-profile.js';
import type { Leases } from '../../bot/store/engine/leases.js';
import { onEveryEngine } from '../helpers/stores.js';

const desk = { name: 'Fabrikam support', email: 'help@fabrikam.example' };
const profile: PartnerProfile = {
  name: 'Fabrikam',
  model: 'direct-bill',
  tenantIds: [],
  tier1: 'partner',
  resellerKeeps: [],
  desks: { billing: desk, technical: desk },
  customerMaySee: { supportEmail: false, supportPhone: false, documentation: true },
  overrides: {},
};

onEveryEngine('the partner profile', (stores) => {
  it('is undefined before the first save, and afterwards the last saved version with its author', async () => {
    const store = stores().profile;
    assert.equal(await store.load(), undefined);
    await store.save(profile, 'setup', 1);
    await store.save({ ...profile, name: 'Fabrikam Ltd' }, 'amy', 2);
    assert.deepEqual(await store.load(), { ...profile, name: 'Fabrikam Ltd' });
    const history = await store.history(5);
    assert.deepEqual(
      history.map((one) => [one.version, one.actor, one.at]),
      [
        [2, 'amy', 2],
        [1, 'setup', 1],
      ],
    );
  });

  it('keeps the mark of the sample through edits and undo, and loses it with a whole new profile', async () => {
    const store = stores().profile;
    const marks = async (count: number) => (await store.history(count)).map(({ sample }) => sample);
    await store.save(profile, 'first-run', 2, undefined, true);
    await store.save({ ...profile, name: 'Edited' }, 'amy', 2);
    assert.deepEqual(await marks(2), [true, true]);
    await store.save({ ...profile, name: 'Own' }, 'cli:amy', 2, undefined, false);
    const [own, edited] = await store.history(2);
    assert.deepEqual([own?.sample, edited?.sample], [false, true]);
    await undoProfile(store, { expected: own?.version ?? 0, actor: 'amy', now: 3 });
    await undoProfile(store, { expected: (own?.version ?? 0) + 1, actor: 'amy', now: 3 });
    assert.deepEqual(await marks(3), [false, true, false]);
  });

  it('refuses a save over a version that the writer has not seen', async () => {
    const before = (await stores().profile.history(1))[0]?.version ?? 0;
    await stores().profile.save(profile, 'amy', 3, before);
    const late = stores().profile.save({ ...profile, name: 'Late' }, 'bob', 4, before);
    await assert.rejects(late, (error) => error instanceof DeskError && error.code === 'store.conflict');
    assert.deepEqual((await stores().profile.history(1))[0]?.profile, profile);
  });

  it('keeps every version when several saves arrive together', async () => {
    const before = (await stores().profile.history(1))[0]?.version ?? 0;
    await Promise.all(Array.from({ length: 6 }, (_, n) => stores().profile.save(profile, `p${n}`, n)));
    assert.equal((await stores().profile.history(1))[0]?.version, before + 6);
  });
});

onEveryEngine('taught phrases', (stores) => {
  it('come in the order taught, and can be replaced and removed', async () => {
    const phrases = stores().phrases;
    await phrases.add('invoice wrong', { issue: 'billing', actor: 'amy', at: 1 });
    await phrases.add('帳單有誤', { issue: 'technical', actor: 'amy', at: 2 });
    await phrases.add('帳單有誤', { issue: 'billing', actor: 'bob', at: 3 });
    assert.deepEqual(await phrases.list(), [
      { phrase: 'invoice wrong', issue: 'billing', actor: 'amy', at: 1 },
      { phrase: '帳單有誤', issue: 'billing', actor: 'bob', at: 3 },
    ]);
    assert.equal(await phrases.remove('invoice wrong', { actor: 'cleo', at: 4 }), true);
    assert.equal(await phrases.remove('invoice wrong', { actor: 'cleo', at: 4 }), false);
    assert.equal((await phrases.list()).length, 1);
  });

  it('stay on record after their use ended, until the retention time, and can be taught again', async () => {
    const { phrases, database } = stores();
    await phrases.add('door stuck', { issue: 'billing', actor: 'amy', at: 1 });
    await phrases.remove('door stuck', { actor: 'bob', at: 50 });
    const row = () =>
      database.kysely
        .selectFrom('phrases')
        .select(['ended_at', 'ended_by'])
        .where('phrase', '=', 'door stuck')
        .executeTakeFirst();
    assert.deepEqual({ ...(await row()) }, { ended_at: 50, ended_by: 'bob' });
    await phrases.purgeEnded(50);
    assert.ok(await row());
    await phrases.add('door stuck', { issue: 'technical', actor: 'amy', at: 60 });
    assert.ok((await phrases.list()).some((one) => one.phrase === 'door stuck'));
    await phrases.purgeEnded(1_000);
    assert.ok(await row());
    await phrases.remove('door stuck', { actor: 'bob', at: 70 });
    assert.equal(await phrases.purgeEnded(1_000), 1);
  });

  it('do not appear when this version does not know their issue', async () => {
    const row = { phrase: 'from a later version', issue: 'not-an-issue', actor: 'x', at: 9 };
    await stores().database.kysely.insertInto('phrases').values(row).execute();
    assert.ok((await stores().phrases.list()).every((one) => one.phrase !== row.phrase));
  });
});

onEveryEngine('lessons', (stores) => {
  const lesson = (at: number, text: string) => ({
    at,
    reason: 'asked-back' as const,
    about: 'issue' as const,
    text,
    language: 'zh-Hant',
    asker: 'customer' as const,
    chosen: 'billing',
  });
  const giver = { userId: 'dl_a', conversationId: 'c-a' };

  it('come newest first from a given time on, are found by the beginning of their id, and end with the retention', async () => {
    const { lessons } = stores();
    await lessons.record(lesson(1, 'first'), giver);
    await lessons.record({ ...lesson(3, '第三'), read: 'technical' }, giver);
    await lessons.record({ ...lesson(2, 'second'), chosen: undefined }, giver);
    const [third, second] = await lessons.list(2);
    assert.deepEqual({ ...third, id: '' }, { ...lesson(3, '第三'), id: '', read: 'technical' });
    assert.equal(second?.text, 'second');
    assert.ok(second && !('chosen' in second));
    assert.deepEqual(await lessons.byId(third?.id.slice(0, 8) ?? ''), third);
    for (const wrong of ['', 'abc', '%', `${third?.id}x`]) assert.equal(await lessons.byId(wrong), undefined);
    assert.equal(await lessons.purge(3), 2);
    assert.deepEqual(await lessons.list(0), [third]);
  });

  it('end with the conversation or the person that gave them', async () => {
    const { lessons } = stores();
    await lessons.record(lesson(5, 'same person'), { userId: 'dl_a', conversationId: 'c-b' });
    await lessons.record(lesson(6, 'another person'), { userId: 'dl_b', conversationId: 'c-c' });
    await lessons.forget(giver);
    assert.deepEqual(
      (await lessons.list(0)).map(({ text }) => text),
      ['another person'],
    );
    await lessons.forget({ userId: 'dl_x', conversationId: 'c-c' });
    assert.deepEqual(await lessons.list(0), []);
  });
});

onEveryEngine('what went unanswered', (stores) => {
  it('comes from a given time on, newest first, and disappears after the retention time', async () => {
    const { unanswered } = stores();
    const entry = (at: number) => ({ at, missing: 'offer' as const, text: `asked ${at}`, language: 'en' });
    for (const at of [100, 300, 200]) await unanswered.record(entry(at));
    assert.deepEqual(await unanswered.list(200), [entry(300), entry(200)]);
    assert.equal(await unanswered.purge(250), 2);
    assert.deepEqual(await unanswered.list(0), [entry(300)]);
  });

  it('may contain any characters', async () => {
    await stores().unanswered.record({
      at: 900,
      missing: 'issue',
      text: 'a\u0000b\uD800 😀',
      language: 'en',
    });
    assert.match((await stores().unanswered.list(900))[0]?.text ?? '', /^a.b/u);
  });
});

onEveryEngine('secrets', (stores, place) => {
  it('are created once when several callers ask, and stay the same after a restart', async () => {
    const asked = await Promise.all(
      Array.from({ length: 5 }, () => stores().secrets.getOrCreate('directline')),
    );
    assert.equal(new Set(asked.map((one) => one.toString('hex'))).size, 1);
    assert.equal(asked[0]?.length, 32);
    assert.notDeepEqual(await stores().secrets.getOrCreate('other'), asked[0]);
    if (place().kind === 'sqlite') await stores().close();
    const again = await place().open();
    assert.deepEqual(await again.secrets.getOrCreate('directline'), asked[0]);
  });
});

onEveryEngine('leases', (stores) => {
  const withLease: Leases['withLease'] = (...given) => stores().leases.withLease(...given);

  it('let scheduled work run once at a time, and again afterwards', async () => {
    let end = (): void => undefined;
    const work = new Promise<string>((resolve) => (end = () => resolve('done')));
    const tries = Array.from({ length: 4 }, () => withLease('refresh', 60_000, () => work));
    // The work ends when three tries have ended without it.
    let ended = 0;
    for (const one of tries) void one.then(() => (ended += 1) === 3 && end());
    const results = await Promise.all(tries);
    assert.deepEqual(
      results.filter((one) => one !== undefined),
      ['done'],
    );
    assert.equal(await withLease('refresh', 5000, () => Promise.resolve('again')), 'again');
  });

  it('become free when the work fails', async () => {
    await assert.rejects(
      withLease('fails', 5000, () => Promise.reject(new Error('work'))),
      /work/,
    );
    assert.equal(await withLease('fails', 5000, () => Promise.resolve('next')), 'next');
  });

  it('last as long as the work runs', async () => {
    const long = withLease('long', 90, () => sleep(300, 'done'));
    await sleep(200);
    assert.equal(await withLease('long', 90, () => Promise.resolve('stolen')), undefined);
    assert.equal(await long, 'done');
  });

  it('expire when the holder died, and tell the holder when the lease is lost', async () => {
    let told = false;
    const slow = withLease('lost', 90, async (signal) => {
      const { kysely } = stores().database;
      await kysely
        .updateTable('leases')
        .set({ holder: 'dead', expires_at: 1 })
        .where('name', '=', 'lost')
        .execute();
      await sleep(120);
      told = signal.aborted;
    });
    await slow;
    assert.equal(told, true);
    assert.equal(await withLease('lost', 90, () => Promise.resolve('taken over')), 'taken over');
  });
});

onEveryEngine('the lease of a dead holder', (stores) => {
  const leave = (name: string, expires_at: number) =>
    stores().database.kysely.insertInto('leases').values({ name, holder: 'dead', expires_at }).execute();

  it('is free when the clock was set back an hour, and stays taken within its time', async () => {
    const work = () => Promise.resolve('mine');
    await leave('ahead', Date.now() + 3_600_000);
    await leave('alive', Date.now() + 60_000);
    assert.equal(await stores().leases.withLease('ahead', 90_000, work), 'mine');
    assert.equal(await stores().leases.withLease('alive', 90_000, work), undefined);
  });
});

onEveryEngine('readiness', (stores, place) => {
  it('holds while the database answers, and fails when the database is closed', async () => {
    const other = place().kind === 'sqlite' ? stores() : await place().open();
    await other.checkReady();
    await other.close();
    await assert.rejects(other.checkReady());
  });
});

onEveryEngine('how often offers were asked about', (stores) => {
  const day = 86_400_000;
  it('is counted by day and offer, added up from a day on, and deleted before a day', async () => {
    const { askedOffers } = stores();
    for (const [offerId, at] of [
      ['contoso.sign', 1],
      ['contoso.sign', 2],
      ['contoso.sign', day + 1],
      ['fabrikam.crm', day + 2],
    ] as const)
      await askedOffers.count(offerId, at);
    assert.deepEqual([...(await askedOffers.since(0))].sort(), [
      ['contoso.sign', 3],
      ['fabrikam.crm', 1],
    ]);
    assert.equal(await askedOffers.purge(day), 1);
    assert.deepEqual((await askedOffers.since(0)).get('contoso.sign'), 1);
  });

  it('counts simultaneous answers once each', async () => {
    const { askedOffers } = stores();
    await Promise.all(Array.from({ length: 10 }, () => askedOffers.count('northwind.orders', 5 * day)));
    assert.equal((await askedOffers.since(5 * day)).get('northwind.orders'), 10);
  });
});
