/** Questions that matched nothing, so that an administrator can teach the bot. */
import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock, UnansweredEntry, UnansweredStore } from '../../../core/ports.js';
import type { Schema } from '../engine/schema.js';
import { personMarks } from '../people/person-marks.js';

const LIST_LIMIT = 1000;

export interface PurgeableUnansweredStore extends UnansweredStore {
  /** Deletes entries older than `before` (milliseconds). Returns the number of deleted entries. */
  purge(before: number): Promise<number>;
  /** Deletes the entries of one person. */
  forget(asker: string): Promise<void>;
}

export function unansweredStore(kysely: Kysely<Schema>, now: Clock): PurgeableUnansweredStore {
  return {
    async record(entry) {
      const { at, missing, text, language } = entry;
      const asker = entry.asker ? (await personMarks(kysely, now))(entry.asker) : '';
      await kysely
        .insertInto('unanswered')
        .values({ id: randomUUID(), at, missing, text, language, asker })
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
    async forget(asker) {
      const mark = (await personMarks(kysely, now))(asker);
      await kysely.deleteFrom('unanswered').where('asker', '=', mark).execute();
    },
    async purge(before) {
      const gone = await kysely.deleteFrom('unanswered').where('at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}
