/** The queue of cards: one row per incident and reader, claimed by one worker at a time, over all instances. */
import type { Kysely } from 'kysely';
import type { DeliveryStore } from '../../core/incident/ports.js';
import type { Delivery, DeliveryStatus } from '../../core/incident/delivery.js';
import { deliveryOf, rowOf } from './delivery-rows.js';
import type { Engine } from './engine.js';
import { readPages } from './pages.js';
import type { Schema } from './schema.js';

const PAGE = 500;

export function deliveryStore(kysely: Kysely<Schema>, engine: Engine): DeliveryStore {
  return {
    ofIncident: (incidentId) => ofIncident(kysely, incidentId),
    async one(incidentId, readerId) {
      const row = await kysely
        .selectFrom('deliveries')
        .select('body')
        .where('incident_id', '=', incidentId)
        .where('reader_id', '=', readerId)
        .executeTakeFirst();
      return row && deliveryOf(row);
    },
    claimDue: (now, limit, leaseMs, pausedTenants) =>
      claim(kysely, engine, { status: 'due', now, limit, leaseMs, pausedTenants }),
    claimHeld: (now, limit, leaseMs) =>
      claim(kysely, engine, { status: 'held', now, limit, leaseMs, pausedTenants: [] }),
    claimAbandoned: (now, limit) =>
      claim(kysely, engine, { status: 'sending', now, limit, leaseMs: ABANDONED_MS, pausedTenants: [] }),
    async failed(incidentId, limit) {
      const rows = await kysely
        .selectFrom('deliveries')
        .select('body')
        .where('incident_id', '=', incidentId)
        .where('status', 'in', ['dead', 'stopped'])
        .limit(limit)
        .execute();
      return rows.map(deliveryOf);
    },
    replace: (before, after) => replace(kysely, before, after),
  };
}

/** Time to put a recovered row back. */
const ABANDONED_MS = 10_000;

async function* ofIncident(kysely: Kysely<Schema>, incidentId: string): AsyncGenerator<Delivery> {
  const pages = readPages<{ reader_id: string; body: string }>(PAGE, (after) => {
    const query = kysely
      .selectFrom('deliveries')
      .select(['reader_id', 'body'])
      .where('incident_id', '=', incidentId)
      .orderBy('reader_id')
      .limit(PAGE);
    return (after ? query.where('reader_id', '>', after.reader_id) : query).execute();
  });
  for await (const page of pages) for (const row of page) yield deliveryOf(row);
}

interface Claim {
  readonly status: DeliveryStatus;
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
  readonly pausedTenants: readonly string[];
}

/** Rows of the status whose time has come and that nobody holds; from now on they are the caller's until the lease ends. */
function claim(kysely: Kysely<Schema>, engine: Engine, wish: Claim): Promise<readonly Delivery[]> {
  return kysely.transaction().execute(async (trx) => {
    let query = trx
      .selectFrom('deliveries')
      .select(['incident_id', 'reader_id', 'body'])
      .where('status', '=', wish.status)
      .where('lease_until', '<=', wish.now)
      .limit(wish.limit);
    if (wish.status !== 'sending') query = query.where('due_at', '<=', wish.now).orderBy('due_at');
    if (wish.pausedTenants.length > 0) query = query.where('tenant_id', 'not in', wish.pausedTenants);
    const rows = await engine.claiming(query).execute();
    for (const incidentId of new Set(rows.map((row) => row.incident_id))) {
      const readers = rows.filter((row) => row.incident_id === incidentId).map((row) => row.reader_id);
      await trx
        .updateTable('deliveries')
        .set({ lease_until: wish.now + wish.leaseMs })
        .where('incident_id', '=', incidentId)
        .where('reader_id', 'in', readers)
        .execute();
    }
    return rows.map(deliveryOf);
  });
}

/** The lease goes with what was claimed for: it stays while a request is out, and ends with it. */
async function replace(kysely: Kysely<Schema>, before: Delivery, after: Delivery): Promise<boolean> {
  const { status, due_at, body, lease_until } = rowOf(after);
  const done = await kysely
    .updateTable('deliveries')
    .set({ status, due_at, body, ...(status === 'sending' ? {} : { lease_until }) })
    .where('incident_id', '=', before.incidentId)
    .where('reader_id', '=', before.readerId)
    .where('body', '=', JSON.stringify(before))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
