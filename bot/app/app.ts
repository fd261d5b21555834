/** The composition root: opens every part of the server and joins the features. */
import { createLimiter } from '../../core/incident/rate.js';
import { createHttpServer } from '../http/server.js';
import type { Meters } from '../metrics/meters.js';
import { openStores, type Stores } from '../store/stores.js';
import { proactiveConnectors } from '../teams/proactive-connectors.js';
import { mayAnswerTo } from '../teams/pre-check.js';
import { sampleMarker } from '../teams/sample-mark.js';
import { startApi } from './api.js';
import { openServices } from './answers.js';
import { openBot } from './bot.js';
import { startCases } from './cases.js';
import type { AppContext, AppSettings, Outward } from './context.js';
import { seedStores, startDirectorySync } from './directory.js';
import { startHandover } from './handover.js';
import { openLiveDirectory, type LiveDirectory } from './live-directory.js';
import {
  openDoorOf,
  openMetrics,
  openTraces,
  registerHealthOf,
  registerMetricsOf,
  watchClock,
  type Life,
} from './operations.js';
import { registerOpenApi } from './openapi.js';
import { startOutages } from './outages.js';
import { openGates } from './people.js';
import { sdkOptions, serviceHosts } from './registration.js';
import { realProfiles } from './real-profiles.js';
import { startInsights } from './insights.js';
import { startReports } from './reports.js';
import { startRetention } from './retention.js';
import { adminNotes, noteText } from './admin-notes.js';
import { startTeamDefaults } from './team-defaults.js';
import { startTeams } from './teams.js';
import { startWeb } from './web.js';

export interface App {
  readonly stores: Stores;
  readonly directory: LiveDirectory;
  readonly services: Pick<
    AppContext['services'],
    'profile' | 'setUp' | 'isSample' | 'view' | 'classifier' | 'cases'
  >;
  /** Starts to listen and returns the address. */
  start(): Promise<{ readonly host: string; readonly port: number }>;
  /** Reports on /readyz that this server should get no new work. The server still answers. */
  retire(): void;
  /** Accepts no new work, lets open work end, then closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

/** Opens everything except the port. Throws DeskErrors of the store and of the configuration. */
export async function openApp(given: AppSettings): Promise<App> {
  const { config, now } = given;
  const meters = await openMetrics(given);
  const log = meters?.counted(given.log) ?? given.log;
  const spans = await openTraces({ ...given, log });
  const { databaseUrl, dataDir } = config;
  const opened = await openStores({ databaseUrl, dataDir, now, log, spans });
  const stores: Stores = { ...opened, profile: realProfiles(opened.profile, config) };
  try {
    return await assemble({ ...given, log, spans, stores }, meters);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function assemble(
  opened: AppSettings & Pick<AppContext, 'stores' | 'spans'>,
  meters: Meters | undefined,
): Promise<App> {
  await seedStores(opened);
  const directory = await openLiveDirectory(opened.stores.directory, opened.log);
  const services = await openServices({ ...opened, directory });
  const context: AppContext = {
    ...opened,
    directory,
    services,
    ...(await openBot({ ...opened, services })),
    gates: await openGates(opened),
    outward: outwardOf(opened, services.isSample),
    server: serverOf(opened),
  };
  const life = { retired: false };
  registerHealthOf(context, life);
  if (meters) registerMetricsOf(context, meters);
  registerOpenApi(context);
  await startFeatures(context);
  return running(context, life);
}

/** Registers the routes and starts the workers of every feature. When the server ends, they stop in reverse order. */
async function startFeatures(context: AppContext): Promise<void> {
  const tell = adminNotes(context);
  await watchClock(context);
  startOutages(context, tell);
  await startDirectorySync(context, (source, outcome) =>
    tell((language) => noteText(source, outcome, language), source),
  );
  startTeams(context);
  await startWeb(context);
  await startApi(context);
  startHandover(context);
  startReports(context);
  await startInsights(context);
  startCases(context);
  await startTeamDefaults(context);
  await openDoorOf(context);
  startRetention(context);
}

function outwardOf({ config, sdk }: AppSettings, isSample: () => boolean = () => false): Outward {
  const hosts = serviceHosts(config);
  return {
    connectorFor: proactiveConnectors(sdk ?? [sdkOptions(config)], config.registration?.appId ?? ''),
    mayAnswerTo: (serviceUrl) => mayAnswerTo(serviceUrl, hosts, !config.registration),
    mark: sampleMarker(isSample),
    limiter: createLimiter({ perTenant: config.outages.rate }),
  };
}

function serverOf({ config, log }: AppSettings) {
  return createHttpServer({
    log,
    localOnly: !config.registration,
    proxies: config.proxies,
    https: config.publicUrl?.startsWith('https:'),
  });
}

function running(context: AppContext, life: Life): App {
  const { config, log, spans, stores, directory, services, server } = context;
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await server.close();
    directory.stop();
    await stores.close();
    await spans.close();
    log.info('app.stopped');
  };
  return {
    stores,
    directory,
    services,
    start: () => server.listen(config.host, config.port),
    retire: () => void (life.retired = true),
    stop: () => (stopped ??= stop()),
  };
}
