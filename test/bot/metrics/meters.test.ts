/** Counters move with the events of the real workers. */
import assert from 'node:assert/strict';
import * as prometheus from 'prom-client';
import { runRetention, type RetentionDeps } from '../../../bot/app/retention.js';
import { openMeters } from '../../../bot/metrics/meters.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { onEveryEngine } from '../../helpers/stores.js';

const HOUR = 3_600_000;
const DAYS = { state: 10, unanswered: 5, insights: 40, audit: 20, incidents: 30 };

onEveryEngine(
  'the meter of retention',
  (stores) => {
    const meters = openMeters(prometheus, '0.0.0');
    const log = meters.counted(new CapturedLog());
    let at = Date.UTC(2026, 5, 1);
    const run = (over: Partial<RetentionDeps['stores']> = {}) => {
      at += HOUR;
      const { leases } = stores();
      return runRetention({ stores: { ...stores(), ...over }, leases, days: DAYS, now: () => at, log });
    };
    const runs = async (): Promise<Record<string, number>> => {
      const metric = meters.registry.getSingleMetric('offer_desk_retention_runs_total');
      const { values } = (await metric?.get()) ?? assert.fail('no such metric');
      return Object.fromEntries(values.map((one) => [String(one.labels.outcome), one.value]));
    };

    it('begins at 0 for every outcome', async () => {
      assert.deepEqual(await runs(), { done: 0, incomplete: 0, failed: 0 });
    });

    it('counts a run that deleted everything, and one in which a kind failed', async () => {
      await run();
      assert.deepEqual(await runs(), { done: 1, incomplete: 0, failed: 0 });
      const purge = () => Promise.reject(new Error('no disk'));
      await run({ unanswered: { ...stores().unanswered, purge } });
      assert.deepEqual(await runs(), { done: 1, incomplete: 1, failed: 0 });
      const page = await meters.registry.metrics();
      assert.match(page, /^offer_desk_job_failures_total\{job="retention"\} 1$/m);
    });
  },
  ['sqlite'],
);

describe('the meters', () => {
  it('count an event in every metric that it belongs to', async () => {
    const meters = openMeters(prometheus, '0.0.0');
    const log = meters.counted(new CapturedLog());
    log.warn('handover.given-up', { side: 'staff' });
    const page = await meters.registry.metrics();
    assert.match(page, /^offer_desk_dead_letters_total\{queue="handover"\} 1$/m);
    assert.match(page, /^offer_desk_job_failures_total\{job="handover"\} 1$/m);
  });
});
