/** The row format of hand-overs: ids of people in their own columns, everything else as JSON; and the count of those that wait for staff. */
import type { Insertable, Selectable, Kysely } from 'kysely';
import {
  type Entry,
  type EntryState,
  type EntryWhat,
  type Handover,
  type Line,
  type Side,
  isOpen,
} from '../../../core/handover/types.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

export type HandoverRow = Selectable<Schema['handovers']>;
type EntryRow = Selectable<Schema['handover_entries']>;

/** The columns that a change may write. The database sets the version. */
export function columnsOf(handover: Handover): Omit<Insertable<Schema['handovers']>, 'id' | 'version'> {
  const { id: _id, takenBy, visitor, ...body } = handover;
  const { channelId, conversationId, userId, ...rest } = visitor;
  return {
    open: isOpen(handover) ? 1 : 0,
    channel_id: channelId,
    conversation_id: indexable(conversationId),
    user_id: indexable(userId),
    taken_by: takenBy,
    last_at: handover.lastAt,
    body: JSON.stringify({ ...body, visitor: rest }),
  };
}

export function handoverOf(row: HandoverRow): Handover {
  const body = JSON.parse(row.body) as Omit<Handover, 'id' | 'takenBy'>;
  const { channel_id: channelId, conversation_id: conversationId, user_id: userId } = row;
  const visitor = { ...body.visitor, channelId, conversationId, userId };
  return { ...body, id: row.id, takenBy: row.taken_by, visitor };
}

export function entryOf(row: EntryRow): Entry {
  return {
    handoverId: row.handover_id,
    seq: row.seq,
    key: row.entry_key,
    to: row.side as Side,
    what: JSON.parse(row.body) as EntryWhat,
    by: row.staff_id,
    at: row.at,
    state: row.state as EntryState,
    activityId: row.activity_id,
  };
}

export function lineOf(row: Selectable<Schema['handover_lines']>): Line {
  const { handover_id: handoverId, place, activity_id: activityId, shown, attempts, wake } = row;
  return { handoverId, side: row.side as Side, place, activityId, shown, attempts, wake };
}

/** Counts the hand-overs that wait for staff, for the metrics. */
export interface WaitingHandovers {
  readonly count: number;
  /** When the oldest was opened, in milliseconds since the epoch; undefined when none waits. */
  readonly oldestOpenedAt?: number;
}

/** Reads the open hand-overs that no member of the staff has taken. There are few: a taken or closed one does not count. */
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
