/** What keeps the directory true while the server runs: its sources on their schedule. Part of the wiring. */
import type { Clock, Log } from '../../core/ports.js';
import type { Config } from './config.js';
import { openSources, startSyncSchedule } from './directory-sync.js';
import type { Cleanup } from '../runtime/http-kit.js';
import type { Stores } from '../store/stores.js';

export interface DirectoryWiring {
  readonly config: Config;
  readonly stores: Stores;
  readonly now: Clock;
  readonly log: Log;
  /** Registers work for the end of the server. */
  readonly onClose: (cleanup: Cleanup) => void;
}

/** Starts it. @throws DeskError `config.invalid`, `import.mapping` when the file of sources is wrong. */
export async function wireDirectory({ config, stores, now, log, onClose }: DirectoryWiring): Promise<void> {
  const sources = await openSources(config, now);
  if (sources.length > 0) {
    const schedule = startSyncSchedule({ stores, sources, now }, log);
    onClose(() => schedule.stop());
  }
}
