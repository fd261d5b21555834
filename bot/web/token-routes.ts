/**
 * Our own token endpoint. In local mode only, the visitor chooses a side. A returning visitor gets the old conversation
 * back.
 */
import type { Request, RequestHandler, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import { WebAudience } from './api.js';
import { refuseTooOften } from './client-rates.js';
import { newParticipant, tokenAnswer, type Channel } from './directline/channel.js';
import type { TokenClaims } from './directline/tokens.js';
import type { BindIdentity, IdentityAnswer } from './identity/binding.js';
import { requireOrigin } from './origin.js';

/** The maximum size: a token about the customer and one of our tokens, with room. */
const BODY_BYTES = 16 * 1024;

interface TokenRouteOptions {
  /** No authentication is configured and only this machine can reach the server: a visitor may try both sides. */
  readonly chooseAudience: boolean;
  /** Deletes all data of a conversation. The default deletes the channel's own record. */
  readonly forget?: (conversation: ForgetRequest) => Promise<void>;
  /** Binds the partner's facts about its customer to the conversation. */
  readonly identify?: BindIdentity;
}

export interface ForgetRequest {
  readonly conversationId: string;
  readonly userId: string;
}

/**
 * `POST /api/token {audience?, identity?}` begins a conversation. `POST /api/token/resume {resume, identity?}` renews
 * the token of an old one. Both answer like `tokens/generate`, with an additional long-lived `resume` token. The
 * `resume` token can only renew the token and forget the conversation: `POST /api/token/forget {resume}`.
 */
export function registerTokenRoutes(channel: Channel, options: TokenRouteOptions): void {
  const { kit } = channel;
  const json = kit.json({ limitBytes: BODY_BYTES, optional: true });
  const route = (
    act: 'conversation' | 'renewal',
    who: (req: Request) => Participant | Promise<Participant>,
  ): RequestHandler =>
    kit.handle(async (req, res) => {
      requireOrigin(req, channel.origins);
      refuseTooOften(await channel.rates[act](kit.addressOf(req)), res);
      const participant = await who(req);
      const identity = await identityOf(req, participant, options);
      if (act === 'conversation' && identity?.accepted) await countCustomer(channel, participant.conv, res);
      answer(channel, res, participant, identity);
    });
  kit.server.post(
    '/api/token',
    ...json,
    route('conversation', (req) => newParticipant(channel, audienceOf(req, options))),
  );
  kit.server.post(
    '/api/token/resume',
    ...json,
    route('renewal', (req) => resumed(channel, req)),
  );
  kit.server.post(
    '/api/token/forget',
    ...json,
    kit.handle(async (req, res) => {
      requireOrigin(req, channel.origins);
      refuseTooOften(await channel.rates.renewal(kit.addressOf(req)), res);
      const { conv: conversationId, user: userId } = resumeClaims(channel, req);
      const forget = options.forget ?? (() => channel.hub.forget(conversationId));
      await forget({ conversationId, userId });
      res.send(200, {});
    }),
  );
}

/** The partner's customer counts too, from whatever address the customer comes. */
async function countCustomer(channel: Channel, conversation: string, res: Response): Promise<void> {
  const customer = await channel.customerOf?.(conversation);
  if (customer !== undefined) refuseTooOften(await channel.rates.conversationOf(customer), res);
}

type Participant = Omit<TokenClaims, 'use' | 'exp'>;

function answer(channel: Channel, res: Response, who: Participant, identity?: IdentityAnswer): void {
  const { conv, user, audience } = who;
  const resume = channel.tokens.issue({ conv, user, audience, use: 'resume' });
  res.send(200, { ...tokenAnswer(channel, who), audience, resume, ...(identity && { identity }) });
}

/** Only for a customer: the server knows staff from another source. */
async function identityOf(
  req: Request,
  { conv, audience }: Participant,
  { identify }: TokenRouteOptions,
): Promise<IdentityAnswer | undefined> {
  const { identity } = req.body as { identity?: unknown };
  return audience === 'customer' ? identify?.(conv, identity) : undefined;
}

/** Outside local mode every web visitor is a customer, whatever the request says. */
function audienceOf(req: Request, options: TokenRouteOptions): Participant['audience'] {
  const { audience = 'customer' } = req.body as { audience?: unknown };
  const wanted = WebAudience.safeParse(audience);
  if (!wanted.success) throw new DeskError('request.malformed', 'audience must be customer or partner');
  return options.chooseAudience ? wanted.data : 'customer';
}

function resumeClaims(channel: Channel, req: Request): TokenClaims {
  const { resume } = req.body as { resume?: unknown };
  const claims = channel.tokens.verify(typeof resume === 'string' ? resume : undefined, 'resume');
  if (!claims) throw new DeskError('token.invalid', 'no valid resume token');
  return claims;
}

async function resumed(channel: Channel, req: Request): Promise<TokenClaims> {
  const claims = resumeClaims(channel, req);
  if (!(await channel.hub.get(claims.conv)))
    throw new DeskError('conversation.unknown', 'the conversation does not exist any more');
  return claims;
}
