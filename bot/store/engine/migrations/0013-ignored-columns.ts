/** Columns of a source that an operator ignores by name, as a JSON list. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('directory_syncs')
    .addColumn('ignored', 'text', (column) => column.notNull().defaultTo('[]'))
    .execute();
}
