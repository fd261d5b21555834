/** One incident to many recipients of one tenant, on a simulated clock over the embedded store: its limits, its memory, its ledger. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { deliveryLedger } from '../../../bot/cli/outage-ledger.js';
import { addsUp } from '../../../core/incident/ledger.js';
import { commit, fillRecipients, simDeliverer, untilDelivered } from '../../helpers/audience.js';
import { incident as opened, NOON } from '../../helpers/incidents.js';
import { SimClock, SimConnector } from '../../helpers/sim.js';
import { TestStore } from '../../helpers/stores.js';
import { liveHeapMb, print, rounded, watchMemory } from './figures.js';

/** Recipients of the incident before the measurement, so that no standstill is that of a first call. */
const WARM_UP = 5000;

/** Delivers one incident in a store of its own, and measures the second run. */
export async function broadcast(recipients: number, perTenant: number): Promise<void> {
  await warmUp(perTenant);
  const place = await TestStore.prepare('sqlite');
  if (!place) return;
  const stores = await place.open();
  await fillRecipients(stores, recipients);
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  const one = opened({}, { newId: 'bench' });
  const loop = monitorEventLoopDelay({ resolution: 5 });
  const memory = watchMemory();
  const began = performance.now();
  loop.enable();
  await commit(stores, one, clock.now());
  const committedMs = performance.now() - began;
  const deliverer = simDeliverer(stores, clock, connector, { perTenant });
  await untilDelivered(stores, clock, deliverer);
  loop.disable();
  const seconds = (connector.lastAt - connector.firstAt) / 1000;
  const report = await deliveryLedger(stores.outages.deliveries, 'bench');
  print({
    what: 'broadcast',
    recipients,
    perTenant,
    simulatedSeconds: rounded(seconds, 1),
    perHour: rounded((recipients / seconds) * 3600),
    violations: connector.violations,
    current: report.current,
    twice: connector.creates - recipients,
    addsUp: addsUp(report),
    ...memory(),
    liveHeapMb: liveHeapMb(),
    flying: deliverer.flying,
    commitMs: rounded(committedMs),
    longestStandstillMs: rounded(loop.max / 1e6),
    wallMsPerDelivery: rounded((performance.now() - began) / recipients, 3),
  });
  await place.remove();
}

async function warmUp(perTenant: number): Promise<void> {
  const place = await TestStore.prepare('sqlite');
  if (!place) return;
  const stores = await place.open();
  await fillRecipients(stores, WARM_UP);
  const clock = new SimClock(NOON);
  await commit(stores, opened({}, { newId: 'warm-up' }), clock.now());
  const connector = new SimConnector(clock, {}, false);
  await untilDelivered(stores, clock, simDeliverer(stores, clock, connector, { perTenant }));
  await place.remove();
}
