/** Hand-overs with their transcripts. Every change of a hand-over is a transaction that locks its row. */
import { sql, type Kysely } from 'kysely';
import { forgotten, redrawn, type Act } from '../../../core/handover/life.js';
import type { HandoverStore } from '../../../core/handover/ports.js';
import {
  SIDES,
  type Handover,
  type NewEntry,
  type Side,
  type StaffChannel,
} from '../../../core/handover/types.js';
import { waitStep } from '../../../core/services/insights/ports.js';
import { addInsights } from '../insights/insight-store.js';
import type { Engine } from '../engine/engine.js';
import { handoverQueue } from './handover-queue.js';
import { columnsOf, handoverOf } from './handover-rows.js';
import type { Schema } from '../engine/schema.js';
import { indexable, joinKey } from '../engine/rows.js';

const PLACE = 'partner';
const AT_ONCE = 100;
/** A card is redrawn a moment after its content changed, so that quick changes cause one update. */
const REDRAW_MS = 700;

/** Opens the store. A store of one process first releases the lines that the previous process held when it died. */
export async function openHandoverStore(kysely: Kysely<Schema>, engine: Engine): Promise<HandoverStore> {
  if (engine.singleProcess) await kysely.updateTable('handover_lines').set({ lease_until: 0 }).execute();
  return {
    ...handoverQueue(kysely, engine),
    staffChannel: () => staffChannel(kysely, PLACE),
    staffChannelAt: (conversationId) => staffChannel(kysely, placeKey(conversationId)),
    setStaffChannel: (chosen, actor, at) => setStaffChannel(kysely, chosen, actor, at),
    begin: (handover) => kysely.transaction().execute((trx) => begin(trx, handover)),
    ...finding(kysely),
    change: (id, act, { at, key }) =>
      kysely.transaction().execute((trx) => change(trx, id, act, { at, key })),
    forget: (which) => kysely.transaction().execute((trx) => forgetHandovers(trx, idsOf(trx, which))),
    async refresh(id, now) {
      const act = (handover: Handover): Act => ({ kind: 'done', handover: redrawn(handover), entries: [] });
      await kysely.transaction().execute((trx) => change(trx, id, act, { at: now }));
    },
    async drop(id) {
      await kysely.deleteFrom('handovers').where('id', '=', id).where('open', '=', 0).execute();
    },
  };
}

type Finding = Pick<HandoverStore, 'byId' | 'openOf' | 'countSince' | 'byCard' | 'silentSince'>;

function finding(kysely: Kysely<Schema>): Finding {
  return {
    byId: (id) => first(kysely.selectFrom('handovers').selectAll().where('id', '=', id)),
    openOf: (channelId, conversationId) =>
      first(
        kysely
          .selectFrom('handovers')
          .selectAll()
          .where('channel_id', '=', channelId)
          .where('conversation_id', '=', indexable(conversationId))
          .where('open', '=', 1),
      ),
    async countSince(channelId, conversationId, since) {
      const theirs = kysely
        .selectFrom('handovers')
        .selectAll()
        .where('channel_id', '=', channelId)
        .where('conversation_id', '=', indexable(conversationId))
        .where('last_at', '>=', since);
      return (await theirs.execute()).filter((row) => handoverOf(row).openedAt >= since).length;
    },
    byCard: (conversationId, activityId) =>
      first(
        kysely
          .selectFrom('handovers')
          .innerJoin('handover_lines', 'handover_lines.handover_id', 'handovers.id')
          .selectAll('handovers')
          .where('handover_lines.side', '=', 'staff')
          .where('handover_lines.place', '=', indexable(conversationId))
          .where('handover_lines.activity_id', '=', activityId),
      ),
    async silentSince(before) {
      const old = kysely.selectFrom('handovers').selectAll().where('open', '=', 1);
      const rows = await old.where('last_at', '<', before).orderBy('last_at').limit(AT_ONCE).execute();
      return rows.map(handoverOf);
    },
  };
}

async function first(query: {
  executeTakeFirst(): Promise<Parameters<typeof handoverOf>[0] | undefined>;
}): Promise<Handover | undefined> {
  const row = await query.executeTakeFirst();
  return row && handoverOf(row);
}

async function staffChannel(kysely: Kysely<Schema>, id: string): Promise<StaffChannel | undefined> {
  const query = kysely.selectFrom('handover_places').select('body').where('id', '=', id);
  const row = await query.executeTakeFirst();
  return row && (JSON.parse(row.body) as StaffChannel);
}

const placeKey = (conversationId: string): string => joinKey('at', conversationId);

async function setStaffChannel(
  kysely: Kysely<Schema>,
  chosen: StaffChannel | undefined,
  actor: string,
  at: number,
): Promise<void> {
  if (!chosen) {
    await kysely.deleteFrom('handover_places').where('id', '=', PLACE).execute();
    return;
  }
  const values = { body: JSON.stringify(chosen), actor, at };
  for (const id of [placeKey(chosen.conversationId), PLACE])
    await kysely
      .insertInto('handover_places')
      .values({ id, ...values })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
      .execute();
  // An entry that could not be delivered, or not to its former place, need not wait for the next attempt.
  await kysely
    .updateTable('handover_lines')
    .set({ due_at: 0 })
    .where('side', '=', 'staff')
    .where('attempts', '>', 0)
    .execute();
}

