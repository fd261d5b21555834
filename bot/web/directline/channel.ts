/**
 * The shared parts of the embedded Direct Line's routes: hub, tokens, limits, and the check that a request belongs to
 * its conversation.
 */
import type { Request } from 'restify';
import { DeskError } from '../../../core/errors.js';
import type { Clock } from '../../../core/ports.js';
import type { HttpKit } from '../../runtime/http-kit.js';
import type { DirectLineHub } from './hub.js';
import { clientRates, type ClientLimits, type ClientRates, type KnownAddress } from '../client-rates.js';
import { memoryRates, type Rates } from './limits.js';
import type { WebAudience, WebConversation } from './log.js';
import type { TokenClaims, Tokens } from './tokens.js';

/** The public protocol's path. */
export const BASE = '/v3/directline';

export interface DirectLineLimits extends ClientLimits {
  readonly streamsPerConversation: number;
  readonly streamsPerAddress: number;
  /** The number of different conversations with an open stream. */
  readonly conversationsPerAddress: number;
}

const DEFAULT_LIMITS: DirectLineLimits = {
  tokensPerMinute: 10,
  tokensPerHour: 60,
  messagesPerMinute: 30,
  streamsPerConversation: 8,
  streamsPerAddress: 40,
  conversationsPerAddress: 5,
};

export interface DirectLineDeps {
  readonly hub: DirectLineHub;
  readonly tokens: Tokens;
  readonly now: Clock;
  /** At least 128 random bits, URL-safe. */
  readonly newId: () => string;
  /** Pages on other hosts that may use the channel, as exact origins. */
  readonly origins: readonly string[];
  /** The public origin of this server. */
  readonly publicUrl?: string;
  readonly limits?: Partial<DirectLineLimits>;
  /** Addresses that get more than others. */
  readonly known?: readonly KnownAddress[];
  /** Counts calls; the default counts in this process. */
  readonly rates?: Rates;
  /** The mark of the partner's customer in a conversation, if the partner named one. */
  readonly customerOf?: (conversationId: string) => Promise<string | undefined>;
  /**
   * Milliseconds between checks of a store that other processes also write; absent when this process is the only
   * writer.
   */
  readonly refreshMs?: number;
}

export interface Channel extends Omit<DirectLineDeps, 'limits' | 'rates' | 'known'> {
  readonly kit: HttpKit;
  readonly limits: DirectLineLimits;
  readonly rates: ClientRates;
}

/** How long running turns may take to end when the server stops. */
const DRAIN_MS = 5_000;

/** One channel per server: the protocol's routes and our own token endpoint share its limiters. */
export function createChannel(kit: HttpKit, deps: DirectLineDeps): Channel {
  const limits = { ...DEFAULT_LIMITS, ...deps.limits };
  kit.onClose(() => deps.hub.drain(DRAIN_MS));
  return {
    ...deps,
    kit,
    limits,
    rates: ratesOf(deps),
  };
}

/** What one client may do, with the default limits where none are given. */
export function ratesOf({
  limits,
  known,
  rates,
  now,
}: Pick<DirectLineDeps, 'limits' | 'known' | 'rates' | 'now'>): ClientRates {
  return clientRates({ rates: rates ?? memoryRates(now), limits: { ...DEFAULT_LIMITS, ...limits }, known });
}

/** The claims of the request's bearer token. Throws DeskError `token.invalid`. */
export function bearer(channel: Channel, req: Request): TokenClaims {
  const token = /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
  const claims = channel.tokens.verify(token, 'chat');
  if (!claims) throw new DeskError('token.invalid', 'no valid token for this channel');
  return claims;
}

/**
 * The conversation of the path, if the token belongs to it. Throws DeskError `token.invalid` first, so that a foreign
 * token does not reveal which conversations exist. Then throws `conversation.unknown`.
 */
export async function ownConversation(channel: Channel, req: Request): Promise<WebConversation> {
  const claims = bearer(channel, req);
  if (claims.conv !== (req.params as { id?: string }).id)
    throw new DeskError('token.invalid', 'the token is for another conversation');
  const conversation = await channel.hub.get(claims.conv);
  if (!conversation) throw new DeskError('conversation.unknown', 'the conversation does not exist');
  return conversation;
}

export interface TokenAnswer {
  readonly conversationId: string;
  readonly token: string;
  readonly expires_in: number;
}

/** A token for the REST calls of one conversation, in the protocol's form. */
export function tokenAnswer(channel: Channel, of: Omit<TokenClaims, 'use' | 'exp'>): TokenAnswer {
  const { conv, user, audience } = of;
  const token = channel.tokens.issue({ conv, user, audience, use: 'chat' });
  return { conversationId: conv, token, expires_in: channel.tokens.seconds.chat };
}

/** Ids of a new conversation. The server chooses the user's id, which begins with `dl_` as the protocol requires. */
export function newParticipant(channel: Channel, audience: WebAudience): Omit<TokenClaims, 'use' | 'exp'> {
  return { conv: channel.newId(), user: `dl_${channel.newId()}`, audience };
}
