/**
 * An import of 50,000 offers into the running product while people ask it: how long it takes, how long turns take
 * meanwhile, how soon the search knows it, and the memory of 100,000 offers. Embedded, then on PostgreSQL where there is one;
 * `npm run bench -- directory-live postgres` measures one engine in a process without the other's garbage.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { importRows } from '../../core/services/directory/import-rows.js';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { offerRows } from '../helpers/offer-rows.js';
import { ENGINES, TestStore } from '../helpers/stores.js';

const OFFERS = 50_000;
const NOW = Date.parse('2026-11-22');

/** Prints a block for each engine. */
export async function run(): Promise<void> {
  const only = process.argv[3];
  for (const engine of ENGINES.filter((one) => only === undefined || one === only)) {
    const place = await TestStore.prepare(engine);
    if (!place) continue;
    const desk = await startDesk({
      OFFER_DESK_MESSAGES_PER_MINUTE: '100000',
      ...(place.databaseUrl === undefined ? {} : { DATABASE_URL: place.databaseUrl }),
    });
    try {
      console.log(`${engine}:`);
      await measure(desk);
    } finally {
      await desk.close();
      await place.remove();
    }
  }
}

async function measure(desk: Desk): Promise<void> {
  const visitors = await Promise.all(Array.from({ length: 4 }, () => Visitor.join(desk.url, 'partner')));
  await quiet(desk, visitors);
  await step(desk, visitors, 'import of 50,000', () => bringIn(desk, 'file:one', 0));
  await step(desk, visitors, 'the same again', () => bringIn(desk, 'file:one', 0));
  await step(desk, visitors, '50,000 more', () => bringIn(desk, 'file:two', OFFERS));
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  console.log(`  memory at 100,000 offers: heap ${mb(heapUsed)} MB, RSS ${mb(rss)} MB`);
}

async function quiet(desk: Desk, visitors: readonly Visitor[]): Promise<void> {
  await turnsDuring(visitors, delay(1000));
  console.log(`  turns with nothing else going on: ${figures(await turnsDuring(visitors, delay(3000)))}`);
  await desk.app.directory.refresh();
}

/** Turns go on until the index knows the change: reading it again is part of what an import costs. */
async function step(desk: Desk, visitors: readonly Visitor[], what: string, work: () => Promise<string>) {
  const lag = monitorEventLoopDelay({ resolution: 5 });
  lag.enable();
  const began = performance.now();
  let imported = 0;
  let outcome = '';
  const all = (async () => {
    outcome = await work();
    imported = performance.now();
    const version = await desk.app.stores.directory.version();
    while (desk.app.directory.view().directory.version < version) await delay(20);
  })();
  const times = await turnsDuring(visitors, all);
  const known = performance.now() - imported;
  lag.disable();
  console.log(
    `  ${what}: ${seconds(imported - began)} s (${outcome}); searched ${seconds(known)} s after it; turns: ${figures(times)}; ` +
      `event loop held ${String(Math.round(lag.max / 1e6))} ms at most`,
  );
}

async function bringIn(desk: Desk, source: string, from: number): Promise<string> {
  const report = await importRows(
    { directory: desk.app.stores.directory, pause: () => nextTurn() },
    { source, mode: 'full', rows: offerRows(from, OFFERS), actor: 'bench', now: NOW },
  );
  return report.outcome.kind;
}

/** Everybody asks again and again until `work` is done. Milliseconds from the sentence to the answer. */
async function turnsDuring(visitors: readonly Visitor[], work: Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  let done = false;
  const asking = visitors.map(async (visitor, at) => {
    await delay(at * 30);
    while (!done) {
      const began = performance.now();
      await visitor.ask('Fabrikam Backup is broken, who handles this?', 3);
      times.push(performance.now() - began);
      await delay(100);
    }
  });
  await work;
  done = true;
  await Promise.all(asking);
  return times;
}

function figures(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return `${String(sorted.length)}, p50 ${String(at(0.5))} ms, p99 ${String(at(0.99))} ms, longest ${String(at(1))} ms`;
}

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1);
const mb = (bytes: number) => String(Math.round(bytes / 1_048_576));
