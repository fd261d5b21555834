/** Phrases that an administrator teaches for an issue. */
import type { Kysely } from 'kysely';
import type { PhraseStore } from '../../../core/ports.js';
import { isIssue } from '../../../core/terms.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

export interface KeptPhraseStore extends PhraseStore {
  /** Deletes the record of phrases whose use ended before `before` (milliseconds). Returns their number. */
  purgeEnded(before: number): Promise<number>;
}

export function phraseStore(kysely: Kysely<Schema>): KeptPhraseStore {
  return {
    async list() {
      const used = kysely.selectFrom('phrases').where('ended_at', 'is', null);
      const rows = await used
        .select(['phrase', 'issue', 'actor', 'at'])
        .orderBy('at')
        .orderBy('phrase')
        .execute();
      return rows.flatMap((row) => (isIssue(row.issue) ? [{ ...row, issue: row.issue }] : []));
    },
    async add(phrase, { issue, actor, at }) {
      const taught = { issue, actor, at, ended_at: null, ended_by: null };
      await kysely
        .insertInto('phrases')
        .values({ phrase: indexable(phrase), ...taught })
        .onConflict((conflict) => conflict.column('phrase').doUpdateSet(taught))
        .execute();
    },
    async remove(phrase, { actor, at }) {
      const ended = await kysely
        .updateTable('phrases')
        .set({ ended_at: at, ended_by: actor })
        .where('phrase', '=', indexable(phrase))
        .where('ended_at', 'is', null)
        .executeTakeFirst();
      return ended.numUpdatedRows > 0n;
    },
    async purgeEnded(before) {
      const gone = await kysely.deleteFrom('phrases').where('ended_at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}
