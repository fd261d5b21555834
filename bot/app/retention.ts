/** Deletes data after its retention time, and web conversations when the visitor asks for it. */
import type { Clock, Log } from '../../core/ports.js';
import type { Leases } from '../store/engine/leases.js';
import type { OutageRetention } from '../store/outages/retention.js';
import type { Stores } from '../store/stores.js';
import type { AppContext } from './context.js';

/** Days each kind of data is kept; see `.env.example`. */
export interface KeepDays {
  /** What the bot remembers about persons and chats that have been silent. */
  readonly state: number;
  /** Questions nothing matched (redacted when written). */
  readonly unanswered: number;
  /** Who changed which row of the directory. */
  readonly audit: number;
  /** Outages that are over, with their deliveries. */
  readonly incidents: number;
}

type Purged = Pick<Stores, 'reports' | 'turns' | 'lateTurns' | 'unanswered' | 'botState' | 'directory'>;

export interface RetentionDeps {
  readonly stores: Purged & {
    readonly references: Pick<Stores['references'], 'purge'>;
    readonly people: Pick<Stores['people'], 'purge'>;
    readonly outages: { readonly retention: OutageRetention };
  };
  readonly leases: Leases;
  readonly days: KeepDays;
  readonly now: Clock;
  readonly log: Log;
}

/** How many rows of each kind a run deleted, or undefined where another instance had the run. */
export type RetentionSummary = Readonly<Record<string, number>> | undefined;

const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;
const RETENTION_EVERY_MS = 3_600_000;

/**
 * One run, unless another instance has this hour's. A kind that fails is logged and does not keep the others from theirs;
 * the run counts as done only when none failed.
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

/** Runs now and again and again. Returns how to stop: resolves when a run in progress has ended. */
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
    lateTurns: () => stores.lateTurns.purge(ago(1)),
    botState: () => stores.botState.purge(ago(days.state)),
    people: () => stores.people.purge(ago(days.state)),
    references: () => stores.references.purge(ago(days.state)),
    unanswered: () => stores.unanswered.purge(ago(days.unanswered)),
    audit: () => stores.directory.purgeAudit(ago(days.audit)),
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
  /** Days a conversation is kept after its last activity. */
  readonly keepDays: number;
}

export interface WebRetention {
  /** After the turn that runs, if one does: what it saves must go too. */
  forget(conversation: { readonly conversationId: string; readonly userId: string }): Promise<void>;
  /** Forgets what is older than it is kept. Returns how many conversations went. */
  sweep(): Promise<number>;
  stop(): void;
}

/** The embedded channel and Azure Direct Line, and Azure Web Chat, which is the same with a secret of its own. */
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
      await stores.botState.delete(stateKeys(channel, conversationId, userId));
    });
  const forget: WebRetention['forget'] = async ({ conversationId, userId }) => {
    for (const channel of CHANNELS) await forgetIn(channel, conversationId, userId);
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

/** Where the SDK keeps the state of a conversation, of its user, and of the two together: keys end in a slash. */
function stateKeys(channel: string, conversationId: string, userId: string): string[] {
  const conversation = `${channel}/conversations/${conversationId}/`;
  return [conversation, `${channel}/users/${userId}/`, `${conversation}users/${userId}/`];
}
