/** Wires outages: the intake, what the chat needs of them, and the workers that deliver. */
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { createGuard } from '../../core/incident/guard.js';
import { ledgerOfCounts } from '../../core/incident/ledger.js';
import type { Limiter } from '../../core/incident/rate.js';
import type { Severity } from '../../core/incident/types.js';
import type { Clock, Log } from '../../core/ports.js';
import { replanReader } from '../../core/services/outages/change-incident.js';
import { Deliverer } from '../../core/services/outages/deliver.js';
import { tellTheMorning } from '../../core/services/outages/morning-digest.js';
import { runPlanner } from '../../core/services/outages/plan-audience.js';
import type { IntakeDesk } from '../../core/services/outages/receive-outage.js';
import { watchSilences } from '../../core/services/outages/silence-watch.js';
import type { OutageServices } from '../../dialogs/outages/outage-services.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { outageCards } from './outage-cards.js';
import { loggedSender } from '../outages/sent-log.js';
import { registerIntake } from '../outages/intake.js';
import { pollSources, type Asked, type PollDeps } from '../outages/poll.js';
import type { Stores } from '../store/stores.js';
import { createNotifier, type Notifier, type NotifierDeps } from '../teams/notifier.js';

export interface OutageWorkers {
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

export interface WorkerOptions {
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly desk: IntakeDesk;
  readonly people: OutageServices['people'];
  readonly connectorFor: NotifierDeps['connectorFor'];
  readonly mayAnswerTo: NotifierDeps['mayAnswerTo'];
  /** Token for a polled source that needs one. */
  readonly tokenFor?: PollDeps['tokenFor'];
  /** The platform's limits, shared with everything else that is sent unasked. */
  readonly limiter: Limiter;
  readonly now: Clock;
  readonly log: Log;
}

/** An instance that is silent for longer than this is not counted any more. */
const PRESENT_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const CHORES_MS = 15_000;
/** Between two batches of a morning. */
const MORNING_MS = 100;

/** What changing incidents needs, over the stores. */
export function intakeDesk(
  stores: Stores,
  publisherOf: (offerId: string) => string | undefined,
  now: Clock,
): IntakeDesk {
  const { incidents, silences, readers } = stores.outages;
  return { incidents, silences, readers, publisherOf, now, newId: randomUUID, guard: createGuard() };
}

/** What the chat asks of outages. */
export function outageServices(
  stores: Stores,
  desk: IntakeDesk,
  releaseFrom: Severity | null,
): OutageServices {
  const { deliveries, incidents, readers, silences } = stores.outages;
  const key = (userId: string) => ({ channelId: 'msteams', userId });
  return {
    desk,
    readers,
    silences,
    ledger: async (id) => {
      const [counts, undecided] = await Promise.all([deliveries.counts(id), incidents.undecided(id)]);
      return { ...ledgerOfCounts(counts), undecided };
    },
    releaseFrom,
    people: {
      async remember(id, name) {
        if (name !== '') await stores.people.set(key(id), { name: name.slice(0, 200) });
      },
      async namesOf(ids) {
        const names = new Map<string, string>();
        for (const id of new Set(ids)) {
          const { name } = await stores.people.get(key(id));
          if (typeof name === 'string') names.set(id, name);
        }
        return (id) => names.get(id) ?? id;
      },
    },
  };
}

/** Registers `POST /api/outages/{source}`. */
export function registerOutages(kit: HttpKit, stores: Stores, desk: IntakeDesk, log: Log): void {
  const { sources, secrets } = stores.outages;
  registerIntake(kit, { desk, sources, secrets, log });
}

/** Begins to deliver, to tell the morning, and to ask the sources that must be asked. */
export function startOutageWorkers(options: WorkerOptions): OutageWorkers {
  const { stores, desk, now, log, services, limiter } = options;
  const ending = new AbortController();
  // Every request that waits for the limits listens to it for that time.
  setMaxListeners(0, ending.signal);
  const stopped = (): boolean => ending.signal.aborted;
  const sleep = (ms: number): Promise<void> =>
    pause(ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
  const sender = createNotifier({
    connectorFor: options.connectorFor,
    mayAnswerTo: options.mayAnswerTo,
    references: stores.references,
    readers: stores.outages.readers,
    render: outageCards(services, options.people),
    now,
  });
  const deliverer = delivererOf(options, sender, sleep);
  const presence = keepPresent(options, limiter, sleep, stopped);
  const loops: Loops = { sleep, stopped };
  const planning = runPlanner({ desk, sleep, log }, stopped);
  const work = presence.ready.then(() =>
    Promise.all([
      deliverer.run(stopped),
      mornings(options, limiter, sender, loops),
      polls(options, loops),
      watchSilences({ desk, sleep, log }, stopped),
      planning,
    ]),
  );
  return {
    async stop() {
      ending.abort();
      await work;
      await presence.done;
    },
  };
}

function delivererOf(
  { stores, desk, limiter, now, log }: WorkerOptions,
  sender: Notifier,
  sleep: Sleep,
): Deliverer {
  const { deliveries, incidents, readers } = stores.outages;
  return new Deliverer({
    deliveries,
    incidents,
    readers,
    sender: loggedSender(sender, log),
    catchUp: (incidentId, readerId) => replanReader(desk, incidentId, readerId),
    limiter,
    now,
    random: Math.random,
    sleep,
    log,
  });
}

type Sleep = (ms: number) => Promise<void>;
interface Loops {
  readonly sleep: Sleep;
  readonly stopped: () => boolean;
}

/** The limits are for all instances together: each takes its part, and a new one waits until the others know of it. */
function keepPresent(
  { stores, log }: WorkerOptions,
  limiter: Limiter,
  sleep: Sleep,
  stopped: () => boolean,
): { readonly ready: Promise<void>; readonly done: Promise<void> } {
  const { engine, instance } = stores.database;
  if (engine.singleProcess) return { ready: Promise.resolve(), done: Promise.resolve() };
  const { workers } = stores.outages;
  const look = async (): Promise<number> => {
    const count = await workers.present(instance, PRESENT_MS).catch((error: unknown) => {
      log.warn('outages.presence-failed', { error });
      return undefined;
    });
    if (count !== undefined) limiter.share(count);
    return count ?? 1;
  };
  const ready = look().then((count) => (count > 1 ? sleep(HEARTBEAT_MS + 1000) : undefined));
  const beat = async (): Promise<void> => {
    while (!stopped()) {
      await sleep(HEARTBEAT_MS);
      if (!stopped()) await look();
    }
    await workers.leave(instance).catch(() => undefined);
  };
  return { ready, done: beat() };
}

/** The end of quiet hours. A large night is told batch after batch. */
async function mornings(
  { stores, desk, log }: WorkerOptions,
  limiter: Limiter,
  sender: Notifier,
  { sleep, stopped }: Loops,
): Promise<void> {
  const { deliveries, readers } = stores.outages;
  const sendDigest = sender.digest.bind(sender);
  while (!stopped()) {
    const told = await tellTheMorning({ ...desk, deliveries, readers, limiter, sendDigest, sleep }).catch(
      (error: unknown) => {
        log.warn('outages.chore-failed', { error });
        return 0;
      },
    );
    await sleep(told > 0 ? MORNING_MS : CHORES_MS);
  }
}

/** Asks the senders that must be asked, on one instance at a time. */
async function polls(
  { stores, desk, log, tokenFor }: WorkerOptions,
  { sleep, stopped }: Loops,
): Promise<void> {
  const { sources } = stores.outages;
  const memory = new Map<string, Asked>();
  while (!stopped()) {
    try {
      await stores.leases.withLease('outage-polls', 60_000, () =>
        pollSources({ desk, sources, log, memory, fetch, tokenFor }),
      );
    } catch (error) {
      log.warn('outages.chore-failed', { error });
    }
    await sleep(CHORES_MS);
  }
}
