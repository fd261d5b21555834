/** A fake of a channel's connector: takes the bot's requests, remembers them, answers with ids. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Sent {
  readonly method: string;
  readonly path: string;
  readonly activity: Record<string, unknown>;
}

export interface FakeConnector {
  /** The service URL to put on activities. */
  readonly url: string;
  readonly sent: Sent[];
  /** The bot's messages, in order. */
  messages(): Record<string, unknown>[];
  /** The connector answers the next request with this method with this status. */
  failNext(method: string, status: number, code?: string): void;
  /** From now on every answer takes this long. With Infinity the connector never answers. */
  delay(ms: number): void;
  /** From now on every answer has this status. Undefined brings good answers back. */
  failAll(status: number | undefined): void;
  /** The platform's answer when the bot looks up a person. The default is a member of the home tenant. */
  memberIs(fields: Readonly<Record<string, unknown>> | undefined): void;
  /** Makes the sender of an activity a member of the tenant of its conversation. */
  introduce(activity: Record<string, unknown>): void;
  /** How often the bot has looked up a person. */
  lookups(): number;
  /** From now on a lookup of a person gets this status, or no answer. Undefined brings good answers back. */
  failLookups(failure: number | 'silent' | undefined): void;
  /** From now on this function gives the status of each answer. Undefined means the usual answer. */
  answerWith(status: ((method: string, path: string) => number | undefined) | undefined): void;
  close(): Promise<void>;
}

/** Listens on a free loopback port. */
export async function startConnector(): Promise<FakeConnector> {
  const sent: Sent[] = [];
  const failures: { method: string; status: number; code?: string }[] = [];
  let delayMs = 0;
  let allFail: number | undefined;
  let member: Readonly<Record<string, unknown>> | undefined;
  const members = new Map<string, Readonly<Record<string, unknown>>>();
  let lookups = 0;
  let lookupFailure: number | 'silent' | undefined;
  let given: ((method: string, path: string) => number | undefined) | undefined;
  const server = http.createServer((req, res) => {
    const person = /\/members\/([^/?]+)$/.exec(decodeURIComponent(req.url ?? ''))?.[1];
    if (req.method === 'GET' && person !== undefined) {
      lookups += 1;
      if (lookupFailure === 'silent') return;
      res.statusCode = lookupFailure ?? allFail ?? 200;
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify({ ...members.get(person), ...member }));
      return;
    }
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      const activity = (text ? JSON.parse(text) : {}) as Record<string, unknown>;
      sent.push({ method: req.method ?? '', path: req.url ?? '', activity });
      res.setHeader('content-type', 'application/json');
      const next = failures.findIndex((one) => one.method === req.method);
      const failure = next < 0 ? undefined : failures.splice(next, 1)[0];
      if (failure) res.statusCode = failure.status;
      if (allFail !== undefined) res.statusCode = allFail;
      res.statusCode = given?.(req.method ?? '', decodeURIComponent(req.url ?? '')) ?? res.statusCode;
      const body = JSON.stringify(
        failure?.code === undefined
          ? { id: `sent-${sent.length}` }
          : { error: { code: failure.code, message: failure.code } },
      );
      if (delayMs === 0) res.end(body);
      else if (delayMs !== Infinity) setTimeout(() => res.end(body), delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sent,
    failNext: (method, status, code) => void failures.push({ method, status, code }),
    delay: (ms) => void (delayMs = ms),
    failAll: (status) => void (allFail = status),
    memberIs: (fields) => void (member = fields),
    introduce: ({ from, conversation }) => {
      const { id = '', name, aadObjectId } = (from ?? {}) as Record<string, string | undefined>;
      const { tenantId } = (conversation ?? {}) as { tenantId?: string };
      members.set(id, {
        id,
        name,
        aadObjectId,
        tenantId,
        userRole: 'user',
        userPrincipalName: 'ada@contoso.com',
      });
    },
    lookups: () => lookups,
    failLookups: (failure) => void (lookupFailure = failure),
    answerWith: (status) => void (given = status),
    messages: () => sent.filter((one) => one.activity.type === 'message').map((one) => one.activity),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

let next = 0;

/** A Teams activity with all fields of the platform. The fields of the test replace them. */
export function teamsActivity(
  connector: FakeConnector,
  over: Record<string, unknown> = {},
): Record<string, unknown> {
  next += 1;
  const activity = {
    type: 'message',
    id: `activity-${next}`,
    timestamp: new Date(1_790_000_000_000 + next).toISOString(),
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: '29:ada', name: 'Ada', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000001' },
    recipient: { id: '28:offer-desk', name: 'Offer Desk' },
    conversation: {
      id: 'a:personal',
      conversationType: 'personal',
      tenantId: 'aaaaaaaa-0000-0000-0000-000000000001',
    },
    channelData: { tenant: { id: 'aaaaaaaa-0000-0000-0000-000000000001' } },
    locale: 'en-US',
    ...over,
  };
  connector.introduce(activity);
  return activity;
}

/** Delivers an activity to the bot as a channel does. Returns the status and the parsed body. */
export async function deliver(
  deskUrl: string,
  activity: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(`${deskUrl}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(activity),
  });
  const text = await answer.text();
  return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : undefined };
}
