/** The text of a key: a public id and a random secret. Only the hash of the secret is stored. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Scanners for leaked secrets find keys by this beginning. */
const PREFIX = 'odk';
const ID_BYTES = 6;
const SECRET_BYTES = 32;
const FORM = new RegExp(`^${PREFIX}_([0-9a-f]{${2 * ID_BYTES}})_([\\w-]{43})$`);

export interface KeyText {
  readonly id: string;
  readonly secret: string;
}

/** A new random key. */
export function newKeyText(): KeyText {
  return {
    id: randomBytes(ID_BYTES).toString('hex'),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
}

/** The key as the client sends it. */
export function keyLine({ id, secret }: KeyText): string {
  return `${PREFIX}_${id}_${secret}`;
}

/** The parts of a key; undefined for text that is no key. */
export function readKey(text: string): KeyText | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** The stored hash of a secret. Plain SHA-256 is enough for 32 random bytes. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}

/** Compares a secret with the stored hash in constant time. */
export function isSecretOf(secret: string, hash: string): boolean {
  const [given, stored] = [Buffer.from(hashOf(secret), 'hex'), Buffer.from(hash, 'hex')];
  return given.length === stored.length && timingSafeEqual(given, stored);
}
