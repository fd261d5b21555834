/** Turns: a repeated activity gets one turn, and the turns of a conversation run one after another. */
import type { Kysely } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Engine } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';
import { indexable, joinKey } from '../engine/rows.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A turn that runs longer than this belonged to an instance that died: the next delivery may run it. */
const RUNNING_MS = 120_000;

export interface ActivityKey {
  readonly channelId: string;
  readonly conversationId: string;
  readonly activityId: string;
}
export type Claim = 'new' | 'running' | 'done';

export interface TurnStore {
  /** Returns `new` once within 24 hours, unless the turn was released or its instance died. */
  claim(activity: ActivityKey): Promise<Claim>;
  /** The turn has ended. Later deliveries of the same activity get an answer without a turn. */
  finish(activity: ActivityKey): Promise<void>;
  /** The turn did not run (the store failed, or the process is ending). A later delivery may run it. */
  release(activity: ActivityKey): Promise<void>;
  /** Runs `work` after all earlier work of the same key (a conversation) has ended, on every instance. */
  inOrder<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Deletes claims older than 24 hours. Returns the number of deleted claims. */
  purge(): Promise<number>;
}

/** Opens the claims. A store of one process first releases the turns that the previous process left running. */
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
