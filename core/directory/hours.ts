/** Opening hours as data: a time zone, hours by day of the week, and days off; open now, and when it opens or closes next. */
import { instantsOf, localTime, offsetChange, offsetOf, isTimeZone, type LocalTime } from '../time.js';

/** Minutes after midnight, local time; `to` beyond 1440 runs into the next day. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface OpeningHours {
  /** IANA time zone. */
  readonly zone: string;
  /** By day of the week, Monday first; always seven. */
  readonly days: readonly (readonly Span[])[];
  /** Days without opening, ISO dates `2026-12-24`, or `12-25` for every year. */
  readonly off: readonly string[];
}

export type OpenState =
  /** `until` is absent when the contact never closes. */
  | { readonly kind: 'open'; readonly until?: number }
  | { readonly kind: 'closed'; readonly opensAt: number }
  /** Does not open within the next two months, so the hours are of no use. */
  | { readonly kind: 'shut' };

const DAYS = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'] as const;
const DAY_MINUTES = 1440;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** The days to search for the next change: first the near days, then two months. They overlap because clocks change. */
const LOOKS = [
  [-1, 5],
  [3, 62],
] as const;
const MAX_TEXT = 400;

/**
 * Reads `Europe/Berlin; Mo-Fr 09:00-12:00, 13:00-17:00; Sa 10:00-14:00; off 12-25, 2026-12-31`, or `UTC; 24/7`.
 * Undefined for any other text: free text is never half understood.
 */
export function parseHours(text: string): OpeningHours | undefined {
  if (text.length > MAX_TEXT) return undefined;
  const parts = text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const zones = parts.filter(isTimeZone);
  const [zone] = zones;
  if (zone === undefined || zones.length > 1) return undefined;
  const days: Span[][] = DAYS.map(() => []);
  const off: string[] = [];
  for (const part of parts) {
    if (part !== zone && !readRule(part, days, off)) return undefined;
  }
  if (days.every((spans) => spans.length === 0)) return undefined;
  return { zone, days: days.map(joined), off: [...new Set(off)].sort() };
}

/** The text that `parseHours` reads back as the same hours; days with the same hours are grouped. */
export function formatHours(hours: OpeningHours): string {
  const { zone, days, off } = hours;
  if (days.every((spans) => spans.length === 1 && isWholeDay(spans[0]))) {
    return [zone, '24/7', ...offPart(off)].join('; ');
  }
  const rules = runsOf(days.map((spans) => spans.map(spanText).join(', ')));
  return [zone, ...rules, ...offPart(off)].join('; ');
}

/**
 * The weekly hours on the clocks of another zone, with the difference of both zones at `now`, and without the days off.
 * Hours of whole days stay in their zone, because they would begin and end in the middle of days.
 */
export function hoursInZone(hours: OpeningHours, zone: string, now: number): OpeningHours {
  if (hours.days.some((spans) => spans.some(isWholeDay))) return { ...hours, off: [] };
  const ahead = Math.round((offsetOf(zone, now) - offsetOf(hours.zone, now)) / MINUTE_MS);
  const days: Span[][] = DAYS.map(() => []);
  hours.days.forEach((spans, at) => {
    for (const { from, to } of spans) {
      const later = Math.floor((from + ahead) / DAY_MINUTES);
      const moved = ahead - later * DAY_MINUTES;
      days[(at + later + 7) % 7]?.push({ from: from + moved, to: to + moved });
    }
  });
  return { zone, days: days.map(joined), off: [] };
}

/** Whether the contact is open at `now` (milliseconds), and when that changes next. */
export function openState(hours: OpeningHours, now: number): OpenState {
  const open = isOpenAt(hours, now);
  const today = Date.parse(`${localTime(hours.zone, now).date}T00:00:00Z`);
  for (const [from, to] of LOOKS) {
    const days = Array.from({ length: to - from }, (_, at) => today + (from + at) * DAY_MS);
    const changes = days.flatMap((day) => changesOf(hours, day)).sort((a, b) => a - b);
    const change = changes.find((at) => at > now && isOpenAt(hours, at) !== open);
    if (change !== undefined)
      return open ? { kind: 'open', until: change } : { kind: 'closed', opensAt: change };
  }
  return open ? { kind: 'open' } : { kind: 'shut' };
}

/** Whether the local time is within a span of this day, or of yesterday when that span runs past midnight. */
export function isOpenAt({ zone, days, off }: OpeningHours, at: number): boolean {
  const today = localTime(zone, at);
  const yesterday = previousDay(today);
  const within = (day: LocalTime, minute: number) =>
    !isOff(off, day.date) && (days[day.weekday] ?? []).some(({ from, to }) => from <= minute && minute < to);
  return within(today, today.minute) || within(yesterday, today.minute + DAY_MINUTES);
}

