/** Sentences with what people chose after them, and who ended the use of a taught phrase. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('lessons')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('reason', 'text', (c) => c.notNull())
    .addColumn('about', 'text', (c) => c.notNull())
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('language', 'text', (c) => c.notNull())
    .addColumn('asker', 'text', (c) => c.notNull())
    .addColumn('read', 'text')
    .addColumn('chosen', 'text')
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('lessons_at').on('lessons').column('at').execute();
  await db.schema.alterTable('phrases').addColumn('ended_at', 'bigint').execute();
  await db.schema.alterTable('phrases').addColumn('ended_by', 'text').execute();
}
