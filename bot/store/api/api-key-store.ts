/** The keys of other systems, each with the hash of its secret. */
import type { Kysely } from 'kysely';
import {
  API_AUDIENCES,
  API_SCOPES,
  type ApiKey,
  type ApiKeyStore,
} from '../../../core/services/api/api-keys.js';
import type { Schema } from '../engine/schema.js';

export function apiKeyStore(kysely: Kysely<Schema>): ApiKeyStore {
  return {
    async add(key, hash) {
      const added = await kysely
        .insertInto('api_keys')
        .values(rowOf(key, hash))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (added.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    async byId(id) {
      const row = await kysely.selectFrom('api_keys').selectAll().where('id', '=', id).executeTakeFirst();
      const key = row && keyOf(row);
      return row && key && { key, hash: row.hash };
    },
    async list() {
      const rows = await kysely
        .selectFrom('api_keys')
        .selectAll()
        .orderBy('created_at')
        .orderBy('id')
        .execute();
      return rows.flatMap((row) => keyOf(row) ?? []);
    },
    async revoke(id, { actor, at }) {
      const ended = await kysely
        .updateTable('api_keys')
        .set({ revoked_at: at, revoked_by: actor })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      return ended.numUpdatedRows > 0n;
    },
    async noteUse(id, at) {
      await kysely.updateTable('api_keys').set({ used_at: at }).where('id', '=', id).execute();
    },
  };
}

function rowOf({ id, name, audience, scopes, ...key }: ApiKey, hash: string): Schema['api_keys'] {
  const { perMinute: per_minute, createdAt: created_at, createdBy: created_by } = key;
  const shown = { id, name, audience, scopes: scopes.join(' '), per_minute, created_at, created_by };
  return { ...shown, hash, revoked_at: key.revokedAt, revoked_by: null, used_at: key.usedAt };
}

/** Undefined for an audience of a later version. A scope of a later version is left out: this version cannot grant it. */
function keyOf(row: Schema['api_keys']): ApiKey | undefined {
  const audience = API_AUDIENCES.find((one) => one === row.audience);
  if (!audience) return undefined;
  const granted = new Set(row.scopes.split(' '));
  return {
    id: row.id,
    name: row.name,
    audience,
    scopes: API_SCOPES.filter((one) => granted.has(one)),
    perMinute: row.per_minute,
    createdAt: row.created_at,
    createdBy: row.created_by,
    revokedAt: row.revoked_at,
    usedAt: row.used_at,
  };
}
