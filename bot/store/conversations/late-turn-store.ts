/** Keeps activities that the server acknowledged before their turn ended, until the turn has ended. */
import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.js';
import type { ActivityKey } from './turn-store.js';
import { indexable } from '../engine/rows.js';

export interface LateTurnStore {
  /** Stores an activity unchanged, before the server acknowledges it. Stores a repeated activity only once. */
  keep(key: ActivityKey, activity: unknown, at: number): Promise<void>;
  /** Removes the activity: its turn has ended. */
  done(key: ActivityKey): Promise<void>;
  /** Activities kept between `since` and `until` (milliseconds), in the order in which they were kept. */
  waiting(range: { readonly since: number; readonly until: number }): Promise<readonly unknown[]>;
  /** Deletes activities stored before `before`: no person waits for their answers. Returns the number deleted. */
  purge(before: number): Promise<number>;
}

export function lateTurnStore(kysely: Kysely<Schema>): LateTurnStore {
  return {
    async keep(key, activity, at) {
      await kysely
        .insertInto('late_turns')
        .values({ ...columnsOf(key), at, body: JSON.stringify(activity) })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    },
    async done(key) {
      const { channel_id, conversation_id, activity_id } = columnsOf(key);
      await kysely
        .deleteFrom('late_turns')
        .where('channel_id', '=', channel_id)
        .where('conversation_id', '=', conversation_id)
        .where('activity_id', '=', activity_id)
        .execute();
    },
    async waiting({ since, until }) {
      const rows = await kysely
        .selectFrom('late_turns')
        .select('body')
        .where('at', '>=', since)
        .where('at', '<=', until)
        .orderBy('at')
        .execute();
      return rows.map(({ body }) => JSON.parse(body) as unknown);
    },
    async purge(before) {
      const old = await kysely.deleteFrom('late_turns').where('at', '<', before).executeTakeFirst();
      return Number(old.numDeletedRows);
    },
  };
}

function columnsOf(key: ActivityKey) {
  return {
    channel_id: indexable(key.channelId),
    conversation_id: indexable(key.conversationId),
    activity_id: indexable(key.activityId),
  };
}
