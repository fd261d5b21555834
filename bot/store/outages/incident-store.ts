/** Incidents with their lookup keys and seen notices, and the one transaction that changes all of them together. */
import type { Kysely } from 'kysely';
import { type Incident, isOver, NOTHING_AFFECTED } from '../../../core/incident/types.js';
import type { Schema } from '../engine/schema.js';
import { joinKey, indexable } from '../engine/rows.js';
import { groupKeys } from '../../../core/incident/grouping.js';
import type { IncidentChange, IncidentStore } from '../../../core/incident/ports.js';
import type { Engine } from '../engine/engine.js';
import { audiencePlans, beginPlan } from './audience-plans.js';

/** Past and open incidents for an operator: those from one sender. */
export interface IncidentHistory {
  /** The newest incidents from a registered source, newest first, up to `limit`. */
  readonly ofSource: (source: string, limit: number) => Promise<readonly Incident[]>;
  /** Incidents that began at or after `at`, and all open ones, page by page in the order of ids. */
  readonly since: (at: number) => AsyncIterable<Incident>;
}

const PAGE = 200;

async function* since(kysely: Kysely<Schema>, at: number): AsyncGenerator<Incident> {
  for (let after = ''; ;) {
    const rows = await kysely
      .selectFrom('incidents')
      .select(['id', 'body'])
      .where((eb) => eb.or([eb('started_at', '>=', at), eb('open', '=', 1)]))
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    yield* bodies(rows);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    after = last.id;
  }
}

export function incidentHistory(kysely: Kysely<Schema>): IncidentHistory {
  return {
    since: (at) => since(kysely, at),
    async ofSource(source, limit) {
      // A source id has only lower-case letters, digits and hyphens: none of them is a LIKE wildcard.
      const marks = kysely
        .selectFrom('incident_keys')
        .select('incident_id')
        .where('key', 'like', `${joinKey('mark', source, '')}%`);
      const rows = await kysely
        .selectFrom('incidents')
        .select('body')
        .where('id', 'in', marks)
        .orderBy('started_at', 'desc')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map((row) => JSON.parse(row.body) as Incident);
    },
  };
}

/** A sender may repeat a notice for three days; the store remembers notices longer than that. */
const SEEN_MS = 7 * 86_400_000;
/** More candidates are never needed; the newest come first. */
const CANDIDATES = 200;

export function incidentStore(kysely: Kysely<Schema>, engine: Engine): IncidentStore {
  return {
    byId: (id) => byId(kysely, id),
    candidates: (source, sourceId, keys) => candidates(kysely, markKey(source, sourceId), keys),
    open: async () => bodies(await incidents(kysely).where('open', '=', 1).execute()),
    openFor: (offerId, publisherId) => openFor(kysely, offerId, publisherId),
    async wasSeen(keys) {
      if (keys.length === 0) return false;
      const found = await kysely
        .selectFrom('outage_seen')
        .select('key')
        .where('key', 'in', keys.map(indexable))
        .executeTakeFirst();
      return found !== undefined;
    },
    inOrder: (work) => engine.inOrder('#incidents', work),
    commit: (change) => commit(kysely, engine, change),
    ...audiencePlans(kysely, engine),
  };
}

function incidents(db: Kysely<Schema>) {
  return db.selectFrom('incidents').select('incidents.body').orderBy('started_at', 'desc').orderBy('id');
}

function bodies(rows: readonly { readonly body: string }[]): readonly Incident[] {
  return rows.map((row) => JSON.parse(row.body) as Incident);
}

async function byId(db: Kysely<Schema>, id: string): Promise<Incident | undefined> {
  return bodies(await incidents(db).where('id', '=', id).execute())[0];
}

function markKey(source: string, sourceId: string): string {
  return joinKey('mark', source, sourceId);
}

