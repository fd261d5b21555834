/**
 * Looks at a token before the SDK does (S-01): the SDK accepts user tokens of any tenant, tokens without an end, and
 * remembers every stranger's tenant for ever. Nothing here replaces the signature check, which stays the SDK's.
 */
import { z } from 'zod';

export interface TokenRules {
  readonly appId: string;
  readonly issuers: readonly string[];
  /** Seconds a clock may be off. */
  readonly skewSec: number;
}

export type TokenCheck =
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
