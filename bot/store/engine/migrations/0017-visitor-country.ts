/** The country in which a partner's customer gets its invoices. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('web_visitors').addColumn('country', 'text').execute();
}
