/**
 * The present directory with its search index. It refreshes when another instance or an import changes the directory.
 */
import type { Merged } from '../../core/directory/merge.js';
import { patchSlices } from '../../core/directory/merge-patch.js';
import { indexSlices } from '../../core/directory/search/search.js';
import type { Log } from '../../core/ports.js';
import { inTimeSlices } from '../../dialogs/shared/time-slices.js';
import type { AuditedDirectoryStore } from '../store/directory/directory-store.js';
import type { DirectoryView } from '../../dialogs/shared/services.js';

/** Milliseconds between checks of the version number. A check is one small read. */
const LOOK_MS = 1_000;
/** Up to this number, changed keys are always read one by one. Above it, the limit is a quarter of the directory. */
const FEW = 1_000;

export interface LiveDirectory {
  /** The newest view. Reading it is cheap. */
  readonly view: () => DirectoryView;
  /** Checks now. Resolves when the view has the store's version. */
  refresh(): Promise<void>;
  stop(): void;
}

/** The part of the store that the view uses. */
export type ViewedStore = Pick<AuditedDirectoryStore, 'version' | 'loadMerged' | 'changesSince'>;

/** Loads the directory and keeps checking for changes. A failed check keeps the last good view. */
export async function openLiveDirectory(store: ViewedStore, log: Log): Promise<LiveDirectory> {
  let current = await viewOf(await store.loadMerged());
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    if ((await store.version()) === current.directory.version) return;
    const patched = await patch(store, current);
    current = await viewOf(patched ?? (await store.loadMerged()), current);
    log.info('directory.refreshed', {
      version: current.directory.version,
      offers: current.directory.offers.size,
      how: patched ? 'patched' : 'loaded',
    });
  };
  const refresh = (): Promise<void> => (looking ??= look().finally(() => (looking = undefined)));
  const timer = setInterval(() => {
    refresh().catch((error: unknown) => log.warn('directory.refresh-failed', { error }));
  }, LOOK_MS);
  timer.unref();
  return { view: () => current, refresh, stop: () => clearInterval(timer) };
}

interface Viewed extends DirectoryView {
  readonly merged: Merged;
}

/** Applies a few changes to the known directory. Undefined: too many changes, or changes that require a full read. */
async function patch(store: ViewedStore, { merged }: Viewed): Promise<Merged | undefined> {
  const { version, offers } = merged.directory;
  const changes = await store.changesSince(version, Math.max(FEW, offers.size / 4));
  return changes && inTimeSlices(patchSlices(merged, changes));
}

/** @param before lets the index reuse its work for unchanged names */
async function viewOf(merged: Merged, before?: Viewed): Promise<Viewed> {
  const { directory } = merged;
  return { merged, directory, index: await inTimeSlices(indexSlices(directory, before?.index)) };
}
