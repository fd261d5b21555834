/**
 * Fills an empty store, and runs the directory's sources: one source by command, or all on their schedule. With several
 * instances, each source runs once.
 */
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { DeskError } from '../../core/errors.js';
import type { Clock, Log } from '../../core/ports.js';
import { forgetSource } from '../../core/services/directory/import-rows.js';
import {
  detailOf,
  isSameTrouble,
  syncDirectory,
  wasGood,
  type DirectorySource,
  type SyncOutcome,
  type SyncRequest,
  type SyncState,
} from '../../core/services/directory/sync-source.js';
import { openConfiguredSources } from '../directory/configured-sources.js';
import { sourceOfFile } from '../directory/file-source.js';
import { graphClient } from '../directory/graph-client.js';
import { loadSample, SAMPLE_SOURCE } from '../directory/sample.js';
import type { Stores } from '../store/stores.js';
import type { Config } from './config.js';
import { applyProfileFile, readProfileFile } from './profile-file.js';
import type { AppContext } from './context.js';
import { outsideFetch } from '../runtime/outside-fetch.js';
import { passedSince } from '../../core/time.js';

/** The needs for filling an empty store. */
export type SeedDeps = Pick<AppContext, 'rootDir' | 'now' | 'log'> & {
  readonly config: Pick<Config, 'directoryFile' | 'profileFile' | 'registration'>;
  readonly stores: Pick<Stores, 'directory' | 'profile'>;
};

/**
 * Loads the operator's files. Only in local mode, the fictional sample replaces missing files. An existing directory or
 * profile stays, but a registered bot removes the sample's rows. Throws the errors of `loadSample`.
 */
export async function seedStores(deps: SeedDeps): Promise<void> {
  const { config, stores, rootDir, now, log } = deps;
  const { directoryFile, profileFile, registration } = config;
  const sample = (file: string) => (registration ? undefined : path.join(rootDir, 'data', file));
  if (registration) await dropSample(deps);
  if (profileFile !== undefined) {
    const applied = await applyProfileFile(stores.profile, await readProfileFile(profileFile), now());
    log.info('profile.file', { applied });
  }
  const files = {
    directory: directoryFile ?? sample('directory.json'),
    source: directoryFile ? sourceOfFile(directoryFile) : undefined,
    profile: profileFile === undefined ? sample('partner-profile.json') : undefined,
  };
  const loaded = await loadSample(stores, files, now()).catch((error: unknown) => {
    throw ofSetting(error, directoryFile);
  });
  if (loaded.directory || loaded.profile) log.info('store.seeded', { ...loaded });
}

/** Says which setting named the file that cannot be imported. */
function ofSetting(error: unknown, directoryFile: string | undefined): unknown {
  const isFile = error instanceof DeskError && error.code.startsWith('import.');
  if (!isFile || directoryFile === undefined) return error;
  const where = `OFFER_DESK_DIRECTORY: ${directoryFile}`;
  return new DeskError(error.code, `${where}: ${error.message}`, { cause: error });
}

/** The store was used in local mode before: real users must never read about fictional offers. */
async function dropSample({ stores, now, log }: SeedDeps): Promise<void> {
  const request = { source: SAMPLE_SOURCE, actor: 'setup', now: now() };
  const { removed } = await forgetSource({ directory: stores.directory }, request);
  if (removed > 0) log.warn('store.sample-dropped', { rows: removed });
}

/**
 * Runs the configured sources on their schedule.
 * @throws DeskError `config.invalid`, `import.mapping` when the file of sources is wrong
 */
export async function startDirectorySync(
  { config, stores, now, log, server }: Pick<AppContext, 'config' | 'stores' | 'now' | 'log' | 'server'>,
  tell: SyncDeps['tell'],
): Promise<void> {
  const sources = await openSources(config, now);
  if (sources.length === 0) return;
  const schedule = startSyncSchedule({ stores, sources, now, tell }, log);
  server.onClose(() => schedule.stop());
}

export interface SyncDeps {
  readonly stores: Pick<Stores, 'directory' | 'syncs' | 'leases'>;
  readonly sources: readonly DirectorySource[];
  readonly now: Clock;
  /** Called for a stopped scheduled run, once for each reason. */
  readonly tell?: (source: string, outcome: SyncOutcome) => Promise<void>;
}

