/** The queue of cards: one row per incident and recipient. One worker at a time claims a row, across all instances. */
import { sql, type CompiledQuery, type Kysely, type RawBuilder } from 'kysely';
import type { DeliveryStore } from '../../../core/incident/ports.js';
import type { Delivery } from '../../../core/incident/delivery.js';
import type { PartCount } from '../../../core/incident/ledger.js';
import { Lanes, type ClaimableRow } from './delivery-lanes.js';
import { deliveryOf, rowOf } from './delivery-rows.js';
import type { Engine } from '../engine/engine.js';
import { readPages } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';

const PAGE = 500;

export function deliveryStore(kysely: Kysely<Schema>, engine: Engine): DeliveryStore {
  const lightly = light(kysely, engine);
  const replacing = new Replacing();
  const lanes = { due: new Lanes('due'), held: new Lanes('held') };
  return {
    ofIncident: (incidentId) => ofIncident(kysely, incidentId),
    one: (incidentId, readerId) => one(kysely, incidentId, readerId),
    counts: (incidentId) => counts(kysely, incidentId),
    claimDue: (now, limit, leaseMs, left) =>
      claim(lightly, now + leaseMs, (trx) => lanes.due.rows(trx, engine, { now, limit, left })),
    claimHeld: (now, limit, leaseMs) =>
      claim(lightly, now + leaseMs, (trx) => lanes.held.rows(trx, engine, { now, limit, left: [] })),
    claimAbandoned: (now, limit) =>
      claim(lightly, now + ABANDONED_MS, (trx) => {
        const own = trx.selectFrom('deliveries').select(['incident_id', 'reader_id', 'body']);
        const left = own.where('status', '=', 'sending').where('lease_until', '<=', now).limit(limit);
        return engine.claiming(left).execute();
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
    replace: (before, after) =>
      after.status === 'sending' && engine.kind === 'sqlite'
        ? lightly((trx) => replacing.run(trx, before, after))
        : replacing.run(kysely, before, after),
  };
}

/** Time to return a recovered row to the queue. */
const ABANDONED_MS = 10_000;

async function one(
  kysely: Kysely<Schema>,
  incidentId: string,
  readerId: string,
): Promise<Delivery | undefined> {
  const own = kysely.selectFrom('deliveries').select('body').where('incident_id', '=', incidentId);
  const row = await own.where('reader_id', '=', readerId).executeTakeFirst();
  return row && deliveryOf(row);
}

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

type Transact = <T>(work: (trx: Kysely<Schema>) => Promise<T>) => Promise<T>;

/**
 * A claim need not be on the disk before work continues: the claim survives a process crash, and a power failure loses
 * no more than the requests in flight. The outcome of a request is on the disk before the next step.
 */
function light(kysely: Kysely<Schema>, engine: Engine): Transact {
  return engine.kind === 'sqlite'
    ? (work) => engine.unhurried(work)
    : (work) => kysely.transaction().execute(work);
}

/** The rows belong to the caller until the lease ends. */
function claim(
  lightly: Transact,
  until: number,
  find: (trx: Kysely<Schema>) => Promise<readonly ClaimableRow[]>,
): Promise<readonly Delivery[]> {
  return lightly(async (trx) => {
    const rows = await find(trx);
    await lease(trx, rows, until);
    return rows.map(deliveryOf);
  });
}

async function lease(trx: Kysely<Schema>, rows: readonly ClaimableRow[], until: number): Promise<void> {
  for (const incidentId of new Set(rows.map((row) => row.incident_id))) {
    const recipients = rows.filter((row) => row.incident_id === incidentId).map((row) => row.reader_id);
    await trx
      .updateTable('deliveries')
      .set({ lease_until: until })
      .where('incident_id', '=', incidentId)
      .where('reader_id', 'in', recipients)
      .execute();
  }
}

/** Reads only the index. */
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

/**
 * The lease stays while a request is running, and ends with the request. The statements are built once: every card
 * needs two of them, and building a statement costs more than running it.
 */
class Replacing {
  #keeping: CompiledQuery | undefined;
  #ending: CompiledQuery | undefined;

  async run(kysely: Kysely<Schema>, before: Delivery, after: Delivery): Promise<boolean> {
    const { status, due_at, standing, suspected, body } = rowOf(after);
    const query =
      status === 'sending'
        ? (this.#keeping ??= this.#built(kysely, {}))
        : (this.#ending ??= this.#built(kysely, { lease_until: sql.lit(0) }));
    const which = [before.incidentId, before.readerId, JSON.stringify(before)];
    const parameters = [status, due_at, standing, suspected, body, ...which];
    const done = await kysely.executeQuery({ ...query, parameters });
    return (done.numAffectedRows ?? 0n) > 0n;
  }

  /** The values have the order in which `run` gives them. */
  #built(kysely: Kysely<Schema>, more: { lease_until?: RawBuilder<number> }): CompiledQuery {
    return kysely
      .updateTable('deliveries')
      .set({ status: '', due_at: 0, standing: '', suspected: 0, body: '', ...more })
      .where('incident_id', '=', '')
      .where('reader_id', '=', '')
      .where('body', '=', '')
      .compile();
  }
}
