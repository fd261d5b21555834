/** Puts the embedded web channel together: hub, in-process connector, authentication, routes. */
import { randomBytes } from 'node:crypto';
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import type { Clock, Log } from '../../core/ports.js';
import type { Language } from '../../core/terms.js';
import { languageFor, offeredLanguage } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';
import type { HttpKit } from '../runtime/http-kit.js';
import { createExchange, type DirectLineSecret } from './azure/exchange.js';
import { registerAzureTokens } from './azure/routes.js';
import { DirectLineHub } from './directline/hub.js';
import type { ConversationLog } from './directline/log.js';
import { timesFor, type KnownAddress } from './client-rates.js';
import { createChannel, ratesOf, type DirectLineLimits } from './directline/channel.js';
import type { Rates } from './directline/limits.js';
import { Streams } from './directline/stream.js';
import { registerDirectLineRoutes } from './directline/routes.js';
import { createTokens, type Tokens } from './directline/tokens.js';
import type { BindIdentity } from './identity/binding.js';
import { LocalAwareAuthentication } from './local-auth.js';
import { createLocalConnector } from './local-connector.js';
import { registerOfferSearch, type FindOffers } from './offer-search.js';
import { registerTokenRoutes, type ForgetRequest } from './token-routes.js';

interface WebDeps {
  readonly log: Log;
  readonly now: Clock;
  readonly conversations: ConversationLog;
  readonly bot: { readonly id: string; readonly name: string };
  readonly newReference: () => string;
  readonly defaultLanguage: Language;
  /** The languages in which the bot answers. */
  readonly languages: () => readonly Language[];
  readonly sdk: SdkArguments;
}
/** The arguments of the SDK's authentication: settings, then credentials and rules of another cloud. */
export type SdkArguments = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>;

export interface Web {
  readonly hub: DirectLineHub;
  readonly authentication: LocalAwareAuthentication;
}

const DAY_S = 86_400;
const newId = (): string => randomBytes(16).toString('base64url');

/**
 * The channel without its routes. It has no bot until `hub.dispatchTo`, because the bot's adapter needs the channel's
 * authentication.
 */
export function openWeb(deps: WebDeps): Web {
  const { log, now, bot } = deps;
  const apology = (locale: string | undefined, reference: string): string =>
    textIn(offeredLanguage(deps.languages(), languageFor(locale), deps.defaultLanguage), 'customer')(
      'page.apology',
      {
        reference,
      },
    );
  const hub = new DirectLineHub({
    log,
    now,
    bot,
    newId,
    apology,
    conversations: deps.conversations,
    newReference: deps.newReference,
  });
  const connector = createLocalConnector({ hub, bot, newId, now });
  return { hub, authentication: new LocalAwareAuthentication(connector, ...deps.sdk) };
}

interface WebRoutes {
  readonly kit: HttpKit;
  readonly web: Web;
  /** The first key signs; all are accepted. */
  readonly tokenKeys: readonly [Buffer, ...Buffer[]];
  readonly now: Clock;
  readonly origins: readonly string[];
  /** The public origin of this server: sockets open there. */
  readonly publicUrl?: string;
  readonly limits: Partial<DirectLineLimits>;
  readonly known: readonly KnownAddress[];
  /** Counts calls of several instances together; absent: in this process. */
  readonly rates?: Rates;
  readonly customerOf?: (conversationId: string) => Promise<string | undefined>;
  /** Local mode: a visitor may try both sides. */
  readonly local: boolean;
  /** How many days a visitor may return to a conversation. */
  readonly keepDays: number;
  /** Deletes all data of a conversation, here and elsewhere. */
  readonly forget: (conversation: ForgetRequest) => Promise<void>;
  /** Binds the partner's facts about its customer to the conversation. */
  readonly identify?: BindIdentity;
  /** For the search field. */
  readonly findOffers: FindOffers;
  /** Azure Direct Line in place of the embedded endpoint. */
  readonly azure?: DirectLineSecret & { readonly publicUrl?: string };
  /** Milliseconds between checks for activities that other instances wrote. */
  readonly refreshMs?: number;
}

/** Registers `/v3/directline`, `/api/token` and `/api/offers`. With Azure Direct Line, registers no `/v3/directline`. */
export function registerWeb(routes: WebRoutes): void {
  const tokens = createTokens({
    keys: routes.tokenKeys,
    now: routes.now,
    seconds: { resume: routes.keepDays * DAY_S },
    // Local mode issues tokens of partner staff. A registered bot must not accept such an older token.
    audiences: routes.local ? undefined : ['customer'],
  });
  const { kit, origins, now, known, findOffers: find } = routes;
  const timesOf = timesFor(known);
  registerOfferSearch(kit, { tokens, origins, now, timesOf, find });
  if (routes.azure) registerAzure(routes, routes.azure, tokens);
  else registerEmbedded(routes, tokens);
}

function registerAzure(routes: WebRoutes, azure: NonNullable<WebRoutes['azure']>, tokens: Tokens): void {
  const { kit, web, now, origins, forget, identify } = routes;
  registerAzureTokens(kit, {
    exchange: createExchange(azure),
    isForgotten: (id) => web.hub.isForgotten(id),
    publicUrl: azure.publicUrl,
    tokens,
    now,
    newId,
    origins,
    rates: ratesOf(routes),
    forget,
    identify,
  });
}

function registerEmbedded(routes: WebRoutes, tokens: Tokens): void {
  const { kit, web, now, origins, publicUrl, refreshMs, limits, known, rates, customerOf } = routes;
  const counted = { limits, known, rates, customerOf };
  const deps = { hub: web.hub, tokens, now, newId, origins, publicUrl, refreshMs, ...counted };
  const channel = createChannel(kit, deps);
  registerDirectLineRoutes(channel);
  new Streams(channel);
  const { local: chooseAudience, forget, identify } = routes;
  registerTokenRoutes(channel, { chooseAudience, forget, identify });
}
