/** The web's routes: chat channel, pages, widget, mail links, and the upkeep of its conversations. Part of the wiring. */
import { hmacSigner } from '../../cards/kit/signer.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { AppOptions } from './app.js';
import type { BotParts } from './bot.js';
import type { Config } from './config.js';
import type { HttpServer } from '../http/server.js';
import { openIdentity } from './identity.js';
import { startRecovery } from '../runtime/recovery.js';
import { acceptedWithoutTurn, withoutGreeting } from '../store/conversations/accepted.js';
import type { Stores } from '../store/stores.js';
import { startWebUpkeep } from './web-retention.js';
import { registerGoMail } from '../web/go-mail.js';
import { registerPages } from '../web/pages/routes.js';
import { registerWeb } from '../web/web-channel.js';
import { registerWidget } from '../web/widget/routes.js';

/** How often an instance looks for web activities that another one wrote. */
const REFRESH_MS = 500;
/** A visitor needs one token; an office behind one address needs many in its first minute, few in the hour. */
const TOKENS_HOUR_FACTOR = 10;

export interface WebWiring {
  readonly options: AppOptions;
  readonly server: HttpServer;
  readonly stores: Stores;
  readonly services: DeskServices;
  readonly web: BotParts['web'];
}

/** Registers them; what runs beside them ends with the server. */
export async function wireWeb(wiring: WebWiring): Promise<void> {
  await wireChannel(wiring);
  await wirePages(wiring);
  const { options, server, stores, web } = wiring;
  const { now, log } = options;
  server.onClose(
    startRecovery({
      find: (range) => withoutGreeting(stores.database.kysely, range),
      deliver: (conversation) => web.hub.greetAgain(conversation),
      now,
      log,
    }),
  );
  server.onClose(
    startRecovery({
      find: (range) => acceptedWithoutTurn(stores.database.kysely, range),
      deliver: ({ conversation, activity }) => web.hub.dispatchAgain(conversation, activity),
      now,
      log,
    }),
  );
}

async function wireChannel({ options, server, stores, web }: WebWiring): Promise<void> {
  const { config, now, log } = options;
  const { keepDays } = config.widget;
  const upkeep = startWebUpkeep({
    stores,
    now,
    log,
    forgetConversation: (id) => web.hub.forget(id),
    keepDays,
  });
  server.onClose(() => upkeep.stop());
  registerWeb({
    kit: server,
    web,
    tokenKey: await stores.secrets.getOrCreate('directline'),
    now,
    origins: [],
    local: !config.registration,
    keepDays,
    forget: (conversation) => upkeep.forget(conversation),
    identify: await openIdentity(options, stores),
    limits: limitsOf(config),
    azure: config.directLine && { ...config.directLine, publicUrl: config.publicUrl },
    refreshMs: config.databaseUrl ? REFRESH_MS : undefined,
  });
}

async function wirePages({ options, server, stores, services }: WebWiring): Promise<void> {
  const { config, rootDir, log } = options;
  const { defaultLanguage, registration, directLine } = config;
  const mailSigner = hmacSigner(await stores.secrets.getOrCreate('mail-links'));
  registerGoMail(server, { signer: mailSigner, defaultLanguage });
  const files = registerPages(server, {
    log,
    rootDir,
    defaultLanguage,
    chooseAudience: !registration && !directLine,
    directLine: directLine?.url,
  });
  registerWidget(server, {
    files,
    rootDir,
    settings: config.widget,
    partnerName: () => services.profile().name,
    defaultLanguage,
    local: !registration,
    directLine: directLine?.url,
  });
}

function limitsOf({ tokensPerMinute, messagesPerMinute, conversationsPerAddress }: Config) {
  const tokensPerHour = tokensPerMinute * TOKENS_HOUR_FACTOR;
  return { tokensPerMinute, tokensPerHour, messagesPerMinute, conversationsPerAddress };
}
