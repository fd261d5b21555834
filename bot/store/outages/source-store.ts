/** Registered senders of outage notices, and their signing secrets. */
import type { Kysely } from 'kysely';
import type { OutageSource, SenderSecrets, SourceHealth, SourceStore } from '../../../core/incident/ports.js';
import type { Schema } from '../engine/schema.js';
import { joinKey } from '../engine/rows.js';

export function outageSourceStore(kysely: Kysely<Schema>): SourceStore {
  return {
    async byId(id) {
      const row = await kysely
        .selectFrom('outage_sources')
        .select('body')
        .where('id', '=', id)
        .executeTakeFirst();
      return row && (JSON.parse(row.body) as OutageSource);
    },
    async list() {
      const rows = await kysely.selectFrom('outage_sources').select('body').orderBy('id').execute();
      return rows.map((row) => JSON.parse(row.body) as OutageSource);
    },
    async save(source, actor, at) {
      const values = { body: JSON.stringify(source), actor, updated_at: at };
      await kysely
        .insertInto('outage_sources')
        .values({ id: source.id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
    async health() {
      const rows = await kysely.selectFrom('outage_source_health').select(['id', 'body']).execute();
      return new Map(rows.map((row) => [row.id, JSON.parse(row.body) as SourceHealth]));
    },
    async noteHealth(id, health, at) {
      const values = { body: JSON.stringify(health), updated_at: at };
      await kysely
        .insertInto('outage_source_health')
        .values({ id, ...values })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
        .execute();
    },
  };
}

/** Stores the secrets beside the server's own signing keys. A backup treats both alike. */
export function senderSecrets(kysely: Kysely<Schema>): SenderSecrets {
  const name = (reference: string) => joinKey('outage-sender', reference);
  return {
    async read(reference) {
      const row = await kysely
        .selectFrom('secrets')
        .select('value')
        .where('name', '=', name(reference))
        .executeTakeFirst();
      return row?.value;
    },
    async write(reference, value, at) {
      await kysely
        .insertInto('secrets')
        .values({ name: name(reference), value, created_at: at })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value, created_at: at }))
        .execute();
    },
    async remove(reference) {
      await kysely.deleteFrom('secrets').where('name', '=', name(reference)).execute();
    },
  };
}
