/** Reads the times senders write, strictly: a form that is not known is no time, never a guess by the host's time zone. */

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/i;
const RFC822 =
  /^(?:[a-z]{3},? )?(\d{1,2}) ([a-z]{3})[a-z]{0,6} (\d{4}) (\d{2}):(\d{2})(?::(\d{2}))? ?([a-z]{1,5}|[+-]\d{2}:?\d{2})?$/i;
const SHORT =
  /^([a-z]{3})[a-z]{0,6}\.? {1,3}(\d{1,2})(?:, (\d{4}))?,? (?:at )?(\d{1,2}):(\d{2}) ?([a-z]{1,5}|[+-]\d{2}:?\d{2})?/i;

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');

/** Zones status pages print. `CST`, `IST` and `BST` are read as in North America, India and Britain. */
const ZONES: Readonly<Record<string, number>> = {
  z: 0, utc: 0, gmt: 0, ut: 0, wet: 0, west: 60, bst: 60, cet: 60, cest: 120, eet: 120, eest: 180, msk: 180, ist: 330,
  sgt: 480, hkt: 480, awst: 480, jst: 540, kst: 540, aest: 600, aedt: 660, nzst: 720, nzdt: 780, brt: -180,
  adt: -180, ast: -240, edt: -240, est: -300, cdt: -300, cst: -360, mdt: -360, mst: -420, pdt: -420, pst: -480,
  akdt: -480, akst: -540, hst: -600,
}; // prettier-ignore

/** Before this nothing is an outage: zero dates (year 1, 1601, 1970) mean "not yet" to their senders. */
const EARLIEST = Date.UTC(1990, 0, 1);
/** After this nothing is planned: year 9999 means "no end known". */
const LATEST = Date.UTC(2200, 0, 1);

/**
 * Milliseconds since the epoch of an ISO 8601 or RFC 822 time, or null. A time without a zone is UTC, as the
 * senders that leave it out (Azure Resource Health, Uptime Kuma) mean it. Numbers are Unix seconds or milliseconds.
 */
export function time(...values: readonly unknown[]): number | null {
  for (const value of values) {
    const found = typeof value === 'number' ? fromNumber(value) : fromText(value);
    if (found !== null) return found;
  }
  return null;
}

function fromNumber(value: number): number | null {
  return plausible(Math.round(value < 1e11 ? value * 1000 : value));
}

function fromText(value: unknown): number | null {
  if (typeof value !== 'string' || value.length > 60) return null;
  const given = value.trim();
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
 * The time at the head of a status page's paragraph: `Aug 21, 00:37 UTC`, without a year. The year is the latest
 * that does not put it more than a day after `notAfter` (the entry's own time). Null without a known form or zone.
 */
export function pageTime(given: string, notAfter: number): number | null {
  const m = SHORT.exec(given.replace(/\s+/g, ' ').trim());
  if (!m) return null;
  const parts = {
    month: MONTHS.indexOf((m[1] ?? '').toLowerCase()),
    day: Number(m[2]),
    hour: Number(m[4]),
    minute: Number(m[5]),
    zone: m[6],
  };
  if (m[3] !== undefined) return assemble({ ...parts, year: Number(m[3]) });
  const last = new Date(notAfter).getUTCFullYear() + 1;
  for (let year = last; year > last - 6; year--) {
    const found = assemble({ ...parts, year });
    if (found !== null && found <= notAfter + 86_400_000) return found;
  }
  return null;
}

interface Parts {
  readonly year?: number;
  readonly month?: number;
  readonly day?: number;
  readonly hour?: number;
  readonly minute?: number;
  readonly second?: number;
  readonly ms?: number;
  readonly zone?: string;
}

function assemble(parts: Parts): number | null {
  const { year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0 } = parts;
  if (month < 0 || month > 11 || day < 1 || hour > 24 || minute > 59 || second > 60) return null;
  const offset = zoneMinutes(parts.zone);
  const at = Date.UTC(year, month, day, hour, minute, second, ms);
  const rolledOver = new Date(Date.UTC(year, month, day)).getUTCDate() !== day;
  return offset === null || rolledOver ? null : plausible(at - offset * 60_000);
}

/** Minutes east of UTC; UTC when none is given, null when the zone is not known. */
function zoneMinutes(zone: string | undefined): number | null {
  if (zone === undefined) return 0;
  const m = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (!m) return ZONES[zone.toLowerCase()] ?? null;
  return (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]));
}

function plausible(at: number): number | null {
  return at >= EARLIEST && at < LATEST ? at : null;
}
