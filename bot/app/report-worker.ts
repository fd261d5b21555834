/** Settles reports whose contact has changed and tells administrators and reporters, on one instance at a time. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Log } from '../../core/ports.js';
import { contactKindOf, type ContactAbout } from '../../core/services/reports/contact-about.js';
import {
  byContact,
  settleChanged,
  type ContactReport,
  type ContactReportStore,
  type ReportDesk,
} from '../../core/services/reports/report-contact.js';
import {
  tellReports,
  type NoticeStore,
  type TellingDesk,
} from '../../core/services/reports/report-notices.js';
import type { ContactKind } from '../../core/terms.js';
import { MOST_OPEN } from '../../dialogs/reports/contact-reports.js';
import type { Leases } from '../store/engine/leases.js';

export interface ReportWorkerDeps extends Pick<TellingDesk, 'administrators' | 'send'> {
  readonly reports: Pick<ContactReportStore, 'open' | 'settle'>;
  readonly notices: NoticeStore;
  readonly leases: Leases;
  readonly markNow: ReportDesk['markNow'];
  /** Directory and profile `markNow` reads are the newest from here on. */
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
  /** Settles now what says something else. */
  settleChanged(): Promise<void>;
  /** An administrator has looked after a contact: what does not settle itself by that is right as it stands. */
  lookedAfter(contact: Pick<ContactAbout, 'key'> & { readonly kind: ContactKind }): Promise<void>;
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
  const settleNow = async (): Promise<void> => {
    const open = await deps.reports.open(MOST_OPEN);
    if (open.length === 0) return;
    await deps.refresh();
    if ((await settle(deps, open)) > 0) wake.abort();
  };
  return {
    kick: () => wake.abort(),
    settleChanged: settleNow,
    lookedAfter: async (contact) => {
      await settleNow();
      if ((await settleRight(deps, contact)) > 0) wake.abort();
    },
    stop: async () => {
      ended = true;
      wake.abort();
      await running;
    },
  };
}

/** Without anything to do nothing is written, not even a lease. */
async function round(deps: ReportWorkerDeps): Promise<void> {
  const { reports, notices, leases, now, log } = deps;
  const changed = await changedOf(deps, await reports.open(MOST_OPEN));
  const waiting = (await notices.unplanned(1)).length + (await notices.due(now(), 1)).length;
  if (changed.length + waiting === 0) return;
  await leases.withLease('contact-reports', LEASE_MS, async (signal) => {
    const settled = await settle(deps, changed);
    const told = await tellReports({ ...deps, random: Math.random }, signal);
    if (settled + told > 0) log.info('reports.round', { settled, told });
  });
}

/** What seems to have changed may only have been read long ago: it counts when it is so in what the store says now. */
async function changedOf(
  deps: ReportWorkerDeps,
  open: readonly ContactReport[],
): Promise<readonly ContactReport[]> {
  if (!open.some((one) => isOver(deps, one))) return [];
  await deps.refresh();
  return open.filter((one) => isOver(deps, one));
}

function isOver({ markNow }: ReportWorkerDeps, { about }: ContactReport): boolean {
  return markNow(about) !== about.mark;
}

async function settleRight(
  { reports, onSettled, now }: ReportWorkerDeps,
  { key, kind }: Parameters<ReportWorker['lookedAfter']>[0],
): Promise<number> {
  const open = await reports.open(MOST_OPEN);
  const meant = byContact(open).filter(({ about }) => about.key === key && contactKindOf(about.way) === kind);
  for (const { about } of meant) await reports.settle(about, { kind: 'right', at: now(), by: '', note: '' });
  if (meant.length > 0) await onSettled();
  return meant.length;
}

/** Returns how many contacts' reports it settled. Of two who do it at once, each report counts for one. */
async function settle(deps: ReportWorkerDeps, open: readonly ContactReport[]): Promise<number> {
  const { reports, markNow, isCorrected, now } = deps;
  const count = await settleChanged(reports, open, { markNow, isCorrected, now: now() });
  if (count > 0) await deps.onSettled();
  return count;
}