/** A run renews its lease at every third of this time. If a process dies, its source is free after this time. */
const LEASE_MS = 90_000;
const LOOK_MS = 60_000;
const MINUTE_MS = 60_000;
/** The longest wait in minutes before a failed source is tried again, even if the source runs rarely. */
const RETRY_MINUTES = 15;

/** The sources in the settings; none without a file. @throws DeskError `config.invalid`, `import.mapping` */
export async function openSources(config: Config, now: Clock): Promise<readonly DirectorySource[]> {
  const { sourcesFile, catalogKey, registration, privateHosts } = config;
  if (sourcesFile === undefined) return [];
  const fetch = outsideFetch(privateHosts);
  const graph = registration && (await graphClient(registration, fetch));
  return openConfiguredSources(sourcesFile, {
    fetch,
    now,
    ...(catalogKey === undefined ? {} : { catalogKey }),
    ...(graph ? { graph: () => graph } : {}),
  });
}

/** Runs one source once. Undefined: another process runs it. `stop` ends the run; then nothing of it counts. */
export function runSource(
  { stores, now }: SyncDeps,
  source: DirectorySource,
  request: Omit<SyncRequest, 'now' | 'signal'>,
  stop?: AbortSignal,
): Promise<SyncOutcome | undefined> {
  return stores.leases.withLease(leaseOf(source), LEASE_MS, (lost) => {
    const signal = stop ? AbortSignal.any([lost, stop]) : lost;
    return syncDirectory(portsOf(stores, signal), source, { ...request, now, signal });
  });
}

function portsOf(stores: SyncDeps['stores'], signal: AbortSignal) {
  const pause = async () => {
    await nextTurn();
    signal.throwIfAborted();
  };
  return { directory: stores.directory, states: stores.syncs, pause };
}

/** Checks every minute which sources are due. `stop` tells a running run to end and waits for it. */
function startSyncSchedule(deps: SyncDeps, log: Log): { readonly stop: () => Promise<void> } {
  let looking: Promise<void> | undefined;
  const stopped = new AbortController();
  const timer = setInterval(() => {
    looking ??= runDue(deps, log, stopped.signal).finally(() => (looking = undefined));
  }, LOOK_MS).unref();
  return {
    stop: async () => {
      clearInterval(timer);
      stopped.abort(new DeskError('source.unavailable', 'the server is stopping'));
      await looking;
    },
  };
}

/** Runs every due source, one after another. Never throws: logs and stores each outcome. */
export async function runDue(deps: SyncDeps, log: Log, stop: AbortSignal): Promise<void> {
  for (const source of deps.sources) {
    if (stop.aborted) return;
    try {
      const ran = await runIfDue(deps, source, stop);
      if (!ran) continue;
      logSync(log, source, ran.outcome);
      const isNews = !wasGood({ outcome: ran.outcome.kind }) && !isSameTrouble(ran.before, ran.outcome);
      if (isNews) await deps.tell?.(source.name, ran.outcome);
    } catch (error) {
      log.error('directory.sync-broken', { source: source.name, error });
    }
  }
}

/** Checks again under the lease, because another instance may have run the source meanwhile. */
function runIfDue({ stores, now }: SyncDeps, source: DirectorySource, stop: AbortSignal) {
  const ports = { directory: stores.directory, states: stores.syncs, pause: () => nextTurn() };
  return stores.leases.withLease(leaseOf(source), LEASE_MS, async (lost) => {
    const before = await stores.syncs.load(source.name);
    if (!isDue(source, before, now())) return undefined;
    const signal = AbortSignal.any([lost, stop]);
    return { before, outcome: await syncDirectory(ports, source, { actor: 'schedule', now, signal }) };
  });
}

/** Changed settings take effect at once. */
function isDue(source: DirectorySource, state: SyncState | undefined, now: number): boolean {
  if (source.everyMinutes === undefined) return false;
  if (state?.fingerprint !== source.fingerprint) return true;
  const minutes = wasGood(state) ? source.everyMinutes : Math.min(source.everyMinutes, RETRY_MINUTES);
  return passedSince(state.triedAt, now) >= minutes * MINUTE_MS;
}

function logSync(log: Log, { name }: DirectorySource, outcome: SyncOutcome): void {
  const fields = { source: name, outcome: outcome.kind, detail: detailOf(outcome) };
  if (outcome.kind === 'done' || outcome.kind === 'nothing-new') log.info('directory.synced', fields);
  else log.warn('directory.not-synced', fields);
}

const leaseOf = ({ name }: DirectorySource) => `directory-sync:${name}`;
