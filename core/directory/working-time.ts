/** Time as a contact works: how long its business day is, and when the contact has been open for so many minutes. */
import { openState, type OpeningHours, type Span } from './hours.js';

const MINUTE_MS = 60_000;
/** More changes between open and closed than a year has for a contact with breaks. */
const MOST_CHANGES = 2_000;

/** The hours of a contact that names none: Monday to Friday, 9 to 17. @param zone IANA time zone */
export function officeHours(zone: string): OpeningHours {
  const day = [{ from: 540, to: 1020 }];
  return { zone, days: [day, day, day, day, day, [], []], off: [] };
}

/** The length of the contact's average open day, in minutes, at least 1. */
export function businessDayMinutes({ days }: Pick<OpeningHours, 'days'>): number {
  const open = days.map(minutesOf).filter((minutes) => minutes > 0);
  const all = open.reduce((sum, minutes) => sum + minutes, 0);
  return Math.max(1, Math.round(all / Math.max(1, open.length)));
}

const minutesOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);

/**
 * The moment at which the contact has been open for so many minutes since `from`. Milliseconds since the epoch. For a
 * contact that does not open within two months, every minute counts.
 */
export function afterOpenMinutes(hours: OpeningHours, from: number, minutes: number): number {
  let [at, left] = [from, minutes * MINUTE_MS];
  for (let changes = 0; changes < MOST_CHANGES; changes += 1) {
    const state = openState(hours, at);
    if (state.kind === 'shut') break;
    if (state.kind === 'closed') at = state.opensAt;
    else if (state.until === undefined || at + left <= state.until) break;
    else [at, left] = [state.until, left - (state.until - at)];
  }
  return at + left;
}

/** The minutes that the contact was open between two moments (milliseconds since the epoch). */
export function openMinutesBetween(hours: OpeningHours, from: number, to: number): number {
  let [at, open] = [from, 0];
  for (let changes = 0; changes < MOST_CHANGES && at < to; changes += 1) {
    const state = openState(hours, at);
    const next = state.kind === 'closed' ? state.opensAt : state.kind === 'open' ? (state.until ?? to) : to;
    if (state.kind !== 'closed') open += Math.min(next, to) - at;
    at = next;
  }
  return Math.round(open / MINUTE_MS);
}
