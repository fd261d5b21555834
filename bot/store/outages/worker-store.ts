/** The stored state of the delivery workers: their outbox and their registration. */
import { type Kysely, sql } from 'kysely';
import type { Schema } from '../engine/schema.js';
import type { Engine } from '../engine/engine.js';

/** The number of waiting cards, for operators. */
export interface Outbox {
  /** Cards that the worker gave up. `outages replay` sends them again. */
  readonly givenUp: number;
  /** Cards that are due or being sent. */
  readonly pending: number;
  /** Milliseconds since the epoch when the oldest due card was due; undefined when none waits. */
  readonly oldestDueAt?: number;
}

/** Reads the queue of outage cards from its index. */
export async function outbox(kysely: Kysely<Schema>, now: number): Promise<Outbox> {
  const row = await kysely
    .selectFrom('deliveries')
    .select((eb) => [eb.fn.countAll<number>().as('pending'), eb.fn.min('due_at').as('oldest')])
    .where('status', 'in', ['due', 'sending'])
    .where('due_at', '<=', now)
    .executeTakeFirst();
  const dead = await kysely
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', 'dead')
    .executeTakeFirst();
  const [pending, givenUp] = [Number(row?.pending ?? 0), Number(dead?.count ?? 0)];
  return pending === 0 || !row
    ? { pending: 0, givenUp }
    : { pending, givenUp, oldestDueAt: Number(row.oldest) };
}

/** The number of instances that deliver: they share the platform's limits. */
export interface WorkerStore {
  /**
   * Registers this instance as delivering for the next `ttlMs`. Returns the number of such instances, including this
   * one.
   */
  present(instance: string, ttlMs: number): Promise<number>;
  leave(instance: string): Promise<void>;
}

export function workerStore(kysely: Kysely<Schema>, engine: Engine): WorkerStore {
  const leave = async (instance: string) => {
    await kysely.deleteFrom('outage_workers').where('instance', '=', instance).execute();
  };
  return {
    async present(instance, ttlMs) {
      const expires_at = sql<number>`${engine.now()} + ${sql.lit(Math.round(ttlMs))}`;
      await kysely
        .insertInto('outage_workers')
        .values({ instance, expires_at })
        .onConflict((conflict) => conflict.column('instance').doUpdateSet({ expires_at }))
        .execute();
      await kysely.deleteFrom('outage_workers').where('expires_at', '<=', engine.now()).execute();
      const rows = await kysely.selectFrom('outage_workers').select('instance').execute();
      return Math.max(1, rows.length);
    },
    leave,
  };
}
