/** Reads values that must have a certain format: e-mail, https URL, phone number, date, opening hours, yes or no. */
import { formatHours, parseHours } from '../hours.js';
import type { ProblemCode } from './problems.js';
import { parseUrl } from '../../url.js';
import { bad, good, type ReadValue } from './problems.js';

export { readPhone } from './phone.js';
export type { ReadValue } from './problems.js';

const EMAIL =
  /^[^\s@"(),:;<>[\]\\|]{1,64}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}{2,63}$/u;

/** One address, also from `mailto:` and `Name <address>`. From several addresses the first is taken, with a warning. */
export function readEmail(raw: string): ReadValue<string> {
  const remarks: ProblemCode[] = [];
  const bare = raw
    .replace(/^mailto:/i, '')
    .replace(/\?.*$/, '')
    .replace(/[\u2018\u2019]/g, "'");
  if (/^mailto:/i.test(raw)) remarks.push('mailto-removed');
  const parts = bare.split(/\s*[;,/|]\s*|\s+/).filter((part) => part.includes('@'));
  if (parts.length > 1) remarks.push('several-emails');
  const address = (parts[0] ?? bare).replace(/^[<'"]+|[>'"]+$/g, '');
  if (address.length > 254) return bad('too-long');
  return EMAIL.test(address) && !address.includes('..') ? good(address, ...remarks) : bad('bad-email');
}

const URL_MAX = 2048;
const HOST =
  /^(?=.{1,253}$)(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.)+\p{L}[\p{L}\p{N}-]{1,62}$/u;

/**
 * A public https address. `http:` becomes `https:` and a missing scheme is added, each with a warning, because a card
 * must not open an unprotected page. `http:` with its own port is refused: the same port rarely serves https. Other
 * schemes, user names and passwords in the address are refused too.
 */
export function readUrl(raw: string): ReadValue<string> {
  // SharePoint's text form of a hyperlink: `https://contoso.com/help, Help`.
  const [address = '', description] = raw.split(/,\s+/, 2);
  if (description !== undefined && /^https?:\/\//i.test(address)) {
    const read = readUrl(address);
    return read.ok ? good(read.value, ...read.remarks, 'url-words-removed') : read;
  }
  if (raw.length > URL_MAX) return bad('too-long');
  const scheme = /^([a-z][a-z0-9+.-]*):(?!\d+(?:\/|$))/i.exec(raw)?.[1]?.toLowerCase();
  if (scheme && !['http', 'https'].includes(scheme)) {
    return bad(/^(javascript|data|vbscript|file|blob)$/.test(scheme) ? 'unsafe-url' : 'bad-url');
  }
  if (!scheme && !HOST.test(raw.split(/[/?#:]/, 1)[0] ?? '')) return bad('bad-url');
  const url = parseUrl(scheme ? raw.replace(/^http:/i, 'https:') : `https://${raw}`);
  if (!url || !HOST.test(toUnicodeHost(url.hostname))) return bad('bad-url');
  if (url.username || url.password) return bad('unsafe-url');
  if (scheme === 'http' && !['', '80'].includes(url.port)) return bad('bad-url');
  if (url.port === '80') url.port = '';
  return good(url.href, ...urlRemarks(raw, scheme));
}

function urlRemarks(raw: string, scheme: string | undefined): ProblemCode[] {
  if (scheme === 'http') return ['url-upgraded'];
  if (!scheme) return ['url-scheme-added'];
  return /[\s\\]/.test(raw) ? ['url-encoded'] : [];
}

/** Treats punycode labels as letters. */
const toUnicodeHost = (host: string) => host.replace(/\bxn--/g, 'xn');

/** `YYYY-MM-DD`, or a timestamp that starts with it. Other orders of day and month are refused, because they are ambiguous. */
export function readDate(raw: string, today: string): ReadValue<string> {
  const day = /^(\d{4}-\d{2}-\d{2})(?:[T ].*)?$/.exec(raw)?.[1];
  const at = day ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (!day || Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) return bad('bad-date');
  return day > today ? bad('future-date') : good(day);
}

/** Opening hours with their time zone, in the standard format. */
export function readHours(raw: string): ReadValue<string> {
  const hours = parseHours(raw);
  return hours ? good(formatHours(hours)) : bad('bad-hours');
}

const YES = new Set(['true', 'yes', 'y', '1', 'x', 'ja', 'oui', 'si', '是']);
const NO = new Set(['false', 'no', 'n', '0', 'nein', 'non', '否']);

/** Yes or no, in the words that people and programs use. */
export function readFlag(raw: string): ReadValue<boolean> {
  const word = raw.toLowerCase();
  return YES.has(word) ? good(true) : NO.has(word) ? good(false) : bad('bad-flag');
}
