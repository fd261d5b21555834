/** The workers of outages: they plan, send cards, digests and weekly summaries, and poll sources. */
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Limiter } from '../../core/incident/rate.js';
import type { Clock, Log } from '../../core/ports.js';
import { replanRecipient, endExpired } from '../../core/services/outages/change-incident.js';
import { Deliverer } from '../../core/services/outages/deliver.js';
import { sendMorningDigests } from '../../core/services/outages/morning-digest.js';
import { sendWeeklySummaries } from '../../core/services/outages/weekly-summary.js';
import { runPlanner } from '../../core/services/outages/plan-audience.js';
import type { ReceiveDeps } from '../../core/services/outages/receive-outage.js';
import { watchSilences } from '../../core/services/outages/silence-watch.js';
import { loggedSender } from '../outages/sent-log.js';
import type { Spans } from '../runtime/spans.js';
import { pollSources, type Asked, type PollDeps } from '../outages/poll.js';
import type { Stores } from '../store/stores.js';
import { toldIn } from './bot.js';
import { createNotifier, type Notifier, type NotifierDeps } from '../teams/notifier.js';

export interface OutageWorkers {
  /** Ends after the running work. */
  stop(): Promise<void>;
}

export interface WorkerDeps {
  readonly stores: Stores;
  readonly receiveDeps: ReceiveDeps;
  readonly watch: PollDeps['watch'];
  readonly render: NotifierDeps['render'];
  readonly connectorFor: NotifierDeps['connectorFor'];
  readonly mayAnswerTo: NotifierDeps['mayAnswerTo'];
  readonly mark: NotifierDeps['mark'];
  /** Token for a polled source that needs one. */
  readonly tokenFor?: PollDeps['tokenFor'];
  /** Reads polled sources. */
  readonly fetch: PollDeps['fetch'];
  /** The platform's limits, shared with all other proactive messages. */
  readonly limiter: Limiter;
  readonly spans: Spans;
  readonly now: Clock;
  readonly log: Log;
}

/** An instance that is silent for longer than this no longer counts. */
const PRESENT_MS = 30_000;
const HEARTBEAT_MS = 10_000;
const CHORES_MS = 15_000;
/** The pause between two batches of digests or weekly summaries. */
const MORNING_MS = 100;

function senderOf({ stores, log, ...deps }: WorkerDeps): Notifier {
  const { references, outages } = stores;
  return createNotifier({
    ...deps,
    references,
    recipients: outages.recipients,
    told: toldIn({ stores, log }),
  });
}

/** Starts to deliver cards, to send digests, and to poll sources. */
export function startOutageWorkers(deps: WorkerDeps): OutageWorkers {
  const { receiveDeps, log, limiter } = deps;
  const ending = new AbortController();
  // Every request that waits for the limits listens to this signal.
  setMaxListeners(0, ending.signal);
  const stopped = (): boolean => ending.signal.aborted;
  const sleep = (ms: number): Promise<void> =>
    pause(ms, undefined, { signal: ending.signal, ref: false }).catch(() => undefined);
  const sender = senderOf(deps);
  const deliverer = delivererOf(deps, sender, sleep);
  const presence = keepPresent(deps, limiter, sleep, stopped);
  const loops: Loops = { sleep, stopped };
  const planning = runPlanner({ incidentDeps: receiveDeps, sleep, log }, stopped);
  const work = presence.ready.then(() =>
    Promise.all([
      deliverer.run(stopped),
      mornings(deps, limiter, sender, loops),
      weeklies(deps, sender, loops),
      polls(deps, loops),
      expiry(deps, loops),
      watchSilences({ incidentDeps: receiveDeps, sleep, log }, stopped),
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
  { stores, receiveDeps, limiter, now, log }: WorkerDeps,
  sender: Notifier,
  sleep: Sleep,
): Deliverer {
  const { deliveries, incidents, recipients } = stores.outages;
  return new Deliverer({
    deliveries,
    incidents,
    recipients,
    sender: loggedSender(sender, log),
    catchUp: (incidentId, readerId) => replanRecipient(receiveDeps, incidentId, readerId),
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

/** All instances share the limits: each takes its part. A new instance waits until the others know about it. */
function keepPresent(
  { stores, log }: WorkerDeps,
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

/** Sends digests at the end of quiet hours. Many digests are sent in batches. */
async function mornings(
  { stores, receiveDeps, log }: WorkerDeps,
  limiter: Limiter,
  sender: Notifier,
  { sleep, stopped }: Loops,
): Promise<void> {
  const { deliveries, recipients } = stores.outages;
  const sendDigest = sender.digest.bind(sender);
  while (!stopped()) {
    const told = await sendMorningDigests({
      ...receiveDeps,
      deliveries,
      recipients,
      limiter,
      sendDigest,
      sleep,
    }).catch((error: unknown) => {
      log.warn('outages.job-failed', { error });
      return 0;
    });
    await sleep(told > 0 ? MORNING_MS : CHORES_MS);
  }
}

/** Sends the weekly summaries that are due, in batches. */
async function weeklies(
  { stores, receiveDeps, limiter, now, log }: WorkerDeps,
  sender: Notifier,
  { sleep, stopped }: Loops,
): Promise<void> {
  const { weekly, history, deliveries, recipients } = stores.outages;
  const { since } = history;
  const { publisherOf } = receiveDeps;
  const sendWeekly = sender.weekly.bind(sender);
  while (!stopped()) {
    const told = await sendWeeklySummaries({
      weekly,
      since,
      deliveries,
      recipients,
      publisherOf,
      limiter,
      sendWeekly,
      now,
      sleep,
    }).catch((error: unknown) => {
      log.warn('outages.job-failed', { error });
      return 0;
    });
    await sleep(told > 0 ? MORNING_MS : CHORES_MS);
  }
}

/** Ends outages whose senders may never report the end. */
async function expiry({ receiveDeps, log }: WorkerDeps, { sleep, stopped }: Loops): Promise<void> {
  while (!stopped()) {
    await endExpired(receiveDeps, log).catch((error: unknown) => {
      log.warn('outages.job-failed', { error });
    });
    await sleep(CHORES_MS);
  }
}

/** Polls the sources, on one instance at a time. */
async function polls(
  { stores, receiveDeps, watch, log, tokenFor, fetch }: WorkerDeps,
  { sleep, stopped }: Loops,
): Promise<void> {
  const { sources } = stores.outages;
  const memory = new Map<string, Asked>();
  while (!stopped()) {
    try {
      await stores.leases.withLease('outage-polls', 60_000, () =>
        pollSources({ receiveDeps, sources, watch, log, memory, fetch, tokenFor }),
      );
    } catch (error) {
      log.warn('outages.job-failed', { error });
    }
    await sleep(CHORES_MS);
  }
}
