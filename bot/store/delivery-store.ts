/** The queue of cards: one row per incident and reader, claimed by one worker at a time, over all instances. */
import type { Kysely } from 'kysely';
import type { DeliveryStore } from '../../core/incident/ports.js';
import type { Delivery } from '../../core/incident/delivery.js';
import type { PartCount } from '../../core/incident/ledger.js';
import { Lanes, type ClaimableRow } from './delivery-lanes.js';
import { deliveryOf, rowOf } from './delivery-rows.js';
import type { Engine } from './engine.js';
import { readPages } from './pages.js';
import type { Schema } from './schema.js';

const PAGE = 500;

export function deliveryStore(kysely: Kysely<Schema>, engine: Engine): DeliveryStore {
  const lanes = { due: new Lanes('due'), held: new Lanes('held') };
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
    counts: (incidentId) => counts(kysely, incidentId),
    claimDue: (now, limit, leaseMs, left) =>
      kysely.transaction().execute(async (trx) => {
        const rows = await lanes.due.rows(trx, engine, { now, limit, left });
        return leased(trx, rows, now + leaseMs);
      }),
    claimHeld: (now, limit, leaseMs) =>
      kysely.transaction().execute(async (trx) => {
        const rows = await lanes.held.rows(trx, engine, { now, limit, left: [] });
        return leased(trx, rows, now + leaseMs);
      }),
    claimAbandoned: (now, limit) =>
      kysely.transaction().execute(async (trx) => {
        const own = trx.selectFrom('deliveries').select(['incident_id', 'reader_id', 'body']);
        const left = own.where('status', '=', 'sending').where('lease_until', '<=', now).limit(limit);
        return leased(trx, await engine.claiming(left).execute(), now + ABANDONED_MS);
      }),
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

/** From now on the rows are the caller's until the lease ends. */
async function leased(
  trx: Kysely<Schema>,
  rows: readonly ClaimableRow[],
  until: number,
): Promise<readonly Delivery[]> {
  for (const incidentId of new Set(rows.map((row) => row.incident_id))) {
    const readers = rows.filter((row) => row.incident_id === incidentId).map((row) => row.reader_id);
    await trx
      .updateTable('deliveries')
      .set({ lease_until: until })
      .where('incident_id', '=', incidentId)
      .where('reader_id', 'in', readers)
      .execute();
  }
  return rows.map(deliveryOf);
}

/** Read from the index alone. */
async function counts(kysely: Kysely<Schema>, incidentId: string): Promise<readonly PartCount[]> {
  const rows = await kysely
    .selectFrom('deliveries')
    .select((eb) => [
      'standing',
      eb.fn.countAll<number>().as('count'),
      eb.fn.sum<number>('suspected').as('suspected'),
    ])
    .where('incident_id', '=', incidentId)
    .groupBy('standing')
    .execute();
  return rows.map(({ standing, count, suspected }) => ({
    standing,
    count: Number(count),
    suspected: Number(suspected),
  }));
}

/** The lease goes with what was claimed for: it stays while a request is out, and ends with it. */
async function replace(kysely: Kysely<Schema>, before: Delivery, after: Delivery): Promise<boolean> {
  const { status, due_at, standing, suspected, body, lease_until } = rowOf(after);
  const done = await kysely
    .updateTable('deliveries')
    .set({ status, due_at, standing, suspected, body, ...(status === 'sending' ? {} : { lease_until }) })
    .where('incident_id', '=', before.incidentId)
    .where('reader_id', '=', before.readerId)
    .where('body', '=', JSON.stringify(before))
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
