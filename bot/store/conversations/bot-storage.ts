/** State of conversations and users for the bot SDK, with real eTags. The one file here that names the SDK. */
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
  /** What the writer read; undefined when it overwrites whatever is there. */
  readonly expected: string | undefined;
}

export class BotStateStorage implements Storage {
  constructor(
    private readonly kysely: Kysely<Schema>,
    private readonly now: Clock,
  ) {}

  /** The documents found, each with the eTag of this reading. Missing keys are left out. */
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
   * Writes all changes or none. No eTag, or `*`, overwrites; any other must be the one last read.
   * @throws DeskError `store.conflict` when somebody else wrote first.
   */
  async write(changes: StoreItems): Promise<void> {
    const wanted = Object.entries(changes).map(([key, item]) => changeOf(key, item));
    if (wanted.length === 0) return;
    const [only] = wanted;
    if (wanted.length === 1 && only) return this.#put(this.kysely, only);
    await this.kysely.transaction().execute(async (trx) => {
      // One order for all writers: two that share keys wait for each other, and cannot deadlock.
      for (const change of wanted.sort((a, b) => (a.key < b.key ? -1 : 1))) await this.#put(trx, change);
    });
  }

  async delete(keys: string[]): Promise<void> {
    if (keys.length === 0) return;
    await this.kysely.deleteFrom('bot_state').where('key', 'in', keys.map(indexable)).execute();
  }

  /** Deletes documents nobody wrote since `before` (milliseconds). Returns how many went. */
  async purge(before: number): Promise<number> {
    const gone = await this.kysely
      .deleteFrom('bot_state')
      .where('updated_at', '<', before)
      .executeTakeFirst();
    return Number(gone.numDeletedRows);
  }

  /** Every document whose key begins with `prefix` (`msteams/users/29:…`), for showing a person what is kept. */
  async startingWith(prefix: string): Promise<StoreItems> {
    const rows = this.kysely.selectFrom('bot_state').select('key').where(beginsWith(prefix));
    return this.read((await rows.execute()).map((row) => row.key));
  }

  /** Deletes them. Returns how many went. */
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

/** Compared letter by letter: `like` would take `%` and `_` in an id for more than they are. */
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
