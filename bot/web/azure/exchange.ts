/**
 * The token API of Azure Direct Line: exchanges the secret for a token of one conversation. Sends the secret to no
 * other place.
 */
import { z } from 'zod';
import { DeskError } from '../../../core/errors.js';

export interface DirectLineSecret {
  readonly secret: string;
  /** Address of Direct Line without a slash at the end. */
  readonly url: string;
}

export interface ChannelToken {
  readonly conversationId: string;
  readonly token: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** Direct Line refused because of too many requests. `retryAfter` is Direct Line's own value, in seconds. */
export class TooOften extends DeskError {
  constructor(readonly retryAfter: string) {
    super('rate.limited', 'Direct Line asks to wait');
  }
}

export interface Exchange {
  /** A token for a new conversation of this user, valid only in pages of these origins. */
  generate(userId: string, trustedOrigins: readonly string[]): Promise<ChannelToken>;
  /**
   * A fresh token for an existing conversation. Throws DeskError `conversation.unknown` when the conversation does not
   * exist.
   */
  reconnect(conversationId: string): Promise<ChannelToken>;
}

const Answer = z.object({
  conversationId: z.string().min(1).max(200),
  token: z.string().min(1).max(8_192),
  expires_in: z.number().positive().default(1_800),
});
const PATIENCE_MS = 10_000;
const MAX_WAIT_S = 3_600;

/**
 * Every call throws DeskErrors: `channel.refused` when the secret is not accepted, TooOften, `channel.unavailable` for
 * no answer, a failure of Direct Line, a redirect (the secret follows no redirect) or an answer of another shape.
 */
export function createExchange(options: DirectLineSecret & { readonly patienceMs?: number }): Exchange {
  const call = async (method: string, path: string, body?: object): Promise<ChannelToken> => {
    const response = await fetch(`${options.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${options.secret}`, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(options.patienceMs ?? PATIENCE_MS),
    }).catch((cause: unknown) => {
      throw new DeskError('channel.unavailable', `Direct Line did not answer (${nameOf(cause)})`);
    });
    return answerOf(response);
  };
  return {
    generate: (id, trustedOrigins) => call('POST', '/tokens/generate', { user: { id }, trustedOrigins }),
    reconnect: (id) => call('GET', `/conversations/${encodeURIComponent(id)}`),
  };
}

/** Only the name of a failure: its message may quote the request. */
function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown';
}

async function answerOf(response: Response): Promise<ChannelToken> {
  const { status } = response;
  if (status === 401 || status === 403)
    throw new DeskError('channel.refused', `Direct Line answered ${String(status)} to the secret`);
  if (status === 404)
    throw new DeskError('conversation.unknown', 'Direct Line does not know the conversation');
  if (status === 429) throw new TooOften(retryAfter(response.headers.get('retry-after')));
  if (!response.ok) throw new DeskError('channel.unavailable', `Direct Line answered ${String(status)}`);
  const parsed = Answer.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success)
    throw new DeskError('channel.unavailable', 'the answer of Direct Line has an unknown form');
  return parsed.data;
}

function retryAfter(header: string | null): string {
  const seconds = Number(header);
  return String(Number.isInteger(seconds) && seconds > 0 ? Math.min(seconds, MAX_WAIT_S) : 5);
}
