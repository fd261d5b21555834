/** A real HTTP server with the embedded Direct Line on a free port, and a bot of a few lines behind it. */
import { randomBytes } from 'node:crypto';
import { createHttpServer, type HttpServer } from '../../bot/http/server.js';
import { createChannel, type DirectLineDeps } from '../../bot/web/directline/channel.js';
import { DirectLineHub, type DispatchMeta } from '../../bot/web/directline/hub.js';
import type { ConversationLog, WireActivity } from '../../bot/web/directline/log.js';
import { registerDirectLineRoutes } from '../../bot/web/directline/routes.js';
import { Streams } from '../../bot/web/directline/stream.js';
import { createTokens, type TokenOptions } from '../../bot/web/directline/tokens.js';
import { registerTokenRoutes } from '../../bot/web/token-routes.js';
import { CapturedLog } from './capture-log.js';
import { MemoryConversationLog } from './conversation-log.js';

export const BOT = { id: 'offer-desk', name: 'Offer Desk' };
export type Bot = (activity: WireActivity, meta: DispatchMeta, hub: DirectLineHub) => Promise<void>;

export interface WebServerOptions {
  readonly bot?: Bot;
  readonly conversations?: ConversationLog;
  readonly keys?: TokenOptions['keys'];
  readonly seconds?: TokenOptions['seconds'];
  readonly now?: () => number;
  readonly limits?: DirectLineDeps['limits'];
  readonly origins?: readonly string[];
  readonly localOnly?: boolean;
  readonly port?: number;
  /** Registers more routes before the server listens. */
  readonly more?: (http: HttpServer) => void;
}

export interface WebServer {
  readonly url: string;
  readonly port: number;
  readonly log: CapturedLog;
  readonly hub: DirectLineHub;
  readonly conversations: ConversationLog;
  readonly http: HttpServer;
  /** The activities that the bot got. */
  readonly delivered: { readonly activity: WireActivity; readonly meta: DispatchMeta }[];
  close(): Promise<void>;
}

/** Greets a new member and repeats each message. */
export const echoBot: Bot = async (activity, meta, hub) => {
  const text =
    activity.type === 'conversationUpdate'
      ? `Welcome, ${meta.audience}.`
      : `You said: ${typeof activity.text === 'string' ? activity.text : JSON.stringify(activity.value)}`;
  await hub.fromBot(meta.conversationId, { type: 'message', text, replyToId: activity.id });
};

const NO_LIMITS = {
  tokensPerMinute: 10_000,
  tokensPerHour: 10_000,
  messagesPerMinute: 10_000,
  streamsPerConversation: 100,
  streamsPerAddress: 1_000,
  conversationsPerAddress: 1_000,
};

export async function startWebServer(options: WebServerOptions = {}): Promise<WebServer> {
  const log = new CapturedLog();
  const now = options.now ?? Date.now;
  const conversations = options.conversations ?? new MemoryConversationLog();
  const delivered: WebServer['delivered'] = [];
  const http = createHttpServer({ log, localOnly: options.localOnly ?? true, closeGraceMs: 200 });
  const newId = () => randomBytes(16).toString('base64url');
  const hub = new DirectLineHub({
    log,
    conversations,
    bot: BOT,
    now,
    newId,
    newReference: () => 'TESTREF1',
    apology: (locale, reference) => `Sorry (${locale ?? 'no locale'}), ${reference}`,
  });
  hub.dispatchTo(async (activity, meta) => {
    delivered.push({ activity, meta });
    await (options.bot ?? echoBot)(activity, meta, hub);
  });
  const tokens = createTokens({ keys: options.keys ?? [randomBytes(32)], now, seconds: options.seconds });
  const limits = { ...NO_LIMITS, ...options.limits };
  const channel = createChannel(http, { hub, tokens, now, newId, origins: options.origins ?? [], limits });
  registerDirectLineRoutes(channel);
  registerTokenRoutes(channel, { chooseAudience: options.localOnly ?? true });
  new Streams(channel);
  options.more?.(http);
  const { port } = await http.listen('127.0.0.1', options.port ?? 0);
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    log,
    hub,
    conversations,
    http,
    delivered,
    close: () => http.close(),
  };
}
