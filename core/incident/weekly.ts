/** The weekly summary: when it is due on the recipient's clock, and what it says about the last week. */
import { instantsOf, knowsZone, localTime } from '../time.js';
import { isFollowed, type AudienceFacts, type Recipient } from './audience.js';
import { compareSeverity, isPlanned, type Incident, type StaffAct } from './types.js';

const DAY_MS = 86_400_000;
/** The summary comes on Monday at this hour. */
const HOUR_MS = 8 * 3_600_000;

/** A period: `from` is included, `until` is not. Milliseconds since the epoch. */
export interface Week {
  readonly from: number;
  readonly until: number;
}

/** What became of one outage. */
export interface PastOutage {
  readonly incident: Incident;
  /** The first acknowledgement. */
  readonly acknowledged: StaffAct | undefined;
  readonly recipientsTold: number;
  /** When the first recipient had the card; null where nobody got one. */
  readonly firstCardAt: number | null;
}

/** What one recipient reads about one week. */
export interface WeeklySummary {
  readonly readerId: string;
  readonly week: Week;
  /** Most severe first, then longest. */
  readonly outages: readonly PastOutage[];
  /** True when the recipient follows nothing, so that the summary covers all outages. */
  readonly everything: boolean;
}

/** The next Monday morning after a moment, on a clock in the zone. An unknown zone counts as UTC. */
export function nextWeekly(zone: string, after: number): number {
  const known = knowsZone(zone) ? zone : 'UTC';
  const monday = mondayOf(known, after) + HOUR_MS;
  const moments = [monday, monday + 7 * DAY_MS].flatMap((wall) => instantsOf(known, wall).slice(0, 1));
  return moments.find((at) => at > after) ?? after + 7 * DAY_MS;
}

/** The last week from Monday to Sunday that is over at a moment, on a clock in the zone. */
export function weekBefore(zone: string, at: number): Week {
  const known = knowsZone(zone) ? zone : 'UTC';
  const monday = mondayOf(known, at);
  const [from, until] = [monday - 7 * DAY_MS, monday].map((wall) => instantsOf(known, wall)[0] ?? wall);
  return { from: from ?? at - 7 * DAY_MS, until: until ?? at };
}

/** Monday's midnight of the week of a moment, as if the clock showed UTC. */
function mondayOf(zone: string, at: number): number {
  const { date, weekday } = localTime(zone, at);
  return Date.parse(`${date}T00:00:00Z`) - weekday * DAY_MS;
}

/**
 * The outages of a week that the recipient follows; all outages where the recipient follows nothing. Planned work,
 * unconfirmed reports and incidents that were joined into another are left out.
 */
export function outagesOf(
  incidents: readonly Incident[],
  { from, until }: Week,
  recipient: Recipient,
  facts: Pick<AudienceFacts, 'publisherOf'>,
): readonly Incident[] {
  const followsNothing = recipient.subscriptions.length === 0;
  return incidents
    .filter(({ state, unconfirmed, joinedInto }) => !isPlanned(state) && !unconfirmed && !joinedInto)
    .filter(({ startedAt, resolvedAt }) => startedAt < until && (resolvedAt ?? until) > from)
    .filter((one) => followsNothing || isFollowed({ ...one, severity: one.worst }, recipient, facts))
    .sort((a, b) => compareSeverity(b.worst, a.worst) || lasted(b, until) - lasted(a, until));
}

/** Milliseconds that an outage lasted; of an open outage until `now`. */
export function lasted({ startedAt, resolvedAt }: Incident, now: number): number {
  return Math.max(0, (resolvedAt ?? now) - startedAt);
}
