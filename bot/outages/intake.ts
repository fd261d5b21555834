/** `POST /api/outages/{source}`: the intake for outage senders. A notice is stored before it is acknowledged. */
import type { Request } from 'restify';
import { DeskError } from '../../core/errors.js';
import type { OutageSource, SenderSecrets, SourceStore } from '../../core/incident/ports.js';
import { mayTell } from '../../core/incident/scope.js';
import type { OutageEvent } from '../../core/incident/types.js';
import type { Log } from '../../core/ports.js';
import {
  deliveryKey,
  limitsOf,
  receiveOutage,
  type ReceiveDeps,
  type Received,
} from '../../core/services/outages/receive-outage.js';
import type { HttpKit } from '../runtime/http-kit.js';
import type { Spans } from '../runtime/spans.js';
import { admit, bodyPlaces, wrongTokens } from './admit.js';
import { authenticate, hasToken } from './authenticate.js';
import { parseOutage } from './parsers/registry.js';
import { answerUnread, placedBody } from './raw-body.js';
import type { SourceWatch } from './source-watch.js';
import { verifySns, type AmazonSns } from './sns.js';
import type { Handshake, ParseNote, ReadEvents } from './parsers/types.js';

export interface IntakeDeps {
  readonly receiveDeps: ReceiveDeps;
  readonly sources: Pick<SourceStore, 'byId'>;
  readonly secrets: SenderSecrets;
  readonly log: Log;
  readonly spans: Spans;
  readonly amazon: AmazonSns;
  readonly watch: Pick<SourceWatch, 'unread' | 'read'>;
}

/** Seconds that a sender waits before its next attempt while the server cannot store. */
const RETRY_AFTER_S = 30;
/** Returns true when the request's address has sent too many wrong tokens. The address may belong to a proxy. */
type TooManyWrong = (req: Request, now: number) => boolean;

/** What the intake counts for each address. */
interface Counted {
  readonly wrong: TooManyWrong;
  readonly place: (req: Request) => (() => void) | undefined;
}

/** Seconds to wait while too many bodies are being read. */
const BUSY_AFTER_S = 5;
/** Seconds to wait after too many wrong tokens. */
const WRONG_AFTER_S = 60;

/** The answer: senders read the status, and their operators read the reason. */
interface Reply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly retryAfterS?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Registers the routes. Reads the raw body, because a signature covers the bytes and not the parsed JSON. */
export function registerIntake(kit: HttpKit, deps: IntakeDeps): void {
  const count = wrongTokens();
  const places = bodyPlaces();
  const counted: Counted = {
    wrong: (req, now) => count(kit.addressOf(req), now),
    place: (req) => places(kit.addressOf(req)),
  };
  kit.server.post(
    '/api/outages/:source',
    kit.handle(async (req, res) => {
      const reply = await deps.spans.run('outage notice', {}, () => noted(req, deps, counted));
      if (!reply) return;
      if (reply.retryAfterS !== undefined) res.setHeader('Retry-After', String(reply.retryAfterS));
      if (req.complete) res.send(reply.status, reply.body);
      else await answerUnread(req, res, reply);
    }),
  );
  kit.server.opts(
    '/api/outages/:source',
    kit.handle(async (req, res) => {
      const { status, body, headers } = await allowed(req, deps);
      for (const [name, value] of Object.entries(headers ?? {})) res.setHeader(name, value);
      res.send(status, body);
    }),
  );
}

/** Sends the answer and writes its status to the open span. */
async function noted(req: Request, deps: IntakeDeps, counted: Counted): Promise<Reply | undefined> {
  const reply = await answered(req, deps, counted);
  deps.spans.note({ 'http.response.status_code': reply?.status });
  return reply;
}

/** The CloudEvents handshake: a platform asks for permission before it sends events. */
async function allowed(req: Request, deps: IntakeDeps): Promise<Reply> {
  const origin = req.headers['webhook-request-origin'];
  const source = await deps.sources.byId(idOf(req));
  const knows = source?.active && (source.auth.kind !== 'url-token' || hasToken(source.auth.hashes, req));
  if (typeof origin !== 'string' || !knows) return refusal(401, 'refused');
  return {
    status: 200,
    body: {},
    headers: { 'WebHook-Allowed-Origin': origin.slice(0, 200), 'WebHook-Allowed-Rate': '60', Allow: 'POST' },
  };
}

function idOf(req: Request): string {
  return ((req.params as { source?: string }).source ?? '').slice(0, 200);
}

