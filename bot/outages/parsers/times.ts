/** Reads senders' times strictly. An unknown form gives no time, and the host's time zone is never used. */

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;
const RFC822 =
  /^(?:[a-z]{3},? )?(\d{1,2}) ([a-z]{3})[a-z]{0,6} (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ?([a-z]{1,5}|[+-]\d{2}:?\d{2})?$/i;
const SHORT =
  /^([a-z]{3})[a-z]{0,6}\.? {1,3}(\d{1,2})(?:,? (\d{4}))?,? (?:at |- )?(\d{1,2}):(\d{2})(?::(\d{2}))? ?([ap]\.?m\.?)? ?((?:GMT|UTC)[+-]\d{1,2}(?::?\d{2})?|[a-z]{1,5}|[+-]\d{2}:?\d{2})?/i;
const DAY_FIRST =
  /^(\d{1,2})\.? {0,2}([\p{L}]{3,9})\.?,? (?:(\d{4}),? )?(\d{1,2}):(\d{2})(?::(\d{2}))? ?([a-z]{1,5}|[+-]\d{2}:?\d{2})?/iu;
const CJK =
  /^(?:(\d{4})[年년] ?)?(\d{1,2})[月월] ?(\d{1,2})[日일]?,? ?(\d{1,2}):(\d{2})(?::(\d{2}))? ?([a-z]{1,5}|[+-]\d{2}:?\d{2})?/iu;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Time zones that status pages print. `CST`, `IST` and `BST` mean North America, India and Britain. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0, utc: 0, gmt: 0, ut: 0, wet: 0, west: 60, bst: 60, cet: 60, cest: 120, eet: 120, eest: 180, msk: 180, ist: 330,
  sgt: 480, hkt: 480, awst: 480, jst: 540, kst: 540, aest: 600, aedt: 660, nzst: 720, nzdt: 780, brt: -180,
  adt: -180, ast: -240, edt: -240, est: -300, cdt: -300, cst: -360, mdt: -360, mst: -420, pdt: -420, pst: -480,
  akdt: -480, akst: -540, hst: -600,
}; // prettier-ignore

/** No outage is older than this: to senders, zero dates (year 1, 1601, 1970) mean "not yet". */
const EARLIEST = Date.UTC(1990, 0, 1);
/** No plan is later than this: year 9999 means "no known end". */
const LATEST = Date.UTC(2200, 0, 1);

/**
 * Milliseconds since the epoch of an ISO 8601 or RFC 822 time, or null. A time without a zone is UTC, because senders
 * that omit the zone (Azure Resource Health, Uptime Kuma) mean UTC. Numbers are Unix seconds or milliseconds.
 */
export function time(...values: readonly unknown[]): number | null {
  for (const value of values) {
    const found = typeof value === 'number' ? fromNumber(value) : fromText(value);
    if (found !== null) return found;
  }
  return null;
}

function fromNumber(value: number): number | null {
  const ms = value < 1e11 ? value * 1000 : value < 1e14 ? value : value < 1e17 ? value / 1e3 : value / 1e6;
  return plausible(Math.round(ms));
}

function fromText(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 60) return null;
  const given = value.trim();
  if (/^\d{10,19}$/.test(given)) return fromNumber(Number(given));
  return fromIso(given) ?? fromRfc822(given);
}

function fromIso(given: string): number | null {
  const m = ISO.exec(given);
  if (!m) return null;
  const [year, month, day, hour, minute, second] = [m[1], m[2], m[3], m[4], m[5], m[6]].map((n) =>
    Number(n ?? 0),
  );
  const ms = m[7] === undefined ? 0 : Math.floor(Number(`0.${m[7]}`) * 1000);
  return assemble({ year, month: (month ?? 0) - 1, day, hour, minute, second, ms, zone: m[8] });
}

function fromRfc822(given: string): number | null {
  const m = RFC822.exec(given);
  if (!m) return null;
  return assemble({
    year: Number(m[3]),
    month: MONTHS.indexOf((m[2] ?? '').toLowerCase()),
    day: Number(m[1]),
    hour: Number(m[4]),
    minute: Number(m[5]),
    second: Number(m[6] ?? 0),
    zone: m[7],
  });
}

/**
 * The time at the head of a status page's paragraph: `Aug 21, 00:37 UTC`, without a year. Uses the latest year that
 * puts the time at most one day after `notAfter` (the entry's own time). Null for an unknown form or zone.
 */
export function pageTime(given: string, notAfter: number): number | null {
  const parts = shortParts(given.replace(/\s+/g, ' ').trim());
  if (!parts) return time(given);
  if (parts.year !== undefined) return assemble(parts);
  const last = new Date(notAfter).getUTCFullYear() + 1;
  for (let year = last; year > last - 6; year--) {
    const found = assemble({ ...parts, year });
    if (found !== null && found <= notAfter + 86_400_000) return found;
  }
  return null;
}

/** `Aug 21, 00:37 UTC`, `Aug 21, 5:00 PM PST`, `21. Aug, 00:37 MESZ`, `8月21日 00:37 JST`. */
function shortParts(given: string): Parts | undefined {
  const clock = (hour = '', minute = '', second = '0') => ({
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
  });
  const year = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  const m = SHORT.exec(given);
  if (m) {
    const at = clock(m[4], m[5], m[6]);
    const half = m[7]?.toLowerCase().startsWith('p') ? 12 : 0;
    const hour = m[7] === undefined ? at.hour : (at.hour % 12) + half;
    return { ...at, hour, month: monthOf(m[1]), day: Number(m[2]), year: year(m[3]), zone: m[8] };
  }
  const d = DAY_FIRST.exec(given);
  if (d)
    return {
      ...clock(d[4], d[5], d[6]),
      month: monthOf(d[2]),
      day: Number(d[1]),
      year: year(d[3]),
      zone: d[7],
    };
  const c = CJK.exec(given);
  return c
    ? { ...clock(c[4], c[5], c[6]), month: Number(c[2]) - 1, day: Number(c[3]), year: year(c[1]), zone: c[7] }
    : undefined;
}

/** Months by their first letters, in the languages of status pages. */
const MONTH_STARTS: readonly string[] = [
  'jan|ene|gen', 'feb|fév|fev', 'mar|mär|maa|mrt', 'apr|avr|abr', 'may|mai|mag|mei', 'jun|juin|giu', 'jul|juil|lug',
  'aug|aoû|aou|ago', 'sep|set', 'oct|okt|out|ott', 'nov', 'dec|dez|déc|dic',
]; // prettier-ignore

function monthOf(name = ''): number {
  const given = name.toLowerCase();
  return MONTH_STARTS.findIndex((starts) => starts.split('|').some((start) => given.startsWith(start)));
}

interface Parts {
  readonly year?: number | undefined;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly ms?: number;
  readonly zone?: string | undefined;
}

function assemble(parts: Parts): number | null {
  const { year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0 } = parts;
  if (month < 0 || month > 11 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  const offset = zoneMinutes(parts.zone);
  const at = Date.UTC(year, month, day, hour, minute, second, ms);
  const rolledOver = new Date(Date.UTC(year, month, day)).getUTCDate() !== day;
  return offset === null || rolledOver ? null : plausible(at - offset * 60_000);
}

/** Minutes east of UTC; 0 when no zone is given, null when the zone is unknown. */
function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const m = /^(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(zone);
  if (!m) return ZONES[zone.toLowerCase()] ?? null;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3] ?? 0));
}

function plausible(at: number): number | null {
  return at >= EARLIEST && at < LATEST ? at : null;
}
