/** Deletes data after its retention time, and web conversations when the visitor asks for it. */
import type { Clock, Log } from '../../core/ports.js';
import { LIST_MARK, withoutCustomers } from '../../dialogs/partner-center/partner-center.js';
import { stateKeys, toldKey } from '../store/conversations/bot-storage.js';
import type { Leases } from '../store/engine/leases.js';
import type { OutageRetention } from '../store/outages/retention.js';
import { emptyLog } from '../store/people/person.js';
import type { Stores } from '../store/stores.js';
import type { AppContext } from './context.js';

/** How many days each kind of data is kept; see `.env.example`. */
export interface KeepDays {
  /** The bot's data about persons and chats that have been silent. */
  readonly state: number;
  /** Questions that matched nothing, and what people chose after a question back (redacted before storage). */
  readonly unanswered: number;
  /** Daily counts of what became of questions. */
  readonly insights: number;
  /** Who changed which row of the directory. */
  readonly audit: number;
  /** Ended outages, with their deliveries. */
  readonly incidents: number;
}

type Purged = Pick<
  Stores,
  | 'askedOffers'
  | 'insights'
  | 'rates'
  | 'reports'
  | 'cases'
  | 'turns'
  | 'lateTurns'
  | 'unanswered'
  | 'lessons'
  | 'phrases'
  | 'botState'
  | 'directory'
>;

export interface RetentionDeps {
  readonly stores: Purged & {
    readonly references: Pick<Stores['references'], 'purge' | 'purgeLinks'>;
    readonly people: Pick<Stores['people'], 'purge'>;
    readonly outages: { readonly retention: OutageRetention };
  };
  readonly leases: Leases;
  readonly days: KeepDays;
  readonly now: Clock;
  readonly log: Log;
}

/** The number of rows of each kind that a run deleted; undefined when another instance had the run. */
export type RetentionSummary = Readonly<Record<string, number>> | undefined;

const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;
/** A conversation that is silent for so long has ended for what Partner Center said about customers. */
const CUSTOMER_LIST_MS = 3_600_000;
const RETENTION_EVERY_MS = 3_600_000;

/**
 * Runs once, unless another instance has run in this hour. A failing kind is logged, and the other kinds still run. The
 * run counts as complete only without a failure.
 */
export async function runRetention(
  deps: RetentionDeps,
  everyMs = RETENTION_EVERY_MS,
): Promise<RetentionSummary> {
  const { turns } = deps.stores;
  return deps.leases.withLease('retention', LEASE_MS, async (signal) => {
    const slot = String(Math.floor(deps.now() / everyMs));
    const run = { channelId: 'retention', conversationId: 'retention', activityId: slot };
    if ((await turns.claim(run)) !== 'new') return undefined;
    const { summary, failed } = await purge(deps, signal);
    await (failed ? turns.release(run) : turns.finish(run));
    if (failed) deps.log.warn('retention.incomplete', summary);
    else deps.log.info('retention.done', summary);
    return summary;
  });
}

/** Runs now and every hour until the server ends. */
export function startRetention({
  stores,
  config,
  now,
  log,
  server,
}: Pick<AppContext, 'stores' | 'config' | 'now' | 'log' | 'server'>): void {
  const deps = { stores, leases: stores.leases, days: config.keepDays, now, log };
  server.onClose(repeatRetention(deps));
}

