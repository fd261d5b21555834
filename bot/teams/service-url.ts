/** Which service URLs the bot may answer to (S-04): it sends its own token there. */
import { parseUrl } from '../../core/url.js';

/** Microsoft's connector hosts: exact names, or a suffix that begins with a dot. */
export const MICROSOFT_SERVICE_HOSTS: readonly string[] = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  '.botframework.com',
  '.botframework.us',
];

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * True when the bot may send to this URL. Without a registration (`local`) only this machine is allowed, because any
 * caller could name any host; with one, only https to an allowed host, without port or user.
 */
export function mayAnswerTo(serviceUrl: unknown, hosts: readonly string[], local: boolean): boolean {
  if (typeof serviceUrl !== 'string' || serviceUrl.length > 2048) return false;
  const url = parseUrl(serviceUrl);
  if (!url) return false;
  if (url.username !== '' || url.password !== '') return false;
  if (local) return LOOPBACK.has(url.hostname) && /^https?:$/.test(url.protocol);
  if (url.protocol !== 'https:' || url.port !== '') return false;
  return hosts.some((host) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host));
}
