/** Counts for managers: no count is lost or doubled, with several processes, failed turns and repeated deliveries. */
import assert from 'node:assert/strict';
import { asked, take } from '../../core/handover/life.js';
import type { InsightNote } from '../../core/services/insights/ports.js';
import { topic, visitor } from '../helpers/handover-views.js';
import { onEveryEngine } from '../helpers/stores.js';

const DAY = 86_400_000;
const AT = 100 * DAY + 5;
const NOTE: InsightNote = {
  event: 'at-once',
  about: 'offer:contoso.backup',
  issue: 'billing',
  language: 'en',
  asker: 'customer',
};
const turn = (activityId: string) => ({
  channelId: 'msteams',
  conversationId: 'c1',
  activityId,
  userId: '29:ada',
});

onEveryEngine('the counts of insights', (stores, place) => {
  const counted = async () =>
    (await stores().insights.between(0, 1_000_000)).map(({ event, day, times }) => [event, day, times]);
  beforeEach(async () => {
    await stores().database.kysely.deleteFrom('insight_counts').execute();
    await stores().database.kysely.deleteFrom('turn_claims').execute();
  });

  it('are kept by day and returned as they were given', async () => {
    await stores().insights.count(NOTE, AT);
    await stores().insights.count({ event: 'taken', language: 'de', asker: 'customer', within: 5 }, AT + DAY);
    assert.deepEqual(await stores().insights.between(100, 100), [{ ...NOTE, day: 100, within: 0, times: 1 }]);
    assert.deepEqual(await stores().insights.between(101, 200), [
      { event: 'taken', day: 101, about: '', issue: '', language: 'de', asker: 'customer', within: 5, times: 1 },
    ]); // prettier-ignore
  });

  it('add up when many are counted at the same time, by two processes on PostgreSQL', async () => {
    const other = stores().kind === 'postgres' ? await place().open() : stores();
    const all = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? stores() : other));
    await Promise.all(all.map(({ insights }) => insights.count(NOTE, AT)));
    assert.deepEqual(await counted(), [['at-once', 100, 20]]);
  });

  it('are stored with their turn, and a failed turn that runs again counts once', async () => {
    const { turns, insights } = stores();
    const failed = turns.inTurn(turn('1'), (begun) =>
      begun.run(async () => {
        await insights.count(NOTE, AT);
        throw new Error('the channel failed');
      }),
    );
    await assert.rejects(failed, /the channel failed/);
    assert.deepEqual(await counted(), []);
    await turns.inTurn(turn('1'), async (begun) => {
      await begun.run(async () => {
        await insights.count(NOTE, AT);
        await insights.count({ ...NOTE, event: 'not-helped' }, AT);
        await insights.count(NOTE, AT);
        assert.deepEqual(await counted(), [], 'nothing before the end');
      });
    });
    assert.deepEqual(await counted(), [
      ['at-once', 100, 2],
      ['not-helped', 100, 1],
    ]);
  });

  it('of turns of many conversations that end together are all there', async () => {
    const { turns, insights } = stores();
    const events = ['at-once', 'asked-back', 'unanswered'] as const;
    const one = (n: number) =>
      turns.inTurn({ ...turn(`a${n}`), conversationId: `c${n}`, userId: `29:${n % 3}` }, (begun) =>
        begun.run(async () => {
          for (const at of [0, 1, 2])
            await insights.count({ ...NOTE, event: events[(n + at) % 3] ?? 'at-once' }, AT);
        }),
      );
    await Promise.all(Array.from({ length: 12 }, (_, n) => one(n)));
    assert.deepEqual(
      (await counted()).map(([event, , times]) => [event, times]),
      [
        ['asked-back', 12],
        ['at-once', 12],
        ['unanswered', 12],
      ],
    );
  });

  it('have each hand-over once, and the step of its wait when somebody takes it', async () => {
    const { handovers } = stores();
    const who = { ...visitor, conversationId: 'for-insights', userId: 'dl_insights' };
    const wanted = asked('h-insights', who, topic(), AT);
    await Promise.all([handovers.begin(wanted), handovers.begin({ ...wanted, id: 'h-other' })]);
    const open = await handovers.openOf(who.channelId, who.conversationId);
    assert.ok(open);
    const at = AT + 4 * 60_000;
    const taken = (by: string) =>
      handovers.change(open.id, (one) => take(one, { by, key: `take-${by}` }, at), { at });
    await Promise.all([taken('29:ada'), taken('29:ben')]);
    const rows = await stores().insights.between(0, 1000);
    assert.deepEqual(
      rows.map(({ event, within, times }) => [event, within, times]),
      [
        ['handed-over', 0, 1],
        ['taken', 5, 1],
      ],
    );
  });

  it('have a report of a wrong contact once, with the owner of the contact', async () => {
    const reporter = {
      channelId: 'msteams',
      conversationId: 'a:insights',
      userId: '29:insights',
      language: 'en',
      asker: 'partner',
    } as const;
    const about = { key: 'publisher:contoso', way: 'publisher-support', mark: 'm-insights' } as const;
    const report = { id: 'r-insights', at: AT, about, reason: 'bounces', note: '', reporter } as const;
    await Promise.all([report, { ...report, id: 'r-again' }].map((one) => stores().reports.add(one)));
    const rows = await stores().insights.between(0, 1000);
    assert.deepEqual(
      rows.map((row) => [row.event, row.about, row.times]),
      [['contact-wrong', 'publisher:contoso', 1]],
    );
  });

  it('are deleted with the days before a moment', async () => {
    await stores().insights.count(NOTE, AT);
    await stores().insights.count(NOTE, AT + DAY);
    assert.equal(await stores().insights.purge(AT + DAY), 1);
    assert.deepEqual(await counted(), [['at-once', 101, 1]]);
  });
});
