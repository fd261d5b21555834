/** The weekly insights on a real store: one a week for each recipient who wants them, also after a crash or a refusal. */
import assert from 'node:assert/strict';
import type { SendResult } from '../../../../core/incident/delivery-outcome.js';
import { createLimiter } from '../../../../core/incident/rate.js';
import { nextWeekly } from '../../../../core/incident/weekly.js';
import { insightsOf } from '../../../../core/services/insights/insights.js';
import { sendWeeklyInsights } from '../../../../core/services/insights/weekly-insights.js';
import { HOUR } from '../../../helpers/incidents.js';
import { subscribeAll } from '../../../helpers/outage-recipients.js';
import { onEveryEngine } from '../../../helpers/stores.js';

const WEEK = 7 * 24 * HOUR;
/** A Monday, 08:00 UTC. */
const MONDAY = Date.UTC(2026, 2, 9, 8);

onEveryEngine('the weekly insights', (stores) => {
  let now = MONDAY - WEEK;
  let answer: SendResult = { kind: 'answered', status: 201 };
  const tick = async (): Promise<readonly string[]> => {
    const sent: string[] = [];
    await sendWeeklyInsights({
      digests: stores().insightDigests,
      recipients: stores().outages.recipients,
      read: (period) => Promise.resolve(insightsOf([], [], period, () => undefined)),
      sendInsights: (readerId) => {
        sent.push(readerId);
        return Promise.resolve(answer);
      },
      limiter: createLimiter({ perTenant: 30 }),
      now: () => now,
      sleep: (ms) => Promise.resolve(void (now += ms)),
    });
    return sent.sort();
  };
  const want = async (id: string, zone = '') => {
    await subscribeAll(stores().outages.recipients, [id], { zone });
    await stores().insightDigests.start(id, nextWeekly(zone, now));
  };
  const dueAt = (id: string) => stores().insightDigests.dueAt(id);

  before(async () => {
    await want('utc');
    await want('taipei', 'Asia/Taipei');
    await want('asleep');
    await stores().insightDigests.start('nobody', nextWeekly('', now));
    const quiet = { zone: 'UTC', from: 20 * 60, to: 9 * 60, days: [], override: 'critical' } as const;
    await stores().outages.recipients.setQuiet('asleep', quiet, now);
  });

  it('come on Monday at 08:00 on each recipient’s clock, once, and not in quiet hours', async () => {
    now = MONDAY - 8 * HOUR;
    assert.deepEqual(await tick(), ['taipei']);
    now = MONDAY;
    assert.deepEqual(await tick(), ['utc']);
    assert.deepEqual(await tick(), []);
    assert.equal(await dueAt('nobody'), undefined, 'a recipient that no longer exists');
    now = MONDAY + HOUR;
    assert.deepEqual(await tick(), ['asleep']);
    assert.equal(await dueAt('utc'), MONDAY + WEEK);
  });

  it('come again after a refusal for the moment, and to nobody who turned them off', async () => {
    await stores().insightDigests.stop('taipei');
    now = MONDAY + WEEK;
    answer = { kind: 'answered', status: 429 };
    assert.deepEqual(await tick(), ['utc']);
    answer = { kind: 'answered', status: 201 };
    assert.deepEqual(await tick(), [], 'claimed for five minutes');
    now += 5 * 60_000 + 1;
    assert.deepEqual(await tick(), ['utc']);
  });
});
