/** Builds and starts the programs of the benchmark: the product as it is built for production, and the baselines. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import type { BundleScript } from '../../helpers/bundle.js';
import { startConnector, type FakeConnector } from '../../helpers/fake-connector.js';
import { startKeyServer, type KeyServer } from '../../helpers/key-server.js';
import { ENGINES, TestStore } from '../../helpers/stores.js';
import type { Report } from './report.js';

const root = findRootDir();
const OUT = path.join(root, 'node_modules', '.cache', 'offer-desk', `load-${process.pid}`);

/** The channel as this process plays it. */
export interface Channel {
  readonly connector: FakeConnector;
  readonly keys: KeyServer;
}

/** A running program. */
export interface Server {
  readonly name: string;
  readonly url: string;
  /** What a person says, one text after another. */
  readonly texts: readonly string[];
  report(): Promise<Report>;
  stop(): Promise<void>;
}

/** How many offers the large directory has more; 0 leaves that program out. */
const OFFERS = Number(process.env.LOAD_OFFERS ?? 0);
const WATERFALL_TEXTS = ['bus', 'ada', 'yes', 'hello'];
/** Two questions back, the answer about the offer, and a list of offers. */
const DESK_TEXTS = ['refund for contoso backup', 'our partner bought it', 'no', 'who supports fabrikam'];

/** Deletes what `startServers` built. */
export function removeBuilt(): void {
  rmSync(OUT, { recursive: true, force: true });
}

/** Starts the key server and the connector of the channel. */
export async function openChannel(): Promise<Channel & { close(): Promise<unknown> }> {
  const [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
  return { connector, keys, close: () => Promise.all([connector.close(), keys.close()]) };
}

/** Builds everything and starts all programs. The product on PostgreSQL is left out where no PostgreSQL runs. */
export async function startServers(channel: Channel): Promise<readonly Server[]> {
  const { bundleServer } = (await import(
    pathToFileURL(path.join(root, 'scripts', 'bundle.mjs')).href
  )) as BundleScript;
  await bundleServer({ root, outdir: OUT, entryPoints: { desk: 'test/bench/load/desk.ts' } });
  await build({
    absWorkingDir: root,
    entryPoints: ['test/bench/baselines/signed-echo-bot.ts', 'test/bench/baselines/waterfall-bot.ts'],
    outdir: OUT,
    logLevel: 'error',
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const servers: Server[] = [];
  if (isWanted('echo')) servers.push(await start('echo', 'signed-echo-bot.js', ['hello'], channel, {}));
  if (isWanted('waterfall'))
    servers.push(await start('waterfall', 'waterfall-bot.js', WATERFALL_TEXTS, channel, {}));
  for (const kind of ENGINES)
    for (const name of [kind, frameOf(kind), ...(OFFERS > 0 ? [largeOf(kind)] : [])].filter(isWanted)) {
      const place = await TestStore.prepare(kind);
      if (!place) continue;
      const env = {
        DATABASE_URL: place.databaseUrl ?? '',
        OFFER_DESK_DATA_DIR: place.dataDir,
        LOAD_PARTS: name === frameOf(kind) ? 'frame' : '',
        LOAD_OFFERS: name === largeOf(kind) ? String(OFFERS) : '',
      };
      const desk = await start(name, 'desk.js', DESK_TEXTS, channel, env);
      servers.push({ ...desk, stop: () => desk.stop().then(() => place.remove()) });
    }
  return servers;
}

/** The product without its dialogs, reading, cards and state: what remains is the floor of this SDK and this store. */
export function frameOf(store: string): string {
  return `${store}-frame`;
}

/** The product with `LOAD_OFFERS` more offers. */
export function largeOf(store: string): string {
  return `${store}-large`;
}

async function start(
  name: string,
  file: string,
  texts: readonly string[],
  { keys, connector }: Channel,
  more: Readonly<Record<string, string>>,
): Promise<Server> {
  const env = { ...process.env, NODE_ENV: '', KEYS_URL: keys.url, CONNECTOR_URL: connector.url, ...more };
  const child = spawn(process.execPath, [...profiling(name), path.join(OUT, file)], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const url = await readyUrl(child);
  const report = async () => {
    const answered = once(child, 'message') as Promise<[Report]>;
    child.send('report');
    return (await answered)[0];
  };
  const stop = async () => {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  return { name, url, texts, report, stop };
}

/** The only program to start, with a processor profile in the present folder. */
const PROFILED = process.env.LOAD_PROFILE;
/** The only programs to start. Undefined: all programs. */
const ONLY = (PROFILED ?? process.env.LOAD_ONLY)?.split(',');

function isWanted(name: string): boolean {
  return ONLY === undefined || ONLY.includes(name);
}

function profiling(name: string): string[] {
  return PROFILED === name ? ['--cpu-prof', '--cpu-prof-name', `${name}.cpuprofile`] : [];
}

function readyUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /ready (http:\S+?)\/?\n/.exec(chunk.toString());
      if (found?.[1]) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
}
