/** Finds accepted web activities that had no turn, because their process died first. */
import { sql, type Kysely } from 'kysely';
import type { Conversation, StoredActivity } from './conversation-store.js';
import type { Schema } from '../engine/schema.js';

export interface Accepted {
  readonly conversation: Conversation;
  readonly activity: StoredActivity;
}

/** The embedded channel's name in the claims. */
const CHANNEL = 'directline';

/**
 * The users' activities between `since` and `until` (milliseconds) that have no finished turn, in order within each
 * conversation. Some of them may be running or waiting. The order of turns and the claims prevent a second turn.
 */
export async function acceptedWithoutTurn(
  kysely: Kysely<Schema>,
  range: { readonly since: number; readonly until: number },
): Promise<readonly Accepted[]> {
  const rows = await kysely
    .selectFrom('conversations as c')
    .innerJoin('conversation_activities as a', 'a.conversation_id', 'c.id')
    .leftJoin('turn_claims as t', (join) =>
      join
        .on('t.channel_id', '=', CHANNEL)
        .onRef('t.conversation_id', '=', 'a.conversation_id')
        .onRef('t.activity_id', '=', 'a.activity_id'),
    )
    .select(['c.id', 'c.user_id', 'c.audience', 'c.created_at', 'a.body'])
    .where('c.last_at', '>=', range.since)
    .where('a.at', '>=', range.since)
    .where('a.at', '<=', range.until)
    .where((where) => where.or([where('t.state', 'is', null), where('t.state', '=', 'running')]))
    .orderBy(sql`c.id`)
    .orderBy('a.position')
    .execute();
  return rows
    .map((row) => ({
      conversation: conversationOf(row),
      activity: JSON.parse(row.body) as StoredActivity,
    }))
    .filter(({ activity }) => (activity.from as { role?: unknown } | undefined)?.role === 'user');
}

/**
 * Conversations that began between `since` and `until` (milliseconds) and whose greeting was claimed but did not end.
 */
export async function withoutGreeting(
  kysely: Kysely<Schema>,
  range: { readonly since: number; readonly until: number },
): Promise<readonly Conversation[]> {
  const rows = await kysely
    .selectFrom('conversations as c')
    .leftJoin('turn_claims as t', (join) =>
      join
        .on('t.channel_id', '=', CHANNEL)
        .onRef('t.conversation_id', '=', 'c.id')
        .on('t.activity_id', '=', sql<string>`c.id || '|greeting'`),
    )
    .select(['c.id', 'c.user_id', 'c.audience', 'c.created_at'])
    .where('c.created_at', '>=', range.since)
    .where('c.created_at', '<=', range.until)
    .where('c.greeted', '=', 1)
    // A visitor who has already written has an answer, or will get an answer.
    .where('c.positions', '=', 0)
    .where((where) => where.or([where('t.state', 'is', null), where('t.state', '=', 'running')]))
    .execute();
  return rows.map(conversationOf);
}

interface Row {
  readonly id: string;
  readonly user_id: string;
  readonly audience: string;
  readonly created_at: number;
}

function conversationOf({ id, user_id: userId, audience, created_at: createdAt }: Row): Conversation {
  return { id, userId, audience: audience as Conversation['audience'], createdAt };
}
