/**
 * The topics that each manager's team follows, and the manager's recipient id. An operator sees which managers have no
 * chat with the bot.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('team_defaults')
    .addColumn('manager_id', 'text', (c) => c.primaryKey())
    .addColumn('reader_id', 'text')
    .addColumn('topics', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
}
