/** The facts that partners confirmed about visitors of their sites. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('web_visitors')
    .addColumn('conversation_id', 'text', (c) => c.primaryKey())
    .addColumn('customer', 'text', (c) => c.notNull())
    .addColumn('tenant_id', 'text')
    .addColumn('offers', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('web_visitors_customer').on('web_visitors').column('customer').execute();
}
