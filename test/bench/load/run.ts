/**
 * One turn of the product beside the SDK's own bots, in interleaved rounds: `npm run bench -- load`. `LOAD_ROUNDS`,
 * `LOAD_TURNS` (of a round) and `LOAD_CONNECTIONS` change it; `SOAK_MINUTES` and `SOAK_RATE` (turns a second) add a soak.
 * `LOAD_OFFERS=100000` adds a program with that many more offers. `LOAD_ONLY=echo,sqlite` runs those programs alone, and
 * `LOAD_PROFILE=postgres` writes its processor profile too.
 */
import { Client } from './client.js';
import type { Report } from './report.js';
import { ENGINES } from '../../helpers/stores.js';
import {
  frameOf,
  largeOf,
  openChannel,
  removeBuilt,
  startServers,
  type Channel,
  type Server,
} from './servers.js';
import { soak } from './soak.js';

const ROUNDS = Number(process.env.LOAD_ROUNDS ?? 5);
const TURNS = Number(process.env.LOAD_TURNS ?? 3000);
const CONNECTIONS = Number(process.env.LOAD_CONNECTIONS ?? 50);
const SOAK_MINUTES = Number(process.env.SOAK_MINUTES ?? 0);
const SOAK_RATE = Number(process.env.SOAK_RATE ?? 10);
const MB = 1024 * 1024;

/** One program in one round. */
interface Round {
  readonly cpuMs: number;
  readonly p99Ms: number;
  readonly statements: number;
  /** Requests to the connector per turn. */
  readonly sends: number;
  readonly rss: number;
  readonly turnsPerSecond: number;
}

/** Prints the table of ratios, and the soak's slope when it was asked for. */
export async function run(): Promise<void> {
  const channel = await openChannel();
  const servers = await startServers(channel);
  try {
    const rounds = await measured(servers, channel);
    console.log(
      `${ROUNDS} rounds of ${TURNS} turns over ${CONNECTIONS} connections; median (lowest–highest)`,
    );
    for (const [name, all] of rounds) printServer(name, all);
    printRatios(rounds);
    const desk = servers.findLast(({ name }) => ENGINES.some((store) => store === name));
    if (SOAK_MINUTES > 0 && desk) await soak(desk, channel, { minutes: SOAK_MINUTES, rate: SOAK_RATE });
  } finally {
    await Promise.all(servers.map((one) => one.stop()));
    await channel.close();
    removeBuilt();
  }
}

/** Warms every program up, then measures one after another, round by round. */
async function measured(
  servers: readonly Server[],
  channel: Channel,
): Promise<ReadonlyMap<string, readonly Round[]>> {
  for (const server of servers) await oneRound(server, channel, 0);
  const rounds = new Map<string, Round[]>(servers.map(({ name }) => [name, []]));
  for (let n = 1; n <= ROUNDS; n += 1)
    for (const server of servers) rounds.get(server.name)?.push(await oneRound(server, channel, n));
  return rounds;
}

async function oneRound(server: Server, channel: Channel, round: number): Promise<Round> {
  const client = new Client(server, channel, CONNECTIONS);
  const before = await server.report();
  const since = performance.now();
  const first = round * Math.ceil(TURNS / CONNECTIONS);
  const person = async (number: number) => {
    for (let n = first; n < first + TURNS / CONNECTIONS; n += 1) await client.turn(number, n);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, (_, number) => person(number)));
  const seconds = (performance.now() - since) / 1000;
  const after = await server.report();
  client.close();
  if (client.failed.size > 0)
    console.log(`${server.name}: turns without 200, by status: ${JSON.stringify([...client.failed])}`);
  return figures(client, seconds, before, after);
}

function figures({ took, sends }: Client, seconds: number, before: Report, after: Report): Round {
  const sorted = [...took].sort((a, b) => a - b);
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / took.length,
    p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN,
    statements: (after.statements - before.statements) / took.length,
    sends: sends / took.length,
    rss: after.rss / MB,
    turnsPerSecond: took.length / seconds,
  };
}

function printServer(name: string, rounds: readonly Round[]): void {
  const of = (figure: keyof Round, digits: number) =>
    spread(
      rounds.map((one) => one[figure]),
      digits,
    );
  const last = rounds.at(-1);
  console.log(
    `${name.padEnd(10)} CPU per turn ${of('cpuMs', 2)} ms, p99 ${of('p99Ms', 0)} ms, ${of('turnsPerSecond', 0)} turns/s, ` +
      `memory ${last?.rss.toFixed(0)} MB, sends per turn ${last?.sends.toFixed(2)}` +
      (last?.statements ? `, statements per turn ${of('statements', 2)}` : ''),
  );
}

function printRatios(rounds: ReadonlyMap<string, readonly Round[]>): void {
  const ratio = (over: string, under: string, figure: keyof Round) => {
    const below = rounds.get(under) ?? [];
    const all = (rounds.get(over) ?? []).map((one, n) => one[figure] / (below[n]?.[figure] ?? Number.NaN));
    if (all.length > 0) console.log(`${over} ÷ ${under}, ${NAMES[figure]}: ${spread(all, 2)}`);
  };
  for (const store of ENGINES) {
    ratio(store, 'echo', 'cpuMs');
    ratio(store, 'waterfall', 'cpuMs');
    ratio(store, 'echo', 'p99Ms');
    ratio(store, 'echo', 'rss');
    ratio(frameOf(store), 'echo', 'cpuMs');
    ratio(store, frameOf(store), 'cpuMs');
    ratio(largeOf(store), store, 'cpuMs');
    ratio(largeOf(store), store, 'rss');
  }
  ratio('waterfall', 'echo', 'cpuMs');
}

const NAMES: Readonly<Record<keyof Round, string>> = {
  cpuMs: 'processor time per turn',
  p99Ms: 'p99',
  statements: 'statements',
  sends: 'sends',
  rss: 'memory',
  turnsPerSecond: 'turns per second',
};

function spread(values: readonly number[], digits: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (n: number) => (sorted.at(n) ?? Number.NaN).toFixed(digits);
  return `${at(sorted.length >> 1)} (${at(0)}–${at(-1)})`;
}
