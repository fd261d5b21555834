/** Fills a store with many recipients at once, and runs a delivery to its end on a simulated clock. */
import type { Stores } from '../../bot/store/stores.js';
import type { Subscription } from '../../core/incident/audience.js';
import type { DeliveryStore } from '../../core/incident/ports.js';
import type { Incident } from '../../core/incident/types.js';
import { createLimiter } from '../../core/incident/rate.js';
import { replanRecipient, type IncidentDeps } from '../../core/services/outages/change-incident.js';
import { Deliverer, type DeliverOptions } from '../../core/services/outages/deliver.js';
import { runPlanner } from '../../core/services/outages/plan-audience.js';
import { CapturedLog } from './capture-log.js';
import { about, planAt } from './outage-recipients.js';
import type { SimClock, SimConnector } from './sim.js';

const PAGE = 500;

/** Adds recipients `r0…` with the same subscription, spread over this number of tenants. */
export async function fillRecipients(
  stores: Stores,
  count: number,
  tenants = 1,
  what: Subscription['what'] = { kind: 'everything' },
): Promise<void> {
  const { kysely } = stores.database;
  for (let from = 0; from < count; from += PAGE) {
    const rows = Array.from({ length: Math.min(PAGE, count - from) }, (_, n) => {
      const id = `r${String(from + n).padStart(6, '0')}`;
      const known = about(id, { tenantId: `t${(from + n) % tenants}` });
      const wish: Subscription = { what, from: 'none', by: 'reader' };
      const body = JSON.stringify({ ...known, subscriptions: [wish], quiet: null });
      return { id, opted_out: 0, reachable: 1, body, updated_at: 1 };
    });
    await kysely.insertInto('outage_readers').values(rows).execute();
  }
}

/** Stores an incident, new or changed, with the first cards that follow. */
export async function commit(
  stores: Stores,
  incident: Incident,
  now: number,
  before?: Incident,
): Promise<void> {
  const change = { seen: [], incident, before, announce: 'none', plan: planAt(now), at: now } as const;
  const done = await stores.outages.incidents.commit(change);
  if (done !== 'committed') throw new Error(done);
}

interface SimRun {
  readonly perTenant: number;
  readonly options?: Partial<DeliverOptions>;
  /** The time of every write of a delivery on the simulated clock, in milliseconds. */
  readonly slowMs?: number;
  readonly log?: CapturedLog;
}

/** The dependencies of planning, on the simulated clock. */
function deskOf({ outages }: Stores, { now, waitingFor }: SimClock): IncidentDeps {
  const incidents = waitingFor(outages.incidents);
  return { incidents, silences: waitingFor(outages.silences), publisherOf: () => undefined, now };
}

/** A worker on the simulated clock. */
export function simDeliverer(stores: Stores, clock: SimClock, sender: SimConnector, run: SimRun): Deliverer {
  const { now, sleep, waitingFor } = clock;
  const deliveries = waitingFor(stores.outages.deliveries);
  const catchUp = (id: string, recipient: string) => replanRecipient(deskOf(stores, clock), id, recipient);
  let seed = 1;
  const random = (): number => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const limiter = createLimiter({ perTenant: run.perTenant });
  const log = run.log ?? new CapturedLog();
  const replace: DeliveryStore['replace'] = async (before, after) => {
    if (run.slowMs) await clock.sleep(run.slowMs);
    return deliveries.replace(before, after);
  };
  return new Deliverer({
    deliveries: { ...deliveries, replace },
    incidents: waitingFor(stores.outages.incidents),
    recipients: waitingFor(stores.outages.recipients),
    sender,
    catchUp,
    limiter,
    now,
    random,
    sleep,
    log,
    options: run.options,
  });
}

/** Runs the worker and the planner until no recipient waits for planning and no row is due or in work. */
export async function untilDelivered(
  stores: Stores,
  clock: SimClock,
  deliverer: Deliverer,
  isQuiet: () => Promise<boolean> = () => nothingLeft(stores),
): Promise<void> {
  const delivery = startDelivery(stores, clock, deliverer, isQuiet);
  await clock.until(delivery.isOver);
  await delivery.done;
}

interface StartedDelivery {
  readonly isOver: () => boolean;
  readonly done: Promise<unknown>;
}

/** Starts what `untilDelivered` waits for. It works only while the caller lets the clock's time pass. */
export function startDelivery(
  stores: Stores,
  clock: SimClock,
  deliverer: Deliverer,
  isQuiet: () => Promise<boolean> = () => nothingLeft(stores),
): StartedDelivery {
  let over = false;
  const planner = { incidentDeps: deskOf(stores, clock), sleep: clock.sleep, log: new CapturedLog() };
  const work = Promise.all([deliverer.run(() => over), runPlanner(planner, () => over)]);
  const watch = (async () => {
    while (!(await isQuiet())) await clock.sleep(1000);
    over = true;
  })();
  let ended = false;
  const done = Promise.all([work, watch]).then(() => (ended = true));
  return { isOver: () => ended, done };
}

async function nothingLeft(stores: Stores): Promise<boolean> {
  if ((await stores.outages.incidents.planning()).length > 0) return false;
  const row = await stores.database.kysely
    .selectFrom('deliveries')
    .select('reader_id')
    .where('status', 'in', ['due', 'sending'])
    .limit(1)
    .executeTakeFirst();
  return row === undefined;
}
