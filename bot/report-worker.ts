/** Settles reports whose contact has changed and tells administrators and reporters, on one instance at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Log } from '../core/ports.js';
import {
  aboutId,
  settleChanged,
  type ContactReport,
  type ContactReportStore,
  type ReportDesk,
} from '../core/services/report-contact.js';
import { tellReports, type NoticeStore, type TellingDesk } from '../core/services/tell-reports.js';
import { MOST_OPEN } from '../dialogs/contact-reports.js';
import type { Leases } from './store/leases.js';

export interface ReportWorkerDeps extends Pick<TellingDesk, 'administrators' | 'send'> {
  readonly reports: Pick<ContactReportStore, 'open' | 'settle'>;
  readonly notices: NoticeStore;
  readonly leases: Leases;
  readonly markNow: ReportDesk['markNow'];
  /** The directory `markNow` reads is the newest from here on. */
  readonly refresh: () => Promise<void>;
  readonly isCorrected: Parameters<typeof settleChanged>[2]['isCorrected'];
  /** Something was settled: warnings are over. */
  readonly onSettled: () => Promise<void>;
  readonly now: Clock;
  readonly log: Log;
}

export interface ReportWorker {
  /** Looks soon. */
  kick(): void;
  /** Settles now what says something else in the directory; the profile is left to the next looks. */
  settleChanged(): Promise<void>;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

const LOOK_MS = 5_000;
const LEASE_MS = 60_000;

/** Looks every few seconds and when kicked. What fails is logged and tried again the next time. */
export function startReportWorker(deps: ReportWorkerDeps): ReportWorker {
  let ended = false;
  let wake = new AbortController();
  const over = new Set<string>();
  const run = async (): Promise<void> => {
    while (!ended) {
      wake = new AbortController();
      const { signal } = wake;
      await round(deps, over).catch((error: unknown) => deps.log.warn('reports.round-failed', { error }));
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    kick: () => wake.abort(),
    settleChanged: async () => {
      const open = (await deps.reports.open(MOST_OPEN)).filter(isOfDirectory);
      if (open.length === 0) return;
      await deps.refresh();
      if ((await settle(deps, open)) > 0) wake.abort();
    },
    stop: async () => {
      ended = true;
      wake.abort();
      await running;
    },
  };
}

/** Without anything to do nothing is written, not even a lease. */
async function round(deps: ReportWorkerDeps, over: Set<string>): Promise<void> {
  const { reports, notices, leases, now, log } = deps;
  const changed = await surelyChanged(deps, await reports.open(MOST_OPEN), over);
  const waiting = (await notices.unplanned(1)).length + (await notices.due(now(), 1)).length;
  if (changed.length + waiting === 0) return;
  await leases.withLease('contact-reports', LEASE_MS, async (signal) => {
    const settled = await settle(deps, changed);
    const told = await tellReports({ ...deps, random: Math.random }, signal);
    if (settled + told > 0) log.info('reports.round', { settled, told });
  });
}

/**
 * What seems to have changed may only have been read long ago, and the report may be about newer words: it counts when it
 * is still so at the next look. `over` remembers what seemed so at the last.
 */
async function surelyChanged(
  deps: ReportWorkerDeps,
  open: readonly ContactReport[],
  over: Set<string>,
): Promise<readonly ContactReport[]> {
  if (open.some((one) => isOver(deps, one))) await deps.refresh();
  const found = open.filter((one) => isOver(deps, one));
  const sure = found.filter(({ about }) => over.has(aboutId(about)));
  over.clear();
  for (const { about } of found) over.add(aboutId(about));
  return sure;
}

function isOver({ markNow }: ReportWorkerDeps, { about }: ContactReport): boolean {
  return markNow(about) !== about.mark;
}

function isOfDirectory({ about }: ContactReport): boolean {
  return /^(offer|publisher):/.test(about.key);
}

/** Returns how many contacts' reports it settled. Of two who do it at once, each report counts for one. */
async function settle(deps: ReportWorkerDeps, open: readonly ContactReport[]): Promise<number> {
  const { reports, markNow, isCorrected, now } = deps;
  const count = await settleChanged(reports, open, { markNow, isCorrected, now: now() });
  if (count > 0) await deps.onSettled();
  return count;
}
