/** A process that migrates a database, prints "half-way" in the middle, and waits there until a test kills it. */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Migration } from 'kysely';
import { MIGRATIONS } from '../../bot/store/engine/migrate.js';
import { openStores } from '../../bot/store/stores.js';
import { CapturedLog } from './capture-log.js';

const [dataDir = '', databaseUrl] = process.argv.slice(2);

const endless: Migration = {
  up: async (db) => {
    await db.schema.createTable('half').addColumn('text', 'text').execute();
    writeSync(1, 'half-way\n');
    await sleep(60_000);
  },
};
// The name puts this migration between the first and the last real migration.
Reflect.set(MIGRATIONS, '0002-zz-endless', endless);
await openStores({ dataDir, databaseUrl, now: Date.now, log: new CapturedLog() });
