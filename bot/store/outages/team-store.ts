/** Team defaults and silences. */
import type { Kysely } from 'kysely';
import type { Silence } from '../../../core/incident/audience.js';
import type { SilenceStore, TeamDefault, TeamStore } from '../../../core/incident/ports.js';
import type { Schema } from '../engine/schema.js';
import { inPages, indexable } from '../engine/rows.js';

/** Silences: the things a person does not want cards about until a given time, and why. */
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

const PAGE = 200;

export function teamStore(kysely: Kysely<Schema>): TeamStore {
  return {
    async all() {
      const rows = await kysely.selectFrom('team_defaults').selectAll().orderBy('manager_id').execute();
      return rows.map((row) => ({
        managerId: row.manager_id,
        readerId: row.reader_id,
        topics: JSON.parse(row.topics) as TeamDefault['topics'],
      }));
    },
    async replace(defaults, at) {
      const rows = defaults.map(({ managerId, readerId, topics }) => ({
        manager_id: indexable(managerId),
        reader_id: readerId === null ? null : indexable(readerId),
        topics: JSON.stringify(topics),
        at,
      }));
      await kysely.transaction().execute(async (trx) => {
        await trx.deleteFrom('team_defaults').execute();
        await inPages(rows, PAGE, async (page) => {
          await trx
            .insertInto('team_defaults')
            .values([...page])
            .execute();
        });
      });
    },
  };
}
