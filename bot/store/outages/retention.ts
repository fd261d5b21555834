/** Deletes outages that ended long ago, with their deliveries. */
import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.js';

const AT_ONCE = 200;

export interface OutageRetention {
  /** Deletes ended incidents that began before `before` (milliseconds). Returns the number of deleted incidents. */
  purgeIncidents(before: number): Promise<number>;
  /** Deletes silences that ended before `before`. */
  purgeSilences(before: number): Promise<number>;
  /** Deletes recipients who have been unreachable since `before`. */
  purgeRecipients(before: number): Promise<number>;
}

export function outageRetention(kysely: Kysely<Schema>): OutageRetention {
  return {
    async purgeIncidents(before) {
      let gone = 0;
      for (;;) {
        const ids = await oldIncidents(kysely, before);
        if (ids.length > 0) await deleteIncidents(kysely, ids);
        gone += ids.length;
        if (ids.length < AT_ONCE) return gone;
      }
    },
    async purgeSilences(before) {
      const old = kysely.deleteFrom('outage_silences').where('until_at', '<', before);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
    async purgeRecipients(before) {
      const old = kysely
        .deleteFrom('outage_readers')
        .where('reachable', '=', 0)
        .where('updated_at', '<', before);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}

async function oldIncidents(kysely: Kysely<Schema>, before: number): Promise<readonly string[]> {
  const rows = await kysely
    .selectFrom('incidents')
    .select('id')
    .where('open', '=', 0)
    .where('started_at', '<', before)
    .limit(AT_ONCE)
    .execute();
  return rows.map((row) => row.id);
}

/**
 * Deletes deliveries first. After an interruption, the next run finds the incident again, and no delivery is left
 * without its incident.
 */
async function deleteIncidents(kysely: Kysely<Schema>, ids: readonly string[]): Promise<void> {
  await kysely.transaction().execute(async (trx) => {
    await trx.deleteFrom('deliveries').where('incident_id', 'in', ids).execute();
    await trx.deleteFrom('outage_plans').where('incident_id', 'in', ids).execute();
    await trx.deleteFrom('incident_keys').where('incident_id', 'in', ids).execute();
    await trx.deleteFrom('incidents').where('id', 'in', ids).execute();
  });
}
