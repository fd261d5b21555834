/** What the desk remembers about a person (language and the like), by channel and user id. */
import type { Kysely } from 'kysely';
import type { Clock } from '../../core/ports.js';
import type { Schema } from './schema.js';
import { indexable } from './text-columns.js';

export interface PersonKey {
  readonly channelId: string;
  readonly userId: string;
}
/** Preferences by name; JSON values. */
export type Preferences = Readonly<Record<string, unknown>>;

export interface PeopleStore {
  /** Empty for somebody never seen. */
  get(person: PersonKey): Promise<Preferences>;
  /** Sets the preferences named and keeps the others; `undefined` removes one. Returns all of them. */
  set(person: PersonKey, changes: Preferences): Promise<Preferences>;
  /** True when there was something to forget. */
  forget(person: PersonKey): Promise<boolean>;
}

export function peopleStore(kysely: Kysely<Schema>, now: Clock): PeopleStore {
  const rowOf = ({ channelId, userId }: PersonKey) => ({ channel_id: channelId, user_id: indexable(userId) });
  const find = async (db: Kysely<Schema>, key: { channel_id: string; user_id: string }) => {
    const row = await db
      .selectFrom('people')
      .select('body')
      .where('channel_id', '=', key.channel_id)
      .where('user_id', '=', key.user_id)
      .executeTakeFirst();
    return row ? (JSON.parse(row.body) as Preferences) : {};
  };
  return {
    get: (person) => find(kysely, rowOf(person)),
    set: (person, changes) =>
      kysely.transaction().execute(async (trx) => {
        const key = rowOf(person);
        // Writing first locks the row on both engines, so two changes together both stay.
        await trx
          .insertInto('people')
          .values({ ...key, body: '{}', updated_at: now() })
          .onConflict((conflict) =>
            conflict.columns(['channel_id', 'user_id']).doUpdateSet({ updated_at: now() }),
          )
          .execute();
        const merged: Preferences = { ...(await find(trx, key)), ...changes };
        await trx
          .updateTable('people')
          .set({ body: JSON.stringify(merged) })
          .where('channel_id', '=', key.channel_id)
          .where('user_id', '=', key.user_id)
          .execute();
        return JSON.parse(JSON.stringify(merged)) as Preferences;
      }),
    async forget(person) {
      const key = rowOf(person);
      const gone = await kysely
        .deleteFrom('people')
        .where('channel_id', '=', key.channel_id)
        .where('user_id', '=', key.user_id)
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
  };
}
