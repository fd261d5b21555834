/** How many instances are delivering: the platform's limits are for all of them together. */
import { sql, type Kysely } from 'kysely';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';

export interface WorkerStore {
  /** Says that this instance delivers for the next `ttlMs`; how many do, this one included. */
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
