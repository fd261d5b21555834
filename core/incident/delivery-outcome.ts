/** What a try to send came to, read from the connector's answer; and how long to wait before the next. */

/** What the edge reports of one request to the connector. */
export type SendResult =
  | { readonly kind: 'answered'; readonly status: number; readonly code?: string; readonly retryAfterMs?: number; readonly activityId?: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'reset' }
  /** No token could be had: nothing was sent. */
  | { readonly kind: 'no-token' }; // prettier-ignore

/** What that means, without regard to what was sent. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly activityId: string | null }
  /** Refused now, welcome later; nothing was delivered. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | { readonly kind: 'retry'; readonly code: string }
  /** Nobody knows whether it was delivered. */
  | { readonly kind: 'ambiguous'; readonly code: string }
  /** This recipient cannot be told any more. */
  | { readonly kind: 'gone'; readonly code: string }
  /** Refused for this conversation, and nobody knows whether for good: a verdict on neither the recipient nor the bot. */
  | { readonly kind: 'doubtful'; readonly code: string }
  /** The message that was to be changed is no longer there. */
  | { readonly kind: 'missing'; readonly code: string }
  /** This request will never be taken. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The bot is shut out of the recipient's tenant: nobody there can be told until its administrator lets it in. */
  | { readonly kind: 'disabled-by-admin'; readonly code: string }
  /** The bot itself is not let in: nobody can be told until somebody mends it. */
  | { readonly kind: 'unauthorised'; readonly code: string };

/**
 * Reads the platform's answer to a send. 429 and 412 mean that nothing was done; 5xx, a reset and a
 * time-out say nothing about that; 403 and an unknown conversation are for good, but for a bot an administrator disabled:
 * that says nothing about the recipient.
 */
export function outcomeOf(result: SendResult): Outcome {
  switch (result.kind) {
    case 'timed-out':
      return { kind: 'ambiguous', code: 'timed-out' };
    case 'reset':
      return { kind: 'ambiguous', code: 'reset' };
    case 'no-token':
      return { kind: 'unauthorised', code: 'no-token' };
    case 'answered':
      return answered(result.status, result.code ?? '', result);
  }
}

function answered(
  status: number,
  reason: string,
  result: Extract<SendResult, { kind: 'answered' }>,
): Outcome {
  const code = reason === '' ? String(status) : `${String(status)} ${reason.slice(0, 60)}`;
  if (status >= 200 && status < 300) return { kind: 'accepted', activityId: result.activityId ?? null };
  if (status === 429) return { kind: 'throttled', retryAfterMs: result.retryAfterMs ?? null };
  if (status === 412 || status === 408) return { kind: 'retry', code };
  if (status >= 500) return { kind: 'ambiguous', code };
  if (status === 401) return { kind: reason === 'BotNotRegistered' ? 'unauthorised' : 'doubtful', code };
  if (status === 403) return { kind: REFUSALS[reason.toLowerCase()] ?? 'doubtful', code };
  if (status === 404)
    return /^ConversationNotFound$/i.test(reason) ? { kind: 'gone', code } : { kind: 'missing', code };
  return { kind: 'refused', code };
}

/** The documented reasons of a 403, folded; every other one may pass. */
const REFUSALS: Readonly<Record<string, 'gone' | 'disabled-by-admin'>> = {
  botdisabledbyadmin: 'disabled-by-admin',
  conversationblockedbyuser: 'gone',
  botnotinconversationroster: 'gone',
  messagewritesblocked: 'gone',
};

/** First wait, longest wait and patience of the back-off: 8 tries or one hour, whichever comes first. */
export const BACKOFF = { baseMs: 2000, capMs: 10 * 60_000, tries: 8, patienceMs: 3_600_000 } as const;
/** A Retry-After longer than this is taken as this: an absurd one must not stop the recipient for a day. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/**
 * Milliseconds to wait after the `attempt`-th try (from 1), with full jitter: anything between nothing and the doubled
 * wait. A Retry-After is obeyed, with up to a second more so that waiters do not all come back at once.
 * @param random in [0, 1).
 */
export function waitAfter(attempt: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null && retryAfterMs >= 0) {
    return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + Math.floor(random * 1000);
  }
  const ceiling = Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** Math.min(attempt - 1, 20));
  return Math.floor(random * ceiling);
}

/** `Retry-After` in milliseconds: seconds or an HTTP date; undefined for neither. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const given = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,6})?$/.test(given)) return Math.ceil(Number(given) * 1000);
  const at = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(given)
    ? Date.parse(given)
    : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
