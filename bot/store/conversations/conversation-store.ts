/** The conversations of the embedded web channel: their users, and every activity in order. Updates happen in place. */
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Asker } from '../../../core/terms.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

export interface Conversation {
  readonly id: string;
  readonly userId: string;
  /** Decides which answers the user may see. */
  readonly audience: Exclude<Asker, 'publisher'>;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** An activity as JSON. The store assigns `id` and `timestamp`. */
export interface StoredActivity {
  readonly type: string;
  readonly id?: string;
  readonly timestamp?: string;
  readonly [field: string]: unknown;
}

/** The store that the embedded Direct Line needs (its interface explains each member), and the calls for retention. */
export interface DurableConversationLog {
  create(conversation: Conversation): Promise<{ readonly created: boolean }>;
  get(conversationId: string): Promise<Conversation | undefined>;
  claimGreeting(conversationId: string): Promise<boolean>;
  append(conversationId: string, activity: StoredActivity, now: number): Promise<StoredActivity | undefined>;
  appendOnce(
    conversationId: string,
    clientId: string,
    activity: StoredActivity,
    now: number,
  ): Promise<{ readonly kept: StoredActivity; readonly first: boolean } | undefined>;
  update(
    conversationId: string,
    activityId: string,
    activity: StoredActivity,
  ): Promise<StoredActivity | undefined>;
  after(
    conversationId: string,
    watermark: number,
  ): Promise<{ readonly activities: readonly StoredActivity[]; readonly watermark: number }>;
  delete(conversationId: string): Promise<void>;
  isForgotten(conversationId: string): Promise<boolean>;
  /** Conversations of a user, oldest first. */
  ofUser(userId: string): Promise<readonly Conversation[]>;
  /** Deletes every conversation of a user. Returns their ids. */
  forgetUser(userId: string): Promise<readonly string[]>;
  /** Deletes conversations without an activity since `before` (milliseconds), at most 500. Returns their ids. */
  expire(before: number): Promise<readonly string[]>;
  /** Conversations without an activity since `before` (milliseconds), at most 500. */
  idle(before: number): Promise<readonly Conversation[]>;
  /** Deletes the ids of conversations forgotten before `before` (milliseconds): every token for them has expired. */
  dropForgotten(before: number): Promise<void>;
}

const EXPIRED_AT_ONCE = 500;

export function conversationLog(kysely: Kysely<Schema>, now: Clock = Date.now): DurableConversationLog {
  return {
    create: (conversation) => create(kysely, conversation),
    get: async (id) => {
      const row = await kysely
        .selectFrom('conversations')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && conversationOf(row);
    },
    claimGreeting: async (id) => {
      const claim = kysely.updateTable('conversations').set({ greeted: 1 }).where('id', '=', id);
      return (await claim.where('greeted', '=', 0).executeTakeFirst()).numUpdatedRows > 0n;
    },
    append: (id, activity, now) => kysely.transaction().execute((trx) => append(trx, id, activity, now)),
    appendOnce: (id, clientId, activity, at) =>
      kysely.transaction().execute((trx) => appendOnce(trx, id, clientId, activity, at)),
    update: (id, activityId, activity) =>
      kysely.transaction().execute((trx) => update(trx, id, activityId, activity)),
    after: (id, watermark) => after(kysely, id, watermark),
    ...forgetting(kysely, now),
  };
}

type Forgetting = Pick<
  DurableConversationLog,
  'delete' | 'isForgotten' | 'ofUser' | 'forgetUser' | 'expire' | 'idle' | 'dropForgotten'
>;

/** The tables delete the activities together with their conversation. */
function forgetting(kysely: Kysely<Schema>, now: Clock): Forgetting {
  return {
    delete: (id) =>
      kysely.transaction().execute(async (trx) => {
        await trx.deleteFrom('conversations').where('id', '=', id).execute();
        await remember(trx, [id], now());
      }),
    isForgotten: async (id) => {
      const row = kysely.selectFrom('forgotten_conversations').select('id').where('id', '=', id);
      return (await row.executeTakeFirst()) !== undefined;
    },
    ofUser: async (userId) => {
      const rows = kysely.selectFrom('conversations').selectAll().where('user_id', '=', userId);
      return (await rows.orderBy('created_at').execute()).map(conversationOf);
    },
    forgetUser: (userId) =>
      kysely.transaction().execute(async (trx) => {
        const gone = trx.deleteFrom('conversations').where('user_id', '=', userId).returning('id');
        const ids = (await gone.execute()).map((row) => row.id);
        await remember(trx, ids, now());
        return ids;
      }),
    expire: async (before) => {
      const old = kysely.selectFrom('conversations').select('id').where('last_at', '<', before);
      const gone = kysely.deleteFrom('conversations').where('id', 'in', old.limit(EXPIRED_AT_ONCE));
      return (await gone.returning('id').execute()).map((row) => row.id);
    },
    idle: async (before) => {
      const old = kysely.selectFrom('conversations').selectAll().where('last_at', '<', before);
      return (await old.orderBy('last_at').limit(EXPIRED_AT_ONCE).execute()).map(conversationOf);
    },
    dropForgotten: async (before) => {
      await kysely.deleteFrom('forgotten_conversations').where('at', '<', before).execute();
    },
  };
}

async function remember(trx: Kysely<Schema>, ids: readonly string[], at: number): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .insertInto('forgotten_conversations')
    .values(ids.map((id) => ({ id, at })))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

async function create(kysely: Kysely<Schema>, given: Conversation): Promise<{ readonly created: boolean }> {
  const forgotten = kysely.selectFrom('forgotten_conversations').select('id').where('id', '=', given.id);
  if (await forgotten.executeTakeFirst()) return { created: false };
  const row = await kysely
    .insertInto('conversations')
    .values({
      id: given.id,
      user_id: given.userId,
      audience: given.audience,
      created_at: given.createdAt,
      last_at: given.createdAt,
      greeted: 0,
      positions: 0,
      revision: 0,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return { created: row !== undefined };
}

/** Writes the conversation's row first. This locks the row, so numbers and times follow the order of commits. */
async function append(
  trx: Kysely<Schema>,
  conversationId: string,
  activity: StoredActivity,
  now: number,
  clientId: string | null = null,
): Promise<StoredActivity | undefined> {
  const place = await trx
    .updateTable('conversations')
    .set({
      positions: sql<number>`positions + 1`,
      revision: sql<number>`revision + 1`,
      last_at: sql<number>`case when last_at >= ${now} then last_at + 1 else ${now} end`,
    })
    .where('id', '=', conversationId)
    .returning(['positions', 'revision', 'last_at'])
    .executeTakeFirst();
  if (!place) return undefined;
  const position = place.positions - 1;
  const id = `${conversationId}|${String(position).padStart(7, '0')}`;
  const placed = { ...activity, id, timestamp: new Date(place.last_at).toISOString() };
  await trx
    .insertInto('conversation_activities')
    .values({
      conversation_id: conversationId,
      position,
      activity_id: id,
      revision: place.revision,
      at: place.last_at,
      body: JSON.stringify(placed),
      client_id: clientId,
    })
    .execute();
  return placed;
}

/** Locks the conversation first, so that the second of two instances sees the first one's activity. */
async function appendOnce(
  trx: Kysely<Schema>,
  conversationId: string,
  clientId: string,
  activity: StoredActivity,
  now: number,
): Promise<{ readonly kept: StoredActivity; readonly first: boolean } | undefined> {
  const name = indexable(clientId);
  await trx
    .updateTable('conversations')
    .set({ revision: sql<number>`revision` })
    .where('id', '=', conversationId)
    .execute();
  const known = await trx
    .selectFrom('conversation_activities')
    .select('body')
    .where('conversation_id', '=', conversationId)
    .where('client_id', '=', name)
    .executeTakeFirst();
  if (known) return { kept: JSON.parse(known.body) as StoredActivity, first: false };
  const kept = await append(trx, conversationId, activity, now, name);
  return kept && { kept, first: true };
}

async function update(
  trx: Kysely<Schema>,
  conversationId: string,
  activityId: string,
  activity: StoredActivity,
): Promise<StoredActivity | undefined> {
  // An activity never changes its place and time, so they may be read before the conversation is locked.
  const known = await trx
    .selectFrom('conversation_activities')
    .select(['position', 'at'])
    .where('conversation_id', '=', conversationId)
    .where('activity_id', '=', activityId)
    .executeTakeFirst();
  if (!known) return undefined;
  const place = await trx
    .updateTable('conversations')
    .set({ revision: sql<number>`revision + 1` })
    .where('id', '=', conversationId)
    .returning('revision')
    .executeTakeFirst();
  if (!place) return undefined;
  const placed = { ...activity, id: activityId, timestamp: new Date(known.at).toISOString() };
  await trx
    .updateTable('conversation_activities')
    .set({ body: JSON.stringify(placed), revision: place.revision })
    .where('conversation_id', '=', conversationId)
    .where('position', '=', known.position)
    .execute();
  return placed;
}

/** Uses one statement, so that the watermark and the activities belong to the same moment. */
async function after(kysely: Kysely<Schema>, conversationId: string, watermark: number) {
  const rows = await kysely
    .selectFrom('conversations as c')
    .leftJoin('conversation_activities as a', (join) =>
      join.onRef('a.conversation_id', '=', 'c.id').on('a.revision', '>', watermark),
    )
    .select(['c.revision', 'a.body'])
    .where('c.id', '=', conversationId)
    .orderBy('a.position')
    .execute();
  const bodies = rows.flatMap((row) => row.body ?? []);
  return {
    activities: bodies.map((body) => JSON.parse(body) as StoredActivity),
    watermark: rows[0]?.revision ?? 0,
  };
}

function conversationOf(row: Selectable<Schema['conversations']>): Conversation {
  return {
    id: row.id,
    userId: row.user_id,
    audience: row.audience as Conversation['audience'],
    createdAt: row.created_at,
  };
}
