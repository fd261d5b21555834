/** Settles reports whose contact has changed and tells administrators and reporters, on one instance at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Log } from '../core/ports.js';
import { settleChanged, type ContactReportStore, type ReportDesk } from '../core/services/report-contact.js';
import { tellReports, type NoticeStore, type TellingDesk } from '../core/services/tell-reports.js';
import { MOST_OPEN } from '../dialogs/contact-reports.js';
import type { Leases } from './store/leases.js';

export interface ReportWorkerDeps extends Pick<TellingDesk, 'administrators' | 'send'> {
  readonly reports: Pick<ContactReportStore, 'open' | 'settle'>;
  readonly notices: NoticeStore;
  readonly leases: Leases;
  readonly markNow: ReportDesk['markNow'];
  /** Something was settled: warnings are over. */
  readonly onSettled: () => Promise<void>;
  readonly now: Clock;
  readonly log: Log;
}

export interface ReportWorker {
  /** Looks soon. */
  kick(): void;
  /** Ends after what is under way. */
  stop(): Promise<void>;
}

const LOOK_MS = 5_000;
const LEASE_MS = 60_000;

/** Looks every few seconds and when kicked. What fails is logged and tried again the next time. */
export function startReportWorker(deps: ReportWorkerDeps): ReportWorker {
  let ended = false;
  let wake = new AbortController();
  const run = async (): Promise<void> => {
    while (!ended) {
      wake = new AbortController();
      const { signal } = wake;
      await round(deps).catch((error: unknown) => deps.log.warn('reports.round-failed', { error }));
      await pause(LOOK_MS, undefined, { signal, ref: false }).catch(() => undefined);
    }
  };
  const running = run();
  return {
    kick: () => wake.abort(),
    stop: async () => {
      ended = true;
      wake.abort();
      await running;
    },
  };
}

/** Without anything to do nothing is written, not even a lease. */
async function round(deps: ReportWorkerDeps): Promise<void> {
  const { reports, notices, leases, markNow, now, log } = deps;
  const open = await reports.open(MOST_OPEN);
  const over = open.some(({ about }) => markNow(about) !== about.mark);
  const waiting = over || (await notices.unplanned(1)).length + (await notices.due(now(), 1)).length > 0;
  if (!waiting) return;
  await leases.withLease('contact-reports', LEASE_MS, async (signal) => {
    const settled = await settleChanged(reports, open, markNow, now());
    if (settled > 0) await deps.onSettled();
    const told = await tellReports({ ...deps, random: Math.random }, signal);
    if (settled + told > 0) log.info('reports.round', { settled, told });
  });
}