async function candidates(
  db: Kysely<Schema>,
  mark: string,
  keys: readonly string[],
): Promise<readonly Incident[]> {
  const having = (wanted: readonly string[]) =>
    db.selectFrom('incident_keys').select('incident_id').where('key', 'in', wanted);
  const own = await incidents(db)
    .where('id', 'in', having([mark]))
    .limit(CANDIDATES)
    .execute();
  if (keys.length === 0) return bodies(own);
  const near = await incidents(db)
    .where('open', '=', 1)
    .where('id', 'in', having(keys.map(indexable)))
    .limit(CANDIDATES)
    .execute();
  return [...new Map(bodies([...own, ...near]).map((one) => [one.id, one])).values()];
}

/** An outage of a whole publisher concerns each of its offers. An outage of another offer does not. */
async function openFor(
  db: Kysely<Schema>,
  offerId: string | null,
  publisherId: string | null,
): Promise<readonly Incident[]> {
  const offers = offerId === null ? [] : [offerId];
  const publishers = publisherId === null ? [] : [publisherId];
  const keys = groupKeys({ ...NOTHING_AFFECTED, offers, publishers });
  if (keys.length === 0) return [];
  const found = await incidents(db)
    .where('open', '=', 1)
    .where(
      'id',
      'in',
      db.selectFrom('incident_keys').select('incident_id').where('key', 'in', keys.map(indexable)),
    )
    .execute();
  return bodies(found).filter(
    ({ affected }) =>
      offerId === null ||
      affected.offers.includes(offerId) ||
      (affected.offers.length === 0 && publisherId !== null && affected.publishers.includes(publisherId)),
  );
}

class NotCommitted extends Error {
  constructor(readonly why: 'conflict' | 'seen-before') {
    super(why);
  }
}

async function commit(
  kysely: Kysely<Schema>,
  engine: Engine,
  change: IncidentChange,
): Promise<'committed' | 'conflict' | 'seen-before'> {
  try {
    await kysely.transaction().execute((trx) => write(trx, engine, change));
    return 'committed';
  } catch (error) {
    if (error instanceof NotCommitted) return error.why;
    throw error;
  }
}

async function write(trx: Kysely<Schema>, engine: Engine, change: IncidentChange): Promise<void> {
  await remember(trx, change);
  await putIncident(trx, change);
  const { incident, plan, announce, at } = change;
  if (plan) await beginPlan(trx, engine, { incident, announce, plan, at });
}

async function remember(trx: Kysely<Schema>, change: IncidentChange): Promise<void> {
  const keys = [...new Set(change.seen.map(indexable))];
  if (keys.length === 0) return;
  await trx
    .deleteFrom('outage_seen')
    .where('at', '<', change.at - SEEN_MS)
    .execute();
  const kept = await trx
    .insertInto('outage_seen')
    .values(keys.map((key) => ({ key, at: change.at })))
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('key')
    .execute();
  if (kept.length < keys.length) throw new NotCommitted('seen-before');
}

async function putIncident(trx: Kysely<Schema>, { incident, before }: IncidentChange): Promise<void> {
  const values = {
    open: isOver(incident.state) ? 0 : 1,
    started_at: incident.startedAt,
    body: JSON.stringify(incident),
  };
  const written = before
    ? await trx
        .updateTable('incidents')
        .set(values)
        .where('id', '=', incident.id)
        .where('body', '=', JSON.stringify(before))
        .returning('id')
        .executeTakeFirst()
    : await trx
        .insertInto('incidents')
        .values({ id: incident.id, ...values })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .returning('id')
        .executeTakeFirst();
  if (!written) throw new NotCommitted('conflict');
  await trx
    .insertInto('incident_keys')
    .values(keysOf(incident).map((key) => ({ key, incident_id: incident.id })))
    .onConflict((conflict) => conflict.columns(['key', 'incident_id']).doNothing())
    .execute();
}

function keysOf(incident: Incident): readonly string[] {
  const marks = incident.marks.map((mark) => markKey(mark.source, mark.sourceId));
  return [...new Set([...marks, ...groupKeys(incident.affected).map(indexable)])];
}
