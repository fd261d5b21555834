/** What became of questions, counted by day, and which recipients want the weekly insights. */
import type { Kysely } from 'kysely';

const KEY = ['day', 'event', 'about', 'issue', 'language', 'asker', 'waited'] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('insight_counts')
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('about', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('language', 'text', (column) => column.notNull())
    .addColumn('asker', 'text', (column) => column.notNull())
    .addColumn('waited', 'integer', (column) => column.notNull())
    .addColumn('times', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('insight_counts_key', [...KEY])
    .execute();
  await db.schema
    .createTable('insight_digests')
    .addColumn('reader_id', 'text', (column) => column.primaryKey())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('insight_digests_due').on('insight_digests').column('due_at').execute();
}
