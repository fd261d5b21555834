/** Checks that a request comes from the named sender: by a signature over the raw bytes, or by a token. */
import type { OutageSource, SenderSecrets } from '../../core/incident/ports.js';
import {
  matchUrlToken,
  verifyInstatus,
  verifyPagerduty,
  verifyStandardWebhook,
  webhookSecret,
  type Headers,
} from './verify.js';

export type Authenticated =
  | { readonly kind: 'sender'; readonly delivery: string | null }
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly reason: string };

/**
 * True when the request has a token of the source: in its URL, as `Authorization: Bearer`, or as the password of Basic.
 */
export function hasToken(
  hashes: readonly string[],
  request: { readonly url?: string | undefined; readonly headers: Headers },
): boolean {
  const inAddress = new URL(request.url ?? '/', 'http://localhost').searchParams.get('token');
  const given = [inAddress ?? '', ...inHeader(request.headers.authorization)];
  return given.some((token) => matchUrlToken(token, hashes) >= 0);
}

function inHeader(header: Headers[string]): readonly string[] {
  const [, scheme = '', value = ''] =
    /^(bearer|basic)\s+(\S{1,2000})$/i.exec(typeof header === 'string' ? header.trim() : '') ?? [];
  if (scheme.toLowerCase() === 'bearer') return [value];
  if (scheme === '') return [];
  const pair = Buffer.from(value, 'base64').toString('utf8');
  return [pair.slice(pair.indexOf(':') + 1)];
}

/** Authenticates a request for a registered sender. Polled senders and the staff's form never post to this route. */
export async function authenticate(
  source: OutageSource,
  request: { readonly headers: Headers; readonly body: Buffer },
  secrets: SenderSecrets,
  now: number,
): Promise<Authenticated> {
  const { auth } = source;
  switch (auth.kind) {
    case 'url-token':
      // Already checked before the body was read.
      return { kind: 'sender', delivery: null };
    case 'standard-webhooks': {
      const keys = (await read(auth.secretRefs, secrets)).map(webhookSecret);
      return judged(verifyStandardWebhook(request.headers, request.body, keys, now));
    }
    case 'pagerduty': {
      const keys = (await read(auth.secretRefs, secrets)).map((secret) => Buffer.from(secret, 'utf8'));
      return judged(verifyPagerduty(request.headers, request.body, keys));
    }
    case 'instatus': {
      const keys = (await read(auth.secretRefs, secrets)).map((secret) => Buffer.from(secret, 'utf8'));
      return judged(verifyInstatus(request.headers, request.body, keys));
    }
    case 'polled':
    case 'staff':
      return { kind: 'refused', status: 401, reason: 'does-not-post' };
  }
}

function judged(verdict: ReturnType<typeof verifyStandardWebhook>): Authenticated {
  return verdict.kind === 'verified' ? { kind: 'sender', delivery: verdict.id } : verdict;
}

async function read(references: readonly string[], secrets: SenderSecrets): Promise<readonly string[]> {
  const found = await Promise.all(references.map((reference) => secrets.read(reference)));
  return found.filter((secret) => secret !== undefined);
}
