/** Which recipients want the weekly summary of outages, and when each is due. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('weekly_summaries')
    .addColumn('reader_id', 'text', (column) => column.primaryKey())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('weekly_summaries_due').on('weekly_summaries').column('due_at').execute();
}
