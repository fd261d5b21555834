/** Kills delivering processes at random moments while cards and their updates go out, and counts the results. */
import type { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Stores } from '../../bot/store/stores.js';
import type { Delivery } from '../../core/incident/delivery.js';
import { addsUp, ledgerOf, ledgerOfCounts } from '../../core/incident/ledger.js';
import type { Incident } from '../../core/incident/types.js';
import { commit, fillRecipients } from './audience.js';
import { incident as opened } from './incidents.js';
import { bundleWorker, kill, startWorker, withStores } from './killed-workers.js';
import { TestStore, type EngineKind } from './stores.js';

const INCIDENT = 'kill';
/** After this silence no more cards come, because the silence is longer than the leases of killed processes. */
const QUIET_MS = 2500;
const GIVE_UP_MS = 120_000;

interface KillRun {
  readonly kind: EngineKind;
  /** Processes that deliver at the same time. The test kills one of them again and again. */
  readonly instances: number;
  readonly kills: number;
  readonly recipients: number;
}

interface KillReport {
  readonly versions: number;
  /** Cards that a process was creating when the test killed it. The cards may have arrived or not. */
  readonly inFlight: number;
  readonly messages: number;
  readonly twice: number;
  /** Recipients without a card. */
  readonly lost: number;
  /** Recipients with a card that does not show the final incident. */
  readonly wrong: number;
  /** Deliveries that did not end. */
  readonly open: number;
  readonly addsUp: boolean;
  readonly seconds: number;
}

interface Message {
  readonly recipient: string;
  title: string;
}

/** Accepts cards after a few milliseconds, and knows the card in every message. */
class Chat {
  readonly messages = new Map<string, Message>();
  inFlight = 0;
  changedAt = 0;
  readonly #server = http.createServer((req, res) => {
    let text = '';
    req.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    req.on('end', () => void this.#take(text, res));
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Resolves when every recipient has a card with the title and no more cards come, or after two minutes. */
  async settled(recipients: number, title: string): Promise<void> {
    const end = Date.now() + GIVE_UP_MS;
    while (Date.now() < end) {
      await sleep(100);
      if (this.inFlight > 0 || Date.now() - this.changedAt < QUIET_MS) continue;
      const all = [...this.messages.values()].filter((one) => one.title === title);
      if (new Set(all.map((one) => one.recipient)).size === recipients) return;
    }
  }

  async #take(text: string, res: http.ServerResponse): Promise<void> {
    this.inFlight += 1;
    await sleep(5 + Math.random() * 10);
    const { action, recipient, message, title } = JSON.parse(text) as Record<string, string>;
    const id = action === 'create' ? `m${this.messages.size + 1}` : (message ?? '');
    if (action !== 'reply') this.messages.set(id, { recipient: recipient ?? '', title: title ?? '' });
    this.inFlight -= 1;
    this.changedAt = Date.now();
    res.end(JSON.stringify({ id }));
  }
}

/** Runs the whole test. Undefined when there is no PostgreSQL. */
export async function runKills(run: KillRun): Promise<KillReport | undefined> {
  const place = await TestStore.prepare(run.kind);
  if (!place) return undefined;
  const chat = new Chat();
  const children: ChildProcess[] = [];
  const start = async (): Promise<ChildProcess> => {
    const child = await startWorker(bundle, url, place);
    children.push(child);
    return child;
  };
  const url = await chat.listen();
  const bundle = await bundleWorker('delivery-worker');
  try {
    return await killed(run, place, chat, start);
  } finally {
    for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
    rmSync(bundle, { force: true });
    chat.close();
    await place.remove();
  }
}

async function killed(
  { instances, kills, recipients }: KillRun,
  place: TestStore,
  chat: Chat,
  start: () => Promise<ChildProcess>,
): Promise<KillReport> {
  const began = Date.now();
  let current: Incident = opened({}, { newId: INCIDENT });
  await withStores(place, async (stores) => {
    await fillRecipients(stores, recipients);
    await commit(stores, current, Date.now());
  });
  const inFlight = new Set<string>();
  for (let n = 1; n < instances; n += 1) await start();
  for (let n = 0; n < kills; n += 1) {
    const child = await start();
    await sleep(20 + Math.random() * 250);
    await kill(child);
    await withStores(place, async (stores) => {
      for (const one of await creating(stores, instances > 1)) inFlight.add(one);
      if (n % 2 === 0) return;
      const next = { ...current, version: current.version + 1, title: `Change ${n}` };
      await commit(stores, next, Date.now(), current);
      current = next;
    });
  }
  const last = await start();
  await chat.settled(recipients, current.title);
  await kill(last);
  const seconds = Math.round((Date.now() - began) / 1000);
  return {
    ...(await withStores(place, (stores) => judged(stores, chat, current, recipients))),
    inFlight: inFlight.size,
    seconds,
  };
}

/** Cards that the killed process was creating. The cards of the living processes end in the meantime. */
async function creating(stores: Stores, othersLive: boolean): Promise<readonly string[]> {
  const first = await sendingNow(stores);
  if (!othersLive) return [...first];
  await sleep(150);
  const second = await sendingNow(stores);
  return [...first].filter((one) => second.has(one));
}

async function sendingNow(stores: Stores): Promise<ReadonlySet<string>> {
  const rows = await stores.database.kysely
    .selectFrom('deliveries')
    .select('body')
    .where('status', '=', 'sending')
    .execute();
  const out = rows
    .map((row) => JSON.parse(row.body) as Delivery)
    .filter((row) => row.out?.action === 'create');
  return new Set(out.map((row) => `${row.readerId} ${String(row.lastSentAt)}`));
}

async function judged(
  stores: Stores,
  chat: Chat,
  incident: Incident,
  recipients: number,
): Promise<Omit<KillReport, 'inFlight' | 'seconds'>> {
  const rows: Delivery[] = [];
  for await (const row of stores.outages.deliveries.ofIncident(INCIDENT)) rows.push(row);
  const shows = (row: Delivery): boolean => chat.messages.get(row.activityId ?? '')?.title === incident.title;
  const report = ledgerOf(rows);
  const counted = ledgerOfCounts(await stores.outages.deliveries.counts(INCIDENT));
  const had = new Set([...chat.messages.values()].map((one) => one.recipient));
  return {
    versions: incident.version,
    messages: chat.messages.size,
    twice: chat.messages.size - had.size,
    lost: recipients - had.size,
    wrong: recipients - rows.filter(shows).length,
    open: rows.filter((row) => row.status !== 'shown').length,
    addsUp:
      addsUp(report) && report.total === recipients && JSON.stringify(report) === JSON.stringify(counted),
  };
}
