/** The outcome of one send, read from the connector's answer, and the wait before the next try. */

/** The connector's result of one request. */
export type SendResult =
  | { readonly kind: 'answered'; readonly status: number; readonly code?: string; readonly retryAfterMs?: number; readonly activityId?: string }
  | { readonly kind: 'timed-out' }
  | { readonly kind: 'reset' }
  /** There was no token, so nothing was sent. */
  | { readonly kind: 'no-token' }; // prettier-ignore

/** The meaning of the result, whatever was sent. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly activityId: string | null }
  /** Refused now, to be repeated later; nothing was delivered. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | null }
  | { readonly kind: 'retry'; readonly code: string }
  /** Unknown whether it was delivered. */
  | { readonly kind: 'ambiguous'; readonly code: string }
  /** This recipient cannot get messages any more. */
  | { readonly kind: 'gone'; readonly code: string }
  /** Refused for this conversation, and unknown whether for good: no proof against the recipient or the bot. */
  | { readonly kind: 'doubtful'; readonly code: string }
  /** The message to update no longer exists. */
  | { readonly kind: 'missing'; readonly code: string }
  /** The platform will never accept this request. */
  | { readonly kind: 'refused'; readonly code: string }
  /** The recipient's tenant blocks the bot: nobody there gets cards until the tenant's administrator allows the bot. */
  | { readonly kind: 'disabled-by-admin'; readonly code: string }
  /** The platform rejects the bot's credentials: nobody gets cards until an operator repairs that. */
  | { readonly kind: 'unauthorised'; readonly code: string };

/**
 * Reads the platform's answer to a send. 429 and 412 mean that nothing was sent. After 5xx, a reset or a
 * time-out, the bot cannot know whether the message was sent. 403 and an unknown conversation are final, except for a
 * bot that an administrator disabled: that says nothing about the recipient.
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

/** The documented reasons of a 403, folded; every other reason may be temporary. */
const REFUSALS: Readonly<Record<string, 'gone' | 'disabled-by-admin'>> = {
  botdisabledbyadmin: 'disabled-by-admin',
  conversationblockedbyuser: 'gone',
  botnotinconversationroster: 'gone',
  messagewritesblocked: 'gone',
};

/** First wait, longest wait and total time of the retries: 8 tries or one hour, whichever comes first. */
export const BACKOFF = {
  baseMs: 2000,
  capMs: 10 * 60_000,
  tries: 8,
  leastTries: 3,
  patienceMs: 3_600_000,
} as const;
/** A longer Retry-After is cut to this, so that an absurd value does not stop the recipient for a day. */
const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/**
 * Milliseconds to wait after the `attempt`-th try (from 1), with full jitter: between zero and the doubled wait.
 * After a Retry-After, that time and up to a second more, so that waiting requests do not return all at once.
 * @param random in [0, 1).
 */
export function waitAfter(attempt: number, retryAfterMs: number | null, random: number): number {
  if (retryAfterMs !== null && retryAfterMs >= 0) {
    return Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS) + Math.floor(random * 1000);
  }
  const ceiling = Math.min(BACKOFF.capMs, BACKOFF.baseMs * 2 ** Math.min(attempt - 1, 20));
  return Math.floor(random * ceiling);
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date; undefined for any other text. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const given = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d{1,6})?$/.test(given)) return Math.ceil(Number(given) * 1000);
  const at = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(given)
    ? Date.parse(given)
    : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
