/** The composition root: every edge is made here and meets the others here, and nowhere else. */
import { createLimiter } from '../../core/incident/rate.js';
import type { Clock, Log } from '../../core/ports.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { openBot, type BotParts } from './bot.js';
import type { Config } from './config.js';
import { openLiveDirectory, type LiveDirectory } from './live-directory.js';
import { wireDirectory } from './directory.js';
import { wireDoor } from './door.js';
import { openHandover, wireHandover, type OpenHandover } from './handover.js';
import type { Cleanup } from '../runtime/http-kit.js';
import { registerHealth } from '../http/health.js';
import { createHttpServer, type HttpServer } from '../http/server.js';
import { pollTokens } from './outage-tokens.js';
import { openMetrics, wireMetrics } from './metrics.js';
import type { Meters } from '../metrics/meters.js';
import { wireOutages } from './outages.js';
import { sdkOptions } from './registration.js';
import { seedStores } from './seed.js';
import { openReports, wireReports, type OpenReports } from './reports.js';
import { openServices } from './answers.js';
import { openGates, type StaffGateDeps } from './gates.js';
import { openStores, type Stores } from '../store/stores.js';
import { proactiveConnectors } from '../teams/proactive-connectors.js';
import { MICROSOFT_SERVICE_HOSTS, mayAnswerTo } from '../teams/pre-check.js';
import { wireTeamDefaults } from './team-defaults.js';
import { wireTeams } from './teams.js';
import { startUpkeep } from './retention.js';
import type { SdkArguments } from '../web/web-channel.js';
import { wireWeb } from './web.js';

export interface App {
  readonly stores: Stores;
  readonly directory: LiveDirectory;
  /** Begins to listen; the address. */
  start(): Promise<{ readonly host: string; readonly port: number }>;
  /** Says on /readyz that no new work should be sent here; goes on answering. */
  retire(): void;
  /** Takes no new work, lets open work end, closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

export interface AppOptions extends Pick<StaffGateDeps, 'people'> {
  readonly config: Config;
  readonly rootDir: string;
  readonly log: Log;
  readonly now: Clock;
  /** Another cloud than the public one: where keys and tokens come from. */
  readonly sdk?: SdkArguments;
  /** In place of signing in to Microsoft Graph. */
  readonly graphToken?: () => Promise<string | undefined>;
  /** Milliseconds until a channel's request is answered whatever its turn does. */
  readonly answerWithinMs?: number;
}

/** Opens everything but the port. Throws DeskErrors of the store and of the configuration. */
export async function openApp(given: AppOptions): Promise<App> {
  const { config, now } = given;
  const meters = await openMetrics(given);
  const log = meters?.counted(given.log) ?? given.log;
  const options = { ...given, log };
  const stores = await openStores({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, now, log });
  try {
    return await assemble(options, stores, meters);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function assemble(options: AppOptions, stores: Stores, meters?: Meters): Promise<App> {
  const { config, log, now } = options;
  await seedStores({ config, stores, rootDir: options.rootDir, log, now });
  const directory = await openLiveDirectory(stores.directory, log);
  const reports = await openReports(stores, { now, log });
  const handover = await openHandover(stores, { now, log, keepDays: config.widget.keepDays });
  const services = await openServices(options, stores, directory, { reports, handover });
  const logKey = await stores.secrets.getOrCreate('log-names');
  const parts = openBot(options, stores, services, logKey);
  const server = createHttpServer({
    log,
    localOnly: !config.registration,
    proxies: config.proxies,
    https: config.publicUrl?.startsWith('https:'),
  });
  const life = { retired: false };
  registerHealth(server, { ready: () => readiness(stores, life) });
  if (meters) wireMetrics(meters, server, options, { stores, directory });
  await wireEdges({ options, stores, services, reports, handover, parts, server });
  await wireTeamDefaults(options, {
    stores,
    outages: services.outages,
    onClose: (end) => server.onClose(end),
  });
  await wireDoor({ config, stores, directory, now, log, onClose: (end) => server.onClose(end) });
  server.onClose(startUpkeep({ stores, leases: stores.leases, days: config.keepDays, now, log }));
  return running(options, { stores, directory, server, life });
}

interface Wired {
  readonly options: AppOptions;
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly reports: OpenReports;
  readonly handover: OpenHandover;
  readonly parts: BotParts;
  readonly server: HttpServer;
}

/** Registers every edge's routes and starts what works beside them; all of it ends with the server. */
async function wireEdges(wired: Wired): Promise<void> {
  const { options, stores, services, handover, parts, server } = wired;
  const { config, now, log } = options;
  const serviceHosts = [...MICROSOFT_SERVICE_HOSTS, ...config.serviceHosts];
  const outward = {
    connectorFor: proactiveConnectors(options.sdk ?? [sdkOptions(config)], config.registration?.appId ?? ''),
    mayAnswerTo: (serviceUrl: string) => mayAnswerTo(serviceUrl, serviceHosts, !config.registration),
  };
  // The platform's limits are for all that one bot sends.
  const limiter = createLimiter({ perTenant: config.outages.rate });
  const keepReference = wireOutages({
    kit: server,
    stores,
    services,
    ...outward,
    limiter,
    tokenFor: pollTokens(config, options.graphToken),
    now,
    log,
  });
  const onClose = (cleanup: Cleanup) => server.onClose(cleanup);
  await wireDirectory({ config, stores, now, log, onClose });
  const gates = await openGates(options);
  wireTeams({ options, server, stores, services, parts, keepReference, gates });
  await wireWeb({ options, server, stores, services, web: parts.web });
  wireHandover({
    stores,
    services,
    handover,
    web: parts.web,
    ...outward,
    limiter,
    now,
    log,
    onClose: (cleanup) => server.onClose(cleanup),
  });
  wireReports({ ...wired, ...outward, gates, onClose });
}

type Life = { retired: boolean };

async function readiness(stores: Stores, { retired }: Life): Promise<Readonly<Record<string, boolean>>> {
  if (retired) return { running: false };
  return stores.checkReady().then(
    () => ({ store: true }),
    () => ({ store: false }),
  );
}

interface Parts {
  readonly stores: Stores;
  readonly directory: LiveDirectory;
  readonly server: HttpServer;
  readonly life: Life;
}

function running({ config, log }: AppOptions, { stores, directory, server, life }: Parts): App {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await server.close();
    directory.stop();
    await stores.close();
    log.info('app.stopped');
  };
  return {
    stores,
    directory,
    start: () => server.listen(config.host, config.port),
    retire: () => void (life.retired = true),
    stop: () => (stopped ??= stop()),
  };
}
