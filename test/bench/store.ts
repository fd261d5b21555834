/** Measures the stores: state written and read on each engine beside memory, turns in order, and a large import. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MemoryStorage, type Storage } from 'botbuilder-core';
import type { DirectoryRow } from '../../core/directory/types.js';
import type { Stores } from '../../bot/store/stores.js';
import { ENGINES, TestStore } from '../helpers/stores.js';

const STATE_OPERATIONS = 2000;
const TURNS = 500;
const ROWS = 50_000;
const STATE = { dialog: { stack: [], filling: 'x'.repeat(1900) } };

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

export async function run(): Promise<void> {
  console.log('engine     operation      p50 ms    p99 ms   × memory p50');
  const memory = await measureStorage(new MemoryStorage());
  print('memory', memory, memory);
  for (const kind of ENGINES) {
    const place = await TestStore.prepare(kind);
    if (!place) continue;
    const stores = await place.open();
    print(kind, await measureStorage(stores.botState), memory);
    await measureTurns(kind, stores);
    await measureImports(kind, stores);
    await place.remove();
  }
}

async function measureStorage(storage: Storage): Promise<{ write: Percentiles; read: Percentiles }> {
  for (let n = 0; n < 200; n += 1) await storage.write({ [`warm/${n}`]: { ...STATE, eTag: '*' } });
  const write = await timed(STATE_OPERATIONS, (n) =>
    storage.write({ [`state/${n % 300}`]: { ...STATE, eTag: '*' } }),
  );
  const read = await timed(STATE_OPERATIONS, (n) => storage.read([`state/${n % 300}`]));
  return { write, read };
}

async function timed(times: number, work: (n: number) => Promise<unknown>): Promise<Percentiles> {
  const taken: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const began = performance.now();
    await work(n);
    taken.push(performance.now() - began);
  }
  taken.sort((a, b) => a - b);
  const at = (part: number) => taken[Math.floor(taken.length * part)] ?? 0;
  return { p50: at(0.5), p99: at(0.99) };
}

function print(
  engine: string,
  measured: { write: Percentiles; read: Percentiles },
  memory: { write: Percentiles; read: Percentiles },
): void {
  for (const operation of ['write', 'read'] as const) {
    const { p50, p99 } = measured[operation];
    const ratio = (p50 / memory[operation].p50).toFixed(1);
    console.log(
      `${engine.padEnd(10)} state ${operation.padEnd(6)} ${p50.toFixed(3).padStart(8)}  ${p99.toFixed(3).padStart(8)}  ${ratio.padStart(8)}`,
    );
  }
}

/** A turn as the bot makes it: its place in the order, state read and written, and its end. */
async function measureTurns(kind: string, stores: Stores): Promise<void> {
  const began = performance.now();
  const { storage } = stores.turns;
  const turn = async (n: number) => {
    const conversationId = `c${n % 50}`;
    const key = `bench/conversations/${conversationId}/`;
    await stores.turns.inTurn({ channelId: 'bench', conversationId, activityId: `a${n}` }, (begun) =>
      begun.run(async () => {
        await storage.read([key]);
        await storage.write({ [key]: STATE });
      }),
    );
  };
  let next = 0;
  const lane = async () => {
    while (next < TURNS) await turn(next++);
  };
  await Promise.all(Array.from({ length: 50 }, lane));
  const seconds = (performance.now() - began) / 1000;
  console.log(`${kind.padEnd(10)} turns, 50 conversations at once: ${Math.round(TURNS / seconds)}/s`);
}

/** Imports while somebody keeps writing state, as a server does. */
async function measureImports(kind: string, stores: Stores): Promise<void> {
  const rows = Array.from({ length: ROWS }, (_, n) => offerRow(n, ''));
  const change = { source: 'file:bench', removals: [], actor: 'bench', at: 1 };
  const commit = (upserts: readonly DirectoryRow[]) => stores.directory.commit({ ...change, upserts });
  await beside(kind, 'import 50,000 new rows', stores, () => commit(rows));
  await beside(kind, 'import the same again', stores, () => commit(rows));
  const changed = rows.map((_, n) => offerRow(n, ' renamed'));
  await beside(kind, 'import 50,000 changes', stores, () => commit(changed));
  await beside(kind, 'load and merge', stores, () => stores.directory.load());
}

async function beside(
  kind: string,
  title: string,
  stores: Stores,
  work: () => Promise<unknown>,
): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  let busy = true;
  let worst = 0;
  delay.enable();
  const writer = (async () => {
    while (busy) {
      const began = performance.now();
      await stores.botState.write({ beside: STATE });
      worst = Math.max(worst, performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  })();
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  busy = false;
  await writer;
  delay.disable();
  const ms = (value: number) => `${Math.round(value)} ms`;
  console.log(
    `${kind.padEnd(10)} ${title}: ${ms(took)}; event loop held at most ${ms(delay.max / 1e6)}; ` +
      `state written beside it in at most ${ms(worst)}`,
  );
}

function offerRow(n: number, suffix: string): DirectoryRow {
  const publisherId = `publisher${n % 900}`;
  const id = `${publisherId}.offer${n}`;
  const offer = {
    id,
    publisherId,
    name: `Offer number ${n}${suffix}`,
    aliases: [],
    summary:
      'A sentence of the usual length about what this offer does, for whom, and why they should buy it.',
    supportTier: 'publisher' as const,
    hosting: 'saas' as const,
    categories: ['analytics', 'productivity'],
    plans: [{ id: 'basic', name: 'Basic' }],
    links: { support: `https://example.com/${n}/support`, documentation: `https://example.com/${n}/docs` },
    contacts: [
      { kind: 'customer-support' as const, email: `support${n}@example.com`, phone: '+15551234567' },
    ],
    withdrawn: false,
  };
  return { kind: 'offer', key: `offer:${id}`, offer };
}
