/** Fills an empty store from the operator's files, or from the fictional sample. Part of the wiring. */
import path from 'node:path';
import type { Clock, Log } from '../../core/ports.js';
import type { Config } from './config.js';
import { sourceOfFile } from '../directory/file-source.js';
import { loadSample } from '../directory/sample.js';
import type { Stores } from '../store/stores.js';

export interface SeedOptions {
  readonly config: Pick<Config, 'directoryFile' | 'profileFile'>;
  readonly stores: Pick<Stores, 'directory' | 'profile'>;
  readonly rootDir: string;
  readonly now: Clock;
  readonly log: Log;
}

/** Does nothing to a store that has a directory and a profile. Throws what `loadSample` throws. */
export async function seedStores({ config, stores, rootDir, now, log }: SeedOptions): Promise<void> {
  const paths = {
    directory: config.directoryFile ?? path.join(rootDir, 'data', 'directory.json'),
    source: config.directoryFile ? sourceOfFile(config.directoryFile) : undefined,
    profile: config.profileFile ?? path.join(rootDir, 'data', 'partner-profile.json'),
  };
  const loaded = await loadSample(stores, paths, now());
  if (loaded.directory || loaded.profile) log.info('store.seeded', { ...loaded });
}