/** Runs now and then repeatedly. Returns a function that stops this and resolves when a current run has ended. */
export function repeatRetention(deps: RetentionDeps, everyMs = RETENTION_EVERY_MS): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = runRetention(deps, everyMs).catch((error: unknown) =>
      deps.log.warn('retention.failed', { error }),
    );
  };
  run();
  const timer = setInterval(run, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function purge(deps: RetentionDeps, signal: AbortSignal) {
  const summary: Record<string, number> = {};
  let failed = false;
  for (const [kind, work] of Object.entries(chores(deps))) {
    if (signal.aborted) return { summary, failed: true };
    try {
      summary[kind] = await work();
    } catch (error) {
      failed = true;
      deps.log.warn('retention.kind-failed', { kind, error });
    }
  }
  return { summary, failed };
}

function chores({ stores, days, now }: RetentionDeps): Readonly<Record<string, () => Promise<number>>> {
  const ago = (count: number) => now() - count * DAY_MS;
  const { retention } = stores.outages;
  return {
    turnClaims: () => stores.turns.purge(),
    rates: () => stores.rates.purge(),
    lateTurns: () => stores.lateTurns.purge(ago(1)),
    botState: () => stores.botState.purge(ago(days.state)),
    customerLists: () => stores.botState.trim(now() - CUSTOMER_LIST_MS, LIST_MARK, withoutCustomers),
    people: () => stores.people.purge(ago(days.state)),
    references: () => stores.references.purge(ago(days.state)),
    personLinks: () => stores.references.purgeLinks(ago(Math.max(days.audit, days.incidents))),
    unanswered: () => stores.unanswered.purge(ago(days.unanswered)),
    lessons: () => stores.lessons.purge(ago(days.unanswered)),
    endedPhrases: () => stores.phrases.purgeEnded(ago(days.audit)),
    askedOffers: () => stores.askedOffers.purge(ago(days.unanswered)),
    insights: () => stores.insights.purge(ago(days.insights)),
    audit: () => stores.directory.purgeAudit(ago(days.audit)),
    cases: () => stores.cases.purge(ago(days.state)),
    contactAttempts: () => stores.cases.purgeAttempts(ago(days.audit)),
    contactReports: () => stores.reports.purge(ago(days.state)),
    incidents: () => retention.purgeIncidents(ago(days.incidents)),
    silences: () => retention.purgeSilences(ago(days.incidents)),
    recipients: () => retention.purgeRecipients(ago(days.state)),
  };
}

export interface WebRetentionOptions {
  readonly stores: Stores;
  readonly now: Clock;
  readonly log: Log;
  /** Deletes the channel's own record and closes every open connection to the conversation. */
  readonly forgetConversation: (conversationId: string) => Promise<void>;
  /** How many days a conversation is kept after its last activity. */
  readonly keepDays: number;
}

export interface WebRetention {
  /** Waits for a running turn, because the data that it saves must be deleted too. */
  forget(conversation: { readonly conversationId: string; readonly userId: string }): Promise<void>;
  /** Deletes expired conversations. Returns the number of deleted conversations. */
  sweep(): Promise<number>;
  stop(): void;
}

/** The embedded channel and Azure Direct Line, and Azure Web Chat, which is the same with a separate secret. */
const CHANNELS = ['directline', 'webchat'];
const SWEEP_MS = 3_600_000;

/** Sweeps once an hour until stopped. */
export function startWebRetention(options: WebRetentionOptions): WebRetention {
  const { stores, now, log, keepDays } = options;
  const forgetIn = (channel: string, conversationId: string, userId: string): Promise<void> =>
    stores.turns.inOrder(`${channel}:${conversationId}`, async () => {
      await stores.handovers.forget({ conversationId });
      await options.forgetConversation(conversationId);
      await stores.visitors.forget(conversationId);
      await stores.reports.forget({ channelId: channel, userId });
      await stores.cases.forget({ channelId: channel, userId, conversationId });
      await stores.unanswered.forget(userId);
      await stores.lessons.forget({ conversationId, userId });
      const keys = [...stateKeys(channel, conversationId, userId), toldKey(channel, conversationId)];
      await stores.botState.delete(keys);
    });
  const forget: WebRetention['forget'] = async ({ conversationId, userId }) => {
    for (const channel of CHANNELS) await forgetIn(channel, conversationId, userId);
    // The log of the embedded store still has the deleted pages until they are written to the main file.
    emptyLog(stores.database);
  };
  const sweep = async (): Promise<number> => {
    const before = now() - keepDays * DAY_MS;
    const idle = await stores.conversations.idle(before);
    for (const { id, userId } of idle) await forget({ conversationId: id, userId });
    await stores.handovers.forget({ before });
    await stores.conversations.dropForgotten(before);
    await stores.visitors.purge(before);
    return idle.length;
  };
  const timer = setInterval(() => {
    sweep().then(
      (forgotten) => log.info('web.conversations-deleted', { forgotten }),
      (error: unknown) => log.error('web.deletion-failed', { error }),
    );
  }, SWEEP_MS).unref();
  return { forget, sweep, stop: () => clearInterval(timer) };
}
