/** Marks the versions of the partner profile that are the fictional sample or edits of it. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('partner_profile')
    .addColumn('sample', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  // Version 0.1.0 recorded the operator's own file under the same actor. The name tells the sample from that file.
  await sql`update partner_profile set sample = 1 where exists (
    select 1 from partner_profile as seeded
    where seeded.actor = 'first-run' and seeded.body like '%"name":"Alpine Ski House Cloud"%'
      and seeded.version <= partner_profile.version
      and not exists (
        select 1 from partner_profile as own
        where (own.actor like 'cli:%' or own.actor like 'file:%')
          and own.version > seeded.version and own.version <= partner_profile.version))`.execute(db);
}
