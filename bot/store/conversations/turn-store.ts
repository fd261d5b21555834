/** Turns: an activity that arrives several times is one turn, and a conversation's turns run one after another. */
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';
import { indexable, joinKey } from '../engine/rows.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A turn still running after this belonged to an instance that died: the next delivery may run it. */
const RUNNING_MS = 120_000;

export interface ActivityKey {
  readonly channelId: string;
  readonly conversationId: string;
  readonly activityId: string;
}
export type Claim = 'new' | 'running' | 'done';

export interface TurnStore {
  /** `new` exactly once within 24 hours, unless released or its instance died. */
  claim(activity: ActivityKey): Promise<Claim>;
  /** The turn is over; deliveries of the same activity are answered without one. */
  finish(activity: ActivityKey): Promise<void>;
  /** The turn did not take place (the store failed, the process is ending): a later delivery may run it. */
  release(activity: ActivityKey): Promise<void>;
  /** Runs `work` after all earlier work of the same key (a conversation) has ended, over all instances. */
  inOrder<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Deletes claims older than 24 hours. Returns how many went. */
  purge(): Promise<number>;
}

/** Opens the claims; on a store of one process, turns left running by its predecessor are released first. */
export async function openTurnStore(kysely: Kysely<Schema>, engine: Engine, now: Clock): Promise<TurnStore> {
  if (engine.singleProcess) await kysely.deleteFrom('turn_claims').where('state', '=', 'running').execute();
  return {
    claim: (activity) => claim(kysely, columnsOf(activity), now()),
    async finish(activity) {
      await matching(kysely.updateTable('turn_claims').set({ state: 'done' }), columnsOf(activity)).execute();
    },
    async release(activity) {
      await matching(kysely.deleteFrom('turn_claims'), columnsOf(activity)).execute();
    },
    inOrder: (key, work) => engine.inOrder(joinKey('turn', key), work),
    async purge() {
      const old = kysely.deleteFrom('turn_claims').where('claimed_at', '<', now() - DAY_MS);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}

interface Columns {
  readonly channel_id: string;
  readonly conversation_id: string;
  readonly activity_id: string;
}

function columnsOf(activity: ActivityKey): Columns {
  return {
    channel_id: indexable(activity.channelId),
    conversation_id: indexable(activity.conversationId),
    activity_id: indexable(activity.activityId),
  };
}

async function claim(kysely: Kysely<Schema>, key: Columns, now: number): Promise<Claim> {
  const mine = { state: 'running' as const, claimed_at: now };
  const won = await kysely
    .insertInto('turn_claims')
    .values({ ...key, ...mine })
    .onConflict((conflict) =>
      conflict
        .columns(['channel_id', 'conversation_id', 'activity_id'])
        .doUpdateSet(mine)
        .where((where) =>
          where.or([
            where('turn_claims.claimed_at', '<', now - DAY_MS),
            where.and([
              where('turn_claims.state', '=', 'running'),
              where('turn_claims.claimed_at', '<', now - RUNNING_MS),
            ]),
          ]),
        ),
    )
    .returning('state')
    .executeTakeFirst();
  if (won) return 'new';
  const known = await kysely
    .selectFrom('turn_claims')
    .select('state')
    .where('channel_id', '=', key.channel_id)
    .where('conversation_id', '=', key.conversation_id)
    .where('activity_id', '=', key.activity_id)
    .executeTakeFirst();
  return known?.state ?? 'running';
}

interface Narrowing<Q> {
  where(column: keyof Columns, operator: '=', value: string): Q;
}

function matching<Q extends Narrowing<Q>>(query: Q, key: Columns): Q {
  return query
    .where('channel_id', '=', key.channel_id)
    .where('conversation_id', '=', key.conversation_id)
    .where('activity_id', '=', key.activity_id);
}
