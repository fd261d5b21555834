/** The queries of the hand-over worker: which sides have due entries, the entries themselves, and the outcome. */
import { sql, type Kysely } from 'kysely';
import type { Claim, HandoverStore, Recorded, SideState } from '../../../core/handover/ports.js';
import type { Side } from '../../../core/handover/types.js';
import type { Engine } from '../engine/engine.js';
import { entryOf, handoverOf, lineOf } from './handover-rows.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

/** The line becomes due only when a new entry arrives. */
export const NEVER = 8_640_000_000_000_000;
const ENTRIES_AT_ONCE = 50;

type Queue = Pick<HandoverStore, 'claim' | 'hold' | 'state' | 'tail' | 'record' | 'release'>;

export function handoverQueue(kysely: Kysely<Schema>, engine: Engine): Queue {
  return {
    claim: (now, limit, leaseMs) => claim(kysely, engine, { now, limit, leaseMs }),
    async hold({ handoverId, side }, until) {
      await kysely
        .updateTable('handover_lines')
        .set({ lease_until: until })
        .where('handover_id', '=', handoverId)
        .where('side', '=', side)
        .execute();
    },
    state: (held) => state(kysely, held),
    tail: (id, most) => tail(kysely, id, most),
    record: (held, what) => record(kysely, held, what),
    async release({ handoverId, side }, { wake, attempts, nextAt = NEVER }, now) {
      const missed = attempts > 0 ? nextAt : now;
      await kysely
        .updateTable('handover_lines')
        .set({
          attempts,
          lease_until: 0,
          due_at: sql<number>`case when wake = ${wake} then ${sql.lit(nextAt)} else ${sql.lit(missed)} end`,
        })
        .where('handover_id', '=', handoverId)
        .where('side', '=', side)
        .execute();
    },
  };
}

interface Wish {
  readonly now: number;
  readonly limit: number;
  readonly leaseMs: number;
}

function claim(kysely: Kysely<Schema>, engine: Engine, wish: Wish): Promise<readonly Claim[]> {
  return kysely.transaction().execute(async (trx) => {
    const due = trx
      .selectFrom('handover_lines')
      .select(['handover_id', 'side'])
      .where('due_at', '<=', wish.now)
      .where('lease_until', '<=', wish.now)
      .orderBy('due_at')
      .limit(wish.limit);
    const rows = await engine.claiming(due).execute();
    for (const row of rows) {
      await trx
        .updateTable('handover_lines')
        .set({ lease_until: wish.now + wish.leaseMs })
        .where('handover_id', '=', row.handover_id)
        .where('side', '=', row.side)
        .execute();
    }
    return rows.map((row) => ({ handoverId: row.handover_id, side: row.side as Side }));
  });
}

/** Reads the line's wake counter first. If an entry arrives later, the worker notices it when it releases the line. */
async function state(kysely: Kysely<Schema>, { handoverId, side }: Claim): Promise<SideState | undefined> {
  const line = await kysely
    .selectFrom('handover_lines')
    .selectAll()
    .where('handover_id', '=', handoverId)
    .where('side', '=', side)
    .executeTakeFirst();
  const row = await kysely
    .selectFrom('handovers')
    .selectAll()
    .where('id', '=', handoverId)
    .executeTakeFirst();
  if (!line || !row) return undefined;
  const handover = handoverOf(row);
  const entries = kysely
    .selectFrom('handover_entries')
    .selectAll()
    .where('handover_id', '=', handoverId)
    .where('side', '=', side)
    .orderBy('seq')
    .limit(ENTRIES_AT_ONCE);
  const wanted =
    handover.status === 'forgotten'
      ? entries.where('activity_id', 'is not', null)
      : entries.where('state', '=', 'due');
  return { handover, line: lineOf(line), entries: (await wanted.execute()).map(entryOf) };
}

async function tail(kysely: Kysely<Schema>, handoverId: string, most: number) {
  const rows = await kysely
    .selectFrom('handover_entries')
    .selectAll()
    .where('handover_id', '=', handoverId)
    .orderBy('seq', 'desc')
    .limit(most * 3)
    .execute();
  const texts = rows.map(entryOf).filter((entry) => entry.what.kind === 'text');
  const waiting = await kysely
    .selectFrom('handover_entries as e')
    .innerJoin('handover_lines as l', (join) =>
      join.onRef('l.handover_id', '=', 'e.handover_id').onRef('l.side', '=', 'e.side'),
    )
    .select(['e.side', sql<number>`count(*)`.as('waiting')])
    .where('e.handover_id', '=', handoverId)
    .where('e.state', '=', 'due')
    .where('l.attempts', '>', 0)
    .groupBy('e.side')
    .execute();
  const of = (side: Side) => Number(waiting.find((row) => row.side === side)?.waiting ?? 0);
  return {
    entries: texts.slice(0, most).reverse(),
    stuck: { visitor: of('visitor'), staff: of('staff') },
  };
}

async function record(kysely: Kysely<Schema>, { handoverId, side }: Claim, what: Recorded): Promise<void> {
  const line = kysely
    .updateTable('handover_lines')
    .where('handover_id', '=', handoverId)
    .where('side', '=', side);
  const entry = kysely.updateTable('handover_entries').where('handover_id', '=', handoverId);
  switch (what.kind) {
    case 'card': {
      const { activityId, shown } = what;
      await line.set({ place: indexable(what.place), activity_id: activityId, shown }).execute();
      return;
    }
    case 'card-lost':
      await line.set({ activity_id: null, shown: 0 }).execute();
      return;
    case 'shown':
      await line.set({ shown: what.shown }).execute();
      return;
    case 'entry':
      await entry
        .set({ state: what.state, activity_id: what.activityId })
        .where('seq', '=', what.seq)
        .execute();
      return;
    case 'removed':
      await entry.set({ activity_id: null }).where('seq', '=', what.seq).execute();
      return;
  }
}
