/** Quiet hours, and the morning digest of what happened during them. */
import { knowsZone, localTime, offsetOf } from '../time.js';
import { type Severity, compareSeverity, isOver, type Incident } from './types.js';

/**
 * A recipient's quiet hours. From `from` (included) to `to` (excluded), local time; `from` later than `to` spans
 * midnight.
 */
export interface QuietHours {
  /** IANA zone, as `Europe/Berlin`. */
  readonly zone: string;
  /** Minutes after local midnight, 0 to 1439. */
  readonly from: number;
  readonly to: number;
  /** Days on which a quiet period may begin, 0 Sunday to 6 Saturday; empty for every day. */
  readonly days: readonly number[];
  /** From this severity on, an outage alerts during the quiet hours too. */
  readonly override: Severity;
}

/** `HH:MM` as minutes after midnight, or undefined. */
export function minutesOf(clock: string): number | undefined {
  const m = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock.trim());
  return m ? Number(m[1]) * 60 + Number(m[2]) : undefined;
}

/**
 * The end of the quiet period that contains `now`, or null. Milliseconds since the epoch. An unknown zone counts as
 * UTC: a card at the wrong hour is better than none.
 */
export function quietUntil(quiet: QuietHours, now: number): number | null {
  if (quiet.from === quiet.to) return null;
  const zone = knowsZone(quiet.zone) ? quiet.zone : 'UTC';
  const { date, minute, weekday } = localTime(zone, now);
  const spans = quiet.from > quiet.to;
  const inEvening = minute >= quiet.from && (spans || minute < quiet.to);
  const inMorning = spans && minute < quiet.to;
  if (!inEvening && !inMorning) return null;
  // Settings count from Sunday, clocks from Monday.
  const begun = (inEvening ? weekday + 1 : weekday) % 7;
  if (quiet.days.length > 0 && !quiet.days.includes(begun)) return null;
  const endDay = Date.parse(`${date}T00:00:00Z`) + (inEvening && spans ? DAY_MS : 0);
  return epochOf(endDay + quiet.to * MINUTE_MS, zone, now);
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** The first moment after `after` at which a clock in `zone` shows the wall time, or has just jumped past it. */
function epochOf(wall: number, zone: string, after: number): number {
  const guesses = [after, wall - offsetOf(zone, after), wall + DAY_MS].map(
    (near) => wall - offsetOf(zone, near),
  );
  const exact = guesses.filter((at) => at > after && at + offsetOf(zone, at) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(after + MINUTE_MS, ...guesses);
}

/** The recipient's message at the end of the quiet hours. `open` incidents also get their own cards then. */
export interface Digest {
  readonly readerId: string;
  /** Most severe first, then oldest. */
  readonly open: readonly Incident[];
  readonly over: readonly Incident[];
}

/** The digest of the incidents held for a recipient, or undefined when there is nothing to tell. */
export function digestOf(readerId: string, held: readonly Incident[]): Digest | undefined {
  const distinct = [...new Map(held.map((incident) => [incident.id, incident])).values()];
  if (distinct.length === 0) return undefined;
  const sorted = distinct.sort((a, b) => compareSeverity(b.worst, a.worst) || a.startedAt - b.startedAt);
  return {
    readerId,
    open: sorted.filter((incident) => !isOver(incident.state)),
    // A joined incident is told with the incident into which it was joined.
    over: sorted.filter((incident) => isOver(incident.state) && !incident.joinedInto),
  };
}
