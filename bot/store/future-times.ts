/**
 * Repairs times that lie further in the future than any wait: they were written before the clock was set back. Without
 * the repair a card, a message or a claim would wait until the clock reaches that time again.
 */
import type { Kysely } from 'kysely';
import { deliveryOf, rowOf } from './outages/delivery-rows.js';
import { NEVER } from './handover/handover-queue.js';
import type { Schema } from './engine/schema.js';

const MINUTE_MS = 60_000;
/** Longer than every wait before a retry: the longest is half an hour. */
const LONGEST_WAIT_MS = 35 * MINUTE_MS;
/** Longer than every claim. */
const LONGEST_LEASE_MS = 10 * MINUTE_MS;
/** A claim that may still be in use ends after this time. */
const LAST_LEASE_MS = MINUTE_MS;
/** Longer than every quiet period, and than the time from one weekly summary to the next. */
const LONGEST_HOLD_MS = 8 * 24 * 60 * MINUTE_MS;
const PAGE = 200;

type Db = Kysely<Schema>;

/** Returns the number of repaired rows. Several instances may do this at the same time. */
export async function repairFutureTimes(db: Db, now: number): Promise<number> {
  let repaired = 0;
  for (const repair of [deliveries, leases, handovers, notices, weekly, cases, turns])
    repaired += await repair(db, now);
  return repaired;
}

/** A delivery that changed meanwhile keeps its new row; a repaired row is no longer found, so the pages end. */
async function deliveries(db: Db, now: number): Promise<number> {
  let repaired = 0;
  for (const [status, longest] of [
    ['due', LONGEST_WAIT_MS],
    ['held', LONGEST_HOLD_MS],
  ] as const)
    for (;;) {
      const late = db.selectFrom('deliveries').select(['incident_id', 'reader_id', 'body']);
      const rows = await late
        .where('status', '=', status)
        .where('due_at', '>', now + longest)
        .limit(PAGE)
        .execute();
      for (const row of rows) repaired += await makeDue(db, row, now);
      if (rows.length < PAGE) break;
    }
  return repaired;
}

async function makeDue(
  db: Db,
  row: { readonly incident_id: string; readonly reader_id: string; readonly body: string },
  now: number,
): Promise<number> {
  const before = deliveryOf(row);
  const firstTryAt = before.firstTryAt === null ? null : Math.min(before.firstTryAt, now);
  const { due_at, body } = rowOf({ ...before, dueAt: now, firstTryAt });
  const done = await db
    .updateTable('deliveries')
    .set({ due_at, body })
    .where('incident_id', '=', row.incident_id)
    .where('reader_id', '=', row.reader_id)
    .where('body', '=', row.body)
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}

async function leases(db: Db, now: number): Promise<number> {
  const until = { lease_until: now + LAST_LEASE_MS };
  const latest = now + LONGEST_LEASE_MS;
  // The statuses let the database use the index: most deliveries are over.
  const cards = db.updateTable('deliveries').set(until).where('status', 'in', ['due', 'held', 'sending']);
  const sides = db.updateTable('handover_lines').set(until);
  const summaries = db.updateTable('weekly_summaries').set(until);
  const digests = db.updateTable('insight_digests').set(until);
  const waiting = db.updateTable('cases').set(until);
  const done = [
    await waiting.where('lease_until', '>', latest).executeTakeFirst(),
    await cards.where('lease_until', '>', latest).executeTakeFirst(),
    await sides.where('lease_until', '>', latest).executeTakeFirst(),
    await summaries.where('lease_until', '>', latest).executeTakeFirst(),
    await digests.where('lease_until', '>', latest).executeTakeFirst(),
  ];
  return done.reduce((sum, { numUpdatedRows }) => sum + Number(numUpdatedRows), 0);
}

async function handovers(db: Db, now: number): Promise<number> {
  const late = db.updateTable('handover_lines').set({ due_at: now }).where('due_at', '<', NEVER);
  return Number((await late.where('due_at', '>', now + LONGEST_WAIT_MS).executeTakeFirst()).numUpdatedRows);
}

async function notices(db: Db, now: number): Promise<number> {
  const late = db
    .updateTable('contact_notices')
    .set({ due_at: now, since: now })
    .where('ended_at', 'is', null);
  return Number((await late.where('due_at', '>', now + LONGEST_WAIT_MS).executeTakeFirst()).numUpdatedRows);
}

async function weekly(db: Db, now: number): Promise<number> {
  let repaired = 0;
  for (const table of ['weekly_summaries', 'insight_digests'] as const) {
    const late = db
      .updateTable(table)
      .set({ due_at: now })
      .where('due_at', '>', now + LONGEST_HOLD_MS);
    repaired += Number((await late.executeTakeFirst()).numUpdatedRows);
  }
  return repaired;
}

/** A case that was opened before the clock was set back asks now. */
async function cases(db: Db, now: number): Promise<number> {
  const late = db.updateTable('cases').set({ due_at: now, opened_at: now }).where('closed_at', 'is', null);
  return Number((await late.where('opened_at', '>', now + MINUTE_MS).executeTakeFirst()).numUpdatedRows);
}

/** Turns that count from now on: a turn of a dead instance is given to a later delivery, an acknowledged one is recovered. */
async function turns(db: Db, now: number): Promise<number> {
  const claims = db.updateTable('turn_claims').set({ claimed_at: now });
  const claimed = await claims.where('claimed_at', '>', now + MINUTE_MS).executeTakeFirst();
  const kept = db.updateTable('late_turns').set({ at: now });
  const late = await kept.where('at', '>', now + MINUTE_MS).executeTakeFirst();
  return Number(claimed.numUpdatedRows) + Number(late.numUpdatedRows);
}
