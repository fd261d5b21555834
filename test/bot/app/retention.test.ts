/** What was kept long enough goes, by one instance, once an hour; what is younger stays. */
import assert from 'node:assert/strict';
import { runRetention, repeatRetention, type RetentionDeps } from '../../../bot/app/retention.js';
import { DeskError } from '../../../core/errors.js';
import type { Stores } from '../../../bot/store/stores.js';
import { onEveryEngine } from '../../helpers/stores.js';

const DAY = 86_400_000;
const DAYS = { state: 10, unanswered: 5, insights: 40, audit: 20, incidents: 30 };
const START = Date.UTC(2026, 5, 1);

onEveryEngine('retention', (stores, place) => {
  const deps = (over: Partial<RetentionDeps> = {}): RetentionDeps => ({
    stores: stores(),
    leases: stores().leases,
    days: DAYS,
    now: () => place().frozenAt ?? Date.now(),
    log: place().log,
    ...over,
  });
  const at = (days: number) => (place().frozenAt = START + days * DAY);

  it('deletes each kind after its own days and keeps what is younger', async () => {
    at(0);
    const { unanswered, botState, people, references } = stores();
    const question = { missing: 'offer', text: 'x', language: 'en' } as const;
    await unanswered.record({ ...question, at: START });
    const lesson = {
      reason: 'not-helped',
      about: 'issue',
      text: 'x',
      language: 'en',
      asker: 'customer',
    } as const;
    const giver = { userId: '29:old', conversationId: 'a:1' };
    await stores().lessons.record({ ...lesson, at: START }, giver);
    await stores().phrases.add('x y', { issue: 'billing', actor: 'amy', at: START });
    await stores().phrases.remove('x y', { actor: 'amy', at: START });
    await botState.write({ 'msteams/users/29:old/': { a: 1 } });
    await people.set({ channelId: 'msteams', userId: '29:old' }, { language: 'en' });
    const reference = { channelId: 'msteams', conversationId: 'a:1', userId: '29:old', reference: {} };
    await references.save(reference);
    await references.deactivate('msteams', 'a:1');
    await addIncident(stores(), 'over', 0);
    await addIncident(stores(), 'open', 1);
    at(4);
    await unanswered.record({ ...question, at: START + 4 * DAY });
    await references.save({ ...reference, conversationId: 'a:2' });
    at(6);
    const first = await runRetention(deps());
    assert.deepEqual([first?.unanswered, first?.botState, first?.incidents], [1, 0, 0]);
    assert.deepEqual([first?.lessons, first?.endedPhrases], [1, 0]);
    assert.equal((await unanswered.list(0)).length, 1);
    at(31);
    const second = await runRetention(deps());
    assert.deepEqual([second?.botState, second?.people, second?.references, second?.incidents], [1, 1, 1, 1]);
    assert.deepEqual(
      (await stores().outages.incidents.open()).map((one) => one.id),
      ['open'],
    );
    assert.equal((await references.list({ inactive: true })).length, 1, 'an active reference is never old');
  });

  it('runs once for all instances, and again in the next hour', async () => {
    at(40);
    const runs = await Promise.all([runRetention(deps()), runRetention(deps()), runRetention(deps())]);
    assert.equal(runs.filter(Boolean).length, 1);
    assert.equal(await runRetention(deps()), undefined);
    at(41);
    assert.ok(await runRetention(deps()));
  });

  it('goes on with the other kinds when one fails, and is taken up again within the hour', async () => {
    at(50);
    const failing = {
      ...stores(),
      unanswered: {
        ...stores().unanswered,
        purge: () => Promise.reject(new DeskError('store.unavailable', 'no disk')),
      },
    };
    const report = await runRetention(deps({ stores: failing }));
    assert.equal(report?.unanswered, undefined);
    assert.equal(typeof report?.recipients, 'number');
    assert.ok(await runRetention(deps()), 'the run that failed does not count');
  });

  it('stops only when a run in progress has ended', async () => {
    at(60);
    let ended = false;
    const slow = {
      ...stores(),
      turns: {
        ...stores().turns,
        purge: async () => {
          await new Promise((resolve) => setTimeout(resolve, 50));
          ended = true;
          return 0;
        },
      },
    };
    const stop = repeatRetention(deps({ stores: slow }));
    await stop();
    assert.ok(ended);
  });
});

async function addIncident(stores: Stores, id: string, open: number): Promise<void> {
  const row = { id, open, started_at: START, body: JSON.stringify({ id }) };
  await stores.database.kysely.insertInto('incidents').values(row).execute();
  await stores.database.kysely.insertInto('incident_keys').values({ key: id, incident_id: id }).execute();
}
