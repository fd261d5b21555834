/**
 * The planning progress of a changed incident's recipients, the standing of each delivery, and the next tenant to
 * serve.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('outage_plans')
    .addColumn('incident_id', 'text', (c) => c.notNull())
    .addColumn('rings', 'integer', (c) => c.notNull())
    .addColumn('after_reader', 'text', (c) => c.notNull())
    .addColumn('touched_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('outage_plans_pk', ['incident_id', 'rings'])
    .execute();
  await db.schema
    .alterTable('deliveries')
    .addColumn('standing', 'text', (c) => c.notNull().defaultTo('pending'))
    .execute();
  await db.schema
    .alterTable('deliveries')
    .addColumn('suspected', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  // For older deliveries, only the body holds the reason. The reason is written here when the delivery next changes.
  await sql`update deliveries set standing = case when status = 'shown' then 'current'
    when status in ('due', 'sending') then 'pending' else status end`.execute(db);
  await db.schema
    .createIndex('deliveries_standing')
    .on('deliveries')
    .columns(['incident_id', 'standing', 'suspected'])
    .execute();
  await db.schema.dropIndex('deliveries_due').execute();
  await db.schema
    .createIndex('deliveries_lane')
    .on('deliveries')
    .columns(['status', 'tenant_id', 'due_at'])
    .execute();
}
