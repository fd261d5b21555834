/** The server: reads the settings, starts the product, and prints its address and what is not configured. */
import { execFile, type PromiseWithChild } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { config as loadDotenv } from 'dotenv';
import { warmCards } from '../cards/kit/render.js';
import { DeskError } from '../core/errors.js';
import type { Log } from '../core/ports.js';
import { inTimeSlices } from '../dialogs/shared/time-slices.js';
import { openApp, type App } from './app/app.js';
import { readConfig, SETTINGS } from './app/config.js';
import { unknownSettings } from './app/config-problems.js';
import type { DoorCommand } from './app/context.js';
import { openLog, outliveReaders, quietConsole } from './runtime/log.js';
import { startIsOver } from './runtime/light-start.js';
import { findRootDir } from './runtime/root-dir.js';
import { announceStart, startFacts } from './app/startup.js';
import { warmReading } from './app/warm-up.js';

/** False when the server runs from the sources, as in tests. */
const isBuilt = !import.meta.url.endsWith('.ts');
const FETCH_MS = 30_000;

loadDotenv({ quiet: true });

/** The commands are loaded when the first command arrives. */
const doorCommand: DoorCommand = async (...asked) =>
  (await import('./cli/every-command.js')).runDoorCommand(...asked);

/** Opens the product and listens. A failure prints one sentence and ends the process. */
export async function main(): Promise<void> {
  outliveReaders();
  try {
    await start();
  } catch (error) {
    endWith(error);
  }
}

async function start(): Promise<void> {
  const rootDir = findRootDir();
  const config = readConfig(process.env, process.cwd(), process.argv.slice(2));
  for (const { name, nearest } of unknownSettings(process.env, Object.keys(SETTINGS)))
    process.stderr.write(
      `Nothing reads the setting ${name}${nearest ? `; perhaps ${nearest} is meant` : ''}.\n`,
    );
  const log = openLog(config.logLevel);
  quietConsole(log);
  const app = await openApp({ config, env: process.env, rootDir, log, now: Date.now, doorCommand });
  const address = await app.start();
  announceStart(await startFacts(config, app, address), process.stdout);
  stopOnSignals(app, config.stopMs);
  setImmediate(() => void warmUp(app).catch((error: unknown) => log.warn('app.not-warm', { error })));
  if (isBuilt && !config.directLine) setImmediate(() => void fetchWebChat(rootDir, log));
}

/** Does the first-time work of an answer before the first visitor comes, in slices. */
async function warmUp({ services }: App): Promise<void> {
  warmCards();
  await inTimeSlices(
    warmReading({ view: services.view(), classifier: services.classifier(), asker: 'customer' }),
  );
  startIsOver();
}

/**
 * Fetches the missing Web Chat bundle. Meanwhile the server answers, and the page says that the bundle is missing. A process of
 * its own does the work and ends: unpacking and compressing take more than 100 MB, which this process would keep.
 */
async function fetchWebChat(rootDir: string, log: Log): Promise<void> {
  const { hasWebChat, webChatDir } = await import('../scripts/webchat-files.mjs');
  if (await hasWebChat(webChatDir(rootDir))) return;
  const fetching = fetchInChild(rootDir);
  const stop = (): void => void fetching.child.kill();
  process.once('exit', stop);
  try {
    const { stdout } = await fetching;
    log.info('web-chat.fetched', { line: stdout.trim() });
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    log.warn('web-chat.not-fetched', {
      reason: stderr ? stderr.trim() : message,
      remedy: 'node dist/webchat.js',
    });
  } finally {
    process.off('exit', stop);
  }
}

function fetchInChild(rootDir: string): PromiseWithChild<{ stdout: string; stderr: string }> {
  const script = path.join(rootDir, 'dist', 'webchat.js');
  return promisify(execFile)(process.execPath, [script, '--timeout-ms', String(FETCH_MS)], { cwd: rootDir });
}

/**
 * First reports "not ready" but still answers, so that the platform notices. Then closes, within the platform's time
 * limit.
 */
function stopOnSignals(app: App, limitMs: number): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      app.retire();
      setTimeout(() => process.exit(0), limitMs);
      setTimeout(() => void app.stop().finally(() => process.exit(0)), limitMs / 8);
    });
  }
}

function endWith(error: unknown): never {
  const known = error instanceof DeskError;
  const lines = known
    ? [`Offer Desk cannot start. ${error.code}: ${error.message}`, error.remedy]
    : [`Offer Desk cannot start: ${error instanceof Error ? error.message : String(error)}`];
  // The stack is for developers.
  if (process.env.LOG_LEVEL === 'debug' && error instanceof Error) lines.push(error.stack ?? '');
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(1);
}
