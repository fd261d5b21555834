/** The id that a client gives its message, so that every instance recognises a repeated message. */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('conversation_activities').addColumn('client_id', 'text').execute();
  await db.schema
    .createIndex('conversation_activities_client')
    .unique()
    .on('conversation_activities')
    .columns(['conversation_id', 'client_id'])
    .execute();
}