/**
 * Some senders stop for ever after a 500. The server's own failures therefore ask the sender to try again. Undefined:
 * the sender has disconnected.
 */
async function answered(req: Request, deps: IntakeDeps, counted: Counted): Promise<Reply | undefined> {
  try {
    return await receive(req, deps, counted);
  } catch (error) {
    if (req.destroyed && !req.complete) {
      deps.log.info('outages.body-cut', { source: idOf(req) });
      return undefined;
    }
    const known = error instanceof DeskError && error.status < 500;
    deps.log.error('outages.intake-failed', { error });
    if (known && error.status !== 409) return { status: error.status, body: { code: error.code } };
    return { status: 503, body: { code: 'store.unavailable' }, retryAfterS: RETRY_AFTER_S };
  }
}

/** Checks a token before the body is read. A signature covers the body, so it can only be checked afterwards. */
async function receive(req: Request, deps: IntakeDeps, { wrong, place }: Counted): Promise<Reply> {
  const { receiveDeps } = deps;
  const rejection = admit(req.headers);
  if (rejection) return refusal(rejection.status, rejection.reason);
  const id = idOf(req);
  const source = await deps.sources.byId(id);
  // An unregistered sender gets the same answer as a wrong token, so that the answer reveals no sender names.
  const known =
    source?.active === true && (source.auth.kind !== 'url-token' || hasToken(source.auth.hashes, req));
  if (!source || !known) return notKnown(req, deps, wrong, source ? 'wrong-token' : 'no-such-source');
  // Logs only a name that an operator registered: anybody can write another name into the URL.
  deps.spans.note({ 'offer_desk.outage.source': id, 'offer_desk.outage.format': source.format });
  const body = await placedBody(req, place);
  if (body === 'busy') return busy(deps, id);
  if (body === 'too-large') return refusal(413, 'too-large');
  const who = await authenticate(source, { headers: req.headers, body }, deps.secrets, receiveDeps.now());
  if (who.kind === 'refused') {
    if (who.status === 401) return notKnown(req, deps, wrong, who.reason);
    deps.log.info('outages.refused', { source: id, reason: who.reason });
    return refusal(who.status, 'refused');
  }
  const { retryAt } = receiveDeps.guard.admit(id, 'notices', limitsOf(source), receiveDeps.now());
  if (retryAt !== null) return tooMany(retryAt, receiveDeps.now());
  if (who.delivery !== null && (await receiveDeps.incidents.wasSeen([deliveryKey(id, who.delivery)])))
    return { status: 200, body: { results: [{ kind: 'seen-before' }] } };
  return read(req, source, body, who.delivery, deps);
}

/** Too many bodies are being read: the sender tries again soon. */
function busy({ log }: IntakeDeps, source: string): Reply {
  log.warn('outages.too-many-bodies', { source });
  return { status: 429, body: { code: 'rate.limited' }, retryAfterS: BUSY_AFTER_S };
}

/** After a few wrong tokens or signatures in a minute, the caller must wait. */
function notKnown(
  req: Request,
  { receiveDeps, log }: IntakeDeps,
  wrong: TooManyWrong,
  reason: string,
): Reply {
  const tooOften = wrong(req, receiveDeps.now());
  log.info('outages.refused', { source: idOf(req), reason });
  if (!tooOften) return refusal(401, 'refused');
  return { status: 429, body: { code: 'rate.limited' }, retryAfterS: WRONG_AFTER_S };
}

async function read(
  req: Request,
  source: OutageSource,
  body: Buffer,
  delivery: string | null,
  deps: IntakeDeps,
): Promise<Reply> {
  const { receiveDeps, log } = deps;
  const { mapping, words } = source;
  const mayName = scopeCheck(source, receiveDeps);
  const context = { headers: single(req.headers), now: receiveDeps.now(), mayName, mapping, words };
  const parsed = parseOutage(source.format, body, context);
  if (parsed.kind === 'error') {
    log.warn('outages.unreadable', { source: source.id, code: parsed.code, reason: parsed.reason });
    await deps.watch.unread(source.id, parsed.reason);
    return { status: 400, body: { code: parsed.code, reason: parsed.reason } };
  }
  if (parsed.envelope) {
    const verdict = await verifySns(parsed.envelope, deps.amazon);
    if (verdict !== 'verified') return notSigned(log, source.id, verdict);
  }
  await noteReading(deps, source.id, parsed);
  if (parsed.handshake) return handshake(parsed.handshake, source, deps);
  const events = parsed.events.filter((event) => counts(event, source, parsed.notes ?? []));
  const results = await receiveAll(receiveDeps, source, events, delivery);
  log.info('outages.received', { source: source.id, results });
  warnOfTypos(log, source.id, results);
  return replyTo(results, parsed.notes ?? [], receiveDeps.now());
}

