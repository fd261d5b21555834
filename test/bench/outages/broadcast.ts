/** One incident to many recipients of one tenant, on a simulated clock over the embedded store; and a naive loop doing the same. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { deliveryLedger } from '../../../bot/cli/outage-ledger.js';
import { addsUp } from '../../../core/incident/ledger.js';
import { commit, fillRecipients, simDeliverer, untilDelivered } from '../../helpers/audience.js';
import { incident as opened, NOON } from '../../helpers/incidents.js';
import { SimClock, SimConnector } from '../../helpers/sim.js';
import { TestStore } from '../../helpers/stores.js';
import { liveHeapMb, print, rounded, watchCpu, watchMemory } from './figures.js';

export interface Broadcast {
  readonly recipients: number;
  readonly cpuMsPerDelivery: number;
}

/** Recipients of the incident before the measurement, so that both sizes run compiled code. */
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
  const cpu = watchCpu();
  loop.enable();
  await commit(stores, one, clock.now());
  const committedMs = performance.now() - began;
  const deliverer = simDeliverer(stores, clock, connector, { perTenant });
  await untilDelivered(stores, clock, deliverer);
  const used = cpu();
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
    cpuMsPerDelivery: rounded(used / recipients, 3),
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

/** What a loop over the recipients does: 50 at a time, three tries, no memory of who was told. */
export async function naive(recipients: number): Promise<void> {
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  const one = opened({}, { newId: 'naive' });
  const cpu = watchCpu();
  let next = 0;
  let lost = 0;
  const worker = async (): Promise<void> => {
    while (next < recipients) {
      const delivery = { tenantId: 't0', readerId: `r${next++}` } as never;
      for (let tries = 0; ; tries += 1) {
        const result = await connector.create(delivery, one);
        if (result.kind === 'answered' && result.status < 300) break;
        if (tries === 2) {
          lost += 1;
          break;
        }
        await clock.sleep(2000);
      }
    }
  };
  let ended = false;
  void Promise.all(Array.from({ length: 50 }, worker)).then(() => (ended = true));
  await clock.until(() => ended);
  const seconds = (connector.lastAt - connector.firstAt) / 1000;
  print({
    what: 'naive loop',
    recipients,
    simulatedSeconds: rounded(seconds, 1),
    perHour: rounded((recipients / seconds) * 3600),
    violations: connector.violations,
    lost,
    cpuMsPerDelivery: rounded(cpu() / recipients, 3),
  });
}
