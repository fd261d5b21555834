/** Clock time in IANA time zones, also when clocks change: local time of a moment, and the moments of a local time. */
import { LastResults } from './last-results.js';

export interface LocalTime {
  /** ISO date. */
  readonly date: string;
  /** 0 is Monday. */
  readonly weekday: number;
  /** Minutes after midnight. */
  readonly minute: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Making a formatter costs far more than using one. */
const formatters = new Map<string, Intl.DateTimeFormat>();
/** Since 2000 zones change their offset only at whole quarters of an hour, so one reading holds for the whole quarter. */
const QUARTER_MS = 15 * MINUTE_MS;
const SINCE = Date.UTC(2000);
/** Opening hours ask for the same moments in every turn of a day. */
const offsets = new LastResults<number>(10_000);

/**
 * Milliseconds from `at` to `now`. If `at` is in the future, the clock was set back since: nobody can say how much time
 * has passed, and nothing should wait until the clock reaches that moment again, so the answer is Infinity.
 */
export function passedSince(at: number, now: number): number {
  return at > now ? Infinity : now - at;
}

/** True for a name such as `Europe/Berlin` or `UTC` that this machine knows; false for offsets and abbreviations. */
export function isTimeZone(name: string): boolean {
  return (name === 'UTC' || /^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+$/.test(name)) && knowsZone(name);
}

/** True for every zone that this machine knows, also abbreviations and offsets. */
export function knowsZone(zone: string): boolean {
  try {
    return zone !== '' && formatterOf(zone) !== undefined;
  } catch {
    return false;
  }
}

/** The local time in the zone. */
export function localTime(zone: string, at: number): LocalTime {
  const shown = at + offsetOf(zone, at);
  const date = new Date(shown).toISOString().slice(0, 10);
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return {
    date,
    weekday: (new Date(midnight).getUTCDay() + 6) % 7,
    minute: Math.floor((shown - midnight) / MINUTE_MS),
  };
}

/** Milliseconds by which the zone is ahead of UTC at a moment. */
export function offsetOf(zone: string, at: number): number {
  if (at < SINCE) return readOffset(zone, at);
  const quarter = Math.floor(at / QUARTER_MS);
  const key = `${zone} ${quarter}`;
  return offsets.get(key) ?? offsets.keep(key, readOffset(zone, quarter * QUARTER_MS));
}

function readOffset(zone: string, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatterOf(zone).formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000;
}

/**
 * The moments at which a clock in the zone shows this time, given as if it were UTC. Two moments when clocks go back
 * over it; the moment of the change when clocks go forward over it.
 */
export function instantsOf(zone: string, wall: number): readonly number[] {
  const offsets = new Set([offsetOf(zone, wall - DAY_MS), offsetOf(zone, wall + DAY_MS)]);
  const exact = [...offsets].map((offset) => wall - offset).filter((at) => at + offsetOf(zone, at) === wall);
  if (exact.length > 0) return exact.sort((a, b) => a - b);
  const jump = offsetChange(zone, wall - DAY_MS, wall + DAY_MS);
  return jump === undefined ? [] : [jump];
}

/**
 * The first minute between two moments with another offset than the first; undefined when both have the same offset.
 */
export function offsetChange(zone: string, from: number, to: number): number | undefined {
  const before = offsetOf(zone, from);
  if (offsetOf(zone, to) === before) return undefined;
  let [low, high] = [Math.floor(from / MINUTE_MS), Math.ceil(to / MINUTE_MS)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsetOf(zone, middle * MINUTE_MS) === before) low = middle;
    else high = middle;
  }
  return high * MINUTE_MS;
}

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(zone, made);
  return made;
}
