/** Brings reports to every administrator's chat and thanks to every reporter: each once, whatever dies in between. */
import { outcomeOf, waitAfter, type SendResult } from '../../incident/delivery-outcome.js';
import type { Log } from '../../ports.js';
import type { ContactReport } from './report-contact.js';

/** One person's chat. */
export interface ChatPlace {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
}

/** Something one person is still to be told about one report. */
export interface Notice {
  readonly id: string;
  /** `task` for an administrator, `thanks` for whoever reported. */
  readonly purpose: 'task' | 'thanks';
  readonly report: ContactReport;
  readonly to: ChatPlace;
  /** Tries so far. */
  readonly attempts: number;
  /** Since when it waits, in milliseconds since the epoch. */
  readonly since: number;
}

export type NoticeEnd = 'told' | 'settled' | 'gone' | 'refused' | 'given-up';

/** Keeps who is still to be told what. */
export interface NoticeStore {
  /** Reports whose administrators are not all written down yet, oldest first. */
  unplanned(limit: number): Promise<readonly ContactReport[]>;
  /** Writes down who is to be told; somebody written down before is not told again. `all`: nobody is missing. */
  plan(reportId: string, admins: readonly ChatPlace[], at: number, all: boolean): Promise<void>;
  due(now: number, limit: number): Promise<readonly Notice[]>;
  later(id: string, dueAt: number): Promise<void>;
  end(id: string, how: NoticeEnd, at: number): Promise<void>;
}

/** The administrators' personal chats that are known. `sure` false: of somebody it could not be found out. */
export interface Administrators {
  readonly chats: readonly ChatPlace[];
  readonly sure: boolean;
}

export interface TellingDesk {
  readonly notices: NoticeStore;
  readonly administrators: () => Promise<Administrators>;
  /** Never throws. */
  readonly send: (notice: Notice) => Promise<SendResult>;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

const MOST_AT_ONCE = 50;
/** After so long without success nobody waits for it any more; the queue still has the report. */
const PATIENCE_MS = 24 * 3_600_000;

/** One round: plans what is new, sends what is due. Returns how many were told. */
export async function tellReports(desk: TellingDesk, signal?: AbortSignal): Promise<number> {
  await planReports(desk);
  let told = 0;
  for (;;) {
    const due = await desk.notices.due(desk.now(), MOST_AT_ONCE);
    for (const notice of due) {
      if (signal?.aborted) return told;
      if (await tell(desk, notice)) told += 1;
    }
    if (due.length < MOST_AT_ONCE) return told;
  }
}

/** Without any administrator known the report waits: the first who writes to the bot is told. */
async function planReports({ notices, administrators, now }: TellingDesk): Promise<void> {
  const fresh = await notices.unplanned(MOST_AT_ONCE);
  if (fresh.length === 0) return;
  const { chats, sure } = await administrators();
  if (chats.length === 0) return;
  for (const report of fresh) await notices.plan(report.id, chats, now(), sure);
}

async function tell(desk: TellingDesk, notice: Notice): Promise<boolean> {
  const { notices, now, log } = desk;
  if (notice.purpose === 'task' && notice.report.settled) {
    await notices.end(notice.id, 'settled', now());
    return false;
  }
  const outcome = outcomeOf(await desk.send(notice));
  switch (outcome.kind) {
    case 'accepted':
      await notices.end(notice.id, 'told', now());
      return true;
    case 'gone':
      return ended(desk, notice, 'gone', outcome.code);
    case 'refused':
    case 'missing':
      return ended(desk, notice, 'refused', outcome.code);
    case 'throttled':
      await again(desk, notice, outcome.retryAfterMs);
      return false;
    default:
      // Perhaps it arrived: told twice is better than never.
      log.warn('reports.not-told', { purpose: notice.purpose, code: outcome.code });
      await again(desk, notice, null);
      return false;
  }
}

async function again(desk: TellingDesk, notice: Notice, retryAfterMs: number | null): Promise<void> {
  const { notices, now, random } = desk;
  if (now() - notice.since > PATIENCE_MS) {
    await ended(desk, notice, 'given-up', '');
    return;
  }
  await notices.later(
    notice.id,
    now() + Math.max(1000, waitAfter(notice.attempts + 1, retryAfterMs, random())),
  );
}

async function ended(
  { notices, now, log }: TellingDesk,
  notice: Notice,
  how: NoticeEnd,
  code: string,
): Promise<false> {
  log.warn('reports.cannot-be-told', { purpose: notice.purpose, how, code });
  await notices.end(notice.id, how, now());
  return false;
}
