/** The row format of hand-overs: ids of people in their own columns, everything else as JSON. */
import type { Insertable, Selectable } from 'kysely';
import type { Entry, EntryState, EntryWhat, Handover, Line, Side } from '../../../core/handover/types.js';
import { isOpen } from '../../../core/handover/types.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

export type HandoverRow = Selectable<Schema['handovers']>;
type EntryRow = Selectable<Schema['handover_entries']>;

/** The columns a change may write; the version is the database's. */
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
