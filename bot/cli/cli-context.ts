/** Opens the settings and the stores for one command and closes them afterwards. */
import process from 'node:process';
import { readConfig, type Config } from '../app/config.js';
import { openLog } from '../runtime/log.js';
import { findRootDir } from '../runtime/root-dir.js';
import { seedStores } from '../app/directory.js';
import { openStores, type Stores } from '../store/stores.js';

export interface CliContext {
  readonly config: Config;
  readonly stores: Stores;
  readonly rootDir: string;
  readonly now: () => number;
}

export interface CliContextOptions {
  /** True: fill an empty store with the sample, as the server does. False before an import. */
  readonly seed: boolean;
}

/** Opens the stores, runs one command and closes the stores. Without LOG_LEVEL there is no log. */
export async function withCliContext<T>(
  options: CliContextOptions,
  work: (world: CliContext) => Promise<T>,
): Promise<T> {
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

/** Sets the exit code, which the process returns after all output is written. */
export function exitWith(code: number): void {
  process.exitCode = code;
}
