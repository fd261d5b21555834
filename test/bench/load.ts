/**
 * Turns a second with signed tokens, fifty connections and PostgreSQL, beside a bare echo bot in the same run; and a soak:
 * `npm run bench -- load`, with LOAD_SECONDS, LOAD_CONNECTIONS, SOAK_MINUTES and SOAK_RATE (turns a second) to change it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { TestStore } from '../helpers/stores.js';

const SECONDS = Number(process.env.LOAD_SECONDS ?? 20);
const CONNECTIONS = Number(process.env.LOAD_CONNECTIONS ?? 50);
const SOAK_MINUTES = Number(process.env.SOAK_MINUTES ?? 0);
const SOAK_RATE = Number(process.env.SOAK_RATE ?? 10);
const WARM_UP_SECONDS = 5;
const TEXTS = ['refund for contoso backup', 'help', 'who supports fabrikam'];

/** Prints one line a system, and the soak's slope when it was asked for. */
export async function run(): Promise<void> {
  const [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
  const place = (await TestStore.prepare('postgres')) ?? (await TestStore.prepare('sqlite'));
  if (!place) throw new Error('no store');
  try {
    const echo = await startEcho();
    await load('bare echo bot, no tokens, no store', echo, connector, undefined);
    echo.process.kill();
    const desk = await startDeskProcess(place, keys, connector);
    await load(`offer desk, signed tokens, ${place.kind}`, desk, connector, keys);
    if (SOAK_MINUTES > 0) await soak(desk, connector, keys);
    desk.process.kill('SIGTERM');
    await new Promise((resolve) => desk.process.once('exit', resolve));
  } finally {
    await Promise.all([connector.close(), keys.close()]);
    await place.remove();
  }
}

interface Target {
  readonly url: string;
  readonly process: ChildProcess;
  /** Memory and event-loop delay since the last call; absent for a system that does not tell. */
  stats?(): Promise<Stats>;
}
interface Stats {
  readonly rss: number;
  readonly handles: number;
  readonly delayP99Ms: number;
  readonly delayMaxMs: number;
}

async function startEcho(): Promise<Target> {
  const file = fileURLToPath(new URL('./echo-bot.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], { env: { ...process.env, PORT: '0' } });
  return { process: child, url: await readyUrl(child) };
}

async function startDeskProcess(
  place: TestStore,
  keys: KeyServer,
  connector: FakeConnector,
): Promise<Target> {
  const file = fileURLToPath(new URL('../helpers/load-desk.ts', import.meta.url));
  const where = { DATABASE_URL: place.databaseUrl ?? '', OFFER_DESK_DATA_DIR: place.dataDir };
  const env = { ...process.env, ...where, KEYS_URL: keys.url, CONNECTOR_URL: connector.url };
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const stats = () =>
    new Promise<Stats>((resolve) => {
      child.once('message', (message) => resolve(message as Stats));
      child.send('stats');
    });
  return { process: child, url: await readyUrl(child), stats };
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

class Client {
  readonly took: number[] = [];
  failed = 0;
  /** A channel uses one token for an hour. */
  private readonly token: string | undefined;
  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  constructor(
    private readonly target: Target,
    private readonly connector: FakeConnector,
    private readonly keys: KeyServer | undefined,
  ) {
    this.token = keys?.token();
  }

  async turn(worker: number, n: number): Promise<void> {
    const conversation = { id: `a:load${worker}-${n % 20}`, conversationType: 'personal' };
    const from = {
      id: `29:load${worker}`,
      name: 'Load',
      aadObjectId: `bbbbbbbb-0000-0000-0000-${String(worker).padStart(12, '0')}`,
    };
    const service = this.keys ? { serviceUrl: SERVICE_URL } : {};
    const body = JSON.stringify(
      teamsActivity(this.connector, { conversation, from, text: TEXTS[n % TEXTS.length], ...service }),
    );
    const since = performance.now();
    const status = await this.post(body);
    this.took.push(performance.now() - since);
    if (status !== 200) this.failed += 1;
    this.connector.sent.length = 0;
  }

  private post(body: string): Promise<number> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(this.token && { authorization: `Bearer ${this.token}` }),
    };
    return new Promise((resolve) => {
      const request = http.request(
        `${this.target.url}/api/messages`,
        { agent: this.agent, method: 'POST', headers },
        (answer) => {
          answer.resume();
          answer.on('end', () => resolve(answer.statusCode ?? 0));
        },
      );
      request.on('error', () => resolve(0));
      request.end(body);
    });
  }
}

async function load(
  name: string,
  target: Target,
  connector: FakeConnector,
  keys: KeyServer | undefined,
): Promise<void> {
  const client = new Client(target, connector, keys);
  let stop = false;
  const worker = async (w: number) => {
    for (let n = 0; !stop; n += 1) await client.turn(w, n);
  };
  const workers = Array.from({ length: CONNECTIONS }, (_, w) => worker(w));
  await pause(WARM_UP_SECONDS * 1000);
  await target.stats?.();
  client.took.length = 0;
  client.failed = 0;
  await pause(SECONDS * 1000);
  const took = [...client.took].sort((a, b) => a - b);
  const stats = await target.stats?.();
  stop = true;
  await Promise.all(workers);
  const at = (share: number) => `${(took[Math.floor(took.length * share)] ?? 0).toFixed(0)} ms`;
  console.log(
    `${name}: ${(took.length / SECONDS).toFixed(0)} turns/s, p50 ${at(0.5)}, p95 ${at(0.95)}, p99 ${at(0.99)}, errors ${client.failed}` +
      (stats
        ? `, event-loop delay p99 ${stats.delayP99Ms.toFixed(0)} ms, RSS ${(stats.rss / 1e6).toFixed(0)} MB`
        : ''),
  );
}

/** A steady trickle; memory and handles are read every ten seconds, and their slope is what counts. */
async function soak(target: Target, connector: FakeConnector, keys: KeyServer): Promise<void> {
  const client = new Client(target, connector, keys);
  const readings: { hours: number; stats: Stats }[] = [];
  const since = performance.now();
  const elapsed = () => (performance.now() - since) / 3_600_000;
  for (let n = 0; elapsed() < SOAK_MINUTES / 60; n += 1) {
    void client.turn(n % CONNECTIONS, n);
    await pause(1000 / SOAK_RATE);
    const stats = n % (SOAK_RATE * 10) === 0 ? await target.stats?.() : undefined;
    if (stats) readings.push({ hours: elapsed(), stats });
  }
  const settled = readings.slice(Math.floor(readings.length / 4));
  const rss = slope(settled.map(({ hours, stats }) => [hours, stats.rss / 1e6]));
  const handles = slope(settled.map(({ hours, stats }) => [hours, stats.handles]));
  console.log(
    `soak of ${SOAK_MINUTES} min at ${SOAK_RATE} turns/s: RSS ${rss.toFixed(1)} MB/h, handles ${handles.toFixed(1)}/h, errors ${client.failed}`,
  );
}

/** Least squares: how much y grows for one x. */
function slope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (at: 0 | 1) => points.reduce((sum, point) => sum + point[at], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const above = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return above / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
