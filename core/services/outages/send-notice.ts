/** Sends a message about several outages, a digest or a weekly summary, within the platform's limits. */
import { outcomeOf, type SendResult } from '../../incident/delivery-outcome.js';
import type { RecipientStore } from '../../incident/ports.js';
import type { Limiter } from '../../incident/rate.js';
import type { Clock } from '../../ports.js';

export interface NoticeDeps {
  readonly recipients: Pick<RecipientStore, 'setReachable'>;
  readonly limiter: Pick<Limiter, 'take' | 'pause'>;
  readonly now: Clock;
  readonly sleep: (ms: number) => Promise<void>;
}

/** A message that would have to wait longer than this comes with a later batch. */
const PATIENCE_MS = 5000;

/** Sends once. True when the message is done: it arrived, may have arrived, or can never arrive. False: try again later. */
export async function sendNotice(
  deps: NoticeDeps,
  { readerId, tenantId }: { readonly readerId: string; readonly tenantId: string },
  send: () => Promise<SendResult>,
): Promise<boolean> {
  if (!(await mayGo(deps, tenantId, readerId))) return false;
  const outcome = outcomeOf(await send());
  switch (outcome.kind) {
    case 'throttled':
      deps.limiter.pause(tenantId, deps.now() + (outcome.retryAfterMs ?? 2000));
      return false;
    case 'retry':
    case 'doubtful':
    case 'unauthorised':
    case 'disabled-by-admin':
      return false;
    case 'gone':
      await deps.recipients.setReachable(readerId, false, outcome.code, deps.now());
      return true;
    case 'accepted':
    case 'ambiguous':
    case 'missing':
    case 'refused':
      // After a digest the cards of the open incidents follow anyway; a second summary would repeat the first.
      return true;
  }
}

async function mayGo({ limiter, now, sleep }: NoticeDeps, tenantId: string, readerId: string) {
  for (const end = now() + PATIENCE_MS; ;) {
    const permission = limiter.take(tenantId, readerId, now());
    if (permission.kind === 'go') return true;
    if (permission.until > end) return false;
    await sleep(Math.max(1, permission.until - now()));
  }
}
