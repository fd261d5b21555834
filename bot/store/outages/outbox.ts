/** How much waits to be sent to people: what operators watch. */
import type { Kysely } from 'kysely';
import type { Schema } from '../engine/schema.js';

export interface Outbox {
  /** Cards that were given up. `outages replay` sends them again. */
  readonly givenUp: number;
  /** Cards that are due or being sent. */
  readonly pending: number;
  /** Milliseconds since the epoch when the oldest due card was due; undefined when none waits. */
  readonly oldestDueAt?: number;
}

/** Reads the queue of outage cards from its index. */
export async function outbox(kysely: Kysely<Schema>, now: number): Promise<Outbox> {
  const row = await kysely
    .selectFrom('deliveries')
    .select((eb) => [eb.fn.countAll<number>().as('pending'), eb.fn.min('due_at').as('oldest')])
    .where('status', 'in', ['due', 'sending'])
    .where('due_at', '<=', now)
    .executeTakeFirst();
  const dead = await kysely
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('status', '=', 'dead')
    .executeTakeFirst();
  const [pending, givenUp] = [Number(row?.pending ?? 0), Number(dead?.count ?? 0)];
  return pending === 0 || !row
    ? { pending: 0, givenUp }
    : { pending, givenUp, oldestDueAt: Number(row.oldest) };
}
