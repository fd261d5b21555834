/** Quiet hours in the reader's own time zone, across midnight and across the change of clocks. */
import type { Severity } from './types.js';

/** When a reader wants peace. From `from` (included) to `to` (excluded), local time; `from` later than `to` spans midnight. */
export interface QuietHours {
  /** IANA zone, as `Europe/Berlin`. */
  readonly zone: string;
  /** Minutes after local midnight, 0 to 1439. */
  readonly from: number;
  readonly to: number;
  /** Days on which a quiet period may begin, 0 Sunday to 6 Saturday; empty for every day. */
  readonly days: readonly number[];
  /** From this severity on the night is disturbed. */
  readonly override: Severity;
}

/** `HH:MM` as minutes after midnight, or undefined. */
export function minutesOf(clock: string): number | undefined {
  const m = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(clock.trim());
  return m ? Number(m[1]) * 60 + Number(m[2]) : undefined;
}

/** True for a time zone this machine knows. */
export function isZone(zone: string): boolean {
  try {
    return zone !== '' && formatter(zone) !== undefined;
  } catch {
    return false;
  }
}

/**
 * The end of the quiet period `now` lies in, or null outside of one. Milliseconds since the epoch. An unknown zone is
 * UTC: a wrong hour is better than a reader never told.
 */
export function quietUntil(quiet: QuietHours, now: number): number | null {
  if (quiet.from === quiet.to) return null;
  const zone = isZone(quiet.zone) ? quiet.zone : 'UTC';
  const local = localTime(now, zone);
  const spans = quiet.from > quiet.to;
  const inEvening = local.minutes >= quiet.from && (spans || local.minutes < quiet.to);
  const inMorning = spans && local.minutes < quiet.to;
  if (!inEvening && !inMorning) return null;
  const begun = inEvening ? local.weekday : (local.weekday + 6) % 7;
  if (quiet.days.length > 0 && !quiet.days.includes(begun)) return null;
  const endDay = local.day + (inEvening && spans ? 1 : 0);
  return epochOf(endDay, quiet.to, zone, now);
}

interface LocalTime {
  /** Days since 1970-01-01 of the local date. */
  readonly day: number;
  readonly minutes: number;
  readonly weekday: number;
}

const DAY = 86_400_000;

function localTime(at: number, zone: string): LocalTime {
  const wall = at + offsetAt(at, zone);
  const day = Math.floor(wall / DAY);
  return { day, minutes: Math.floor((wall - day * DAY) / 60_000), weekday: (((day + 4) % 7) + 7) % 7 };
}

/** The first moment after `after` at which the clocks on the wall of `zone` show that day and minute, or have just jumped past it. */
function epochOf(day: number, minutes: number, zone: string, after: number): number {
  const wall = day * DAY + minutes * 60_000;
  const guesses = [after, wall - offsetAt(after, zone), wall + DAY].map(
    (near) => wall - offsetAt(near, zone),
  );
  const exact = guesses.filter((at) => at > after && at + offsetAt(at, zone) === wall);
  return exact.length > 0 ? Math.min(...exact) : Math.max(after + 60_000, ...guesses);
}

/** Milliseconds the wall clock of `zone` is ahead of UTC at a moment. */
function offsetAt(at: number, zone: string): number {
  const parts = Object.fromEntries(
    formatter(zone)
      .formatToParts(at)
      .map((part) => [part.type, Number(part.value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/** Building one takes a hundred times longer than using it, and an audience has few zones. */
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formatters.set(zone, made);
  return made;
}
