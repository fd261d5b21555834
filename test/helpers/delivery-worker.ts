/** A process that delivers outage cards to a connector in its parent until it is killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import process from 'node:process';
import { openStores } from '../../bot/store/stores.js';
import { createLimiter } from '../../core/incident/rate.js';
import type { Delivery } from '../../core/incident/delivery.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { Incident } from '../../core/incident/types.js';
import { Deliverer } from '../../core/services/outages/deliver.js';
import { replanRecipient, type IncidentDeps } from '../../core/services/outages/change-incident.js';
import { runPlanner } from '../../core/services/outages/plan-audience.js';
import { CapturedLog } from './capture-log.js';

const [url = '', dataDir = '', databaseUrl = ''] = process.argv.slice(2);
const stores = await openStores({
  dataDir,
  databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
  now: Date.now,
  log: new CapturedLog(),
  poolSize: 8,
});

async function send(action: string, delivery: Delivery, incident: Incident): Promise<SendResult> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({
        action,
        recipient: delivery.readerId,
        message: delivery.activityId,
        version: incident.version,
        title: incident.title,
      }),
    });
    const { id } = (await answer.json()) as { id: string };
    return { kind: 'answered', status: answer.status, activityId: id };
  } catch {
    return { kind: 'reset' };
  }
}

const { deliveries, incidents, recipients, silences } = stores.outages;
const incidentDeps: IncidentDeps = { incidents, silences, publisherOf: () => undefined, now: Date.now };
const deliverer = new Deliverer({
  deliveries,
  incidents,
  recipients,
  sender: {
    create: (delivery, incident) => send('create', delivery, incident),
    update: (delivery, incident) => send('update', delivery, incident),
    reply: (delivery, incident) => send('reply', delivery, incident),
  },
  catchUp: (incidentId, readerId) => replanRecipient(incidentDeps, incidentId, readerId),
  // Other tests check the limits. This process must be fast.
  limiter: createLimiter({ perTenant: 1_000_000 }),
  now: Date.now,
  random: Math.random,
  sleep: (ms) => sleep(ms),
  log: new CapturedLog(),
  options: { concurrency: 20, leaseMs: 1500, pollMs: 25, perTenantQueue: 100, queue: 200 },
});
process.stdout.write('ready\n');
const pause = (ms: number) => sleep(ms);
await Promise.all([
  deliverer.run(() => false),
  runPlanner({ incidentDeps, sleep: pause, log: new CapturedLog() }, () => false),
]);