/** Every moment of one local day at which the answer may change. The day is given as its midnight in UTC. */
function changesOf({ zone, days }: OpeningHours, day: number): readonly number[] {
  const weekday = (new Date(day).getUTCDay() + 6) % 7;
  const minutes = new Set([0, ...(days[weekday] ?? []).flatMap(({ from, to }) => [from, to])]);
  const found = [...minutes].flatMap((minute) => instantsOf(zone, day + minute * MINUTE_MS));
  const [from = day] = instantsOf(zone, day);
  const jump = offsetChange(zone, from, instantsOf(zone, day + DAY_MS).at(-1) ?? day + DAY_MS);
  return jump === undefined ? found : [...found, jump];
}

function previousDay({ date, weekday }: LocalTime): LocalTime {
  const before = new Date(Date.parse(`${date}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
  return { date: before, weekday: (weekday + 6) % 7, minute: 0 };
}

function isOff(off: readonly string[], date: string): boolean {
  return off.includes(date) || off.includes(date.slice(5));
}

function readRule(part: string, days: Span[][], off: string[]): boolean {
  if (part === '24/7') {
    for (const day of days) day.push({ from: 0, to: DAY_MINUTES });
    return true;
  }
  const [, word = '', rest = ''] = /^(\S+)\s+(.+)$/.exec(part) ?? [];
  const items = rest.split(',').map((item) => item.trim());
  if (word === 'off') {
    off.push(...items);
    return items.every(isDayOff);
  }
  const spans = items.map(readSpan);
  const named = word.split(',').map(daysNamed);
  if (spans.includes(undefined) || named.includes(undefined)) return false;
  for (const day of named.flatMap((one) => one ?? [])) {
    days[day]?.push(...spans.flatMap((span) => span ?? []));
  }
  return true;
}

function daysNamed(word: string): readonly number[] | undefined {
  const [from, to, ...more] = word.split('-').map((name) => (DAYS as readonly string[]).indexOf(name));
  if (from === undefined || from < 0 || to === -1 || more.length > 0) return undefined;
  const count = ((to ?? from) - from + 7) % 7;
  return Array.from({ length: count + 1 }, (_, at) => (from + at) % 7);
}

function readSpan(text: string): Span | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = /^(\d{2}):(\d{2})-(\d{2}):(\d{2})$/.exec(text) ?? [];
  const from = minuteOf(fromHour, fromMinute);
  const to = minuteOf(toHour, toMinute);
  if (from === undefined || to === undefined || from === DAY_MINUTES || from === to) return undefined;
  return { from, to: to < from ? to + DAY_MINUTES : to };
}

function minuteOf(hour: string | undefined, minute: string | undefined): number | undefined {
  const [hours, minutes] = [Number(hour), Number(minute)];
  const total = hours * 60 + minutes;
  return minutes < 60 && total <= DAY_MINUTES ? total : undefined;
}

function isDayOff(text: string): boolean {
  const date = /^\d{2}-\d{2}$/.test(text) ? `2024-${text}` : text;
  const at = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

/** Spans in order. Spans that touch are joined, as long as the text form allows it. */
function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    const both = last && { from: last.from, to: Math.max(last.to, span.to) };
    if (both && span.from <= last.to && (both.to - both.from < DAY_MINUTES || isWholeDay(both))) {
      result[result.length - 1] = both;
    } else result.push(span);
  }
  return result;
}

const isWholeDay = (span: Span | undefined) => span?.from === 0 && span.to === DAY_MINUTES;
const offPart = (off: readonly string[]) => (off.length === 0 ? [] : [`off ${off.join(', ')}`]);
const clock = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const spanText = ({ from, to }: Span) => `${clock(from)}-${clock(to > DAY_MINUTES ? to - DAY_MINUTES : to)}`;

function runsOf(texts: readonly string[]): readonly string[] {
  const rules: string[] = [];
  for (let from = 0; from < texts.length; from += 1) {
    const first = from;
    while (from + 1 < texts.length && texts[from + 1] === texts[first]) from += 1;
    const name = first === from ? DAYS[first] : `${DAYS[first] ?? ''}-${DAYS[from] ?? ''}`;
    if (texts[first] !== '') rules.push(`${name ?? ''} ${texts[first] ?? ''}`);
  }
  return rules;
}
