/** `POST /api/outages/{source}`: the door of outage senders. Stored before it is acknowledged. */
import type { Request, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { OutageSource, SenderSecrets, SourceStore } from '../../core/incident/ports.js';
import type { OutageEvent } from '../../core/incident/types.js';
import type { Log } from '../../core/ports.js';
import {
  deliveryKey,
  limitsOf,
  receiveOutage,
  type IntakeDesk,
  type Received,
} from '../../core/services/outages/receive-outage.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { admit, MAX_BODY_BYTES } from './admit.js';
import { authenticate } from './authenticate.js';
import { parseOutage } from './parsers/registry.js';

export interface IntakeDeps {
  readonly desk: IntakeDesk;
  readonly sources: Pick<SourceStore, 'byId'>;
  readonly secrets: SenderSecrets;
  readonly log: Log;
}

/** Seconds a sender waits before it tries again while we cannot store. */
const RETRY_AFTER_S = 30;

/** What is answered: senders read the status, their operators the reason. */
interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterS?: number;
}

/** Registers the route. The body is read raw here: a signature is over bytes, not over what a parser made of them. */
export function registerIntake(kit: HttpKit, deps: IntakeDeps): void {
  kit.server.post(
    '/api/outages/:source',
    kit.handle(async (req, res) => {
      const reply = await answered(req, deps);
      if (reply.retryAfterS !== undefined) res.setHeader('Retry-After', String(reply.retryAfterS));
      if (reply.status === 413 || reply.status === 415) res.setHeader('Connection', 'close');
      send(res, reply);
    }),
  );
}

function send(res: Response, reply: Reply): void {
  res.send(reply.status, reply.body);
}

/** Some senders give up for good on a 500: whatever is our own failure asks them to come again. */
async function answered(req: Request, deps: IntakeDeps): Promise<Reply> {
  try {
    return await receive(req, deps);
  } catch (error) {
    const known = error instanceof DeskError && error.status < 500;
    deps.log.error('outages.intake-failed', { error });
    if (known && error.status !== 409) return { status: error.status, body: { code: error.code } };
    return { status: 503, body: { code: 'store.unavailable' }, retryAfterS: RETRY_AFTER_S };
  }
}

async function receive(req: Request, deps: IntakeDeps): Promise<Reply> {
  const { desk, log } = deps;
  const rejection = admit(req.headers);
  if (rejection) return refusal(rejection.status, rejection.reason);
  const id = ((req.params as { source?: string }).source ?? '').slice(0, 200);
  const body = await rawBody(req);
  if (!body) return refusal(413, 'too-large');
  const source = await deps.sources.byId(id);
  // A sender nobody registered is answered as one with a wrong token: names are not given away.
  if (!source?.active) return refusal(401, 'refused');
  const token = new URL(req.url ?? '/', 'http://localhost').searchParams.get('token') ?? '';
  const who = await authenticate(source, { headers: req.headers, body, token }, deps.secrets, desk.now());
  if (who.kind === 'refused') {
    log.info('outages.refused', { source: id, reason: who.reason });
    return refusal(who.status, 'refused');
  }
  const { retryAt } = desk.guard.admit(id, 'notices', limitsOf(source), desk.now());
  if (retryAt !== null) return tooMany(retryAt, desk.now());
  if (who.delivery !== null && (await desk.incidents.wasSeen([deliveryKey(id, who.delivery)])))
    return { status: 200, body: { results: [{ kind: 'seen-before' }] } };
  return read(req, source, body, who.delivery, deps);
}

async function read(
  req: Request,
  source: OutageSource,
  body: Buffer,
  delivery: string | null,
  { desk, log }: IntakeDeps,
): Promise<Reply> {
  const parsed = parseOutage(source.format, body, { headers: single(req.headers) });
  if (parsed.kind === 'error') {
    log.warn('outages.unreadable', { source: source.id, code: parsed.code });
    return { status: 400, body: { code: parsed.code, reason: parsed.reason } };
  }
  const results = await receiveAll(desk, source, parsed.events, delivery);
  log.info('outages.received', { source: source.id, results });
  return replyTo(results, desk.now());
}

/** Every notice of one request, in order. The request counts as seen with its last one. */
export async function receiveAll(
  desk: IntakeDesk,
  source: OutageSource,
  events: readonly OutageEvent[],
  delivery: string | null,
): Promise<readonly Received[]> {
  const results: Received[] = [];
  for (const [at, event] of events.entries()) {
    const last = at === events.length - 1;
    results.push(await receiveOutage(desk, source, event, last ? delivery : null));
  }
  return results;
}

function replyTo(results: readonly Received[], now: number): Reply {
  const many = results.find((one) => one.kind === 'too-many');
  if (many) return tooMany(many.retryAt, now);
  const outside = results.filter((one) => one.kind === 'outside').flatMap((one) => one.named);
  if (outside.length > 0) return { status: 403, body: { code: 'outside-scope', named: outside } };
  return { status: 200, body: { results } };
}

function tooMany(retryAt: number, now: number): Reply {
  const retryAfterS = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return { status: 429, body: { code: 'rate.limited' }, retryAfterS };
}

function refusal(status: number, code: string): Reply {
  return { status, body: { code } };
}

/** The bytes as they came; undefined when there are more than allowed, whatever the headers said. */
async function rawBody(req: Request): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function single(headers: Request['headers']): Readonly<Record<string, string>> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(given);
}