async function begin(trx: Kysely<Schema>, handover: Handover) {
  const { channelId, conversationId } = handover.visitor;
  const made = await trx
    .insertInto('handovers')
    .values({ id: handover.id, version: 1, ...columnsOf(handover) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) {
    const open = trx
      .selectFrom('handovers')
      .selectAll()
      .where('channel_id', '=', channelId)
      .where('conversation_id', '=', indexable(conversationId))
      .where('open', '=', 1);
    return { handover: (await first(open)) ?? handover, created: false };
  }
  const fresh = { place: '', shown: 0, attempts: 0, wake: 1, due_at: handover.openedAt, lease_until: 0 };
  await trx
    .insertInto('handover_lines')
    .values(SIDES.map((side) => ({ handover_id: handover.id, side, ...fresh })))
    .execute();
  const { language } = handover.visitor;
  const note = {
    event: 'handed-over',
    issue: handover.topic.issue ?? '',
    language,
    asker: 'customer',
  } as const;
  await addInsights(trx, [{ note, at: handover.openedAt }]);
  return { handover, created: true };
}

/** Writes the row first: from then on no other transaction changes this hand-over. */
async function locked(trx: Kysely<Schema>, id: string): Promise<Handover | undefined> {
  const row = await trx
    .updateTable('handovers')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && handoverOf(row);
}

async function change(
  trx: Kysely<Schema>,
  id: string,
  act: (handover: Handover) => Act,
  { at, key }: { readonly at: number; readonly key?: string },
) {
  const before = await locked(trx, id);
  if (!before) return undefined;
  if (key !== undefined && (await isThere(trx, id, key))) {
    return { kind: 'repeated', handover: before } as const;
  }
  const acted = act(before);
  if (acted.kind === 'refused') return acted;
  const handover = { ...acted.handover, entries: before.entries + acted.entries.length };
  await addEntries(trx, before, acted.entries, at);
  await trx.updateTable('handovers').set(columnsOf(handover)).where('id', '=', id).execute();
  for (const side of SIDES) {
    const said = acted.entries.some((entry) => entry.to === side);
    if (said || before.face[side] < handover.face[side])
      await wake(trx, id, side, at + (said ? 0 : REDRAW_MS));
  }
  if (before.takenBy === null && handover.takenBy !== null) await countTaken(trx, handover, at);
  return { ...acted, handover };
}

/** Counts how long the visitor waited. The locked row lets only one take count. */
function countTaken(trx: Kysely<Schema>, { visitor, topic, openedAt }: Handover, at: number): Promise<void> {
  const within = waitStep(at - openedAt);
  const { language } = visitor;
  const note = { event: 'taken', issue: topic.issue ?? '', language, asker: 'customer', within } as const;
  return addInsights(trx, [{ note, at }]);
}

async function isThere(trx: Kysely<Schema>, id: string, key: string): Promise<boolean> {
  const entry = trx.selectFrom('handover_entries').select('seq').where('handover_id', '=', id);
  return (await entry.where('entry_key', '=', indexable(key)).executeTakeFirst()) !== undefined;
}

async function addEntries(
  trx: Kysely<Schema>,
  { id, entries, visitor }: Handover,
  added: readonly NewEntry[],
  at: number,
): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map((entry, n) => ({
    handover_id: id,
    seq: entries + n + 1,
    entry_key: indexable(entry.key),
    user_id: indexable(visitor.userId),
    staff_id: entry.by,
    side: entry.to,
    state: 'due',
    at,
    body: JSON.stringify(entry.what),
  }));
  await trx.insertInto('handover_entries').values(rows).execute();
}

/** A line that waits after a failure keeps its time. New entries wait with the earlier ones, in order. */
async function wake(trx: Kysely<Schema>, id: string, side: Side, dueAt: number): Promise<void> {
  await trx
    .updateTable('handover_lines')
    .set({
      wake: sql<number>`wake + 1`,
      due_at: sql<number>`case when attempts = 0 and due_at > ${dueAt} then ${dueAt} else due_at end`,
    })
    .where('handover_id', '=', id)
    .where('side', '=', side)
    .execute();
}

function idsOf(trx: Kysely<Schema>, which: Parameters<HandoverStore['forget']>[0]) {
  const ids = trx.selectFrom('handovers').select('id').where('user_id', '!=', '');
  return 'before' in which
    ? ids.where('last_at', '<', which.before).limit(AT_ONCE)
    : ids.where('conversation_id', '=', indexable(which.conversationId));
}

/** Forgets the hand-overs of visitors with one of these ids (of a person or a conversation). Returns the number. */
export function forgetVisitors(trx: Kysely<Schema>, ids: readonly string[]): Promise<number> {
  const theirs = trx
    .selectFrom('handovers')
    .select('id')
    .where((where) => where.or([where('user_id', 'in', ids), where('conversation_id', 'in', ids)]));
  return forgetHandovers(trx, theirs);
}

/**
 * Deletes all data of the visitor. The messages in the staff's channel stay known by their ids, without words, until a
 * worker has deleted them.
 */
async function forgetHandovers(
  trx: Kysely<Schema>,
  which: { execute(): Promise<readonly { readonly id: string }[]> },
): Promise<number> {
  const rows = await which.execute();
  for (const { id } of rows) {
    const handover = await locked(trx, id);
    if (!handover) continue;
    const left = { ...columnsOf(forgotten(handover)), taken_by: null };
    await trx.updateTable('handovers').set(left).where('id', '=', id).execute();
    for (const table of ['handover_lines', 'handover_entries'] as const)
      await trx.deleteFrom(table).where('handover_id', '=', id).where('side', '=', 'visitor').execute();
    await trx
      .updateTable('handover_entries')
      .set({ body: '{"kind":"text","text":""}', user_id: '', staff_id: null })
      .where('handover_id', '=', id)
      .execute();
    await trx
      .updateTable('handover_lines')
      .set({ wake: sql<number>`wake + 1`, attempts: 0, due_at: 0 })
      .where('handover_id', '=', id)
      .execute();
  }
  return rows.length;
}
