/** Cases with their due times, and the outcomes of contacts. One worker at a time claims a due case. */
import { randomUUID } from 'node:crypto';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { DeskError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import type { Attempt, CaseHolder, ContactCase } from '../../../core/services/cases/case.js';
import type { CaseStore } from '../../../core/services/cases/keep-cases.js';
import type { Engine } from '../engine/engine.js';
import { indexable, joinKey } from '../engine/rows.js';
import type { Schema } from '../engine/schema.js';
import { knownMarks, personMarks } from '../people/person-marks.js';

type Row = Selectable<Schema['cases']>;

export interface KeptCaseStore extends CaseStore {
  /** Deletes the cases of a person or conversation. Returns the number of cases. */
  forget(who: Pick<CaseHolder, 'channelId' | 'userId' | 'conversationId'>): Promise<number>;
  /** Deletes cases that were closed before a time (milliseconds). Returns the number of cases. */
  purge(before: number): Promise<number>;
  /** Deletes outcomes from before a time. Returns the number of outcomes. */
  purgeAttempts(before: number): Promise<number>;
}

export function caseStore(kysely: Kysely<Schema>, engine: Engine, now: Clock): KeptCaseStore {
  const open = () => kysely.selectFrom('cases').selectAll().where('closed_at', 'is', null);
  return {
    add: (one) => add(kysely, one, now),
    async byId(id) {
      const row = await kysely.selectFrom('cases').selectAll().where('id', '=', id).executeTakeFirst();
      return row && caseOf(row);
    },
    save: (one, attempt) => save(kysely, one, attempt, now),
    async openOf({ channelId, userId }, limit) {
      const own = open().where('channel_id', '=', channelId).where('user_id', '=', indexable(userId));
      return (await own.orderBy('due_at').orderBy('id').limit(limit).execute()).map(caseOf);
    },
    async openOfTeam(managerId, openedBefore, limit) {
      const mark = (await knownMarks(kysely))?.(managerId);
      if (mark === undefined) return [];
      const old = open().where('manager_mark', '=', mark).where('opened_at', '<', openedBefore);
      return (await old.orderBy('opened_at').orderBy('id').limit(limit).execute()).map(caseOf);
    },
    claim: (at, limit, leaseMs) =>
      kysely.transaction().execute((trx) => claim(trx, engine, { now: at, limit, leaseMs })),
    attempts: (since) => attempts(kysely, since),
    forget: (who) => forget(kysely, who),
    async purge(before) {
      const gone = await kysely.deleteFrom('cases').where('closed_at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
    async purgeAttempts(before) {
      const gone = await kysely.deleteFrom('contact_attempts').where('at', '<', before).executeTakeFirst();
      return Number(gone.numDeletedRows);
    },
  };
}

async function add(kysely: Kysely<Schema>, one: ContactCase, now: Clock): Promise<ContactCase> {
  const row = await rowOf(kysely, one, now);
  await kysely
    .insertInto('cases')
    .values(row)
    .onConflict((conflict) => conflict.column('click_key').doNothing())
    .execute();
  const kept = kysely.selectFrom('cases').selectAll().where('click_key', '=', row.click_key);
  return caseOf(await kept.executeTakeFirstOrThrow());
}

/** A saved case is free for the next worker. */
async function save(
  kysely: Kysely<Schema>,
  one: ContactCase,
  attempt: Attempt | undefined,
  now: Clock,
): Promise<void> {
  const { id, version } = one;
  const { manager_mark, ...row } = await rowOf(kysely, { ...one, version: version + 1 }, now);
  const values = one.managerId === undefined ? row : { ...row, manager_mark };
  const update = async (on: Kysely<Schema>): Promise<void> => {
    const own = on.updateTable('cases').set(values).where('id', '=', id).where('version', '=', version);
    if ((await own.executeTakeFirst()).numUpdatedRows === 0n)
      throw new DeskError('store.conflict', 'The case changed since it was read');
  };
  if (!attempt) return update(kysely);
  await kysely.transaction().execute(async (trx) => {
    await update(trx);
    await trx.insertInto('contact_attempts').values(attemptRow(attempt)).execute();
  });
}

async function claim(
  trx: Transaction<Schema>,
  engine: Engine,
  { now, limit, leaseMs }: { readonly now: number; readonly limit: number; readonly leaseMs: number },
): Promise<readonly ContactCase[]> {
  const due = trx
    .selectFrom('cases')
    .selectAll()
    .where('closed_at', 'is', null)
    .where('due_at', '<=', now)
    .where('lease_until', '<=', now)
    .orderBy('due_at')
    .limit(limit);
  const rows = await engine.claiming(due).execute();
  const ids = rows.map(({ id }) => id);
  const own = trx.updateTable('cases').set({ lease_until: now + leaseMs });
  if (ids.length > 0) await own.where('id', 'in', ids).execute();
  return rows.map(caseOf);
}

async function attempts(kysely: Kysely<Schema>, since: number): Promise<readonly Attempt[]> {
  const rows = await kysely.selectFrom('contact_attempts').selectAll().where('at', '>=', since).execute();
  return rows.map(({ owner_key, way, outcome, minutes, at }) => ({
    key: owner_key,
    way: way as Attempt['way'],
    outcome: outcome as Attempt['outcome'],
    minutes,
    at,
  }));
}

const attemptRow = ({ key, way, outcome, minutes, at }: Attempt): Selectable<Schema['contact_attempts']> => ({
  id: randomUUID(),
  owner_key: indexable(key),
  way,
  outcome,
  minutes,
  at,
});

async function forget(
  kysely: Kysely<Schema>,
  { channelId, userId, conversationId }: Parameters<KeptCaseStore['forget']>[0],
): Promise<number> {
  const gone = await kysely
    .deleteFrom('cases')
    .where('channel_id', '=', channelId)
    .where((where) =>
      where.or([
        where('user_id', '=', indexable(userId)),
        where('conversation_id', '=', indexable(conversationId)),
      ]),
    )
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

/** The manager's id is stored as a mark only: the rows of a manager's team are not the manager's data. */
async function rowOf(kysely: Kysely<Schema>, one: ContactCase, now: Clock): Promise<Row> {
  const { managerId, ...kept } = one;
  const { id, clickKey, holder, version, openedAt, dueAt, closed } = one;
  const mark =
    managerId === undefined || managerId === null ? null : (await personMarks(kysely, now))(managerId);
  return {
    id,
    click_key: joinKey(clickKey),
    channel_id: holder.channelId,
    conversation_id: indexable(holder.conversationId),
    user_id: indexable(holder.userId),
    manager_mark: mark,
    version,
    opened_at: openedAt,
    due_at: dueAt,
    lease_until: 0,
    closed_at: closed?.at ?? null,
    body: JSON.stringify(kept),
  };
}

function caseOf({ version, due_at, opened_at, body }: Row): ContactCase {
  return { ...(JSON.parse(body) as ContactCase), version, dueAt: due_at, openedAt: opened_at };
}
