/** Reads the public keys partners sign their customers' tokens with: a JWKS file, or one key as PEM. */
import { createPublicKey } from 'node:crypto';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { DeskError } from '../../../core/errors.js';

const NAME = 'OFFER_DESK_IDENTITY_KEYS';
const Key = z.looseObject({
  kty: z.enum(['RSA', 'EC']),
  d: z.never('a private key has no place here').optional(),
});
const Keys = z.object({ keys: z.array(Key).min(1).max(20) });

/** @throws DeskError `config.invalid` for anything that is not public RSA or EC keys. */
export function publicKeys(text: string): JSONWebKeySet {
  const parsed = Keys.safeParse(read(text));
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues[0]?.message ?? '';
  throw new DeskError(
    'config.invalid',
    `${NAME}: neither a JWKS of public keys nor a public key as PEM; ${why}`,
  );
}

function read(text: string): unknown {
  try {
    if (!text.trimStart().startsWith('-----BEGIN')) return JSON.parse(text);
    if (text.includes('PRIVATE')) throw new Error('a private key has no place here');
    return { keys: [createPublicKey(text).export({ format: 'jwk' })] };
  } catch (cause) {
    throw new DeskError('config.invalid', `${NAME}: cannot be read as a JWKS or as a public key`, { cause });
  }
}
