/**
 * Marks of people: keyed hashes of their ids. A mark finds a person's rows again, and does not say who the person is
 * to somebody without the key.
 */
import { createHmac } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import { secretStore } from '../engine/secrets-store.js';
import type { Schema } from '../engine/schema.js';

const KEY = 'person-marks';

/** Makes marks; creates the key at the first use. */
export async function personMarks(kysely: Kysely<Schema>, now: Clock): Promise<(id: string) => string> {
  const key = await secretStore(kysely, now).getOrCreate(KEY);
  return (id) => markOf(key, id);
}

/** Makes marks with the existing key; undefined while nothing is marked. Works on a store opened for reading. */
export async function knownMarks(kysely: Kysely<Schema>): Promise<((id: string) => string) | undefined> {
  const row = await kysely.selectFrom('secrets').select('value').where('name', '=', KEY).executeTakeFirst();
  return row && ((id) => markOf(Buffer.from(row.value, 'base64url'), id));
}

function markOf(key: Uint8Array, id: string): string {
  return createHmac('sha256', key).update(`offer-desk/person\n${id.toLowerCase()}`).digest('base64url');
}

/** The ids in a conversation reference that name its person. */
export function userIds(body: string): readonly string[] {
  const { user } = JSON.parse(body) as { user?: { id?: unknown; aadObjectId?: unknown } };
  return [user?.id, user?.aadObjectId].filter((one) => typeof one === 'string');
}
