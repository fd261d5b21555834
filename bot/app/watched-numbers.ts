/** The numbers that the metrics page reads at each request: queues, waiting hand-overs, the database. */
import { wasGood } from '../../core/services/directory/sync-source.js';
import type { Asked } from '../metrics/meters.js';
import { waitingHandovers } from '../store/handover/handover-rows.js';
import { outbox } from '../store/outages/worker-store.js';
import type { AppContext } from './context.js';
import { senderSilences } from './sender-silence.js';

export type WatchedContext = Pick<AppContext, 'now' | 'stores' | 'directory' | 'services'>;

/** Every such number, without the product's prefix. */
export function watchedNumbers(context: WatchedContext): readonly Asked[] {
  const { directory, services, stores } = context;
  return [
    ...queueNumbers(context),
    ...handoverNumbers(context),
    ...databaseNumbers(context),
    {
      name: 'directory_version',
      help: 'The number of the directory answers are given from',
      ask: () => directory.view().directory.version,
    },
    {
      name: 'directory_sources_stopped',
      help: 'Sources of the directory whose last run failed or was refused',
      ask: async () => (await stores.syncs.list()).filter((one) => !wasGood(one)).length,
    },
    {
      name: 'outage_senders_silent',
      help: 'Active senders of outages that sent nothing for long, or whose page does not answer',
      ask: async () => (await senderSilences(context)).filter(({ silent }) => silent).length,
    },
    {
      name: 'set_up_needed',
      help: '1 while the desk has no partner profile and answers nobody, else 0',
      ask: () => (services.setUp?.() ? 1 : 0),
    },
  ];
}

function queueNumbers({ now, stores }: WatchedContext): readonly Asked[] {
  const cards = () => outbox(stores.database.kysely, now());
  return [
    {
      name: 'outbox_pending',
      help: 'Cards of outages that wait to be sent',
      ask: async () => (await cards()).pending,
    },
    {
      name: 'outbox_oldest_age_seconds',
      help: 'How long the oldest due card has waited',
      ask: async () => secondsSince((await cards()).oldestDueAt, now()),
    },
    {
      name: 'outbox_given_up',
      help: 'Cards of outages that were given up and can be sent again with "outages replay"',
      ask: async () => (await cards()).givenUp,
    },
  ];
}

function handoverNumbers({ now, stores }: WatchedContext): readonly Asked[] {
  const waiting = () => waitingHandovers(stores.database.kysely);
  return [
    {
      name: 'handovers_waiting',
      help: 'Open hand-overs that no member of staff has taken',
      ask: async () => (await waiting()).count,
    },
    {
      name: 'handovers_waiting_oldest_age_seconds',
      help: 'How long the oldest hand-over has waited for staff',
      ask: async () => secondsSince((await waiting()).oldestOpenedAt, now()),
    },
  ];
}

function databaseNumbers({ stores }: WatchedContext): readonly Asked[] {
  const { engine } = stores.database;
  return [
    {
      name: 'database_connections_used',
      help: 'Connections of this instance that are in use',
      ask: () => engine.usage().used,
    },
    {
      name: 'database_connections_limit',
      help: 'Connections that this instance may open',
      ask: () => engine.usage().limit,
    },
    {
      name: 'database_requests_waiting',
      help: 'Requests of this instance that wait for a connection',
      ask: () => engine.usage().waiting,
    },
  ];
}

function secondsSince(at: number | undefined, now: number): number {
  return at === undefined ? 0 : Math.max(0, now - at) / 1000;
}
