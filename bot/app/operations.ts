/** Serves operators of a running server: health, metrics (if a token is set), the port for commands; watches the clock. */
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { openDoor } from '../door/door-server.js';
import { registerHealth } from '../http/server.js';
import { openMeters, type Meters, registerMetrics } from '../metrics/meters.js';
import type { Spans } from '../runtime/spans.js';
import { openSpans } from '../tracing/open-spans.js';
import type { AppContext, AppSettings } from './context.js';
import { watchedNumbers, type WatchedContext } from './watched-numbers.js';

/** `retired`: the server still answers, but should get no new work. */
export type Life = { retired: boolean };

const Package = z.looseObject({ version: z.string() });

/** The note in `/readyz` while the bot has no partner profile. */
const SET_UP_NOTE = 'set-up: there is no partner profile, so nobody is answered';

/** Registers the liveness and readiness routes. */
export function registerHealthOf(
  { server, stores, services, log }: Pick<AppContext, 'server' | 'stores' | 'services' | 'log'>,
  life: Life,
): void {
  let failure: string | undefined;
  const ready = async (): Promise<Readonly<Record<string, boolean>>> => {
    if (life.retired) return { running: false };
    try {
      await stores.checkReady();
      failure = undefined;
      return { store: true };
    } catch (error) {
      const note = noteOf(error);
      if (note !== failure) log.error('store.not-ready', { error });
      failure = note;
      return { store: false };
    }
  };
  registerHealth(server, {
    ready,
    notes: () => [...(services.setUp?.() ? [SET_UP_NOTE] : []), ...(failure === undefined ? [] : [failure])],
  });
}

/** Why the store is not ready. The page is public, so it shows no path and no words of the database. */
function noteOf(error: unknown): string {
  const words = error instanceof Error ? error.message : '';
  return /\bfull\b|disk|readonly|read-only/i.test(words)
    ? 'store: the disk is full, or cannot be written'
    : 'store: the database does not answer';
}

/** The meters; undefined without a token, and then the library is not loaded. */
export async function openMetrics({ config, rootDir }: AppSettings): Promise<Meters | undefined> {
  if (config.metricsToken === undefined) return undefined;
  const [prometheus, version] = await Promise.all([import('prom-client'), versionIn(rootDir)]);
  return openMeters(prometheus.default, version);
}

/** The spans of this process. Without a receiver in the settings, they trace nothing. */
export function openTraces({ config, rootDir, log }: AppSettings): Promise<Spans> {
  return openSpans({ endpoint: config.tracesEndpoint, version: () => versionIn(rootDir), log });
}

async function versionIn(rootDir: string): Promise<string> {
  const file = await readFile(path.join(rootDir, 'package.json'), 'utf8');
  return Package.parse(JSON.parse(file)).version;
}

/** Registers the metrics page. Each request for the page queries the store. */
export function registerMetricsOf(
  context: WatchedContext & Pick<AppContext, 'config' | 'server'>,
  meters: Meters,
): void {
  for (const asked of watchedNumbers(context)) meters.gauge(asked);
  registerMetrics(context.server, meters.registry, context.config.metricsToken ?? '');
}

/**
 * Opens the port for operators' commands when this process holds the data directory alone. On PostgreSQL, commands use
 * the database directly, so there is no port.
 */
export async function openDoorOf(
  context: Pick<AppContext, 'config' | 'stores' | 'directory' | 'now' | 'log' | 'server' | 'doorCommand'>,
): Promise<void> {
  const { config, stores, directory, log, server, doorCommand } = context;
  if (stores.kind !== 'sqlite' || !doorCommand) return;
  const door = await openDoor({
    dataDir: config.dataDir,
    log,
    run: async (asked, out, signal) => {
      const exit = await doorCommand(asked, { ...context, signal }, out);
      await directory.refresh();
      return exit;
    },
  });
  server.onClose(() => door.close());
}

const LOOK_AT_CLOCK_MS = 60_000;
/** A smaller step delays nothing noticeably. */
const STEP_MS = 5_000;

/**
 * Repairs times from before the clock was set back: now, and within a minute after each such step until the server
 * ends. The repair reads every waiting card, so it does not run without a step.
 * @param steady a clock in milliseconds that always runs forward, also when the time of the machine is changed
 */
export async function watchClock(
  { stores, now, log, server }: Pick<AppContext, 'stores' | 'now' | 'log' | 'server'>,
  steady: () => number = () => performance.now(),
): Promise<void> {
  const repair = async (): Promise<void> => {
    const rows = await stores.repairFutureTimes();
    if (rows > 0) log.warn('clock.set-back', { rows });
  };
  let ahead = now() - steady();
  const look = async (): Promise<void> => {
    const before = ahead;
    ahead = now() - steady();
    if (ahead > before - STEP_MS) return;
    try {
      await repair();
    } catch (error) {
      log.warn('clock.not-repaired', { error });
      // The next look tries again.
      ahead = before;
    }
  };
  await repair().catch((error: unknown) => log.warn('clock.not-repaired', { error }));
  let looking: Promise<void> = Promise.resolve();
  const timer = setInterval(() => void (looking = look()), LOOK_AT_CLOCK_MS).unref();
  server.onClose(async () => {
    clearInterval(timer);
    await looking;
  });
}
