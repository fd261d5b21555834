/** Deletes what was kept long enough: every kind of data has its days, and one instance does it for all. */
import type { Clock, Log } from '../../core/ports.js';
import type { Leases } from '../store/engine/leases.js';
import type { OutageUpkeep } from '../store/outages/retention.js';
import type { Stores } from '../store/stores.js';

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

export interface UpkeepDeps {
  readonly stores: Purged & {
    readonly references: Pick<Stores['references'], 'purge'>;
    readonly people: Pick<Stores['people'], 'purge'>;
    readonly outages: { readonly upkeep: OutageUpkeep };
  };
  readonly leases: Leases;
  readonly days: KeepDays;
  readonly now: Clock;
  readonly log: Log;
}

/** How many rows of each kind a run deleted, or undefined where another instance had the run. */
export type UpkeepReport = Readonly<Record<string, number>> | undefined;

const DAY_MS = 86_400_000;
const LEASE_MS = 60_000;
export const UPKEEP_EVERY_MS = 3_600_000;

/**
 * One run, unless another instance has this hour's. A kind that fails is logged and does not keep the others from theirs;
 * the run counts as done only when none failed.
 */
export async function runUpkeep(deps: UpkeepDeps, everyMs = UPKEEP_EVERY_MS): Promise<UpkeepReport> {
  const { turns } = deps.stores;
  return deps.leases.withLease('upkeep', LEASE_MS, async (signal) => {
    const slot = String(Math.floor(deps.now() / everyMs));
    const run = { channelId: 'upkeep', conversationId: 'upkeep', activityId: slot };
    if ((await turns.claim(run)) !== 'new') return undefined;
    const { report, failed } = await purge(deps, signal);
    await (failed ? turns.release(run) : turns.finish(run));
    deps.log.info('upkeep.done', report);
    return report;
  });
}

/** Runs now and every hour. Returns how to stop: resolves when a run in progress has ended. */
export function startUpkeep(deps: UpkeepDeps, everyMs = UPKEEP_EVERY_MS): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const run = () => {
    running = runUpkeep(deps, everyMs).catch((error: unknown) => deps.log.warn('upkeep.failed', { error }));
  };
  run();
  const timer = setInterval(run, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function purge(deps: UpkeepDeps, signal: AbortSignal) {
  const report: Record<string, number> = {};
  let failed = false;
  for (const [kind, work] of Object.entries(chores(deps))) {
    if (signal.aborted) return { report, failed: true };
    try {
      report[kind] = await work();
    } catch (error) {
      failed = true;
      deps.log.warn('upkeep.kind-failed', { kind, error });
    }
  }
  return { report, failed };
}

function chores({ stores, days, now }: UpkeepDeps): Readonly<Record<string, () => Promise<number>>> {
  const ago = (count: number) => now() - count * DAY_MS;
  const { upkeep } = stores.outages;
  return {
    turnClaims: () => stores.turns.purge(),
    lateTurns: () => stores.lateTurns.purge(ago(1)),
    botState: () => stores.botState.purge(ago(days.state)),
    people: () => stores.people.purge(ago(days.state)),
    references: () => stores.references.purge(ago(days.state)),
    unanswered: () => stores.unanswered.purge(ago(days.unanswered)),
    audit: () => stores.directory.purgeAudit(ago(days.audit)),
    contactReports: () => stores.reports.purge(ago(days.state)),
    incidents: () => upkeep.purgeIncidents(ago(days.incidents)),
    silences: () => upkeep.purgeSilences(ago(days.incidents)),
    readers: () => upkeep.purgeReaders(ago(days.state)),
  };
}
