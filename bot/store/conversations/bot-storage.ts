/** Stores the bot SDK's state of conversations and users, with real eTags. Only this file here names the SDK. */
import { randomUUID } from 'node:crypto';
import type { Storage, StoreItems } from 'botbuilder-core';
import { sql, type Kysely } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

interface Change {
  readonly key: string;
  readonly body: string;
  /** The document that the writer read. Undefined: the writer overwrites any document. */
  readonly expected: string | undefined;
}

/** A document without a part of it; undefined where it has no such part. */
export type Trim = (document: Readonly<Record<string, unknown>>) => object | undefined;

/** Documents in one look, so that a look at many does not hold the event loop. */
const PAGE = 500;

export class BotStateStorage implements Storage {
  constructor(
    private readonly kysely: Kysely<Schema>,
    private readonly now: Clock,
  ) {}

  /** The documents found, each with its present eTag. Missing keys are left out. */
  async read(keys: string[]): Promise<StoreItems> {
    if (keys.length === 0) return {};
    const byStored = new Map(keys.map((key) => [indexable(key), key]));
    const rows = await this.kysely
      .selectFrom('bot_state')
      .select(['key', 'body', 'etag'])
      .where('key', 'in', [...byStored.keys()])
      .execute();
    return Object.fromEntries(
      rows.map((row) => {
        const item = JSON.parse(row.body) as Record<string, unknown>;
        return [byStored.get(row.key) ?? row.key, { ...item, eTag: row.etag }];
      }),
    );
  }

  /**
   * Writes all changes or none. A change without an eTag, or with `*`, overwrites. Any other eTag must be the last one
   * read.
   * @throws DeskError `store.conflict` when another writer wrote first.
   */
  async write(changes: StoreItems): Promise<void> {
    const wanted = Object.entries(changes).map(([key, item]) => changeOf(key, item));
    if (wanted.length === 0) return;
    const [only] = wanted;
    if (wanted.length === 1 && only) return this.#put(this.kysely, only);
    await this.kysely.transaction().execute(async (trx) => {
      // All writers use one order: two writers of the same keys wait for each other and cannot deadlock.
      for (const change of wanted.sort((a, b) => (a.key < b.key ? -1 : 1))) await this.#put(trx, change);
    });
  }

  async delete(keys: string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.kysely.deleteFrom('bot_state').where('key', 'in', keys.map(indexable)).execute();
  }

  /** Deletes documents without a write since `before` (milliseconds). Returns the number of deleted documents. */
  async purge(before: number): Promise<number> {
    const gone = await this.kysely
      .deleteFrom('bot_state')
      .where('updated_at', '<', before)
      .executeTakeFirst();
    return Number(gone.numDeletedRows);
  }

  /**
   * Takes a part out of documents without a write since `before` (milliseconds). `mark` is text that each such document
   * has, without `%` and `_`. `trimmed` returns undefined for a document to leave as it is. A document keeps its eTag, so
   * a turn that has read it may still write.
   * @returns the number of changed documents
   */
  async trim(before: number, mark: string, trimmed: Trim): Promise<number> {
    let [changed, last] = [0, ''];
    for (;;) {
      const page = await this.kysely
        .selectFrom('bot_state')
        .select(['key', sql<number | boolean>`body like ${`%${mark}%`} and updated_at < ${before}`.as('has')])
        .where('key', '>', last)
        .orderBy('key')
        .limit(PAGE)
        .execute();
      for (const { key, has } of page) if (has) changed += await this.#trimOne(key, trimmed);
      if (page.length < PAGE) return changed;
      last = page.at(-1)!.key;
    }
  }

  async #trimOne(key: string, trimmed: Trim): Promise<number> {
    const row = await this.kysely
      .selectFrom('bot_state')
      .select(['body', 'etag'])
      .where('key', '=', key)
      .executeTakeFirst();
    if (!row) return 0;
    const document = trimmed(JSON.parse(row.body) as Record<string, unknown>);
    if (!document) return 0;
    const own = this.kysely
      .updateTable('bot_state')
      .set({ body: JSON.stringify(document) })
      .where('key', '=', key);
    const done = await own.where('etag', '=', row.etag).executeTakeFirst();
    return Number(done.numUpdatedRows);
  }

  /** Every document whose key begins with `prefix` (`msteams/users/29:…`), to show a person the stored data. */
  async startingWith(prefix: string): Promise<StoreItems> {
    const rows = this.kysely.selectFrom('bot_state').select('key').where(beginsWith(prefix));
    return this.read((await rows.execute()).map((row) => row.key));
  }

  /** Deletes these documents. Returns the number of deleted documents. */
  async forget(prefix: string): Promise<number> {
    const gone = await this.kysely.deleteFrom('bot_state').where(beginsWith(prefix)).executeTakeFirst();
    return Number(gone.numDeletedRows);
  }

  async #put(db: Kysely<Schema>, change: Change): Promise<void> {
    const values = { body: change.body, etag: randomUUID(), updated_at: this.now() };
    if (change.expected === undefined) {
      await db
        .insertInto('bot_state')
        .values({ key: change.key, ...values })
        .onConflict((conflict) => conflict.column('key').doUpdateSet(values))
        .execute();
      return;
    }
    const done = await db
      .updateTable('bot_state')
      .set(values)
      .where('key', '=', change.key)
      .where('etag', '=', change.expected)
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n)
      throw new DeskError('store.conflict', 'State was changed by another turn');
  }
}

/** Compares character by character: `like` would read `%` and `_` in an id as wildcards. */
function beginsWith(prefix: string) {
  const start = indexable(prefix);
  return sql<boolean>`substr(key, 1, ${[...start].length}) = ${start}`;
}

function changeOf(key: string, item: unknown): Change {
  const { eTag, ...body } = item as Record<string, unknown>;
  if (eTag === '') throw new DeskError('store.conflict', 'An eTag was given and is empty');
  const expected = typeof eTag === 'string' && eTag !== '*' ? eTag : undefined;
  return { key: indexable(key), body: JSON.stringify(body), expected };
}

/** The key for when the bot last wrote by itself; it begins with the SDK's key for the state of the conversation. */
export const toldKey = (channel: string, conversationId: string): string =>
  `${channel}/conversations/${conversationId}/told/`;

/** The SDK's keys for the state of a conversation, and of its user and both together. The keys end in a slash. */
export function stateKeys(channel: string, conversationId: string, userId: string | undefined): string[] {
  const conversation = `${channel}/conversations/${conversationId}/`;
  if (!userId) return [conversation];
  return [conversation, `${channel}/users/${userId}/`, `${conversation}users/${userId}/`];
}
