/** What managers are told of by default, as the last look at their teams found it. */
import type { Kysely } from 'kysely';
import type { TeamDefault, TeamStore } from '../../../core/incident/ports.js';
import { inPages, indexable } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';

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
