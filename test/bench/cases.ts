/**
 * Finds the due ones of 100,000 open cases on each database, with the plan of the query, and compares the processor time of a
 * reminder with that of an outage card: `npm run bench -- cases`.
 */
import { sql } from 'kysely';
import type { Stores } from '../../bot/store/stores.js';
import { sendDueCases } from '../../core/services/cases/remind.js';
import { commit, fillRecipients, simDeliverer, startDelivery } from '../helpers/audience.js';
import { CapturedLog } from '../helpers/capture-log.js';
import { DAY_MS, inOffice, MONDAY, sampleCase } from '../helpers/cases.js';
import { incident, NOON } from '../helpers/incidents.js';
import { SimClock, SimConnector } from '../helpers/sim.js';
import { ENGINES, TestStore } from '../helpers/stores.js';
import { percentile, print, rounded, watchCpu } from './outages/figures.js';

const OPEN = 100_000;
const BATCH = 20;
const PAGE = 500;
const LOOKS = 40;
const LEASE_MS = 120_000;
const ROUNDS = 12;
/** Cards and reminders of one round. */
const MESSAGES = 1_000;

/** Prints one line for each database, and the ratio of the costs. */
export async function run(): Promise<void> {
  for (const kind of ENGINES) {
    const place = await TestStore.prepare(kind);
    if (!place) continue;
    await finding(kind, await place.open());
    await place.remove();
  }
  await costs();
}

/** Adds open cases. `dueAt` gives the time of each by its place. */
async function fill({ database }: Stores, count: number, dueAt: (place: number) => number): Promise<void> {
  for (let from = 0; from < count; from += PAGE) {
    const rows = Array.from({ length: Math.min(PAGE, count - from) }, (_, at) => {
      const id = `c${from + at}`;
      const one = sampleCase({ id, clickKey: id, dueAt: dueAt(from + at) });
      const { channelId: channel_id, conversationId: conversation_id } = one.holder;
      const times = { opened_at: MONDAY, due_at: one.dueAt, lease_until: 0, closed_at: null };
      const ids = { id, click_key: id, channel_id, conversation_id, user_id: `u${from + at}` };
      return { ...ids, ...times, manager_mark: null, version: 1, body: JSON.stringify(one) };
    });
    await database.kysely.insertInto('cases').values(rows).execute();
  }
}

async function finding(kind: string, stores: Stores): Promise<void> {
  const now = MONDAY + DAY_MS;
  // Twenty are due at each look, the others later.
  await fill(stores, OPEN, (place) => (place < LOOKS * BATCH ? now - 1 : now + DAY_MS + place));
  const { times, cpuMs, found } = await looks(stores, now);
  const none = await looks(stores, now);
  print({
    what: 'due cases',
    kind,
    open: OPEN,
    found,
    aimMs: 20,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    cpuMs: rounded(cpuMs, 2),
    noneDueP50Ms: percentile(none.times, 0.5),
    plan: await planOf(kind, stores, now),
  });
}

/** Claims a batch again and again. A claimed case is not found twice. */
async function looks({ cases }: Stores, now: number) {
  const times: number[] = [];
  const cpu = watchCpu();
  let found = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    const began = performance.now();
    found += (await cases.claim(now, BATCH, LEASE_MS)).length;
    times.push(performance.now() - began);
  }
  return { times, cpuMs: cpu() / LOOKS, found };
}

async function planOf(kind: string, { database }: Stores, now: number): Promise<string> {
  const query = sql`select * from cases where closed_at is null and due_at <= ${now} and lease_until <= ${now} order by due_at limit 20`;
  const explain = kind === 'sqlite' ? sql`explain query plan ${query}` : sql`explain ${query}`;
  const { rows } = await explain.execute(database.kysely);
  const lines = rows.map((row) => Object.values(row as object).at(-1) as string);
  return lines.find((line) => line.includes('cases')) ?? lines.join('; ');
}

/** Both send to a connector without a network, over the embedded store, in turns. */
async function costs(): Promise<void> {
  const places = [await TestStore.prepare('sqlite'), await TestStore.prepare('sqlite')] as const;
  if (!places[0] || !places[1]) return;
  const [outages, cases] = [await places[0].open(), await places[1].open()];
  await fillRecipients(outages, MESSAGES);
  const costs: { readonly card: number; readonly reminder: number }[] = [];
  for (let round = -2; round < ROUNDS; round += 1) {
    const one = { card: await cards(outages), reminder: await reminders(cases) };
    if (round >= 0) costs.push(one);
  }
  const middle = (of: (one: (typeof costs)[number]) => number) => percentileOf(costs.map(of));
  print({
    what: 'a reminder ÷ an outage card, processor time',
    messages: ROUNDS * MESSAGES,
    ratio: rounded(
      middle(({ card, reminder }) => reminder / card),
      2,
    ),
    cpuMs: [
      rounded(
        middle(({ reminder }) => reminder),
        3,
      ),
      rounded(
        middle(({ card }) => card),
        3,
      ),
    ],
  });
  for (const place of places) await place?.remove();
}

const percentileOf = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;

/** Milliseconds of processor time for one card. */
async function cards(stores: Stores): Promise<number> {
  const clock = new SimClock(NOON);
  const connector = new SimConnector(clock, {}, false);
  const cpu = watchCpu();
  await commit(stores, incident({}, { newId: 'cost' }), clock.now());
  const delivery = startDelivery(stores, clock, simDeliverer(stores, clock, connector, { perTenant: 50 }));
  await clock.until(delivery.isOver);
  await delivery.done;
  const perCard = cpu() / connector.creates;
  for (const table of ['deliveries', 'incidents', 'incident_keys'] as const)
    await stores.database.kysely.deleteFrom(table).execute();
  return perCard;
}

/** Milliseconds of processor time for one reminder. */
async function reminders(stores: Stores): Promise<number> {
  const now = MONDAY + DAY_MS;
  await fill(stores, MESSAGES, () => now);
  const cpu = watchCpu();
  let sent = 0;
  const deps = {
    store: stores.cases,
    hoursOf: inOffice,
    quietOf: async ({ userId }: { readonly userId: string }) =>
      (await stores.outages.recipients.byId(`p|${userId}`))?.quiet ?? null,
    send: () => {
      sent += 1;
      return Promise.resolve({ kind: 'answered', status: 200 } as const);
    },
    limiter: { take: () => ({ kind: 'go' }) as const, pause: () => undefined },
    isOwn: () => false,
    now: () => now,
    random: Math.random,
    log: new CapturedLog(),
  };
  while ((await sendDueCases(deps)) > 0);
  const perReminder = cpu() / sent;
  await stores.database.kysely.deleteFrom('cases').execute();
  return perReminder;
}
