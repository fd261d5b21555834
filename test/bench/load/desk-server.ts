/** A process that runs the registered product with the parent's key server and connector, and reports its load. */
import process from 'node:process';
import pg from 'pg';
import { openApp } from '../../../bot/app/app.js';
import { readConfig } from '../../../bot/app/config.js';
import { openLog } from '../../../bot/runtime/log.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { REGISTERED, sdkArguments } from '../../helpers/key-server.js';
import { reportTo } from './report.js';

let statements = 0;
const query = Reflect.get(pg.Client.prototype, 'query') as (this: pg.Client, ...given: unknown[]) => unknown;
Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...given: unknown[]) {
  statements += 1;
  return query.apply(this, given);
});

const { KEYS_URL = '', CONNECTOR_URL = '', DATABASE_URL = '', OFFER_DESK_DATA_DIR = '' } = process.env;
const env = { ...REGISTERED, PORT: '0', DATABASE_URL, OFFER_DESK_DATA_DIR };
const config = readConfig(env, process.cwd());
const sdk = sdkArguments(KEYS_URL, CONNECTOR_URL);
const log = openLog('info', { write: () => undefined });
const app = await openApp({ config, env, rootDir: findRootDir(), log, now: Date.now, sdk });
const { port } = await app.start();
process.once('SIGTERM', () => void app.stop().finally(() => process.exit(0)));
reportTo(port, () => statements);
