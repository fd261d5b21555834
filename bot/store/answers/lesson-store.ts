/** Sentences with what people chose after them. Each row belongs to a chat, so that it is erased with the person. */
import { randomUUID } from 'node:crypto';
import { sql, type Kysely, type Selectable } from 'kysely';
import type { Lesson, LessonGiver, LessonStore } from '../../../core/ports.js';
import type { Asker } from '../../../core/terms.js';
import type { Schema } from '../engine/schema.js';

const LIST_LIMIT = 1000;
/** A shorter beginning of an id is a mistake. */
const SHORTEST_ID = 4;

export interface PurgeableLessonStore extends LessonStore {
  /** Deletes lessons older than `before` (milliseconds). Returns their number. */
  purge(before: number): Promise<number>;
  /** Deletes the lessons of a person or a conversation. */
  forget(giver: LessonGiver): Promise<void>;
}

export function lessonStore(kysely: Kysely<Schema>): PurgeableLessonStore {
  return {
    async record({ read = null, chosen = null, ...lesson }, { userId, conversationId }) {
      const row = { id: randomUUID(), ...lesson, read, chosen };
      await kysely
        .insertInto('lessons')
        .values({ ...row, user_id: userId, conversation_id: conversationId })
        .execute();
    },
    async list(sinceMs) {
      const rows = await kysely
        .selectFrom('lessons')
        .selectAll()
        .where('at', '>=', sinceMs)
        .orderBy('at', 'desc')
        .orderBy('id')
        .limit(LIST_LIMIT)
        .execute();
      return rows.map(lessonOf);
    },
    async byId(beginning) {
      if (beginning.length < SHORTEST_ID) return undefined;
      const same = sql<boolean>`substr(id, 1, ${beginning.length}) = ${beginning}`;
      const rows = await kysely.selectFrom('lessons').selectAll().where(same).limit(2).execute();
      const [row, ...more] = rows;
      return row && more.length === 0 ? lessonOf(row) : undefined;
    },
    async purge(before) {
      const gone = await kysely.deleteFrom('lessons').where('at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
    async forget({ userId, conversationId }) {
      await kysely
        .deleteFrom('lessons')
        .where((row) => row.or([row('user_id', '=', userId), row('conversation_id', '=', conversationId)]))
        .execute();
    },
  };
}

function lessonOf(row: Selectable<Schema['lessons']>): Lesson {
  const { id, at, text, language, read, chosen } = row;
  return {
    id,
    at,
    text,
    language,
    reason: row.reason as Lesson['reason'],
    about: row.about as Lesson['about'],
    asker: row.asker as Asker,
    ...(read !== null && { read }),
    ...(chosen !== null && { chosen }),
  };
}
