/**
 * The partner's customers and their subscriptions through Partner Center's REST API. The log has the kind of request,
 * the status and the correlation id; never a token, a name or an id of a customer.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readCustomers, readSubscriptions } from '../../core/partner-center/read.js';
import type { PartnerCenter, PartnerCenterAnswer } from '../../core/partner-center/types.js';
import type { Clock, Log } from '../../core/ports.js';
import { textWithin } from '../runtime/outside-fetch.js';
import { openSignIn, PARTNER_CENTER, SignInRefused, type PartnerCenterAccount } from './sign-in.js';

export interface PartnerCenterDeps {
  readonly account: PartnerCenterAccount;
  readonly send: typeof fetch;
  readonly now: Clock;
  readonly log: Log;
  /** A new GUID for each request, by which Microsoft's support finds it. */
  readonly newId: () => string;
  /** Milliseconds to wait for one answer, with sign-in, waiting and a second attempt. */
  readonly patienceMs?: number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

const PATIENCE_MS = 6_000;
/** A person waits: when Partner Center asks for a longer wait, the bot says that it is busy. */
const LONGEST_WAIT_MS = 2_000;
const PAUSE_MS = 500;
const MOST_BYTES = 4 * 2 ** 20;
const MOST_CUSTOMERS = 20;

/** An answer of Partner Center with its body; undefined for a body that is no JSON. */
interface Reply {
  readonly status: number;
  readonly body: unknown;
  /** Milliseconds that Partner Center wants to be left alone. */
  readonly waitMs?: number;
}

/** Opens the client of a configured account. */
export function openPartnerCenter(deps: PartnerCenterDeps): PartnerCenter {
  const client = new Client(deps);
  return {
    customersNamed: (name) => {
      const filter = JSON.stringify({ Field: 'CompanyName', Value: name, Operator: 'starts_with' });
      const query = new URLSearchParams({ size: String(MOST_CUSTOMERS), filter });
      const nobody = { customers: [], more: false };
      return client.ask('customers', `/v1/customers?${query.toString()}`, readCustomers, nobody);
    },
    subscriptionsOf: (customerId) =>
      client.ask(
        'subscriptions',
        `/v1/customers/${encodeURIComponent(customerId)}/subscriptions`,
        readSubscriptions,
        [],
      ),
  };
}

class Client {
  private readonly signIn;
  private readonly wait;
  /** Partner Center counts every request, also one that comes too early. */
  private leftAloneUntil = 0;

  constructor(private readonly deps: PartnerCenterDeps) {
    this.signIn = openSignIn(deps.account, deps.send, deps.now);
    this.wait = deps.wait ?? ((ms: number) => sleep(ms));
  }

  /** @param none the value when Partner Center does not know what was asked for */
  async ask<T>(
    what: string,
    path: string,
    read: (body: unknown) => T | undefined,
    none: T,
  ): Promise<PartnerCenterAnswer<T>> {
    if (this.deps.now() < this.leftAloneUntil) return { kind: 'busy' };
    const correlationId = this.deps.newId();
    const told = { what, correlationId };
    try {
      const signal = AbortSignal.timeout(this.deps.patienceMs ?? PATIENCE_MS);
      const reply = await this.replyTo(path, correlationId, signal);
      const answer = answerOf(reply, read, none);
      if (answer.kind !== 'known')
        this.deps.log.warn('partner-center.unavailable', {
          ...told,
          because: answer.kind,
          status: reply.status,
        });
      return answer;
    } catch (error) {
      const refused = error instanceof SignInRefused;
      const kind = refused ? 'refused' : 'unavailable';
      const { name, code } = error as { name?: unknown; code?: unknown };
      this.deps.log.warn('partner-center.unavailable', { ...told, because: kind, error: name, code });
      return { kind };
    }
  }

  /** One request, and a second one after a token that ended, a short wait, or an error of the service. */
  private async replyTo(path: string, correlationId: string, signal: AbortSignal): Promise<Reply> {
    const token = await this.signIn.token(signal);
    const first = await this.get(path, token, correlationId, signal);
    if (first.status === 401) {
      this.signIn.forget(token);
      return this.get(path, await this.signIn.token(signal), correlationId, signal);
    }
    const pause = pauseAfter(first);
    if (pause === undefined) return this.noted(first);
    await this.wait(pause);
    signal.throwIfAborted();
    return this.noted(await this.get(path, token, correlationId, signal));
  }

  private noted(reply: Reply): Reply {
    if (reply.status === 429 && reply.waitMs !== undefined)
      this.leftAloneUntil = this.deps.now() + reply.waitMs;
    return reply;
  }

  private async get(path: string, token: string, correlationId: string, signal: AbortSignal): Promise<Reply> {
    const answer = await this.deps.send(`${PARTNER_CENTER}${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/json',
        'MS-RequestId': this.deps.newId(),
        'MS-CorrelationId': correlationId,
        'X-Locale': 'en-US',
      },
      redirect: 'manual',
      signal,
    });
    const text = await textWithin(answer, MOST_BYTES);
    const waitMs = waitOf(answer.headers.get('retry-after'), this.deps.now());
    return { status: answer.status, body: json(text), ...(waitMs !== undefined && { waitMs }) };
  }
}

function answerOf<T>(
  { status, body }: Reply,
  read: (body: unknown) => T | undefined,
  none: T,
): PartnerCenterAnswer<T> {
  if (status === 404) return { kind: 'known', value: none };
  if (status === 401 || status === 403) return { kind: 'refused' };
  if (status === 429) return { kind: 'busy' };
  const value = status === 200 ? read(body) : undefined;
  return value === undefined ? { kind: 'unavailable' } : { kind: 'known', value };
}

/** Milliseconds until a second attempt; undefined when there should be none. */
function pauseAfter({ status, waitMs = PAUSE_MS }: Reply): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  return waitMs <= LONGEST_WAIT_MS ? waitMs : undefined;
}

/** `Retry-After` has seconds or a date. */
function waitOf(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

/** Some answers of Partner Center begin with a byte order mark. */
function json(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}
