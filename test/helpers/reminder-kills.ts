/** Kills processes that ask about due cases, at random moments, and counts the questions that arrived. */
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stores } from '../../bot/store/stores.js';
import { DAY_MS, sampleCase } from './cases.js';
import { bundleWorker, kill, startWorker, withStores } from './killed-workers.js';
import { TestStore, type EngineKind } from './stores.js';

interface ReminderKills {
  readonly kind: EngineKind;
  /** Processes at the same time. One of them is killed again and again. */
  readonly instances: number;
  readonly kills: number;
  readonly cases: number;
}

interface ReminderReport {
  /** Cases about which nobody was asked. */
  readonly lost: number;
  /** Questions beyond the first about a case. */
  readonly repeated: number;
  /** The most questions about one case. */
  readonly most: number;
  /** Cases that the store does not count as asked once. */
  readonly wrong: number;
}

/** The chats of all holders: each question takes a few milliseconds to arrive. */
class Chats {
  readonly asked: string[] = [];
  readonly #server = http.createServer((req, res) => {
    let id = '';
    req.on('data', (chunk: Buffer) => (id += chunk.toString('utf8')));
    req.on('end', () => void this.#take(id, res));
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #take(id: string, res: http.ServerResponse): Promise<void> {
    await sleep(2 + Math.random() * 6);
    this.asked.push(id);
    res.end();
  }
}

/** Runs the whole test. Undefined when there is no PostgreSQL. */
export async function runReminderKills(run: ReminderKills): Promise<ReminderReport | undefined> {
  const place = await TestStore.prepare(run.kind);
  if (!place) return undefined;
  const chats = new Chats();
  const children: ChildProcess[] = [];
  const url = await chats.listen();
  const bundle = await bundleWorker('reminder-worker');
  try {
    await withStores(place, (stores) => fill(stores, run.cases));
    const start = async (): Promise<ChildProcess> => {
      const child = await startWorker(bundle, url, place);
      children.push(child);
      return child;
    };
    for (let other = 1; other < run.instances; other += 1) await start();
    for (let n = 0; n < run.kills; n += 1) {
      const child = await start();
      await sleep(20 + Math.random() * 150);
      await kill(child);
    }
    await start();
    while (new Set(chats.asked).size < run.cases || (await busy(chats))) await sleep(50);
    for (const child of children) await kill(child);
    return await withStores(place, (stores) => judged(stores, chats.asked, run.cases));
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(bundle, { force: true });
    chats.close();
    await place.remove();
  }
}

/** True while questions still come: longer than the claims of killed processes. */
async function busy({ asked }: Chats): Promise<boolean> {
  const before = asked.length;
  await sleep(2_000);
  return asked.length > before;
}

async function fill({ cases }: Stores, count: number): Promise<void> {
  const now = Date.now();
  for (let at = 0; at < count; at += 1) {
    const id = `k${at}`;
    const times = { openedAt: now - DAY_MS, dueAt: now - 1_000, endsAt: now + 30 * DAY_MS };
    await cases.add(sampleCase({ id, clickKey: id, managerId: null, ...times }));
  }
}

async function judged({ cases }: Stores, asked: readonly string[], count: number): Promise<ReminderReport> {
  const times = new Map<string, number>();
  for (const id of asked) times.set(id, (times.get(id) ?? 0) + 1);
  let wrong = 0;
  for (let at = 0; at < count; at += 1) if ((await cases.byId(`k${at}`))?.asked !== 1) wrong += 1;
  return {
    lost: count - times.size,
    repeated: asked.length - times.size,
    most: Math.max(...times.values()),
    wrong,
  };
}
