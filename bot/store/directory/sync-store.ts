/** The result of the last run of each directory source, and where the next run continues. */
import type { Insertable, Kysely, Selectable } from 'kysely';
import type { SyncState, SyncStates } from '../../../core/services/directory/sync-source.js';
import type { Schema } from '../engine/schema.js';

export function syncStore(kysely: Kysely<Schema>): SyncStates {
  return {
    async load(source) {
      const row = await kysely
        .selectFrom('directory_syncs')
        .selectAll()
        .where('source', '=', source)
        .executeTakeFirst();
      return row && stateOf(row);
    },
    async list() {
      const rows = await kysely.selectFrom('directory_syncs').selectAll().orderBy('source').execute();
      return rows.map(stateOf);
    },
    async save(state) {
      const { source, ...values } = rowOf(state);
      await kysely
        .insertInto('directory_syncs')
        .values({ source, ...values })
        .onConflict((conflict) => conflict.column('source').doUpdateSet(values))
        .execute();
    },
  };
}

function rowOf(state: SyncState): Insertable<Schema['directory_syncs']> {
  const { source, triedAt, succeededAt, outcome, detail, cursor, fingerprint, ignored = [] } = state;
  return {
    source,
    tried_at: triedAt,
    succeeded_at: succeededAt ?? null,
    outcome,
    detail,
    cursor: cursor ?? null,
    fingerprint,
    ignored: JSON.stringify(ignored),
  };
}

function stateOf(row: Selectable<Schema['directory_syncs']>): SyncState {
  const ignored = JSON.parse(row.ignored) as readonly string[];
  return {
    source: row.source,
    triedAt: row.tried_at,
    ...(row.succeeded_at === null ? {} : { succeededAt: row.succeeded_at }),
    outcome: row.outcome as SyncState['outcome'],
    detail: row.detail,
    ...(row.cursor === null ? {} : { cursor: row.cursor }),
    fingerprint: row.fingerprint,
    ...(ignored.length > 0 && { ignored }),
  };
}
