/** Rate limits that several instances share: one row for each client and window, with hashed names. */
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Schema } from '../engine/schema.js';

interface Limit {
  readonly calls: number;
  readonly windowMs: number;
}

export interface RateStore {
  /** Counts one call; resolves to 0, or to the milliseconds to wait. `key` hides the addresses in the table. */
  take(key: Uint8Array, name: string, limits: readonly Limit[]): Promise<number>;
  /** Deletes rows whose allowance is full again. Returns the number of deleted rows. */
  purge(): Promise<number>;
}

export function rateStore(kysely: Kysely<Schema>, now: Clock): RateStore {
  return {
    async take(key, name, limits) {
      for (const limit of limits) {
        const text = `${String(limit.windowMs)}|${name}`;
        const mark = createHmac('sha256', key).update(`offer-desk/rates\n${text}`).digest('base64url');
        const wait = await takeOne(kysely, mark, limit, now());
        if (wait > 0) return wait;
      }
      return 0;
    },
    async purge() {
      const gone = await kysely.deleteFrom('client_rates').where('full_at', '<', now()).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

/**
 * One statement counts the call or leaves the row unchanged, so that two instances never both take the last call. A row
 * further ahead than one window was written before the clock was set back, and begins again.
 */
async function takeOne(kysely: Kysely<Schema>, mark: string, limit: Limit, at: number): Promise<number> {
  const interval = Math.ceil(limit.windowMs / limit.calls);
  const latest = at + limit.windowMs - interval;
  const taken = await kysely
    .insertInto('client_rates')
    .values({ mark, full_at: at + interval })
    .onConflict((conflict) =>
      conflict
        .column('mark')
        .doUpdateSet((of) => ({
          full_at: of
            .case()
            .when('client_rates.full_at', '>', at + limit.windowMs)
            .then(at + interval)
            .when('client_rates.full_at', '<', at)
            .then(at + interval)
            .else(of('client_rates.full_at', '+', interval))
            .end(),
        }))
        .where((of) =>
          of.or([
            of('client_rates.full_at', '<=', latest),
            of('client_rates.full_at', '>', at + limit.windowMs),
          ]),
        ),
    )
    .returning('full_at')
    .executeTakeFirst();
  if (taken) return 0;
  const row = await kysely
    .selectFrom('client_rates')
    .select('full_at')
    .where('mark', '=', mark)
    .executeTakeFirst();
  return Math.max(1, (row?.full_at ?? at) - latest);
}
