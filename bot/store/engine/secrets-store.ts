/**
 * Named random secrets (signing keys). The store creates each secret once, keeps it over restarts and shares it with
 * all instances.
 */
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import type { Schema } from './schema.js';

const BYTES = 32;

export interface SecretStore {
  /** The 32 random bytes stored under `name`; created at the first request. */
  getOrCreate(name: string): Promise<Buffer>;
}

export function secretStore(kysely: Kysely<Schema>, now: Clock): SecretStore {
  const find = (name: string) =>
    kysely.selectFrom('secrets').select('value').where('name', '=', name).executeTakeFirst();
  return {
    async getOrCreate(name) {
      const known = await find(name);
      if (known) return Buffer.from(known.value, 'base64url');
      const value = randomBytes(BYTES).toString('base64url');
      await kysely
        .insertInto('secrets')
        .values({ name, value, created_at: now() })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .execute();
      // Read again, because another instance may have written first.
      const stored = await find(name);
      if (!stored) throw new DeskError('invariant', `The secret ${name} was not kept`);
      return Buffer.from(stored.value, 'base64url');
    },
  };
}
