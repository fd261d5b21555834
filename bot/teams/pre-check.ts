/**
 * Checks a token before the SDK does: the SDK accepts user tokens of any tenant and tokens without an expiry, and it
 * caches every unknown tenant for ever. The SDK still checks the signature.
 */
import { z } from 'zod';
import { AuthenticationConfiguration, type Claim } from 'botframework-connector';
import { DeskError } from '../../core/errors.js';
import { parseUrl } from '../../core/url.js';

export interface TokenRules {
  readonly appId: string;
  readonly issuers: readonly string[];
  /** Seconds by which clocks may differ. */
  readonly skewSec: number;
}

type TokenCheck =
  | { readonly kind: 'ok' }
  | {
      readonly kind: 'refused';
      readonly reason: 'missing' | 'size' | 'shape' | 'issuer' | 'audience' | 'time' | 'algorithm';
    };

const MAX_TOKEN = 8 * 1024;
const BEARER = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/;
const Header = z.object({ alg: z.enum(['RS256', 'RS384', 'RS512']) });
const Claims = z.object({
  iss: z.string(),
  aud: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

const refused = (reason: Extract<TokenCheck, { kind: 'refused' }>['reason']): TokenCheck => ({
  kind: 'refused',
  reason,
});

/** Checks an Authorization header's form and claims; `nowSec` is seconds since the epoch. */
export function checkToken(authorization: string | undefined, rules: TokenRules, nowSec: number): TokenCheck {
  if (!authorization) return refused('missing');
  if (authorization.length > MAX_TOKEN) return refused('size');
  const parts = BEARER.exec(authorization);
  if (!parts) return refused('shape');
  if (!Header.safeParse(jsonOf(parts[1])).success) return refused('algorithm');
  const claims = Claims.safeParse(jsonOf(parts[2]));
  if (!claims.success) return refused('shape');
  const { iss, aud, exp, nbf } = claims.data;
  if (!rules.issuers.includes(iss)) return refused('issuer');
  if (aud !== rules.appId) return refused('audience');
  const early = nbf !== undefined && nbf > nowSec + rules.skewSec;
  return early || exp < nowSec - rules.skewSec ? refused('time') : { kind: 'ok' };
}

function jsonOf(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

/** The rules for claims after the signature check: this bot's audience, a channel's issuer, and an expiry. */
export function verifiedClaimsRule(
  rules: Pick<TokenRules, 'appId' | 'issuers'>,
): AuthenticationConfiguration {
  return new AuthenticationConfiguration([], (claims) => {
    const value = (type: string) => claims.find((claim: Claim) => claim.type === type)?.value as unknown;
    const issuer = value('iss');
    const ends = Number.isFinite(Number(value('exp')));
    const ours = value('aud') === rules.appId && typeof issuer === 'string' && rules.issuers.includes(issuer);
    if (ours && ends) return Promise.resolve();
    return Promise.reject(
      new DeskError('auth.refused', 'the verified claims do not name a channel and this bot'),
    );
  });
}

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
 * caller could name any host. With a registration, only https to an allowed host, without port or user.
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
