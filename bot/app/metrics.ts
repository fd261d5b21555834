/** Measures the running product where a metrics token is set: wraps the log and shows the page. Part of the wiring. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AppOptions } from './app.js';
import type { LiveDirectory } from './live-directory.js';
import type { HttpServer } from '../http/server.js';
import { openMeters, type Meters } from '../metrics/meters.js';
import { registerMetrics } from '../metrics/route.js';
import { outbox } from '../store/outages/outbox.js';
import type { Stores } from '../store/stores.js';

const Package = z.looseObject({ version: z.string() });

/** The meters, or undefined where no token is set; then the library is not even loaded. */
export async function openMetrics({ config, rootDir }: AppOptions): Promise<Meters | undefined> {
  if (config.metricsToken === undefined) return undefined;
  const [prometheus, file] = await Promise.all([
    import('prom-client'),
    readFile(path.join(rootDir, 'package.json'), 'utf8'),
  ]);
  return openMeters(prometheus.default, Package.parse(JSON.parse(file)).version);
}

/** Shows the page, with what is asked of the store at each look. */
export function wireMetrics(
  meters: Meters,
  server: HttpServer,
  { config, now }: AppOptions,
  { stores, directory }: { readonly stores: Stores; readonly directory: LiveDirectory },
): void {
  const waiting = () => outbox(stores.database.kysely, now());
  meters.gauge({
    name: 'outbox_pending',
    help: 'Cards of outages that wait to be sent',
    ask: async () => (await waiting()).pending,
  });
  meters.gauge({
    name: 'outbox_oldest_age_seconds',
    help: 'How long the oldest due card has waited',
    ask: async () => {
      const { oldestDueAt } = await waiting();
      return oldestDueAt === undefined ? 0 : (now() - oldestDueAt) / 1000;
    },
  });
  meters.gauge({
    name: 'directory_version',
    help: 'The number of the directory answers are given from',
    ask: () => directory.view().directory.version,
  });
  registerMetrics(server, meters.registry, config.metricsToken ?? '');
}
