/** Maps the events of the log to counters. */
import type * as prom from 'prom-client';
import type { Counter, Registry } from 'prom-client';
import type { LogFields } from '../../core/ports.js';

/** The used part of the library. */
export type Prometheus = Pick<
  typeof prom,
  'Registry' | 'Counter' | 'Gauge' | 'Histogram' | 'collectDefaultMetrics'
>;

/** The prefix of all our metric names, so that they differ from those of other programs. */
export const PREFIX = 'offer_desk_';

/** Counts one event of the log. */
export type Count = (fields: LogFields) => void;

const TURN_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30];

/** The counters, by the name of the event. Other log events are not counted. */
export function countersIn(prometheus: Prometheus, registry: Registry): ReadonlyMap<string, Count> {
  const labelled = openLabels();
  const counter: MakeCounter = (name, help, labelNames) =>
    new prometheus.Counter({
      name: `${PREFIX}${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
    });
  return together([
    ...turnCounters(prometheus, registry, counter, labelled),
    ...requestCounters(counter, labelled),
    ...outageCounters(counter, labelled),
    ...storeCounters(counter),
    ...jobCounters(counter),
    ...deadLetterCounters(counter),
    ...retentionCounters(counter),
  ]);
}

/** One event may count in several places. */
function together(entries: Entries): ReadonlyMap<string, Count> {
  const counts = new Map<string, Count>();
  for (const [event, count] of entries) {
    const before = counts.get(event);
    counts.set(
      event,
      before === undefined
        ? count
        : (fields) => {
            before(fields);
            count(fields);
          },
    );
  }
  return counts;
}

type MakeCounter = <L extends string>(name: string, help: string, labelNames: readonly L[]) => Counter<L>;
type Entries = readonly (readonly [string, Count])[];

function turnCounters(
  { Histogram }: Prometheus,
  registry: Registry,
  counter: MakeCounter,
  labelled: Labelled,
): Entries {
  const turns = counter('turns_total', 'Turns by channel and how they ended', ['channel', 'outcome']);
  const dedup = counter('turns_repeated_total', 'Activities that had had their turn already', []);
  const seconds = new Histogram<'channel'>({
    name: `${PREFIX}turn_duration_seconds`,
    help: 'How long turns took, without the wait for their place',
    labelNames: ['channel'],
    buckets: TURN_SECONDS,
    registers: [registry],
  });
  return [
    ['turn.repeated', () => dedup.inc()],
    [
      'turn.done',
      (fields) => {
        const channel = labelled('channel', fields.channel);
        turns.inc({ channel, outcome: labelled('outcome', fields.outcome) });
        if (typeof fields.ranMs === 'number') seconds.observe({ channel }, fields.ranMs / 1000);
      },
    ],
  ];
}

function requestCounters(counter: MakeCounter, labelled: Labelled): Entries {
  const refused = counter('http_requests_refused_total', 'Requests refused, by the code of the answer', [
    'code',
  ]);
  const auth = counter('auth_rejected_total', 'Requests refused for who sent them', ['code']);
  const failed = counter('http_requests_failed_total', 'Requests that failed by our own fault', ['code']);
  return [
    [
      'http.refused',
      (fields) => {
        const code = labelled('code', fields.code);
        refused.inc({ code });
        if (fields.status === 401 || fields.status === 403) auth.inc({ code });
      },
    ],
    ['http.failed', (fields) => failed.inc({ code: labelled('code', fields.code) })],
  ];
}

function outageCounters(counter: MakeCounter, labelled: Labelled): Entries {
  const webhooks = counter('outage_notices_total', 'Notices of outages, by sender and result', [
    'source',
    'result',
  ]);
  const sends = counter('outage_cards_sent_total', 'Cards of outages sent, by what came back', ['code']);
  const retries = counter('outage_cards_retried_total', 'Cards of outages that were sent again', []);
  const polls = counter('outage_poll_failures_total', 'Polls of a source that could not be read', ['source']);
  const unread = counter('outage_unread_total', 'Notices with a state or an offer that could not be read', [
    'source',
  ]);
  const notice = (source: unknown, result: unknown) =>
    webhooks.inc({ source: labelled('source', source), result: labelled('result', result) });
  return [
    ['outages.poll-failed', ({ source }) => polls.inc({ source: labelled('source', source) })],
    ['outages.could-not-be-read', ({ source }) => unread.inc({ source: labelled('source', source) })],
    ['outages.offer-not-recognised', ({ source }) => unread.inc({ source: labelled('source', source) })],
    ['outages.refused', ({ source }) => notice(source, 'refused')],
    ['outages.unreadable', ({ source }) => notice(source, 'unreadable')],
    [
      'outages.received',
      ({ source, results }) => {
        const all = Array.isArray(results) ? (results as readonly { kind?: unknown }[]) : [];
        for (const { kind } of all) notice(source, kind);
      },
    ],
    [
      'outages.sent',
      ({ code, attempt }) => {
        sends.inc({ code: labelled('sent', code) });
        if (typeof attempt === 'number' && attempt > 1) retries.inc();
      },
    ],
  ];
}

function storeCounters(counter: MakeCounter): Entries {
  const missed = counter('store_errors_total', 'Times the store was missed, by who missed it', ['event']);
  const events = ['store.connection-lost', 'directory.refresh-failed', 'live.not-read', 'recovery.failed'];
  return events.map((event) => [event, () => missed.inc({ event })] as const);
}

/** Failed background work, by its kind. */
function jobCounters(counter: MakeCounter): Entries {
  const failed = counter('job_failures_total', 'Background work that failed, by its kind', ['job']);
  const jobs = {
    'directory.not-synced': 'directory-sync',
    'directory.sync-broken': 'directory-sync',
    'retention.failed': 'retention',
    'retention.kind-failed': 'retention',
    'web.deletion-failed': 'retention',
    'outages.delivery-failed': 'outage-delivery',
    'outages.planning-failed': 'outage-planning',
    'handover.unreachable': 'handover',
    'handover.given-up': 'handover',
    'handover.pass-failed': 'handover',
  } as const;
  return Object.entries(jobs).map(([event, job]) => [event, () => failed.inc({ job })] as const);
}

/** Messages that are not tried again. Every queue starts at 0, so that an alert rule sees the first one. */
function deadLetterCounters(counter: MakeCounter): Entries {
  const dead = counter('dead_letters_total', 'Messages that were given up, by queue', ['queue']);
  const queues = { 'outages.given-up': 'outage-cards', 'handover.given-up': 'handover' } as const;
  return Object.entries(queues).map(([event, queue]) => {
    dead.inc({ queue }, 0);
    return [event, () => dead.inc({ queue })] as const;
  });
}

/** `incomplete`: at least one kind of data was not deleted. `failed`: no data was deleted. */
function retentionCounters(counter: MakeCounter): Entries {
  const runs = counter('retention_runs_total', 'Runs of retention, by how they ended', ['outcome']);
  return (['done', 'incomplete', 'failed'] as const).map((outcome) => {
    runs.inc({ outcome }, 0);
    return [`retention.${outcome}`, () => runs.inc({ outcome })] as const;
  });
}

/** The maximum number of values for a label; every further value becomes `other`. */
const MOST = 100;
const SHAPE = /^[a-zA-Z0-9._-]{1,64}$/;

/** The value as a label of that name. Callers pass codes, channels and sources, never names of persons or ids. */
export type Labelled = (name: string, value: unknown) => string;

/** Remembers the values of each label, at most a hundred. */
export function openLabels(): Labelled {
  const seen = new Map<string, Set<string>>();
  return (name, value) => {
    const text = typeof value === 'number' ? String(value) : value;
    if (typeof text !== 'string' || !SHAPE.test(text)) return 'other';
    const values = seen.get(name) ?? new Set<string>();
    seen.set(name, values);
    if (!values.has(text) && values.size >= MOST) return 'other';
    values.add(text);
    return text;
  };
}
