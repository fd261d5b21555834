/** Lets scheduled work run on one instance at a time. */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Engine } from './engine.js';
import type { Schema } from './schema.js';

export interface Leases {
  /**
   * Runs `work` if no other instance holds `name`. Renews the lease while the work runs, and releases it at the end.
   * `signal` is aborted when the lease is lost, so that the work stops. Returns undefined when another instance holds
   * the lease.
   */
  withLease<T>(
    name: string,
    ttlMs: number,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined>;
}

export function leases(kysely: Kysely<Schema>, engine: Engine): Leases {
  return {
    async withLease(name, ttlMs, work) {
      const holder = randomUUID();
      if (!(await take(kysely, engine, { name, holder, ttlMs }))) return undefined;
      const lost = new AbortController();
      const renewal = setInterval(() => {
        void renew(kysely, engine, { name, holder, ttlMs }).then((kept) => kept || lost.abort());
      }, ttlMs / 3).unref();
      try {
        return await work(lost.signal);
      } finally {
        clearInterval(renewal);
        await give(kysely, name, holder);
      }
    },
  };
}

interface Lease {
  readonly name: string;
  readonly holder: string;
  readonly ttlMs: number;
}

/**
 * A lease with more time left than any holder takes was taken before the clock was set back. Without this rule a dead
 * holder would keep the lease for as long as the clock was set back.
 */
async function take(kysely: Kysely<Schema>, engine: Engine, lease: Lease): Promise<boolean> {
  const mine = { holder: lease.holder, expires_at: until(engine, lease.ttlMs) };
  const won = await kysely
    .insertInto('leases')
    .values({ name: lease.name, ...mine })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet(mine)
        .where((where) =>
          where.or([
            where('leases.expires_at', '<=', engine.now()),
            where('leases.expires_at', '>', until(engine, 2 * lease.ttlMs)),
          ]),
        ),
    )
    .returning('holder')
    .executeTakeFirst();
  return won !== undefined;
}

/** If the database is unavailable and a renewal fails, the lease stays until it expires. */
async function renew(kysely: Kysely<Schema>, engine: Engine, lease: Lease): Promise<boolean> {
  try {
    const done = await kysely
      .updateTable('leases')
      .set({ expires_at: until(engine, lease.ttlMs) })
      .where('name', '=', lease.name)
      .where('holder', '=', lease.holder)
      .executeTakeFirst();
    return done.numUpdatedRows > 0n;
  } catch {
    return true;
  }
}

async function give(kysely: Kysely<Schema>, name: string, holder: string): Promise<void> {
  try {
    await kysely.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute();
  } catch {
    // The lease expires without this call; the caller must get the outcome of the work.
  }
}

function until(engine: Engine, ttlMs: number) {
  return sql<number>`${engine.now()} + ${sql.lit(Math.round(ttlMs))}`;
}
