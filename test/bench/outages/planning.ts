/** Planning a large audience in real time: how long the event loop stands still, and others wait. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { IncidentDeps } from '../../../core/services/outages/change-incident.js';
import { planOnce, runPlanner } from '../../../core/services/outages/plan-audience.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { loopDelayOf } from '../../helpers/event-loop.js';
import { commit, fillRecipients } from '../../helpers/audience.js';
import { incident as opened } from '../../helpers/incidents.js';
import { TestStore, type EngineKind } from '../../helpers/stores.js';
import { percentile, print, rounded, watchCpu } from './figures.js';

export async function planning(count: number, kind: EngineKind = 'sqlite'): Promise<void> {
  const place = await TestStore.prepare(kind);
  if (!place) return;
  const stores = await place.open();
  await fillRecipients(stores, count);
  const { incidents, silences, recipients } = stores.outages;
  const incidentDeps: IncidentDeps = { incidents, silences, publisherOf: () => undefined, now: Date.now };
  const waits: number[] = [];
  let over = false;
  await commit(stores, opened({}, { newId: 'warm' }), Date.now());
  for (let pages = 0; pages < 20; pages += 1) await planOnce(incidentDeps);
  const cpu = watchCpu();
  const began = performance.now();
  const loop = await loopDelayOf(async () => {
    const planner = runPlanner({ incidentDeps, sleep, log: new CapturedLog() }, () => over);
    while ((await incidents.planning()).length > 0) {
      const asked = performance.now();
      for (let query = 0; query < 10; query += 1) await recipients.byId('r000001');
      waits.push(performance.now() - asked);
      await sleep(20);
    }
    over = true;
    await planner;
  });
  print({
    what: 'planning',
    kind,
    recipients: count,
    seconds: rounded((performance.now() - began) / 1000, 1),
    cpuMsPerRecipient: rounded(cpu() / count, 4),
    longestStandstillMs: rounded(loop.maxMs),
    standstillP99Ms: rounded(loop.p99Ms),
    tenQueriesP50Ms: percentile(waits, 0.5),
    tenQueriesP99Ms: percentile(waits, 0.99),
  });
  await place.remove();
}
