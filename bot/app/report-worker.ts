/** Settles reports about changed contacts and tells administrators and reporters, on one instance at a time. */
import type { Clock, Log } from '../../core/ports.js';
import { contactKindOf, type ContactAbout } from '../../core/services/reports/contact-about.js';
import {
  byContact,
  settleChanged,
  type ContactReport,
  type ContactReportStore,
  type ReportDeps,
} from '../../core/services/reports/report-contact.js';
import {
  sendNotices,
  type NoticeStore,
  type NoticeDeps,
} from '../../core/services/reports/report-notices.js';
import type { ContactKind } from '../../core/terms.js';
import { MOST_OPEN } from '../../dialogs/reports/contact-reports.js';
import type { WakeSignal } from '../runtime/wake-signal.js';
import type { Leases } from '../store/engine/leases.js';

export interface SettlingDeps {
  readonly reports: Pick<ContactReportStore, 'open' | 'settle'>;
  readonly markNow: ReportDeps['markNow'];
  /** Reads the directory and the profile behind `markNow` again. */
  readonly refresh: () => Promise<void>;
  readonly isCorrected: Parameters<typeof settleChanged>[2]['isCorrected'];
  /** Called after reports were settled: their warnings end. */
  readonly onSettled: () => Promise<void>;
  readonly now: Clock;
}

/** Ends reports about changed or confirmed contacts. */
export interface Settling {
  /** Open reports about contacts that have changed in the store. */
  changed(): Promise<readonly ContactReport[]>;
  /**
   * Settles the reports and returns the number of contacts. If two instances settle at once, each report counts for one
   * of them.
   */
  settle(changed: readonly ContactReport[]): Promise<number>;
  /** Settles the changed contacts now. */
  settleNow(): Promise<void>;
  /** An administrator has checked a contact: a report that this does not settle was wrong. */
  lookedAfter(contact: Pick<ContactAbout, 'key'> & { readonly kind: ContactKind }): Promise<void>;
}

/** Settles over the store. */
export function settlingOf(deps: SettlingDeps): Settling {
  const { reports, markNow, isCorrected, now } = deps;
  const isOver = ({ about }: ContactReport) => markNow(about) !== about.mark;
  const settle: Settling['settle'] = async (open) => {
    const count = await settleChanged(reports, open, { markNow, isCorrected, now: now() });
    if (count > 0) await deps.onSettled();
    return count;
  };
  const settleNow = async (): Promise<void> => {
    const open = await reports.open(MOST_OPEN);
    if (open.length === 0) return;
    await deps.refresh();
    await settle(open);
  };
  return {
    settle,
    settleNow,
    async changed() {
      const open = await reports.open(MOST_OPEN);
      // This instance's copy may be old: only the newest directory and profile count.
      if (!open.some(isOver)) return [];
      await deps.refresh();
      return open.filter(isOver);
    },
    async lookedAfter(contact) {
      await settleNow();
      await settleAsRight(deps, contact);
    },
  };
}

async function settleAsRight(
  { reports, onSettled, now }: SettlingDeps,
  { key, kind }: Parameters<Settling['lookedAfter']>[0],
): Promise<void> {
  const open = await reports.open(MOST_OPEN);
  const meant = byContact(open).filter(({ about }) => about.key === key && contactKindOf(about.way) === kind);
  for (const { about } of meant) await reports.settle(about, { kind: 'right', at: now(), by: '', note: '' });
  if (meant.length > 0) await onSettled();
}

export interface ReportWorkerDeps extends Pick<NoticeDeps, 'administrators' | 'send'> {
  readonly settling: Pick<Settling, 'changed' | 'settle'>;
  /** Wakes the worker when there may be work. */
  readonly wake: WakeSignal;
  readonly notices: NoticeStore;
  readonly leases: Leases;
  readonly now: Clock;
  readonly log: Log;
}

const LOOK_MS = 5_000;
const LEASE_MS = 60_000;

/**
 * Checks every few seconds and when woken. A failed round is logged and tried again. `stop` ends after the present
 * round.
 */
export function startReportWorker(deps: ReportWorkerDeps): { readonly stop: () => Promise<void> } {
  const { wake, log } = deps;
  let ended = false;
  const run = async (): Promise<void> => {
    while (!ended) {
      await round(deps).catch((error: unknown) => log.warn('reports.failed', { error }));
      if (!ended) await wake.wait(LOOK_MS);
    }
  };
  const running = run();
  return {
    stop: async () => {
      ended = true;
      wake.wake();
      await running;
    },
  };
}

/** Without work, writes nothing, not even a lease. */
async function round(deps: ReportWorkerDeps): Promise<void> {
  const { settling, notices, leases, now, log } = deps;
  const changed = await settling.changed();
  const waiting = (await notices.unplanned(1)).length + (await notices.due(now(), 1)).length;
  if (changed.length + waiting === 0) return;
  await leases.withLease('contact-reports', LEASE_MS, async (signal) => {
    const settled = await settling.settle(changed);
    const told = await sendNotices({ ...deps, random: Math.random }, signal);
    if (settled + told > 0) log.info('reports.processed', { settled, told });
  });
}
