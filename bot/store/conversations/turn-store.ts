/** Turns: a repeated activity gets one turn, and the turns of a conversation run one after another. */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Engine, Place } from '../engine/engine.js';
import type { Schema } from '../engine/schema.js';
import { indexable, joinKey } from '../engine/rows.js';
import { insightWrites } from '../insights/insight-store.js';
import { stateKeys, type BotStateStorage } from './bot-storage.js';
import { TurnStorage } from './turn-storage.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A turn that runs longer than this belonged to an instance that died: the next delivery may run it. */
const RUNNING_MS = 120_000;

export interface ActivityKey {
  readonly channelId: string;
  readonly conversationId: string;
  readonly activityId: string;
}
export type Claim = 'new' | 'running' | 'done';

/** The activity of a turn. An activity without an id is never a repetition. */
export interface AskedTurn {
  readonly channelId: string;
  readonly conversationId: string;
  readonly activityId?: string;
  /** Whose state the turn needs. */
  readonly userId?: string;
}

/** A turn whose place in the order has come. */
export interface BegunTurn {
  /** True when the activity had its turn within 24 hours. */
  readonly repeated: boolean;
  /**
   * Runs the turn. Then stores its state, its counts, and that the activity had its turn, in one step: all or nothing. Returns false
   * when this instance seemed dead and another went on meanwhile: then the activity had its turn, but the newer state stays.
   */
  run(work: () => Promise<void>): Promise<boolean>;
  /** The turn failed and must not run again. Nothing that it wrote is stored. */
  giveUp(): Promise<void>;
}

export interface TurnStore {
  /** Returns `new` once within 24 hours, unless the turn was released or its instance died. */
  claim(activity: ActivityKey): Promise<Claim>;
  /** The turn has ended. Later deliveries of the same activity get an answer without a turn. */
  finish(activity: ActivityKey): Promise<void>;
  /** The turn did not run (the store failed, or the process is ending). A later delivery may run it. */
  release(activity: ActivityKey): Promise<void>;
  /** The SDK's storage; during a turn it holds the turn's documents. */
  readonly storage: TurnStorage;
  /** Runs `work` after all earlier turns of the same conversation have ended, on every instance. */
  inTurn<T>(turn: AskedTurn, work: (begun: BegunTurn) => Promise<T>): Promise<T>;
  /** Runs `work` in the same order as turns. The key of a turn is its channel and conversation, with a colon between. */
  inOrder<T>(key: string, work: () => Promise<T>): Promise<T>;
  /** Deletes claims older than 24 hours. Returns the number of deleted claims. */
  purge(): Promise<number>;
}

interface TurnStoreDeps {
  readonly kysely: Kysely<Schema>;
  readonly engine: Engine;
  readonly botState: BotStateStorage;
  readonly now: Clock;
}

/** Opens the claims. A store of one process first releases the turns that the previous process left running. */
export async function openTurnStore({ kysely, engine, botState, now }: TurnStoreDeps): Promise<TurnStore> {
  if (engine.singleProcess) await kysely.deleteFrom('turn_claims').where('state', '=', 'running').execute();
  const storage = new TurnStorage(botState);
  return {
    claim: (activity) => claim(kysely, columnsOf(activity), now()),
    async finish(activity) {
      await matching(kysely.updateTable('turn_claims').set({ state: 'done' }), columnsOf(activity)).execute();
    },
    async release(activity) {
      await matching(kysely.deleteFrom('turn_claims'), columnsOf(activity)).execute();
    },
    storage,
    inTurn(turn, work) {
      const key = joinKey('turn', `${turn.channelId}:${turn.conversationId}`);
      const reading = readingOf(turn, now() - DAY_MS);
      return engine.atPlace(key, reading, (place) => work(begin(turn, place, { storage, now })));
    },
    inOrder: (key, work) => engine.inOrder(joinKey('turn', key), work),
    async purge() {
      const old = kysely.deleteFrom('turn_claims').where('claimed_at', '<', now() - DAY_MS);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}

/** A finished claim (with an empty key), or a state document. */
interface TurnRow {
  readonly kind: 'claim' | 'state';
  readonly key: string;
  readonly body: string;
  readonly etag: string;
}

/** Selects the activity's claim if its turn ended since `since`, and the state documents of the turn. */
function readingOf(turn: AskedTurn, since: number): RawBuilder<TurnRow> {
  const documents = sql<TurnRow>`select 'state' as kind, key, body, etag from bot_state
    where key in (${sql.join(keysOf(turn).map(indexable))})`;
  const claimed = claimOf(turn);
  if (!claimed) return documents;
  return sql`select 'claim' as kind, '' as key, state as body, '' as etag from turn_claims
    where channel_id = ${claimed.channel_id} and conversation_id = ${claimed.conversation_id}
      and activity_id = ${claimed.activity_id} and state = 'done' and claimed_at >= ${since}
    union all ${documents}`;
}

function begin(
  turn: AskedTurn,
  place: Place<TurnRow>,
  { storage, now }: { readonly storage: TurnStorage; readonly now: Clock },
): BegunTurn {
  const had = () => hadTurn(turn, now());
  return {
    repeated: place.rows.some(({ kind }) => kind === 'claim'),
    async run(work) {
      const keys = keysOf(turn);
      const { changed, notes } = await storage.during(keys, documentsOf(keys, place.rows), work);
      return place.leave((held) => [
        ...stateWrites(changed, now(), held),
        ...had(),
        ...insightWrites(notes, held),
      ]);
    },
    async giveUp() {
      await place.leave(had);
    },
  };
}

function documentsOf(keys: readonly string[], rows: readonly TurnRow[]): Record<string, unknown> {
  const stored = new Map(rows.filter(({ kind }) => kind === 'state').map((row) => [row.key, row]));
  return Object.fromEntries(
    keys.flatMap((key) => {
      const row = stored.get(indexable(key));
      return row ? [[key, { ...(JSON.parse(row.body) as object), eTag: row.etag }]] : [];
    }),
  );
}

/** One statement, so that two turns of one user in two conversations take their rows in the same order. */
function stateWrites(
  changed: ReadonlyMap<string, string>,
  at: number,
  held: RawBuilder<boolean>,
): RawBuilder<unknown>[] {
  if (changed.size === 0) return [];
  const rows = [...changed]
    .map(([key, body]) => [indexable(key), body] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, body]) => sql`select ${key}, ${body}, ${randomUUID()}, cast(${at} as bigint) where ${held}`);
  return [
    sql`insert into bot_state (key, body, etag, updated_at) ${sql.join(rows, sql` union all `)}
      on conflict (key) do update
      set body = excluded.body, etag = excluded.etag, updated_at = excluded.updated_at`,
  ];
}

/** Records that the activity had its turn, also when another instance has taken the place. */
function hadTurn(turn: AskedTurn, at: number): RawBuilder<unknown>[] {
  const claimed = claimOf(turn);
  if (!claimed) return [];
  return [
    sql`insert into turn_claims (channel_id, conversation_id, activity_id, state, claimed_at)
      values (${claimed.channel_id}, ${claimed.conversation_id}, ${claimed.activity_id}, 'done', ${at})
      on conflict (channel_id, conversation_id, activity_id) do update
      set state = excluded.state, claimed_at = excluded.claimed_at`,
  ];
}

function keysOf({ channelId, conversationId, userId }: AskedTurn): readonly string[] {
  return stateKeys(channelId, conversationId, userId);
}

function claimOf({ activityId, ...turn }: AskedTurn): Columns | undefined {
  return activityId ? columnsOf({ ...turn, activityId }) : undefined;
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
