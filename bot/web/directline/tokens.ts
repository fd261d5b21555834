/**
 * Tokens of the embedded Direct Line: shaped like a JWT (the stock client reads their `user`), signed by this server,
 * bound to one conversation.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebAudience } from './log.js';

/** The use of a token: the REST calls, one WebSocket, or a new token after the old one expired. */
type TokenUse = 'chat' | 'stream' | 'resume';

export interface TokenClaims {
  readonly conv: string;
  readonly user: string;
  readonly audience: WebAudience;
  readonly use: TokenUse;
  /** Seconds since the epoch. */
  readonly exp: number;
}

export interface Tokens {
  /** Lifetime of each kind in seconds. */
  readonly seconds: Readonly<Record<TokenUse, number>>;
  issue(claims: Omit<TokenClaims, 'exp'>): string;
  /** The claims of a server's token that is valid now for this use; undefined for any other text. */
  verify(token: string | undefined, use: TokenUse): TokenClaims | undefined;
}

export interface TokenOptions {
  /**
   * At least 32 bytes each. The first key signs. All keys are accepted, so that a key change does not disconnect
   * visitors.
   */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly seconds?: Partial<Readonly<Record<TokenUse, number>>>;
  /** Audiences whose tokens are accepted; absent: every audience. A registered desk accepts `customer` only. */
  readonly audiences?: readonly WebAudience[];
}

const SECONDS: Readonly<Record<TokenUse, number>> = { chat: 3_600, stream: 60, resume: 30 * 86_400 };
/** How far the clocks of two instances may differ. */
const CLOCK_SKEW_S = 60;
const MAX_TOKEN_LENGTH = 2_048;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const HEADER = encode({ alg: 'HS256', typ: 'JWT' });

function signature(key: Uint8Array, signed: string): Buffer {
  return createHmac('sha256', key).update(`offer-desk/directline\n${signed}`).digest();
}

/** Tries every key. Every comparison takes the same time for any input. */
function signedByUs(keys: readonly Uint8Array[], signed: string, given: Buffer): boolean {
  const matches = keys.map((key) => {
    const expected = signature(key, signed);
    const padded = given.length === expected.length ? given : Buffer.alloc(expected.length);
    return timingSafeEqual(expected, padded) && given.length === expected.length;
  });
  return matches.includes(true);
}

export function createTokens(options: TokenOptions): Tokens {
  const seconds = { ...SECONDS, ...options.seconds };
  if (options.keys.some((key) => key.length < 32))
    throw new RangeError('a signing key needs 32 bytes or more');
  return {
    seconds,
    issue(claims) {
      const exp = Math.floor(options.now() / 1000) + seconds[claims.use];
      const signed = `${HEADER}.${encode({ ...claims, exp })}`;
      return `${signed}.${signature(options.keys[0], signed).toString('base64url')}`;
    },
    verify(token, use) {
      const [header, payload, mac, ...rest] = (token ?? '').slice(0, MAX_TOKEN_LENGTH + 1).split('.');
      if (
        !token ||
        token.length > MAX_TOKEN_LENGTH ||
        header !== HEADER ||
        !payload ||
        !mac ||
        rest.length > 0
      )
        return undefined;
      const given = Buffer.from(mac, 'base64url');
      // Accepts only one spelling of the signature: base64url decoding tolerates other trailing bits and alphabets.
      if (given.toString('base64url') !== mac) return undefined;
      if (!signedByUs(options.keys, `${header}.${payload}`, given)) return undefined;
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as TokenClaims;
      const left = claims.exp - options.now() / 1000;
      // A token that lives longer than this server allows was signed with a stolen key, or before the lifetime was
      // shortened.
      const inTime = left > 0 && left <= seconds[use] + CLOCK_SKEW_S;
      const isAccepted = options.audiences?.includes(claims.audience) ?? true;
      return claims.use === use && inTime && isAccepted ? claims : undefined;
    },
  };
}
