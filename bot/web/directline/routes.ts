/** The REST side of Direct Line 3.0, on the public protocol's paths, so that any Direct Line client can use it. */
import type { IncomingMessage } from 'node:http';
import type { Request, Response } from 'restify';
import { DeskError } from '../../../core/errors.js';
import type { Work } from '../../runtime/http-kit.js';
import { requireOrigin } from '../origin.js';
import {
  BASE,
  bearer,
  newParticipant,
  ownConversation,
  tokenAnswer,
  type Channel,
  type TokenAnswer,
} from './channel.js';
import { refuseTooOften } from '../client-rates.js';
import { clientActivity, languageTag } from './intake.js';
import type { WebConversation } from './log.js';

const BODY_BYTES = 64 * 1024;

/** Registers every REST route of the protocol. */
export function registerDirectLineRoutes(channel: Channel): void {
  const { kit } = channel;
  const optionalJson = kit.json({ limitBytes: BODY_BYTES, optional: true });
  const json = kit.json({ limitBytes: BODY_BYTES });
  const route = (
    work: (channel: Channel, req: Request, res: Response) => Promise<void> | void,
  ): ReturnType<typeof kit.handle> => kit.handle(guarded(channel, (req, res) => work(channel, req, res)));

  kit.server.post(`${BASE}/tokens/generate`, ...optionalJson, route(generate));
  kit.server.post(`${BASE}/tokens/refresh`, ...optionalJson, route(refresh));
  kit.server.post(`${BASE}/conversations`, ...optionalJson, route(start));
  kit.server.get(`${BASE}/conversations/:id`, route(reconnect));
  kit.server.get(`${BASE}/conversations/:id/activities`, route(history));
  kit.server.post(`${BASE}/conversations/:id/activities`, ...json, route(post));
  kit.server.post(`${BASE}/conversations/:id/upload`, route(refuseUpload));
  kit.server.get(`${BASE}/session/getsessionid`, route(session));
}

function guarded(channel: Channel, work: Work): Work {
  return (req, res) => {
    requireOrigin(req, channel.origins);
    return work(req, res);
  };
}

/** A customer's token: this call cannot identify staff. It ignores a user id in the body. */
async function generate(channel: Channel, req: Request, res: Response): Promise<void> {
  refuseTooOften(await channel.rates.conversation(channel.kit.addressOf(req)), res);
  res.send(200, tokenAnswer(channel, newParticipant(channel, 'customer')));
}

async function refresh(channel: Channel, req: Request, res: Response): Promise<void> {
  const claims = bearer(channel, req);
  if (await channel.hub.isForgotten(claims.conv))
    throw new DeskError('token.invalid', 'the conversation was deleted');
  res.send(200, tokenAnswer(channel, claims));
}

async function start(channel: Channel, req: Request, res: Response): Promise<void> {
  const { conv, user, audience } = bearer(channel, req);
  const conversation = { id: conv, userId: user, audience, createdAt: channel.now() };
  const locale = languageTag((req.body as { locale?: unknown }).locale);
  const { created } = await channel.hub.start(conversation, locale);
  res.send(created ? 201 : 200, connection(channel, req, conversation, 0));
}

async function reconnect(channel: Channel, req: Request, res: Response): Promise<void> {
  const conversation = await ownConversation(channel, req);
  res.send(200, connection(channel, req, conversation, watermarkOf(req)));
}

async function history(channel: Channel, req: Request, res: Response): Promise<void> {
  const conversation = await ownConversation(channel, req);
  const page = await channel.hub.after(conversation.id, watermarkOf(req));
  res.send(200, { activities: page.activities, watermark: String(page.watermark) });
}

async function post(channel: Channel, req: Request, res: Response): Promise<void> {
  const conversation = await ownConversation(channel, req);
  const customer = await channel.customerOf?.(conversation.id);
  const from = { conversation: conversation.id, address: channel.kit.addressOf(req), customer };
  refuseTooOften(await channel.rates.message(from), res);
  const activity = clientActivity(req.body as Record<string, unknown>);
  res.send(200, { id: await channel.hub.fromUser(conversation, activity) });
}

async function refuseUpload(channel: Channel, req: Request): Promise<void> {
  await ownConversation(channel, req);
  throw new DeskError('upload.refused', 'files are not accepted');
}

/** Only sign-in cards request it. */
function session(channel: Channel, req: Request, res: Response): void {
  bearer(channel, req);
  res.send(200, { sessionId: channel.newId() });
}

interface Connection extends TokenAnswer {
  readonly streamUrl: string;
}

function connection(channel: Channel, req: Request, of: WebConversation, watermark: number): Connection {
  const claims = { conv: of.id, user: of.userId, audience: of.audience };
  // The stream's address appears in the logs of proxies. Its separate token is valid for one minute and only for the
  // stream.
  const ticket = channel.tokens.issue({ ...claims, use: 'stream' });
  const query = new URLSearchParams({ watermark: String(watermark), t: ticket });
  const streamUrl = `${socketOrigin(req, channel.publicUrl)}${BASE}/conversations/${of.id}/stream?${query.toString()}`;
  return { ...tokenAnswer(channel, claims), streamUrl };
}

const LOOPBACK = /^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/;

/** The address where a client opens its socket: the public address, unless the client used this machine's own name. */
function socketOrigin(req: Request, publicUrl: string | undefined): string {
  const { host = 'localhost', origin } = req.headers;
  if (publicUrl !== undefined && (origin === publicUrl || !LOOPBACK.test(host)))
    return publicUrl.replace(/^http/, 'ws');
  const https = req.isSecure() || req.headers['x-forwarded-proto'] === 'https';
  return `${https ? 'wss' : 'ws'}://${host}`;
}

/** The watermark of a request's query. Any value that is not our watermark means "from the beginning". */
export function watermarkOf(request: IncomingMessage): number {
  const given = new URL(request.url ?? '/', 'http://localhost').searchParams.get('watermark') ?? '';
  return /^\d{1,12}$/.test(given) ? Number(given) : 0;
}
