/** Phrases that an administrator teaches for an issue. */
import type { Kysely } from 'kysely';
import { isIssue, type Issue } from '../../../core/terms.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

export interface TaughtPhrase {
  readonly phrase: string;
  readonly issue: Issue;
  readonly actor: string;
  readonly at: number;
}

export interface PhraseStore {
  /** Every phrase, in the order taught. Leaves out phrases of issues that this version does not know. */
  list(): Promise<readonly TaughtPhrase[]>;
  /** Teaches a phrase. A known phrase gets the new issue. */
  add(phrase: string, taught: Omit<TaughtPhrase, 'phrase'>): Promise<void>;
  /** Returns true when the phrase existed. */
  remove(phrase: string): Promise<boolean>;
}

export function phraseStore(kysely: Kysely<Schema>): PhraseStore {
  return {
    async list() {
      const rows = await kysely.selectFrom('phrases').selectAll().orderBy('at').orderBy('phrase').execute();
      return rows.flatMap((row) => (isIssue(row.issue) ? [{ ...row, issue: row.issue }] : []));
    },
    async add(phrase, { issue, actor, at }) {
      const taught = { issue, actor, at };
      await kysely
        .insertInto('phrases')
        .values({ phrase: indexable(phrase), ...taught })
        .onConflict((conflict) => conflict.column('phrase').doUpdateSet(taught))
        .execute();
    },
    async remove(phrase) {
      const gone = await kysely
        .deleteFrom('phrases')
        .where('phrase', '=', indexable(phrase))
        .executeTakeFirst();
      return gone.numDeletedRows > 0n;
    },
  };
}
