/** Cases: who waits for the answer of which contact, and how well contacts answer. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('cases')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('click_key', 'text', (column) => column.notNull().unique())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('conversation_id', 'text', (column) => column.notNull())
    .addColumn('user_id', 'text', (column) => column.notNull())
    .addColumn('manager_mark', 'text')
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('opened_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('closed_at', 'bigint')
    .addColumn('body', 'text', (column) => column.notNull())
    .execute();
  const open = (name: string) =>
    db.schema.createIndex(name).on('cases').where(sql.ref('closed_at'), 'is', null);
  await open('cases_due').columns(['due_at']).execute();
  await open('cases_person').columns(['channel_id', 'user_id']).execute();
  await open('cases_team').columns(['manager_mark', 'opened_at']).execute();
  await db.schema
    .createTable('contact_attempts')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('owner_key', 'text', (column) => column.notNull())
    .addColumn('way', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('minutes', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('contact_attempts_at').on('contact_attempts').column('at').execute();
}
