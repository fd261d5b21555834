/** Which recipients want a weekly message, and when each is due. One worker at a time claims a row. */
import type { Kysely } from 'kysely';
import type { DueWeekly, WeeklyStore } from '../../../core/incident/ports.js';
import type { Engine } from '../engine/engine.js';
import { indexable } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';

/** The tables of weekly messages: the summary of outages, and the insights. */
type WeeklyTable = 'weekly_summaries' | 'insight_digests';

/** Opens the store of one weekly message. */
export function weeklyStore(kysely: Kysely<Schema>, engine: Engine, table: WeeklyTable): WeeklyStore {
  return {
    async dueAt(readerId) {
      const own = kysely.selectFrom(table).select('due_at');
      return (await own.where('reader_id', '=', indexable(readerId)).executeTakeFirst())?.due_at;
    },
    async start(readerId, dueAt) {
      await kysely
        .insertInto(table)
        .values({ reader_id: indexable(readerId), due_at: dueAt, lease_until: 0 })
        .onConflict((conflict) => conflict.column('reader_id').doNothing())
        .execute();
    },
    async stop(readerId) {
      await kysely.deleteFrom(table).where('reader_id', '=', indexable(readerId)).execute();
    },
    claim: (now, limit, leaseMs) =>
      kysely.transaction().execute((trx) => claim(trx, engine, table, { now, limit, leaseMs })),
    async moveOn({ readerId, dueAt }, next) {
      await kysely
        .updateTable(table)
        .set({ due_at: next, lease_until: 0 })
        .where('reader_id', '=', indexable(readerId))
        .where('due_at', '=', dueAt)
        .execute();
    },
  };
}

async function claim(
  trx: Kysely<Schema>,
  engine: Engine,
  table: WeeklyTable,
  { now, limit, leaseMs }: { readonly now: number; readonly limit: number; readonly leaseMs: number },
): Promise<readonly DueWeekly[]> {
  const due = trx
    .selectFrom(table)
    .select(['reader_id', 'due_at'])
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('due_at')
    .limit(limit);
  const rows = await engine.claiming(due).execute();
  const ids = rows.map((row) => row.reader_id);
  const own = trx.updateTable(table).set({ lease_until: now + leaseMs });
  if (ids.length > 0) await own.where('reader_id', 'in', ids).execute();
  return rows.map((row) => ({ readerId: row.reader_id, dueAt: row.due_at }));
}
