/**
 * Plans an incident's recipients page by page. Stores the progress with every page, so that no recipient is left out.
 */
import type { Kysely } from 'kysely';
import type { Delivery } from '../../../core/incident/delivery.js';
import { ringsFor } from '../../../core/incident/delivery-wanted.js';
import type { Announce } from '../../../core/incident/lifecycle.js';
import type { IncidentStore, PageDone, PlanPage } from '../../../core/incident/ports.js';
import type { Incident } from '../../../core/incident/types.js';
import { deliveryOf, putDeliveries } from './delivery-rows.js';
import type { Engine } from '../engine/engine.js';
import { recipientsAfter, recipientsOf } from './recipient-store.js';
import type { Schema } from '../engine/schema.js';
import { indexable } from '../engine/rows.js';

/** Recipients in one transaction: so few that a waiting turn is not noticeably delayed. */
const PLAN_PAGE = 250;
/** Incidents looked at together. */
const MOST = 50;

interface PlanStep {
  readonly incident: Incident;
  readonly announce: Announce;
  readonly plan: PlanPage;
  readonly at: number;
}

type Plans = Pick<IncidentStore, 'planning' | 'planNext' | 'planRecipients' | 'undecided'>;

export function audiencePlans(kysely: Kysely<Schema>, engine: Engine): Plans {
  return {
    async planning() {
      const rows = await kysely
        .selectFrom('outage_plans')
        .select('incident_id')
        .orderBy('touched_at')
        .limit(MOST)
        .execute();
      return [...new Set(rows.map((row) => row.incident_id))];
    },
    planNext: (id, plan, at) =>
      kysely.transaction().execute((trx) => planNext(trx, engine, id, { plan, at })),
    planRecipients: (id, readerIds, plan) =>
      kysely.transaction().execute((trx) => planRecipients(trx, engine, id, readerIds, plan)),
    undecided: (id) => undecided(kysely, id),
  };
}

/**
 * Plans the first page in the transaction that changes the incident, and leaves a mark for the rest. A ringing plan
 * replaces an earlier quiet plan. A quiet plan lets a ringing plan continue, because some recipients still need the
 * ringing card.
 */
export async function beginPlan(trx: Kysely<Schema>, engine: Engine, step: PlanStep): Promise<void> {
  const { id } = step.incident;
  const rings = ringsFor(step.announce);
  const own = trx.deleteFrom('outage_plans').where('incident_id', '=', id);
  await (rings ? own : own.where('rings', '=', 0)).execute();
  const last = await page(trx, engine, step, '');
  if (last === undefined) return;
  const row = { incident_id: id, rings: rings ? 1 : 0, after_reader: last, touched_at: step.at };
  await trx.insertInto('outage_plans').values(row).execute();
}

/** Locks the incident's row first, as every change of the incident does: pages and changes run one after another. */
async function planNext(
  trx: Kysely<Schema>,
  engine: Engine,
  id: string,
  { plan, at }: Pick<PlanStep, 'plan' | 'at'>,
): Promise<PageDone> {
  const own = trx.selectFrom('incidents').select('body').where('id', '=', id);
  const found = await engine.claiming(own).executeTakeFirst();
  if (!found) return 'busy';
  const mark = await markOf(trx, id);
  if (!mark) return 'done';
  const incident = JSON.parse(found.body) as Incident;
  const announce = mark.rings === 1 ? 'severity-rise' : 'none';
  const last = await page(trx, engine, { incident, announce, plan, at }, mark.after_reader);
  const { incident_id, rings } = mark;
  if (last === undefined) {
    await trx.deleteFrom('outage_plans').where('incident_id', '=', id).where('rings', '=', rings).execute();
    return (await markOf(trx, id)) ? 'more' : 'done';
  }
  await trx
    .updateTable('outage_plans')
    .set({ after_reader: last, touched_at: at })
    .where('incident_id', '=', incident_id)
    .where('rings', '=', rings)
    .execute();
  return 'more';
}

/** The mark of the plan that comes first: a ringing plan comes before a quiet one. */
function markOf(trx: Kysely<Schema>, id: string) {
  return trx
    .selectFrom('outage_plans')
    .selectAll()
    .where('incident_id', '=', id)
    .orderBy('rings', 'desc')
    .executeTakeFirst();
}

/** Plans and stores one page. Returns the id of the page's last recipient; undefined for the last page. */
async function page(
  trx: Kysely<Schema>,
  engine: Engine,
  step: PlanStep,
  after: string,
): Promise<string | undefined> {
  const recipients = await recipientsAfter(trx, after, PLAN_PAGE);
  const ids = recipients.map((recipient) => recipient.id);
  const deliveries = await knownOf(trx, engine, step.incident.id, ids);
  await putDeliveries(trx, step.plan({ ...step, recipients, deliveries }));
  return recipients.length < PLAN_PAGE ? undefined : ids[ids.length - 1];
}

/** For recipients that a ringing plan has not reached yet, plans as the ringing plan would. */
async function planRecipients(
  trx: Kysely<Schema>,
  engine: Engine,
  id: string,
  readerIds: readonly string[],
  plan: PlanPage,
): Promise<void> {
  const own = trx.selectFrom('incidents').select('body').where('id', '=', id);
  const found = await (engine.kind === 'postgres' ? own.forUpdate() : own).executeTakeFirst();
  if (!found) return;
  const incident = JSON.parse(found.body) as Incident;
  const mark = await markOf(trx, id);
  const ids = readerIds.map(indexable);
  const ringing = mark?.rings === 1 ? await recipientsOf(trx, ids, mark.after_reader) : [];
  const later = new Set(ringing.map((recipient) => recipient.id));
  const quiet = (await recipientsOf(trx, ids)).filter((recipient) => !later.has(recipient.id));
  const deliveries = await knownOf(trx, engine, id, ids);
  await putDeliveries(trx, [
    ...plan({ incident, announce: 'severity-rise', recipients: ringing, deliveries }),
    ...plan({ incident, announce: 'none', recipients: quiet, deliveries }),
  ]);
}

/** A worker may be recording an outcome. The row waits for this transaction; the worker then reads it again. */
async function knownOf(
  trx: Kysely<Schema>,
  engine: Engine,
  incidentId: string,
  readerIds: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  if (readerIds.length === 0) return new Map();
  const query = trx
    .selectFrom('deliveries')
    .select(['reader_id', 'body'])
    .where('incident_id', '=', incidentId)
    .where('reader_id', 'in', readerIds)
    .orderBy('reader_id');
  const rows = await (engine.kind === 'postgres' ? query.forUpdate() : query).execute();
  return new Map(rows.map((row) => [row.reader_id, deliveryOf(row)]));
}

/** The recipients after the mark with the least progress. */
async function undecided(kysely: Kysely<Schema>, id: string): Promise<number> {
  const row = await kysely
    .selectFrom('outage_readers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('id', '>', (eb) =>
      eb
        .selectFrom('outage_plans')
        .select((own) => own.fn.min('after_reader').as('after'))
        .where('incident_id', '=', id),
    )
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
