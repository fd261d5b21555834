/** Counts what became of questions by day. It holds no words and no person. */
import { sql, type Kysely, type RawBuilder } from 'kysely';
import {
  insightDay,
  type InsightCount,
  type InsightEvent,
  type InsightStore,
  type TimedNote,
} from '../../../core/services/insights/ports.js';
import type { TurnStorage } from '../conversations/turn-storage.js';
import { indexable } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';

export interface PurgeableInsightStore extends InsightStore {
  /** Deletes the counts of days before that moment (milliseconds). Returns the number of deleted counts. */
  purge(before: number): Promise<number>;
}

/** Opens the store. Notes of a running turn are left to `turns`, which stores them with the turn. */
export function insightStore(
  kysely: Kysely<Schema>,
  turns: Pick<TurnStorage, 'keepNote'>,
): PurgeableInsightStore {
  return {
    async count(note, at) {
      if (!turns.keepNote({ note, at })) await addInsights(kysely, [{ note, at }]);
    },
    async between(first, last) {
      const rows = await kysely
        .selectFrom('insight_counts')
        .selectAll()
        .where('day', '>=', first)
        .where('day', '<=', last)
        .orderBy('day')
        .orderBy('event')
        .orderBy('about')
        .orderBy('issue')
        .execute();
      return rows.map(({ waited, event, ...row }): InsightCount => ({
        ...row,
        event: event as InsightEvent,
        within: waited,
      }));
    },
    async purge(before) {
      const old = kysely.deleteFrom('insight_counts').where('day', '<', insightDay(before));
      return Number((await old.executeTakeFirst()).numDeletedRows);
    },
  };
}

/** Counts in the transaction of another store, which should do this last: others may wait for the counted row. */
export async function addInsights(db: Kysely<Schema>, notes: readonly TimedNote[]): Promise<void> {
  for (const write of insightWrites(notes, sql<boolean>`true`)) await write.execute(db);
}

type Row = Omit<InsightCount, 'event'> & { readonly event: string };

/**
 * The statement that counts all notes, or none. Equal notes are one row, and the rows are in order, so that two
 * transactions lock them in the same order.
 * @param held a condition; nothing is counted where it is false
 */
export function insightWrites(
  notes: readonly TimedNote[],
  held: RawBuilder<boolean>,
): readonly RawBuilder<unknown>[] {
  const rows = new Map<string, Row>();
  for (const one of notes) {
    const row = rowOf(one);
    const key = JSON.stringify(Object.values(row));
    rows.set(key, { ...row, times: (rows.get(key)?.times ?? 0) + 1 });
  }
  if (rows.size === 0) return [];
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const selects = sorted.map(
    ({ day, event, about, issue, language, asker, within, times }) =>
      sql`select cast(${day} as integer), ${event}, ${about}, ${issue}, ${language}, ${asker},
        cast(${within} as integer), cast(${times} as integer) where ${held}`,
  );
  return [
    sql`insert into insight_counts (day, event, about, issue, language, asker, waited, times)
      ${sql.join(selects, sql` union all `)}
      on conflict (day, event, about, issue, language, asker, waited) do update
      set times = insight_counts.times + excluded.times`,
  ];
}

function rowOf({ note, at }: TimedNote): Row {
  const { event, about = '', issue = '', language, asker, within = 0 } = note;
  return { day: insightDay(at), event, about: indexable(about), issue, language, asker, within, times: 0 };
}
