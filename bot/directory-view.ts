/** The directory of this moment with its search index, refreshed when another instance or an import changes it. */
import { indexSteps } from '../core/directory/search.js';
import type { DirectoryStore, Log } from '../core/ports.js';
import { politely } from './in-turns.js';
import type { DirectoryView } from '../dialogs/services.js';

/** Milliseconds between looks at the version number; a look is one small read. */
const LOOK_MS = 2_000;

export interface LiveDirectory {
  /** The newest view; reading it costs nothing. */
  readonly view: () => DirectoryView;
  /** Looks now. Resolves when the view is of the store's version. */
  refresh(): Promise<void>;
  stop(): void;
}

/** Loads the directory and keeps looking for changes. A failed look keeps the last good view. */
export async function openLiveDirectory(
  store: Pick<DirectoryStore, 'version' | 'load'>,
  log: Log,
): Promise<LiveDirectory> {
  let current = await load(store);
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    if ((await store.version()) === current.directory.version) return;
    current = await load(store);
    log.info('directory.refreshed', {
      version: current.directory.version,
      offers: current.directory.offers.size,
    });
  };
  const refresh = (): Promise<void> => (looking ??= look().finally(() => (looking = undefined)));
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn('directory.refresh-failed', { error }));
  }, LOOK_MS);
  timer.unref();
  return { view: () => current, refresh, stop: () => clearInterval(timer) };
}

async function load(store: Pick<DirectoryStore, 'load'>): Promise<DirectoryView> {
  const directory = await store.load();
  return { directory, index: await politely(indexSteps(directory)) };
}
