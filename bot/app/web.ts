/** The routes of the web: chat channel, pages, widget and mail links, and their background work. */
import { hmacSigner } from '../../cards/kit/actions.js';
import type { Config } from './config.js';
import type { AppContext } from './context.js';
import { openIdentity } from './identity.js';
import { startRecovery } from '../runtime/recovery.js';
import { acceptedWithoutTurn, withoutGreeting } from '../store/conversations/accepted.js';
import { startWebRetention } from './retention.js';
import { signingKeys } from './signing-keys.js';
import { registerGoMail } from '../web/go-mail.js';
import { offersFor, type FindOffers } from '../web/offer-search.js';
import { registerPages } from '../web/pages/routes.js';
import type { Rates } from '../web/directline/limits.js';
import { registerWeb } from '../web/web-channel.js';
import { registerWidget } from '../web/widget/routes.js';

/** How often an instance checks for web activities of other instances. */
const REFRESH_MS = 500;
/** A visitor needs one conversation. An office begins several in one minute, but few in an hour. */
const TOKENS_HOUR_FACTOR = 6;

type WebContext = Pick<
  AppContext,
  'server' | 'stores' | 'services' | 'web' | 'config' | 'rootDir' | 'now' | 'log'
>;

/** Registers the routes. Their background work ends with the server. */
export async function startWeb(context: WebContext): Promise<void> {
  await registerChannel(context);
  await registerPagesAndWidget(context);
  const { server, stores, web, now, log } = context;
  const { kysely } = stores.database;
  server.onClose(
    startRecovery({
      find: (range) => withoutGreeting(kysely, range),
      dispatch: (conversation) => web.hub.greetAgain(conversation),
      now,
      log,
    }),
  );
  server.onClose(
    startRecovery({
      find: (range) => acceptedWithoutTurn(kysely, range),
      dispatch: ({ conversation, activity }) => web.hub.dispatchAgain(conversation, activity),
      now,
      log,
    }),
  );
}

async function registerChannel(context: WebContext): Promise<void> {
  const { server, services, stores, web, config, now, log } = context;
  const { keepDays } = config.widget;
  const retention = startWebRetention({
    stores,
    now,
    log,
    forgetConversation: (id) => web.hub.forget(id),
    keepDays,
  });
  server.onClose(() => retention.stop());
  registerWeb({
    kit: server,
    web,
    tokenKeys: await signingKeys(context, 'directline'),
    now,
    origins: config.publicUrl === undefined ? [] : [config.publicUrl],
    publicUrl: config.publicUrl,
    local: !config.registration,
    keepDays,
    forget: (conversation) => retention.forget(conversation),
    identify: await openIdentity(context),
    findOffers: offerSearch(services),
    limits: limitsOf(config),
    known: config.knownAddresses,
    rates: await sharedRates(context),
    customerOf: customerOf(context),
    azure: config.directLine && { ...config.directLine, publicUrl: config.publicUrl },
    refreshMs: config.databaseUrl ? REFRESH_MS : undefined,
  });
}

/** Finds nothing while the desk waits for its profile. */
function offerSearch(services: WebContext['services']): FindOffers {
  return async (text, language) => {
    if (services.setUp?.()) return [];
    const reader = language && { language, profile: services.profile() };
    return offersFor(text, services.view(), reader);
  };
}

async function registerPagesAndWidget(context: WebContext): Promise<void> {
  const { server, services, config, rootDir, log } = context;
  const { defaultLanguage, registration, directLine, publicUrl } = config;
  const [mailKey, ...olderMailKeys] = await signingKeys(context, 'mail-links');
  const mailSigner = hmacSigner(mailKey, olderMailKeys);
  const { profile: brand, isSample } = services;
  registerGoMail(server, { signer: mailSigner, defaultLanguage, brand, isSample });
  const files = registerPages(server, {
    log,
    rootDir,
    defaultLanguage,
    publicUrl,
    isSample,
    brand,
    chooseAudience: !registration && !directLine,
    localAdmin: config.localAdmin,
    directLine: directLine?.url,
  });
  registerWidget(server, {
    files,
    rootDir,
    settings: config.widget,
    brand,
    defaultLanguage,
    publicUrl,
    local: !registration,
    isSample,
    directLine: directLine?.url,
  });
}

/** Several instances count together, in the store. One process counts in its memory. */
export async function sharedRates({
  config,
  stores,
}: Pick<AppContext, 'config' | 'stores'>): Promise<Rates | undefined> {
  if (!config.databaseUrl) return undefined;
  const key = await stores.secrets.getOrCreate('log-names');
  return { take: (name, limits) => stores.rates.take(key, name, limits) };
}

/** Asks only where the partner's tokens are read. */
function customerOf({ config, stores }: Pick<AppContext, 'config' | 'stores'>) {
  const { secret, keysFile } = config.identity;
  if (secret === undefined && keysFile === undefined) return undefined;
  return async (conversationId: string) => (await stores.visitors.get(conversationId))?.customer;
}

function limitsOf({ tokensPerMinute, messagesPerMinute, conversationsPerAddress }: Config) {
  const tokensPerHour = tokensPerMinute * TOKENS_HOUR_FACTOR;
  return { tokensPerMinute, tokensPerHour, messagesPerMinute, conversationsPerAddress };
}
