/** The token endpoint in front of Azure Direct Line: the same calls and answers as for the embedded Direct Line. */
import type { Request, Response } from 'restify';
import { DeskError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import type { HttpKit } from '../../runtime/http-kit.js';
import { refuseTooOften, type ClientRates } from '../client-rates.js';
import type { TokenClaims, Tokens } from '../directline/tokens.js';
import type { BindIdentity, IdentityAnswer } from '../identity/binding.js';
import { requireOrigin } from '../origin.js';
import type { ForgetRequest } from '../token-routes.js';
import { TooOften, type ChannelToken, type Exchange } from './exchange.js';

interface AzureDeps {
  readonly exchange: Exchange;
  readonly tokens: Tokens;
  readonly now: Clock;
  /** At least 128 random bits, URL-safe. */
  readonly newId: () => string;
  readonly origins: readonly string[];
  readonly rates: ClientRates;
  /** The origin of the chat page, if known; otherwise the request's own origin. */
  readonly publicUrl?: string;
  readonly forget: (conversation: ForgetRequest) => Promise<void>;
  readonly isForgotten: (conversationId: string) => Promise<boolean>;
  /** Binds the partner's facts about its customer to the conversation. */
  readonly identify?: BindIdentity;
}

/** The maximum size: a token about the customer and one of our tokens, with room. */
const BODY_BYTES = 16 * 1024;

/** Registers `/api/token`, `/api/token/resume` and `/api/token/forget`. Every user of these routes is a customer. */
export function registerAzureTokens(kit: HttpKit, deps: AzureDeps): void {
  const json = kit.json({ limitBytes: BODY_BYTES, optional: true });
  const route = (path: string, work: (req: Request) => Promise<object>): void => {
    const act = path === '/api/token' ? 'conversation' : 'renewal';
    const guarded = async (req: Request, res: Response): Promise<void> => {
      requireOrigin(req, deps.origins);
      refuseTooOften(await deps.rates[act](kit.addressOf(req)), res);
      res.send(200, await passingWait(res, () => work(req)));
    };
    kit.server.post(path, ...json, kit.handle(guarded));
  };
  route('/api/token', async (req) => {
    const user = `dl_${deps.newId()}`;
    const given = await deps.exchange.generate(user, [pageOrigin(req, deps)]);
    return answer(deps, user, given, await identityOf(req, given.conversationId, deps));
  });
  route('/api/token/resume', async (req) => {
    const { conv, user } = resumeClaims(deps, req);
    if (await deps.isForgotten(conv))
      throw new DeskError('conversation.unknown', 'the conversation was deleted');
    const identity = await identityOf(req, conv, deps);
    return answer(deps, user, await deps.exchange.reconnect(conv), identity);
  });
  route('/api/token/forget', async (req) => {
    const { conv: conversationId, user: userId } = resumeClaims(deps, req);
    await deps.forget({ conversationId, userId });
    return {};
  });
}

async function passingWait(res: Response, work: () => Promise<object>): Promise<object> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TooOften) res.setHeader('Retry-After', error.retryAfter);
    throw error;
  }
}

function identityOf(req: Request, conv: string, { identify }: AzureDeps) {
  return identify?.(conv, (req.body as { identity?: unknown }).identity);
}

function answer(deps: AzureDeps, user: string, given: ChannelToken, identity?: IdentityAnswer): object {
  const { conversationId, token, expires_in } = given;
  const resume = deps.tokens.issue({ conv: conversationId, user, audience: 'customer', use: 'resume' });
  return { conversationId, token, expires_in, audience: 'customer', resume, ...(identity && { identity }) };
}

/** This server serves the frame, so the token is valid in this origin. */
function pageOrigin(req: Request, { publicUrl }: AzureDeps): string {
  return publicUrl === undefined ? `http://${req.headers.host ?? 'localhost'}` : new URL(publicUrl).origin;
}

function resumeClaims(deps: AzureDeps, req: Request): TokenClaims {
  const { resume } = req.body as { resume?: unknown };
  const claims = deps.tokens.verify(typeof resume === 'string' ? resume : undefined, 'resume');
  if (!claims) throw new DeskError('token.invalid', 'no valid resume token');
  return claims;
}
