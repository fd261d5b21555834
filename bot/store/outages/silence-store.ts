/** Silences: what somebody does not want to hear of until a given moment, and why. */
import type { Kysely } from 'kysely';
import type { Silence } from '../../../core/incident/audience.js';
import type { SilenceStore } from '../../../core/incident/ports.js';
import type { Schema } from '../engine/schema.js';

export function silenceStore(kysely: Kysely<Schema>): SilenceStore {
  return {
    async active(now) {
      const rows = await kysely
        .selectFrom('outage_silences')
        .select('body')
        .where('until_at', '>', now)
        .where('ended_at', 'is', null)
        .orderBy('id')
        .execute();
      return rows.map((row) => JSON.parse(row.body) as Silence);
    },
    async add(silence) {
      await kysely
        .insertInto('outage_silences')
        .values({ id: silence.id, until_at: silence.until, body: JSON.stringify(silence) })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async end(id, actor, at) {
      await kysely
        .updateTable('outage_silences')
        .set({ ended_at: at, ended_by: actor })
        .where('id', '=', id)
        .where('ended_at', 'is', null)
        .execute();
    },
  };
}
