/** On Monday morning by the recipient's clock: sends the insights of the last week to each recipient who wants them. */
import type { SendResult } from '../../incident/delivery-outcome.js';
import type { DueWeekly, RecipientProfile, RecipientStore } from '../../incident/ports.js';
import { quietUntil } from '../../incident/quiet.js';
import { nextWeekly, weekBefore } from '../../incident/weekly.js';
import { sendNotice, type NoticeDeps } from '../outages/send-notice.js';
import type { InsightPeriod, Insights } from './insights.js';
import { insightDay, type InsightDigestStore } from './ports.js';

export interface WeeklyInsightsDeps extends NoticeDeps {
  readonly digests: Pick<InsightDigestStore, 'claim' | 'moveOn' | 'stop'>;
  readonly recipients: Pick<RecipientStore, 'byId' | 'setReachable'>;
  readonly read: (period: InsightPeriod) => Promise<Insights>;
  readonly sendInsights: (readerId: string, insights: Insights) => Promise<SendResult>;
}

/** After a crash or a failure, another worker sends the insights again when this time is over. */
const LEASE_MS = 5 * 60_000;
const BATCH = 50;

/** Sends the insights that are due, up to a batch. Returns how many were due. */
export async function sendWeeklyInsights(deps: WeeklyInsightsDeps): Promise<number> {
  const began = deps.now();
  const due = await deps.digests.claim(began, BATCH, LEASE_MS);
  if (due.length === 0) return 0;
  const insights = await deps.read(lastWeek(began));
  for (const one of due) {
    // The remaining ones are not lost: their claim ends, and they are still due.
    if (deps.now() - began > LEASE_MS / 2) break;
    const recipient = await deps.recipients.byId(one.readerId);
    if (recipient) await tell(deps, insights, one, recipient);
    else await deps.digests.stop(one.readerId);
  }
  return due.length;
}

/** Monday to Sunday before a moment. The counts are by days in UTC, so the week is too, for every recipient. */
export function lastWeek(at: number): InsightPeriod {
  const { from, until } = weekBefore('UTC', at);
  return { first: insightDay(from), last: insightDay(until) - 1 };
}

/** A recipient who gets no cards now gets no insights either, and the insights wait for the end of quiet hours. */
async function tell(
  deps: WeeklyInsightsDeps,
  insights: Insights,
  due: DueWeekly,
  { id: readerId, tenantId, zone, optedOut, reachable, quiet }: RecipientProfile,
): Promise<void> {
  const now = deps.now();
  const next = nextWeekly(zone, now);
  const quietEnd = quiet && quietUntil(quiet, now);
  if (optedOut || !reachable) return deps.digests.moveOn(due, next);
  if (quietEnd !== null) return deps.digests.moveOn(due, quietEnd);
  const done = await sendNotice(deps, { readerId, tenantId }, () => deps.sendInsights(readerId, insights));
  if (done) await deps.digests.moveOn(due, next);
}
