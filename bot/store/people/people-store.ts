/** The stored preferences of a person (for example the language), by channel and user id. */
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

export interface PersonKey {
  readonly channelId: string;
  readonly userId: string;
}
/** Preferences by name; JSON values. */
export type Preferences = Readonly<Record<string, unknown>>;

export interface PeopleStore {
  /** Empty for an unknown person. */
  get(person: PersonKey): Promise<Preferences>;
  /** Sets the named preferences and keeps the others; `undefined` removes one. Returns all preferences. */
  set(person: PersonKey, changes: Preferences): Promise<Preferences>;
  /** Returns true when there was something to forget. */
  forget(person: PersonKey): Promise<boolean>;
  /** Deletes rows without a change since `before` (milliseconds). Returns the number of deleted rows. */
  purge(before: number): Promise<number>;
}

export function peopleStore(kysely: Kysely<Schema>, now: Clock): PeopleStore {
  return {
    get: (person) => find(kysely, columnsOf(person)),
    set: (person, changes) =>
      kysely.transaction().execute((trx) => merge(trx, columnsOf(person), changes, now())),
    async forget(person) {
      const key = columnsOf(person);
      const gone = await kysely
        .deleteFrom('people')
        .where('channel_id', '=', key.channel_id)
        .where('user_id', '=', key.user_id)
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
    async purge(before) {
      const gone = await kysely.deleteFrom('people').where('updated_at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

interface Columns {
  readonly channel_id: string;
  readonly user_id: string;
}

function columnsOf({ channelId, userId }: PersonKey): Columns {
  return { channel_id: channelId, user_id: indexable(userId) };
}

async function find(db: Kysely<Schema>, key: Columns): Promise<Preferences> {
  const row = await db
    .selectFrom('people')
    .select('body')
    .where('channel_id', '=', key.channel_id)
    .where('user_id', '=', key.user_id)
    .executeTakeFirst();
  return row ? (JSON.parse(row.body) as Preferences) : {};
}

/** Writes first: the write locks the row on both engines, so that neither of two simultaneous changes is lost. */
async function merge(
  trx: Kysely<Schema>,
  key: Columns,
  changes: Preferences,
  at: number,
): Promise<Preferences> {
  await trx
    .insertInto('people')
    .values({ ...key, body: '{}', updated_at: at })
    .onConflict((conflict) => conflict.columns(['channel_id', 'user_id']).doUpdateSet({ updated_at: at }))
    .execute();
  const body = JSON.stringify({ ...(await find(trx, key)), ...changes });
  await trx
    .updateTable('people')
    .set({ body })
    .where('channel_id', '=', key.channel_id)
    .where('user_id', '=', key.user_id)
    .execute();
  return JSON.parse(body) as Preferences;
}
