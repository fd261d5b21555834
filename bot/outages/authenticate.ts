/** Is this request from the sender it says it is from? By signature over the raw bytes, or by the token in its URL. */
import type { OutageSource, SenderSecrets } from '../../core/incident/ports.js';
import {
  matchUrlToken,
  verifyInstatus,
  verifyStandardWebhook,
  webhookSecret,
  type Headers,
} from './verify.js';

export type Authenticated =
  | { readonly kind: 'sender'; readonly delivery: string | null }
  | { readonly kind: 'refused'; readonly status: 400 | 401; readonly reason: string };

/** Judges a request for a registered sender. Polled senders and the staff's form never post here. */
export async function authenticate(
  source: OutageSource,
  request: { readonly headers: Headers; readonly body: Buffer; readonly token: string },
  secrets: SenderSecrets,
  now: number,
): Promise<Authenticated> {
  const { auth } = source;
  switch (auth.kind) {
    case 'url-token':
      return matchUrlToken(request.token, auth.hashes) < 0
        ? { kind: 'refused', status: 401, reason: 'wrong-token' }
        : { kind: 'sender', delivery: null };
    case 'standard-webhooks': {
      const keys = (await read(auth.secretRefs, secrets)).map(webhookSecret);
      return judged(verifyStandardWebhook(request.headers, request.body, keys, now));
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
