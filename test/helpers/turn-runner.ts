/** A process that runs turns of one conversation. Each turn adds one to a counter in the conversation's state. */
import { openStores } from '../../bot/store/stores.js';
import { CapturedLog } from './capture-log.js';

const [databaseUrl, turns] = process.argv.slice(2);
if (!databaseUrl || !turns) throw new Error('give a database and how many turns');

const stores = await openStores({
  databaseUrl,
  dataDir: '',
  now: Date.now,
  log: new CapturedLog(),
  poolSize: 4,
});
await Promise.all(
  Array.from({ length: Number(turns) }, () =>
    stores.turns.inOrder('counted', async () => {
      const { counter } = (await stores.botState.read(['counter'])) as { counter?: { count: number } };
      await stores.botState.write({ counter: { count: (counter?.count ?? 0) + 1, eTag: '*' } });
    }),
  ),
);
await stores.close();
