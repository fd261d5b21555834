/** Verifies the sender: signatures over the raw bytes, and secret tokens for senders without a signature. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { DeskError } from '../../core/errors.js';

/** Lower-case header names with their values, as Node provides them. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Why the server rejects a request. The sender gets only the status; the log gets the reason. */
export type Refusal =
  | 'no-id'
  | 'bad-id'
  | 'no-timestamp'
  | 'bad-timestamp'
  | 'too-old'
  | 'too-new'
  | 'no-signature'
  | 'wrong-signature';
export type Verdict =
  | { readonly kind: 'verified'; readonly id: string | null; readonly secretIndex: number }
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly reason: Refusal };

/** Maximum difference of a sender's clock, in seconds, in both directions (Standard Webhooks 1.0.0). */
const TOLERANCE_SECONDS = 300;
/** Maximum number of signatures that are checked in one header: two keys in rotation need two. */
const MAX_SIGNATURES = 10;
const MAX_ID = 255;

/**
 * Verifies a Standard Webhooks request: `HMAC-SHA256(secret, id.timestamp.body)` over the bytes as received.
 * @param secrets one, or two during a rotation, each from `webhookSecret`.
 * @param now milliseconds since the epoch.
 */
export function verifyStandardWebhook(
  headers: Headers,
  body: Uint8Array,
  secrets: readonly Buffer[],
  now: number,
): Verdict {
  const id = header(headers, 'webhook-id') ?? header(headers, 'svix-id');
  const timestamp = header(headers, 'webhook-timestamp') ?? header(headers, 'svix-timestamp');
  const signatures = header(headers, 'webhook-signature') ?? header(headers, 'svix-signature');
  const refusal = badId(id) ?? badTimestamp(timestamp, now);
  if (refusal) return refused(refusal);
  if (signatures === undefined) return refused('no-signature');
  const signed = Buffer.concat([Buffer.from(`${id ?? ''}.${timestamp ?? ''}.`, 'utf8'), body]);
  const given = signatures.split(' ', MAX_SIGNATURES).flatMap(v1Signature);
  const secretIndex = matching(secrets, signed, given);
  return secretIndex < 0 ? refused('wrong-signature') : { kind: 'verified', id: id ?? null, secretIndex };
}

/** With a point in an id, one signed text could be read as two different texts. */
function badId(id: string | undefined): Refusal | undefined {
  if (id === undefined || id === '') return 'no-id';
  return id.length > MAX_ID || !/^[!-~]+$/.test(id) || id.includes('.') ? 'bad-id' : undefined;
}

function badTimestamp(given: string | undefined, now: number): Refusal | undefined {
  if (given === undefined || given === '') return 'no-timestamp';
  if (!/^\d{1,12}$/.test(given)) return 'bad-timestamp';
  const behind = Math.floor(now / 1000) - Number(given);
  if (behind > TOLERANCE_SECONDS) return 'too-old';
  return behind < -TOLERANCE_SECONDS ? 'too-new' : undefined;
}

/** The bytes of a `v1` signature. Senders that use other versions (`v1a`) also sign with `v1`. */
function v1Signature(entry: string): readonly Buffer[] {
  const comma = entry.indexOf(',');
  return entry.slice(0, comma) === 'v1' ? [Buffer.from(entry.slice(comma + 1), 'base64')] : [];
}

/**
 * Verifies an Instatus request: the header is the hexadecimal HMAC-SHA256 of the body. It has neither an id nor a time,
 * so the notice's own dedupe key must stop replays.
 */
export function verifyInstatus(headers: Headers, body: Uint8Array, secrets: readonly Buffer[]): Verdict {
  const given = header(headers, 'x-instatus-webhook-signature');
  if (given === undefined || given === '') return refused('no-signature');
  if (!/^[0-9a-f]{64}$/i.test(given.trim())) return refused('wrong-signature');
  const secretIndex = matching(secrets, body, [Buffer.from(given.trim(), 'hex')]);
  return secretIndex < 0 ? refused('wrong-signature') : { kind: 'verified', id: null, secretIndex };
}

/** Verifies a PagerDuty request: `v1=` and the hexadecimal HMAC-SHA256 of the body, once for each active key. */
export function verifyPagerduty(headers: Headers, body: Uint8Array, secrets: readonly Buffer[]): Verdict {
  const given = header(headers, 'x-pagerduty-signature');
  if (given === undefined || given === '') return refused('no-signature');
  const signatures = given
    .split(',', MAX_SIGNATURES)
    .flatMap((one) => /^\s*v1=([0-9a-f]{64})\s*$/i.exec(one)?.[1] ?? [])
    .map((hex) => Buffer.from(hex, 'hex'));
  const secretIndex = matching(secrets, body, signatures);
  return secretIndex < 0 ? refused('wrong-signature') : { kind: 'verified', id: null, secretIndex };
}

/** The index of the secret that made one of the signatures, or -1. Always compares every pair. */
function matching(secrets: readonly Buffer[], signed: Uint8Array, given: readonly Buffer[]): number {
  let found = -1;
  for (const [index, secret] of secrets.entries()) {
    const expected = createHmac('sha256', secret).update(signed).digest();
    for (const signature of given) {
      if (same(expected, signature) && found < 0) found = index;
    }
  }
  return found;
}

/** Compares in constant time. A value with a wrong length is compared with itself. */
function same(expected: Buffer, given: Buffer): boolean {
  const comparable = given.length === expected.length;
  return timingSafeEqual(expected, comparable ? given : expected) && comparable;
}

/**
 * The key of a configured Standard Webhooks secret.
 * @throws DeskError `config.invalid` unless it is `whsec_` and base64 of 24 to 64 bytes.
 */
export function webhookSecret(configured: string): Buffer {
  const encoded = configured.startsWith('whsec_') ? configured.slice(6) : '';
  const key = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64') : Buffer.alloc(0);
  if (key.length >= 24 && key.length <= 64) return key;
  throw new DeskError(
    'config.invalid',
    'A webhook secret has the form whsec_ followed by base64 of 24 to 64 bytes.',
  );
}

/** The minimum length of a URL token: 128 bits in base64url. */
const TOKEN_CHARS = 22;

/** A new URL token of 256 bits, from 32 random bytes. It is shown once; the server stores only its hash. */
export function urlToken(random: Uint8Array): string {
  if (random.byteLength < 32) throw new DeskError('invariant', 'A URL token needs 32 random bytes.');
  return Buffer.from(random).toString('base64url');
}

/** The stored hash of a URL token. Plain SHA-256 is enough for a random secret of this length. */
export function hashUrlToken(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** The index of the stored hash that matches the token (two hashes during a rotation), or -1. */
export function matchUrlToken(token: string, hashes: readonly string[]): number {
  const given = Buffer.from(hashUrlToken(token), 'hex');
  let found = -1;
  for (const [index, hash] of hashes.entries()) {
    if (same(Buffer.from(hash, 'hex'), given) && found < 0) found = index;
  }
  return token.length >= TOKEN_CHARS ? found : -1;
}

/** Eight characters that distinguish tokens in a log but do not reveal them. */
export function tokenFingerprint(token: string): string {
  return hashUrlToken(hashUrlToken(token)).slice(0, 8);
}

/** A header's single value. A repeated header counts as absent, because the right value is unknown. */
function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function refused(reason: Refusal): Verdict {
  const malformed = ['no-id', 'bad-id', 'no-timestamp', 'bad-timestamp'].includes(reason);
  return { kind: 'refused', status: malformed ? 400 : 401, reason };
}
