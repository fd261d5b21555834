/** Processes of their own that a test starts from a bundle and kills, beside the store that they share. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { openStores, type Stores } from '../../bot/store/stores.js';
import type { TestStore } from './stores.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Bundles a worker of this folder once, because a bundle starts ten times faster. The result stands near its packages. */
export async function bundleWorker(name: string): Promise<string> {
  const outfile = path.join(ROOT, 'node_modules', '.cache', 'offer-desk', `${name}-${process.pid}.mjs`);
  await build({
    entryPoints: [path.join(ROOT, 'test', 'helpers', `${name}.ts`)],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile,
    logLevel: 'warning',
  });
  return outfile;
}

/** Starts a bundle, and waits until it says that it is ready. */
export async function startWorker(bundle: string, url: string, place: TestStore): Promise<ChildProcess> {
  const args = [bundle, url, place.dataDir, place.databaseUrl ?? ''];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error('a process did not start');
  return child;
}

/** Kills a process without a warning, and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

/** Opens the store for this work only, because one process at a time may open the embedded store. */
export async function withStores<T>(place: TestStore, work: (stores: Stores) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir, log } = place;
  const stores = await openStores({ databaseUrl, dataDir, log, now: Date.now });
  try {
    return await work(stores);
  } finally {
    await stores.close();
  }
}
