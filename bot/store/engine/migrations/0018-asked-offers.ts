/** How often each offer was asked about, by day, so that suggestions begin with what people ask most. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('asked_offers')
    .addColumn('offer_id', 'text', (column) => column.notNull())
    .addColumn('day', 'integer', (column) => column.notNull())
    .addColumn('times', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint('asked_offers_key', ['offer_id', 'day'])
    .execute();
}
