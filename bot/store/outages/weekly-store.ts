/** Which recipients want the weekly summary, and when each is due. One worker at a time claims a row. */
import type { Kysely } from 'kysely';
import type { DueWeekly, WeeklyStore } from '../../../core/incident/ports.js';
import type { Engine } from '../engine/engine.js';
import { indexable } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';

export function weeklyStore(kysely: Kysely<Schema>, engine: Engine): WeeklyStore {
  return {
    async dueAt(readerId) {
      const own = kysely.selectFrom('weekly_summaries').select('due_at');
      return (await own.where('reader_id', '=', indexable(readerId)).executeTakeFirst())?.due_at;
    },
    async start(readerId, dueAt) {
      await kysely
        .insertInto('weekly_summaries')
        .values({ reader_id: indexable(readerId), due_at: dueAt, lease_until: 0 })
        .onConflict((conflict) => conflict.column('reader_id').doNothing())
        .execute();
    },
    async stop(readerId) {
      await kysely.deleteFrom('weekly_summaries').where('reader_id', '=', indexable(readerId)).execute();
    },
    claim: (now, limit, leaseMs) =>
      kysely.transaction().execute((trx) => claim(trx, engine, { now, limit, leaseMs })),
    async moveOn({ readerId, dueAt }, next) {
      await kysely
        .updateTable('weekly_summaries')
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
  { now, limit, leaseMs }: { readonly now: number; readonly limit: number; readonly leaseMs: number },
): Promise<readonly DueWeekly[]> {
  const due = trx
    .selectFrom('weekly_summaries')
    .select(['reader_id', 'due_at'])
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('due_at')
    .limit(limit);
  const rows = await engine.claiming(due).execute();
  const ids = rows.map((row) => row.reader_id);
  const own = trx.updateTable('weekly_summaries').set({ lease_until: now + leaseMs });
  if (ids.length > 0) await own.where('reader_id', 'in', ids).execute();
  return rows.map((row) => ({ readerId: row.reader_id, dueAt: row.due_at }));
}
