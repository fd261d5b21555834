/** Questions that matched nothing, so that an administrator can teach the bot. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { UnansweredEntry, UnansweredStore } from '../../../core/ports.js';
import type { Schema } from '../engine/schema.js';

const LIST_LIMIT = 1000;

export interface PurgeableUnansweredStore extends UnansweredStore {
  /** Deletes entries older than `before` (milliseconds). Returns the number of deleted entries. */
  purge(before: number): Promise<number>;
}

export function unansweredStore(kysely: Kysely<Schema>): PurgeableUnansweredStore {
  return {
    async record(entry) {
      const { at, missing, text, language } = entry;
      await kysely
        .insertInto('unanswered')
        .values({ id: randomUUID(), at, missing, text, language })
        .execute();
    },
    /** Newest first, at most 1,000. */
    async list(sinceMs) {
      const rows = await kysely
        .selectFrom('unanswered')
        .select(['at', 'missing', 'text', 'language'])
        .where('at', '>=', sinceMs)
        .orderBy('at', 'desc')
        .limit(LIST_LIMIT)
        .execute();
      return rows.map((row): UnansweredEntry => ({
        ...row,
        missing: row.missing as UnansweredEntry['missing'],
      }));
    },
    async purge(before) {
      const gone = await kysely.deleteFrom('unanswered').where('at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}
