/** What commands work on: the settings and the stores, opened for one command and closed after it. */
import process from 'node:process';
import { readConfig, type Config } from '../app/config.js';
import { openLog } from '../runtime/log.js';
import { findRootDir } from '../runtime/root-dir.js';
import { seedStores } from '../app/directory.js';
import { openStores, type Stores } from '../store/stores.js';

export interface World {
  readonly config: Config;
  readonly stores: Stores;
  readonly rootDir: string;
  readonly now: () => number;
}

export interface WorldOptions {
  /** Fill an empty store with the sample, as the server does; not before an import. */
  readonly seed: boolean;
}

/** Opens the stores, runs one command, closes them. The log is silent unless LOG_LEVEL is set. */
export async function withWorld<T>(options: WorldOptions, work: (world: World) => Promise<T>): Promise<T> {
  const rootDir = findRootDir();
  const config = readConfig(process.env, process.cwd());
  const log = openLog(process.env.LOG_LEVEL ?? 'silent');
  const stores = await openStores({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    now: Date.now,
    log,
  });
  try {
    if (options.seed) await seedStores({ config, stores, rootDir, log, now: Date.now });
    return await work({ config, stores, rootDir, now: Date.now });
  } finally {
    await stores.close();
  }
}

/** Prints lines to standard output. */
export function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** The exit code of the process, once everything is written. */
export function exitWith(code: number): void {
  process.exitCode = code;
}
