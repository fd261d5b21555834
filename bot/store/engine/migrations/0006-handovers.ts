/**
 * Hand-overs to a person: the staff channel, the transcript of each hand-over, and the messages already sent to each
 * side.
 */
import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handover_places')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('actor', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .execute();
  await upHandovers(db);
  await upEntries(db);
  await upLines(db);
}

async function upHandovers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handovers')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('open', 'integer', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('taken_by', 'text')
    .addColumn('last_at', 'bigint', (c) => c.notNull())
    .addColumn('version', 'bigint', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('handovers_open')
    .unique()
    .on('handovers')
    .columns(['channel_id', 'conversation_id'])
    .where('open' as never, '=', 1)
    .execute();
  await db.schema.createIndex('handovers_last').on('handovers').columns(['open', 'last_at']).execute();
  await db.schema
    .createIndex('handovers_conversation')
    .on('handovers')
    .columns(['conversation_id'])
    .execute();
}

async function upEntries(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handover_entries')
    .addColumn('handover_id', 'text', (c) => c.notNull().references('handovers.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('entry_key', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('staff_id', 'text')
    .addColumn('side', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('activity_id', 'text')
    .addColumn('body', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('handover_entries_pk', ['handover_id', 'seq'])
    .addUniqueConstraint('handover_entries_once', ['handover_id', 'entry_key'])
    .execute();
}

async function upLines(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('handover_lines')
    .addColumn('handover_id', 'text', (c) => c.notNull().references('handovers.id').onDelete('cascade'))
    .addColumn('side', 'text', (c) => c.notNull())
    .addColumn('place', 'text', (c) => c.notNull())
    .addColumn('activity_id', 'text')
    .addColumn('shown', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'bigint', (c) => c.notNull())
    .addColumn('wake', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('lease_until', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('handover_lines_pk', ['handover_id', 'side'])
    .execute();
  await db.schema.createIndex('handover_lines_due').on('handover_lines').column('due_at').execute();
  await db.schema
    .createIndex('handover_lines_card')
    .on('handover_lines')
    .columns(['place', 'activity_id'])
    .execute();
}
