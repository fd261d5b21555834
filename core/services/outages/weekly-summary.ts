/** On Monday morning by the recipient's clock: sends the weekly summary to each recipient who wants it. */
import type { Delivery } from '../../incident/delivery.js';
import type { SendResult } from '../../incident/delivery-outcome.js';
import type {
  DeliveryStore,
  DueWeekly,
  RecipientProfile,
  RecipientStore,
  WeeklyStore,
} from '../../incident/ports.js';
import { quietUntil } from '../../incident/quiet.js';
import type { Incident } from '../../incident/types.js';
import {
  nextWeekly,
  outagesOf,
  weekBefore,
  type PastOutage,
  type WeeklySummary,
} from '../../incident/weekly.js';
import { sendNotice, type NoticeDeps } from './send-notice.js';

export interface WeeklyDeps extends NoticeDeps {
  readonly weekly: Pick<WeeklyStore, 'claim' | 'moveOn' | 'stop'>;
  /** Incidents that began at or after a moment, and all open ones. */
  readonly since: (at: number) => AsyncIterable<Incident>;
  readonly deliveries: Pick<DeliveryStore, 'ofIncident'>;
  readonly recipients: Pick<RecipientStore, 'byId' | 'setReachable'>;
  /** Publisher id of an offer in the directory. */
  readonly publisherOf: (offerId: string) => string | undefined;
  readonly sendWeekly: (summary: WeeklySummary) => Promise<SendResult>;
}

/** After a crash or a failure, another worker sends the summary again when this time is over. */
const LEASE_MS = 5 * 60_000;
const BATCH = 50;
const DAY_MS = 86_400_000;
/** An outage that began longer ago, and is over, is not looked for. */
const LONGEST_MS = 400 * DAY_MS;
/** No time zone's last week began longer ago. */
const OLDEST_WEEK_MS = 15 * DAY_MS;

/** The common facts of all recipients of a batch; read once. */
interface Past {
  readonly incidents: readonly Incident[];
  readonly of: (incident: Incident) => Promise<PastOutage>;
}

/** Sends the summaries that are due, up to a batch. Returns how many were due. */
export async function sendWeeklySummaries(deps: WeeklyDeps): Promise<number> {
  const began = deps.now();
  const due = await deps.weekly.claim(began, BATCH, LEASE_MS);
  if (due.length === 0) return 0;
  const past = await readPast(deps, began);
  for (const one of due) {
    // The remaining summaries are not lost: their claim ends, and they are still due.
    if (deps.now() - began > LEASE_MS / 2) break;
    const recipient = await deps.recipients.byId(one.readerId);
    if (recipient) await tell(deps, past, one, recipient);
    else await deps.weekly.stop(one.readerId);
  }
  return due.length;
}

async function readPast(deps: WeeklyDeps, now: number): Promise<Past> {
  const incidents: Incident[] = [];
  for await (const incident of deps.since(now - LONGEST_MS))
    if ((incident.resolvedAt ?? now) > now - OLDEST_WEEK_MS) incidents.push(incident);
  const known = new Map<string, Promise<PastOutage>>();
  const of = (incident: Incident): Promise<PastOutage> => {
    const found = known.get(incident.id) ?? pastOutage(deps.deliveries, incident);
    known.set(incident.id, found);
    return found;
  };
  return { incidents, of };
}

/** A recipient who gets no cards now gets no summary either, and a summary waits for the end of quiet hours. */
async function tell(
  deps: WeeklyDeps,
  past: Past,
  due: DueWeekly,
  recipient: RecipientProfile,
): Promise<void> {
  const now = deps.now();
  const { id: readerId, tenantId, zone, optedOut, reachable, quiet } = recipient;
  const next = nextWeekly(zone, now);
  const quietEnd = quiet && quietUntil(quiet, now);
  if (optedOut || !reachable) return deps.weekly.moveOn(due, next);
  if (quietEnd !== null) return deps.weekly.moveOn(due, quietEnd);
  const week = weekBefore(zone, now);
  const outages = await Promise.all(outagesOf(past.incidents, week, recipient, deps).map(past.of));
  const summary = { readerId, week, outages, everything: recipient.subscriptions.length === 0 };
  const done = await sendNotice(deps, { readerId, tenantId }, () => deps.sendWeekly(summary));
  if (done) await deps.weekly.moveOn(due, next);
}

/** What became of an incident, from its acts and its recipients' cards. */
export async function pastOutage(
  deliveries: Pick<DeliveryStore, 'ofIncident'>,
  incident: Incident,
): Promise<PastOutage> {
  let recipientsTold = 0;
  let firstCardAt: number | null = null;
  for await (const delivery of deliveries.ofIncident(incident.id)) {
    if (delivery.shown === 0) continue;
    recipientsTold += 1;
    firstCardAt = earlier(firstCardAt, delivery);
  }
  const acknowledged = incident.acts.find((act) => act.kind === 'acknowledged');
  return { incident, acknowledged, recipientsTold, firstCardAt };
}

function earlier(first: number | null, { firstShownAt }: Delivery): number | null {
  if (firstShownAt === undefined) return first;
  return first === null ? firstShownAt : Math.min(first, firstShownAt);
}
