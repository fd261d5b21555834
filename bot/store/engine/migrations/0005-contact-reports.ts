/** Reports of wrong contacts: the reporters, the outcome of each report, and the pending messages. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await widenReports(db);
  await createNotices(db);
}

async function widenReports(db: Kysely<unknown>): Promise<void> {
  const text = ['note', 'asker', 'language', 'channel_id', 'conversation_id', 'settlement', 'settle_note'];
  for (const column of text) {
    await db.schema
      .alterTable('contact_reports')
      .addColumn(column, 'text', (c) => c.notNull().defaultTo(''))
      .execute();
  }
  await db.schema.alterTable('contact_reports').addColumn('reference', 'text').execute();
  await db.schema.alterTable('contact_reports').addColumn('planned_at', 'bigint').execute();
  // Several open reports by one person about the same state of a contact are one report. Erased persons share one name
  // but do not count as duplicates.
  await db.schema
    .createIndex('contact_reports_person')
    .unique()
    .on('contact_reports')
    .columns(['offer_id', 'contact_kind', 'mark', 'channel_id', 'reporter'])
    .where(sql.ref('reporter'), '<>', sql.lit('erased-person'))
    .where(sql.ref('settled_at'), 'is', null)
    .execute();
}

async function createNotices(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('contact_notices')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('report_id', 'text', (c) => c.notNull())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('channel_id', 'text', (c) => c.notNull())
    .addColumn('conversation_id', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.notNull())
    .addColumn('since', 'bigint', (c) => c.notNull())
    .addColumn('due_at', 'bigint', (c) => c.notNull())
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('outcome', 'text')
    .execute();
  await db.schema
    .createIndex('contact_notices_person')
    .unique()
    .on('contact_notices')
    .columns(['report_id', 'purpose', 'channel_id', 'user_id'])
    .execute();
  await db.schema
    .createIndex('contact_notices_due')
    .on('contact_notices')
    .columns(['due_at'])
    .where(sql.ref('ended_at'), 'is', null)
    .execute();
}
