/** A process that runs the registered product with the parent's key server and connector, and reports its load. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { openApp } from '../../bot/app/app.js';
import { readConfig } from '../../bot/app/config.js';
import { openLog } from '../../bot/runtime/log.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { REGISTERED, sdkArguments } from './key-server.js';

const { KEYS_URL = '', CONNECTOR_URL = '', DATABASE_URL = '', OFFER_DESK_DATA_DIR = '' } = process.env;
const env = { ...REGISTERED, PORT: '0', DATABASE_URL, OFFER_DESK_DATA_DIR };
const config = readConfig(env, process.cwd());
const sdk = sdkArguments(KEYS_URL, CONNECTOR_URL);
const log = openLog('warn', { write: () => undefined });
const app = await openApp({ config, env, rootDir: findRootDir(), log, now: Date.now, sdk });
const { port } = await app.start();
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
process.on('message', () => {
  process.send?.({
    rss: process.memoryUsage().rss,
    handles: process.getActiveResourcesInfo().length,
    delayP99Ms: delay.percentile(99) / 1e6,
    delayMaxMs: delay.max / 1e6,
  });
  delay.reset();
});
process.once('SIGTERM', () => void app.stop().finally(() => process.exit(0)));
process.stdout.write(`ready http://127.0.0.1:${port}/\n`);
