/**
 * Bounds what the bot sends to a channel: only to hosts it may answer to, within ten seconds however the other side behaves,
 * and tried again at most once. The SDK's own policy sends a message up to four times and waits for ever.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../core/errors.js';
import { withinOrThrow } from './timeouts.js';

/** Milliseconds one call may take with everything in it: token, waiting, a second try. */
const CALL_MS = 10_000;
/** A channel that asks for more patience than this gets none: the turn has somebody waiting. */
const LONGEST_WAIT_MS = 3_000;
const PAUSE_MS = 500;
/** Never accepted, or nobody knows: worth one more try. */
const PASSING = new Set([412, 429, 500, 502, 503, 504]);
const BROKEN = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'REQUEST_SEND_ERROR',
]);

/** The part of an HTTP pipeline this file changes; the SDK's clients have one. */
interface Pipeline {
  removePolicy(options: { readonly name: string }): unknown;
  addPolicy(
    policy: Policy,
    options: { readonly phase: 'Serialize'; readonly beforePolicies: string[] },
  ): void;
}
interface Policy {
  readonly name: string;
  sendRequest(request: object, next: (request: object) => Promise<unknown>): Promise<unknown>;
}

/** Takes a connector client's own retries and redirects away and puts one bounded call in their place. */
export function boundCalls<T extends object>(client: T, callMs = CALL_MS): T {
  const { pipeline } = (client as { client?: { pipeline?: Pipeline } }).client ?? {};
  if (!pipeline) return client;
  pipeline.removePolicy({ name: 'defaultRetryPolicy' });
  pipeline.removePolicy({ name: 'redirectPolicy' });
  const sendRequest: Policy['sendRequest'] = (request, next) =>
    withinOrThrow(
      callMs,
      twice(() => next(request)),
      () => new DeskError('channel.unavailable', `The channel gave no answer within ${callMs} ms`),
    );
  // Outermost, so that a login server that does not answer is bounded too.
  const outermost = { phase: 'Serialize', beforePolicies: ['serializationPolicy'] } as const;
  pipeline.addPolicy(
    { name: 'offerDeskBounds', sendRequest },
    { ...outermost, beforePolicies: [...outermost.beforePolicies] },
  );
  return client;
}

/** Makes a client only for a service URL the bot may send to. @throws DeskError `auth.forbidden` */
export async function connect<T extends object>(
  serviceUrl: string,
  allowed: (serviceUrl: string) => boolean,
  make: () => Promise<T>,
): Promise<T> {
  if (!allowed(serviceUrl)) throw new DeskError('auth.forbidden', 'this service URL may not be sent to');
  return boundCalls(await make());
}

async function twice(call: () => Promise<unknown>): Promise<unknown> {
  try {
    return await call();
  } catch (error) {
    const wait = pauseAfter(error);
    if (wait === undefined) throw error;
    await sleep(wait);
    return call();
  }
}

/** Milliseconds until a second try, or undefined where there should be none. */
function pauseAfter(error: unknown): number | undefined {
  const { statusCode, code, response } = error as {
    statusCode?: number;
    code?: string;
    response?: { headers?: { get?: (name: string) => string | undefined } };
  };
  if (statusCode === undefined) return code !== undefined && BROKEN.has(code) ? PAUSE_MS : undefined;
  if (!PASSING.has(statusCode)) return undefined;
  const asked = Number(response?.headers?.get?.('retry-after') ?? Number.NaN) * 1000;
  if (Number.isNaN(asked)) return PAUSE_MS;
  return asked <= LONGEST_WAIT_MS ? asked : undefined;
}
