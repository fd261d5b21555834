/** Sends each report to every administrator and thanks to every reporter, once each, also after a crash. */
import { outcomeOf, waitAfter, type SendResult } from '../../incident/delivery-outcome.js';
import type { Log } from '../../ports.js';
import type { ContactReport } from './report-contact.js';

/** The personal chat of one person. */
export interface ChatAddress {
  readonly channelId: string;
  readonly conversationId: string;
  readonly userId: string;
}

/** A message about one report that one person has not received yet. */
export interface Notice {
  readonly id: string;
  /** `task` for an administrator, `thanks` for the reporter. */
  readonly purpose: 'task' | 'thanks';
  readonly report: ContactReport;
  readonly to: ChatAddress;
  /** Failed sends so far. */
  readonly attempts: number;
  /** When it was planned, in milliseconds since the epoch. */
  readonly since: number;
}

export type NoticeEnd = 'told' | 'settled' | 'gone' | 'refused' | 'given-up';

/** Stores the messages that are not sent yet. */
export interface NoticeStore {
  /** Reports for which not all administrators are planned yet, oldest first. */
  unplanned(limit: number): Promise<readonly ContactReport[]>;
  /** Plans a message to each administrator, once per person. `all`: no administrator is missing. */
  plan(reportId: string, admins: readonly ChatAddress[], at: number, all: boolean): Promise<void>;
  due(now: number, limit: number): Promise<readonly Notice[]>;
  later(id: string, dueAt: number): Promise<void>;
  end(id: string, how: NoticeEnd, at: number): Promise<void>;
}

/** The known personal chats of the administrators. `sure` is false when the role of somebody could not be looked up. */
export interface Administrators {
  readonly chats: readonly ChatAddress[];
  readonly sure: boolean;
}

export interface NoticeDeps {
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
/** After this time without success the message is given up. The report stays in the queue. */
const PATIENCE_MS = 24 * 3_600_000;
/** So many tries are made in any case, also if the clock was set forward by a day. */
const LEAST_TRIES = 5;

/** Plans new messages and sends due ones. Returns the number of sent messages. */
export async function sendNotices(deps: NoticeDeps, signal?: AbortSignal): Promise<number> {
  await planReports(deps);
  let sent = 0;
  for (;;) {
    const due = await deps.notices.due(deps.now(), MOST_AT_ONCE);
    for (const notice of due) {
      if (signal?.aborted) return sent;
      if (await send(deps, notice)) sent += 1;
    }
    if (due.length < MOST_AT_ONCE) return sent;
  }
}

/** While no administrator is known the report waits for the first who writes to the bot. */
async function planReports({ notices, administrators, now }: NoticeDeps): Promise<void> {
  const fresh = await notices.unplanned(MOST_AT_ONCE);
  if (fresh.length === 0) return;
  const { chats, sure } = await administrators();
  if (chats.length === 0) return;
  for (const report of fresh) await notices.plan(report.id, chats, now(), sure);
}

async function send(deps: NoticeDeps, notice: Notice): Promise<boolean> {
  const { notices, now, log } = deps;
  if (notice.purpose === 'task' && notice.report.settled) {
    await notices.end(notice.id, 'settled', now());
    return false;
  }
  const outcome = outcomeOf(await deps.send(notice));
  switch (outcome.kind) {
    case 'accepted':
      await notices.end(notice.id, 'told', now());
      return true;
    case 'gone':
      return ended(deps, notice, 'gone', outcome.code);
    case 'refused':
    case 'missing':
      return ended(deps, notice, 'refused', outcome.code);
    case 'throttled':
      await again(deps, notice, outcome.retryAfterMs);
      return false;
    default:
      // The message may have arrived. A second one is better than none.
      log.warn('reports.not-told', { purpose: notice.purpose, code: outcome.code });
      await again(deps, notice, null);
      return false;
  }
}

async function again(deps: NoticeDeps, notice: Notice, retryAfterMs: number | null): Promise<void> {
  const { notices, now, random } = deps;
  if (notice.attempts >= LEAST_TRIES && now() - notice.since > PATIENCE_MS) {
    await ended(deps, notice, 'given-up', '');
    return;
  }
  await notices.later(
    notice.id,
    now() + Math.max(1000, waitAfter(notice.attempts + 1, retryAfterMs, random())),
  );
}

async function ended(
  { notices, now, log }: NoticeDeps,
  notice: Notice,
  how: NoticeEnd,
  code: string,
): Promise<false> {
  log.warn('reports.cannot-be-told', { purpose: notice.purpose, how, code });
  await notices.end(notice.id, how, now());
  return false;
}
