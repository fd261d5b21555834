/** Conversation references: the bot needs them to write to a person or chat later. */
import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../../../core/ports.js';
import type { Schema } from '../engine/schema.js';
import { readPages, indexable } from '../engine/rows.js';
import { personMarks, userIds } from '../people/person-marks.js';

export interface ReferenceKey {
  readonly channelId: string;
  readonly conversationId: string;
  /** The person in a personal chat; empty for a group chat or channel. */
  readonly userId: string;
}
export interface SavedReference extends ReferenceKey {
  readonly tenantId?: string;
  /** The SDK's own object, as JSON. */
  readonly reference: Readonly<Record<string, unknown>>;
  /** False once the bot was removed or the conversation is gone. */
  readonly active: boolean;
  readonly updatedAt: number;
}
export interface ReferenceFilter {
  readonly channelId?: string;
  readonly userId?: string;
  readonly conversationId?: string;
  /** Includes references that are no longer active. */
  readonly inactive?: boolean;
}

export interface ReferenceStore {
  /** Saves or refreshes a reference and makes it active. Returns true when it was unknown or inactive before. */
  save(reference: Omit<SavedReference, 'active' | 'updatedAt'>): Promise<boolean>;
  list(filter?: ReferenceFilter): Promise<readonly SavedReference[]>;
  /** The personal chats of a channel that accept messages, one page at a time. */
  personal(channelId: string): AsyncIterable<SavedReference>;
  /** Marks the conversation as closed for messages. Returns the number of changed references. */
  deactivate(channelId: string, conversationId: string): Promise<number>;
  forgetUser(channelId: string, userId: string): Promise<number>;
  /**
   * Deletes references inactive since `before` (milliseconds). Returns the number of deleted references. Their link from
   * the Entra id to the other ids stays as a keyed hash, because other rows about the person live longer.
   */
  purge(before: number): Promise<number>;
  /** Deletes such links made before `before`. Returns the number of deleted links. */
  purgeLinks(before: number): Promise<number>;
}

const PAGE = 500;

export function referenceStore(kysely: Kysely<Schema>, now: Clock): ReferenceStore {
  return {
    save: (reference) => save(kysely, reference, now()),
    list: async (filter = {}) => (await filtered(kysely, filter).execute()).map(referenceOf),
    personal: (channelId) => personal(kysely, channelId),
    async deactivate(channelId, conversationId) {
      const done = await kysely
        .updateTable('conversation_references')
        .set({ active: 0, updated_at: now() })
        .where('channel_id', '=', channelId)
        .where('conversation_id', '=', indexable(conversationId))
        .where('active', '=', 1)
        .executeTakeFirst();
      return Number(done.numUpdatedRows);
    },
    async forgetUser(channelId, userId) {
      const gone = await kysely
        .deleteFrom('conversation_references')
        .where('channel_id', '=', channelId)
        .where('user_id', '=', indexable(userId))
        .executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
    purge: (before) => purge(kysely, before, now),
    async purgeLinks(before) {
      const old = kysely.deleteFrom('person_links').where('at', '<', before);
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}

async function purge(kysely: Kysely<Schema>, before: number, now: Clock): Promise<number> {
  const mark = await personMarks(kysely, now);
  return kysely.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom('conversation_references')
      .where('active', '=', 0)
      .where('updated_at', '<', before)
      .returning(['user_id', 'conversation_id', 'body'])
      .execute();
    const links = gone.flatMap(({ user_id, conversation_id, body }) =>
      userIds(body)
        .filter((id) => user_id !== '' && id !== user_id)
        .map((id) => ({ mark: mark(id), user_id, conversation_id, at: now() })),
    );
    for (const link of links)
      await trx
        .insertInto('person_links')
        .values(link)
        .onConflict((conflict) =>
          conflict.columns(['mark', 'user_id', 'conversation_id']).doUpdateSet({ at: link.at }),
        )
        .execute();
    return gone.length;
  });
}

async function* personal(kysely: Kysely<Schema>, channelId: string): AsyncGenerator<SavedReference> {
  const pages = readPages<Selectable<Schema['conversation_references']>>(PAGE, (after) => {
    const query = kysely
      .selectFrom('conversation_references')
      .selectAll()
      .where('channel_id', '=', channelId)
      .where('user_id', '!=', '')
      .where('active', '=', 1)
      .orderBy('conversation_id')
      .limit(PAGE);
    return (after ? query.where('conversation_id', '>', after.conversation_id) : query).execute();
  });
  for await (const page of pages) yield* page.map(referenceOf);
}

async function save(
  kysely: Kysely<Schema>,
  given: Omit<SavedReference, 'active' | 'updatedAt'>,
  at: number,
): Promise<boolean> {
  const key = {
    channel_id: given.channelId,
    conversation_id: indexable(given.conversationId),
    user_id: indexable(given.userId),
  };
  const values = {
    tenant_id: given.tenantId ?? null,
    body: JSON.stringify(given.reference),
    active: 1,
    updated_at: at,
  };
  return kysely.transaction().execute(async (trx) => {
    const refreshed = await trx
      .updateTable('conversation_references')
      .set(values)
      .where('channel_id', '=', key.channel_id)
      .where('conversation_id', '=', key.conversation_id)
      .where('user_id', '=', key.user_id)
      .where('active', '=', 1)
      .executeTakeFirst();
    if (refreshed.numUpdatedRows > 0n) return false;
    await trx
      .insertInto('conversation_references')
      .values({ ...key, ...values })
      .onConflict((c) => c.columns(['channel_id', 'conversation_id', 'user_id']).doUpdateSet(values))
      .execute();
    return true;
  });
}

function filtered(kysely: Kysely<Schema>, filter: ReferenceFilter) {
  let query = kysely.selectFrom('conversation_references').selectAll().orderBy('updated_at');
  if (!filter.inactive) query = query.where('active', '=', 1);
  if (filter.channelId !== undefined) query = query.where('channel_id', '=', filter.channelId);
  if (filter.userId !== undefined) query = query.where('user_id', '=', indexable(filter.userId));
  if (filter.conversationId !== undefined) {
    query = query.where('conversation_id', '=', indexable(filter.conversationId));
  }
  return query;
}

function referenceOf(row: Selectable<Schema['conversation_references']>): SavedReference {
  return {
    channelId: row.channel_id,
    conversationId: row.conversation_id,
    userId: row.user_id,
    tenantId: row.tenant_id ?? undefined,
    reference: JSON.parse(row.body) as SavedReference['reference'],
    active: row.active === 1,
    updatedAt: row.updated_at,
  };
}
