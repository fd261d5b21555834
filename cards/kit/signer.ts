/** Signs button payloads with a secret key (HMAC-SHA256), compared in constant time. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Signer } from './types.js';

/** A signer over one key, and older keys that are still accepted while a key is being changed. */
export function hmacSigner(
  key: string | Uint8Array,
  olderKeys: readonly (string | Uint8Array)[] = [],
): Signer {
  const signWith = (secret: string | Uint8Array, text: string) =>
    createHmac('sha256', secret).update(text, 'utf8').digest('base64url');
  return {
    sign: (text) => signWith(key, text),
    verify: (text, signature) =>
      [key, ...olderKeys].some((secret) => equal(signWith(secret, text), signature)),
  };
}

function equal(expected: string, given: string): boolean {
  const left = Buffer.from(expected);
  const right = Buffer.from(given);
  return left.length === right.length && timingSafeEqual(left, right);
}
