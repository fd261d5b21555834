/** The weekly summary on a real store: one a week for each recipient who wants it, also after a crash or a refusal. */
import assert from 'node:assert/strict';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import { createLimiter } from '../../../../core/incident/rate.js';
import { nextWeekly, type WeeklySummary } from '../../../../core/incident/weekly.js';
import { sendWeeklySummaries } from '../../../../core/services/outages/weekly-summary.js';
import { affects, HOUR, incident, MINUTE } from '../../../helpers/incidents.js';
import { about, planAt, subscribeAll } from '../../../helpers/outage-recipients.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const WEEK = 7 * 24 * HOUR;
/** A Monday, 08:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 9, 8);

onEveryEngine('the weekly summary', (stores) => {
  let now = MONDAY - WEEK;
  let answer: SendResult = { kind: 'answered', status: 201 };
  const sent: WeeklySummary[] = [];
  const deps = () => {
    const { weekly, history, deliveries, recipients } = stores().outages;
    return {
      weekly,
      since: (at: number) => history.since(at),
      deliveries,
      recipients,
      publisherOf: () => 'contoso',
      limiter: createLimiter({ perTenant: 30 }),
      now: () => now,
      sleep: (ms: number) => Promise.resolve(void (now += ms)),
      sendWeekly: (summary: WeeklySummary) => {
        sent.push(summary);
        return Promise.resolve(answer);
      },
    };
  };
  const tick = async (over: Partial<ReturnType<typeof deps>> = {}): Promise<readonly string[]> => {
    sent.length = 0;
    await sendWeeklySummaries({ ...deps(), ...over });
    return sent.map((one) => one.readerId).sort();
  };
  const want = async (id: string, zone = '') => {
    await subscribeAll(stores().outages.recipients, [id], { zone });
    await stores().outages.weekly.start(id, nextWeekly(zone, now));
  };
  const dueAt = (id: string) => stores().outages.weekly.dueAt(id);

  before(async () => {
    await want('utc');
    await want('taipei', 'Asia/Taipei');
    await want('asleep');
    const quiet = { zone: 'UTC', from: 20 * 60, to: 9 * 60, days: [], override: 'critical' } as const;
    await stores().outages.recipients.setQuiet('asleep', quiet, now);
    const { incidents } = stores().outages;
    const opened = { ...incident(), affected: affects({ offers: ['contoso.backup'] }) };
    const startedAt = MONDAY - 3 * 24 * HOUR;
    const over = {
      ...opened,
      startedAt,
      acts: [{ kind: 'acknowledged', by: 'ben', at: startedAt + MINUTE, text: '' }],
    } as const;
    const plan = planAt(startedAt);
    const change = { seen: [], before: undefined, announce: 'new', at: startedAt, plan } as const;
    await incidents.commit({ ...change, incident: over });
  });

  it('comes on Monday at 08:00 on each recipient’s clock, once, and not in quiet hours', async () => {
    now = MONDAY - 8 * HOUR - 1;
    assert.deepEqual(await tick(), []);
    now = MONDAY - 8 * HOUR;
    assert.deepEqual(await tick(), ['taipei']);
    now = MONDAY;
    assert.deepEqual(await tick(), ['utc']);
    assert.deepEqual(await tick(), []);
    now = MONDAY + HOUR;
    assert.deepEqual(await tick(), ['asleep']);
    assert.deepEqual(
      [await dueAt('utc'), await dueAt('taipei'), await dueAt('asleep')],
      [MONDAY + WEEK, MONDAY + WEEK - 8 * HOUR, MONDAY + WEEK],
    );
  });

  it('says who acknowledged, how many were told, and when the first card came', async () => {
    now = MONDAY + WEEK;
    const { deliveries } = stores().outages;
    const [row] = await deliveries.claimDue(now, 1, MINUTE, []);
    assert.ok(row);
    const firstShownAt = MONDAY - 2 * 24 * HOUR;
    await deliveries.replace(row, { ...row, status: 'shown', shown: 1, firstShownAt });
    assert.deepEqual(await tick(), ['taipei', 'utc'].sort());
    const [{ outages } = { outages: [] }] = sent;
    const facts = outages.map((one) => [one.acknowledged?.by, one.recipientsTold, one.firstCardAt]);
    assert.deepEqual(facts, [['ben', 1, firstShownAt]]);
    now += HOUR;
    await tick();
  });

  it('is sent again after a refusal or a crash, when its claim ends', async () => {
    now = MONDAY + 2 * WEEK;
    answer = { kind: 'answered', status: 429 };
    await tick();
    answer = { kind: 'answered', status: 201 };
    assert.deepEqual(await tick(), [], 'another worker has claimed it');
    const crash = () => Promise.reject(new Error('killed'));
    now += 5 * MINUTE;
    await assert.rejects(tick({ sendWeekly: crash }));
    now += 5 * MINUTE;
    assert.deepEqual(await tick(), ['taipei', 'utc']);
    assert.deepEqual(await tick(), []);
  });

  it('ends for a recipient who turns it off, also while it is being sent', async () => {
    now = MONDAY + 3 * WEEK;
    const { weekly } = stores().outages;
    await weekly.stop('taipei');
    const stops = async (summary: WeeklySummary) => {
      await weekly.stop(summary.readerId);
      return answer;
    };
    await tick({ sendWeekly: stops });
    assert.deepEqual([await dueAt('utc'), await dueAt('taipei')], [undefined, undefined]);
  });

  it('is left out for a recipient who stopped all cards, and forgotten with a deleted recipient', async () => {
    now = MONDAY + 4 * WEEK;
    const { recipients, weekly } = stores().outages;
    await want('quiet-now');
    await recipients.know(about('quiet-now'), now);
    await recipients.setOptedOut('quiet-now', true, now);
    await weekly.start('deleted', now);
    now = MONDAY + 5 * WEEK;
    const told = await tick();
    assert.ok(!told.includes('quiet-now') && !told.includes('deleted'));
    assert.deepEqual([await dueAt('quiet-now'), await dueAt('deleted')], [MONDAY + 6 * WEEK, undefined]);
  });
});
