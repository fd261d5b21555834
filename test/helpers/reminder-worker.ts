/** A process that asks about due cases over HTTP to its parent until it is killed. */
import { setTimeout as sleep } from 'node:timers/promises';
import process from 'node:process';
import { openStores } from '../../bot/store/stores.js';
import { sendDueCases } from '../../core/services/cases/remind.js';
import { CapturedLog } from './capture-log.js';
import { inOffice } from './cases.js';

/** A dead worker's claim ends soon, so that the test need not wait for two minutes. */
const LEASE_MS = 1_000;

const [url = '', dataDir = '', databaseUrl = ''] = process.argv.slice(2);
const log = new CapturedLog();
const { cases } = await openStores({
  dataDir,
  databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
  now: Date.now,
  log,
  poolSize: 4,
});
process.stdout.write('ready\n');
for (;;) {
  const sent = await sendDueCases({
    store: {
      claim: (now, limit) => cases.claim(now, limit, LEASE_MS),
      save: (one, attempt) => cases.save(one, attempt),
    },
    hoursOf: inOffice,
    quietOf: () => Promise.resolve(null),
    send: async ({ id }) => {
      const { status } = await fetch(url, { method: 'POST', body: id });
      return { kind: 'answered', status };
    },
    limiter: { take: () => ({ kind: 'go' }), pause: () => undefined },
    isOwn: () => false,
    now: Date.now,
    random: Math.random,
    log,
  });
  if (sent === 0) await sleep(25);
}
