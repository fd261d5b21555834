/**
 * A process that runs turns of one conversation. Each turn adds one to a counter in the conversation's state. Runs the
 * given number of turns together; or, for `endless`, one after another until a test kills it.
 */
import { writeSync } from 'node:fs';
import { openStores } from '../../bot/store/stores.js';
import { CapturedLog } from './capture-log.js';
import { addOne } from './counted-turns.js';

const [databaseUrl, dataDir, turns] = process.argv.slice(2);
if (!dataDir || !turns) throw new Error('give a database, a data directory and how many turns');

const stores = await openStores({
  databaseUrl: databaseUrl === '' ? undefined : databaseUrl,
  dataDir,
  now: Date.now,
  log: new CapturedLog(),
  poolSize: 4,
});
for (let n = 0; turns === 'endless'; n += 1) {
  await addOne(stores, `${process.pid}-${n}`);
  writeSync(1, '.');
}
await Promise.all(Array.from({ length: Number(turns) }, (_, n) => addOne(stores, `${process.pid}-${n}`)));
await stores.close();
