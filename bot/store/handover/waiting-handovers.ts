/** Counts the hand-overs that wait for staff, for the metrics. */
import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.js';
import { handoverOf } from './handover-rows.js';

export interface WaitingHandovers {
  readonly count: number;
  /** When the oldest was opened, in milliseconds since the epoch; undefined when none waits. */
  readonly oldestOpenedAt?: number;
}

/** Reads the open hand-overs that nobody has taken. There are few: a taken or closed one does not count. */
export async function waitingHandovers(kysely: Kysely<Schema>): Promise<WaitingHandovers> {
  const rows = await kysely
    .selectFrom('handovers')
    .selectAll()
    .where('open', '=', 1)
    .where('taken_by', 'is', null)
    .execute();
  if (rows.length === 0) return { count: 0 };
  return { count: rows.length, oldestOpenedAt: Math.min(...rows.map((row) => handoverOf(row).openedAt)) };
}
