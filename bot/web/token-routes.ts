/** Our own token endpoint: who asks is chosen here, in local mode only, and a returning visitor gets the old conversation back. */
import type { Request, RequestHandler, Response } from 'restify';
import { DeskError } from '../../core/errors.js';
import { newParticipant, spend, tokenAnswer, type Channel } from './directline/channel.js';
import type { WebAudience } from './directline/log.js';
import type { TokenClaims } from './directline/tokens.js';
import { requireOrigin } from './origin.js';

const BODY_BYTES = 8 * 1024;

export interface TokenRouteOptions {
  /** No authentication is configured and only this machine can reach the server: a visitor may try both sides. */
  readonly chooseAudience: boolean;
  /** Deletes all that is kept of a conversation; the channel's own record unless told otherwise. */
  readonly forget?: (conversation: ForgetRequest) => Promise<void>;
}

export interface ForgetRequest {
  readonly conversationId: string;
  readonly userId: string;
}

/**
 * `POST /api/token {audience?}` begins a conversation; `POST /api/token/resume {resume}` renews the token of an old one.
 * Both answer like `tokens/generate`, with a long-lived `resume` token that can do nothing but this, and have the
 * conversation forgotten: `POST /api/token/forget {resume}`.
 */
export function registerTokenRoutes(channel: Channel, options: TokenRouteOptions): void {
  const { kit } = channel;
  const json = kit.json({ limitBytes: BODY_BYTES, optional: true });
  const route = (who: (req: Request) => Participant | Promise<Participant>): RequestHandler =>
    kit.handle(async (req, res) => {
      requireOrigin(req, channel.origins);
      spend(channel.tokenRate, kit.addressOf(req), res);
      answer(channel, res, await who(req));
    });
  kit.server.post(
    '/api/token',
    ...json,
    route((req) => newParticipant(channel, audienceOf(req, options))),
  );
  kit.server.post(
    '/api/token/resume',
    ...json,
    route((req) => resumed(channel, req)),
  );
  kit.server.post(
    '/api/token/forget',
    ...json,
    kit.handle(async (req, res) => {
      requireOrigin(req, channel.origins);
      spend(channel.tokenRate, kit.addressOf(req), res);
      const { conv: conversationId, user: userId } = resumeClaims(channel, req);
      const forget = options.forget ?? (() => channel.hub.forget(conversationId));
      await forget({ conversationId, userId });
      res.send(200, {});
    }),
  );
}

type Participant = Omit<TokenClaims, 'use' | 'exp'>;

function answer(channel: Channel, res: Response, who: Participant): void {
  const { conv, user, audience } = who;
  const resume = channel.tokens.issue({ conv, user, audience, use: 'resume' });
  res.send(200, { ...tokenAnswer(channel, who), audience, resume });
}

/** Outside local mode everybody on the web is a customer, whatever they say. */
function audienceOf(req: Request, options: TokenRouteOptions): WebAudience {
  const { audience = 'customer' } = req.body as { audience?: unknown };
  if (audience !== 'customer' && audience !== 'partner')
    throw new DeskError('request.malformed', 'audience is neither customer nor partner');
  return options.chooseAudience ? audience : 'customer';
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
