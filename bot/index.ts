/** Starts the server: reads the settings, opens the product, says where it is and what is not configured. */
import process from 'node:process';
import { config as loadDotenv } from 'dotenv';
import { warmCards } from '../cards/kit/render.js';
import { DeskError } from '../core/errors.js';
import { openApp, type App } from './app/app.js';
import { readConfig } from './app/config.js';
import { runDoorCommand } from './cli/directory-requests.js';
import { openLog, quietConsole } from './runtime/log.js';
import { findRootDir } from './runtime/root-dir.js';
import { startupLines } from './app/startup.js';

loadDotenv({ quiet: true });

async function main(): Promise<void> {
  const rootDir = findRootDir();
  const config = readConfig(process.env, process.cwd());
  const log = openLog(config.logLevel);
  quietConsole(log);
  const app = await openApp({ config, rootDir, log, now: Date.now, doorCommand: runDoorCommand });
  const address = await app.start();
  for (const line of await startupLines(config, app, address)) process.stdout.write(`${line}\n`);
  stopOnSignals(app, config.stopMs);
  setImmediate(warmCards);
}

/** Not ready at once, still answering for the moment that takes to be seen; then closed, within the platform's limit. */
function stopOnSignals(app: App, limitMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      app.retire();
      setTimeout(() => process.exit(0), limitMs);
      setTimeout(() => void app.stop().finally(() => process.exit(0)), limitMs / 8);
    });
  }
}

main().catch((error: unknown) => {
  const known = error instanceof DeskError;
  const lines = known
    ? [error.message, error.remedy]
    : [error instanceof Error ? error.stack : String(error)];
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
});
