/** A process that writes into an embedded store and prints the acknowledged writes, until a test kills it. */
import { writeSync } from 'node:fs';
import { openStores } from '../../bot/store/stores.js';
import { CapturedLog } from './capture-log.js';
import { publisherOf } from './directory-builders.js';

const [dataDir, first] = process.argv.slice(2);
if (!dataDir || !first) throw new Error('give a data directory and the first number');

const stores = await openStores({ dataDir, now: Date.now, log: new CapturedLog() });
const userId = 'writer';
await stores.conversations.create({ id: 'log', userId, audience: 'customer', createdAt: 1 });
for (let n = Number(first); ; n += 1) {
  await stores.botState.write({ [`state/${n}`]: { n, filling: 'x'.repeat(2000) } });
  writeSync(1, `state ${n}\n`);
  const kept = await stores.conversations.append('log', { type: 'message', text: `m${n}` }, n);
  writeSync(1, `activity ${kept?.id ?? ''}\n`);
  if (n % 5 === 0) await writeDirectory(n);
}

async function writeDirectory(n: number): Promise<void> {
  const publisher = publisherOf({ id: `p${n}`, name: `Publisher ${n}` });
  const row = { kind: 'publisher' as const, key: `publisher:p${n}`, publisher };
  const change = { source: 'file:kill', upserts: [row], removals: [], actor: 'writer', at: n };
  writeSync(1, `version ${await stores.directory.commit(change)}\n`);
}
