/** Rate limits of web clients, the links of a person's ids, and who asked an unanswered question; each as a keyed hash. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('client_rates')
    .addColumn('mark', 'text', (column) => column.primaryKey())
    .addColumn('full_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('person_links')
    .addColumn('mark', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('person_links_key', ['mark', 'user_id', 'conversation_id'])
    .execute();
  await db.schema
    .alterTable('unanswered')
    .addColumn('asker', 'text', (column) => column.notNull().defaultTo(''))
    .execute();
}
