/**
 * Limits the bot's requests to a channel: only to allowed hosts, at most ten seconds in all cases, and at most one
 * retry. The SDK's own policy sends a message up to four times and has no time limit.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DeskError } from '../../core/errors.js';
import { withinOrThrow } from './timeouts.js';

/** Milliseconds for one call including token, waiting and a second attempt. */
const CALL_MS = 10_000;
/** If a channel asks for a longer wait, the bot does not retry, because a person waits for the turn. */
const LONGEST_WAIT_MS = 3_000;
const PAUSE_MS = 500;
/** The request was not accepted, or its result is unknown: one retry is useful. */
const PASSING = new Set([412, 429, 500, 502, 503, 504]);
const BROKEN = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EAI_AGAIN',
  'REQUEST_SEND_ERROR',
]);

/** The part of an HTTP pipeline that this file changes; the SDK's clients have a pipeline. */
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

/** Replaces a connector client's own retries and redirects with one limited call. */
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
  // Outermost, so that the limit also covers a login server that does not answer.
  const outermost = { phase: 'Serialize', beforePolicies: ['serializationPolicy'] } as const;
  pipeline.addPolicy(
    { name: 'offerDeskBounds', sendRequest },
    { ...outermost, beforePolicies: [...outermost.beforePolicies] },
  );
  return client;
}

/** Makes a client only for an allowed service URL. @throws DeskError `auth.forbidden` */
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

/** Milliseconds until a second attempt; undefined when there should be none. */
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