/** Whether the sender may name the things of one alert. */
function scopeCheck(source: OutageSource, { publisherOf, offerIdOf }: ReceiveDeps) {
  return (named: Pick<OutageEvent['affected'], 'offers' | 'publishers'>): boolean => {
    const offers = offerIdOf ? named.offers.map(offerIdOf) : named.offers;
    return mayTell({ ...named, offers }, source, publisherOf);
  };
}

function notSigned(log: Log, source: string, reason: string): Reply {
  log.warn('outages.refused', { source, reason });
  return refusal(401, 'refused');
}

/** Accepts a notice about an offer that the directory does not know. An operator must check the sender's spelling. */
function warnOfTypos(log: Log, source: string, results: readonly Received[]): void {
  const named = results.flatMap((one) => (one.kind === 'applied' ? (one.unrecognised ?? []) : []));
  if (named.length > 0) log.warn('outages.offer-not-recognised', { source, named });
}

/** A metric alert that names no offer is an outage only if the source maps one of the alert's names. */
function counts(event: OutageEvent, source: OutageSource, notes: readonly ParseNote[]): boolean {
  const aside = source.format === 'azure-service-health' && notes.some((one) => one.kind === 'set-aside');
  return !aside || event.affected.components.some((name) => Object.hasOwn(source.componentOffers, name));
}

const NOTE_EVENTS = {
  test: 'outages.test-received',
  'set-aside': 'outages.set-aside',
  outside: 'outages.outside-scope',
  unread: 'outages.could-not-be-read',
} as const;

async function noteReading(
  { log, watch }: IntakeDeps,
  source: string,
  { notes = [] }: ReadEvents,
): Promise<void> {
  const unread = notes.find((one) => one.kind === 'unread');
  await (unread ? watch.unread(source, unread.text) : watch.read(source));
  for (const { kind, text } of notes) {
    if (kind === 'unread' || kind === 'outside') log.warn(NOTE_EVENTS[kind], { source, reason: text });
    else log.info(NOTE_EVENTS[kind], { source, reason: text });
  }
}

async function handshake(
  given: Handshake,
  source: OutageSource,
  { log, amazon }: IntakeDeps,
): Promise<Reply> {
  log.info('outages.handshake', { source: source.id, how: given.kind });
  if (given.kind === 'answer') return { status: 200, body: given.body };
  await amazon.confirm(given.url);
  return { status: 200, body: { results: [] } };
}

/** Processes every notice of a request, in order. The request counts as seen after its last notice. */
export async function receiveAll(
  deps: ReceiveDeps,
  source: OutageSource,
  events: readonly OutageEvent[],
  delivery: string | null,
): Promise<readonly Received[]> {
  const results: Received[] = [];
  for (const [at, event] of events.entries()) {
    const last = at === events.length - 1;
    results.push(await receiveOutage(deps, source, event, last ? delivery : null));
  }
  return results;
}

/** Acknowledges the accepted notices. Refuses a request only when none of its notices could be accepted. */
function replyTo(results: readonly Received[], notes: readonly ParseNote[], now: number): Reply {
  const many = results.find((one) => one.kind === 'too-many');
  if (many) return tooMany(many.retryAt, now);
  const outside = results.flatMap((one) => (one.kind === 'outside' ? one.named : []));
  if (results.length > 0 && results.every((one) => one.kind === 'outside'))
    return { status: 403, body: { code: 'outside-scope', named: outside } };
  const untitled =
    results.length > 0 &&
    results.every((one) => one.kind === 'applied' && one.outcome === 'empty' && one.untitled);
  if (untitled)
    return {
      status: 400,
      body: { code: 'missing-field', reason: 'The first notice of an outage needs a title.' },
    };
  return { status: 200, body: { results, ...(notes.length > 0 && { notes: notes.map((one) => one.text) }) } };
}

function tooMany(retryAt: number, now: number): Reply {
  const retryAfterS = Math.max(1, Math.ceil((retryAt - now) / 1000));
  return { status: 429, body: { code: 'rate.limited' }, retryAfterS };
}

function refusal(status: number, code: string): Reply {
  return { status, body: { code } };
}

function single(headers: Request['headers']): Readonly<Record<string, string>> {
  const given = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(given);
}
