/** What a loop over the recipients does: 50 at a time, three tries, no memory of who was told. */
import { incident as opened, NOON } from '../../helpers/incidents.js';
import { SimClock, SimConnector } from '../../helpers/sim.js';
import { print, rounded } from './figures.js';

interface NaiveRun {
  readonly connector: SimConnector;
  readonly lost: number;
}

/** Sends one card to each recipient of one tenant on a simulated clock. */
export async function sendNaively(recipients: number): Promise<NaiveRun> {
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  const one = opened({}, { newId: 'naive' });
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
  return { connector, lost };
}

export async function naive(recipients: number): Promise<void> {
  const { connector, lost } = await sendNaively(recipients);
  const seconds = (connector.lastAt - connector.firstAt) / 1000;
  print({
    what: 'naive loop',
    recipients,
    simulatedSeconds: rounded(seconds, 1),
    perHour: rounded((recipients / seconds) * 3600),
    violations: connector.violations,
    lost,
  });
}
