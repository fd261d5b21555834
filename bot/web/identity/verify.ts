/**
 * Verifies the token with which a partner's page identifies its logged-in customer. A doubtful token is refused with a
 * reason.
 */
import { type JSONWebKeySet, type JWTVerifyGetKey, createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { Clock } from '../../../core/ports.js';
import { type Customer, customerOf } from './claims.js';
import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { DeskError } from '../../../core/errors.js';

/** Why a token is refused. The partner's page gets the reason, which reveals nothing about keys. */
export type Refusal =
  | 'not-configured'
  | 'too-large'
  | 'malformed'
  | 'algorithm'
  | 'signature'
  | 'expired'
  | 'too-old'
  | 'audience'
  | 'claims';

type IdentityRead =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'refused'; readonly reason: Refusal };

interface IdentityRules {
  /** The partner's id: a token for another installation is refused. */
  readonly audience: string;
  /** Shared secret for HS256, at least 32 bytes. */
  readonly secret?: string;
  /** Public keys for RS256 and ES256. */
  readonly keys?: JSONWebKeySet;
  readonly now: Clock;
}

export type IdentityReader = (token: unknown) => Promise<IdentityRead>;

/** A token with a hundred offers has about 5 KB. */
export const MAX_IDENTITY = 8_192;
/** Pages sign a token when they load: an old token was copied from another place. */
const MAX_AGE = '1h';
const CLOCK_TOLERANCE_S = 60;
const REQUIRED = ['exp', 'iat', 'aud', 'sub'];

/**
 * The verifier. The algorithm's kind chooses the key, never the token: a public key cannot serve as a secret for HS256,
 * and `none` is not an algorithm.
 */
export function createIdentityReader(rules: IdentityRules): IdentityReader {
  const { secret, keys, audience, now } = rules;
  const algorithms = [...(secret ? ['HS256'] : []), ...(keys ? ['RS256', 'ES256'] : [])];
  const key = keyFor(secret, keys);
  return async (token) => {
    if (algorithms.length === 0) return refused('not-configured');
    if (typeof token !== 'string') return refused('malformed');
    if (token.length > MAX_IDENTITY) return refused('too-large');
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms,
        audience,
        maxTokenAge: MAX_AGE,
        clockTolerance: CLOCK_TOLERANCE_S,
        currentDate: new Date(now()),
        requiredClaims: REQUIRED,
      });
      const customer = customerOf(payload);
      return customer ? { kind: 'customer', customer } : refused('claims');
    } catch (error) {
      return refused(reasonOf(error));
    }
  };
}

const refused = (reason: Refusal): IdentityRead => ({ kind: 'refused', reason });

function keyFor(secret: string | undefined, keys: JSONWebKeySet | undefined): JWTVerifyGetKey {
  const shared = new TextEncoder().encode(secret);
  const named = keys && createLocalJWKSet(keys);
  return (header, token) => {
    if (header?.alg === 'HS256') return shared;
    if (!named || !header) throw new errors.JOSEAlgNotAllowed('no public key is configured');
    return named(header, token);
  };
}

function reasonOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return error.claim === 'iat' ? 'too-old' : 'expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === 'aud' && error.reason === 'check_failed' ? 'audience' : 'claims';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'algorithm';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return 'signature';
  return 'malformed';
}

const NAME = 'OFFER_DESK_IDENTITY_KEYS';
const Key = z.looseObject({
  kty: z.enum(['RSA', 'EC']),
  d: z.never('a private key is not allowed').optional(),
});
const Keys = z.object({ keys: z.array(Key).min(1).max(20) });

/** @throws DeskError `config.invalid` for keys that are not public RSA or EC keys. */
export function publicKeys(text: string): JSONWebKeySet {
  const parsed = Keys.safeParse(read(text));
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues[0]?.message ?? '';
  throw new DeskError(
    'config.invalid',
    `${NAME}: this is neither a JWKS of public keys nor a public key in PEM format; ${why}`,
  );
}

function read(text: string): unknown {
  try {
    if (!text.trimStart().startsWith('-----BEGIN')) return JSON.parse(text);
    if (text.includes('PRIVATE')) throw new Error('a private key is not allowed');
    return { keys: [createPublicKey(text).export({ format: 'jwk' })] };
  } catch (cause) {
    throw new DeskError('config.invalid', `${NAME}: the text is neither a JWKS nor a public key`, { cause });
  }
}
