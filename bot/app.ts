/** The composition root: every edge is made here and meets the others here, and nowhere else. */
import { ConversationState, PrivateConversationState, UserState, type TurnContext } from 'botbuilder';
import { hmacSigner } from '../cards/signer.js';
import type { Clock, Log } from '../core/ports.js';
import type { Asker } from '../core/terms.js';
import { redact } from '../core/understanding/redact.js';
import type { DeskServices } from '../dialogs/services.js';
import type { Config } from './config.js';
import { openLiveDirectory, type LiveDirectory } from './directory-view.js';
import { wireDirectory } from './directory-wiring.js';
import { registerHealth } from './http/health.js';
import { createHttpServer, newReference, type HttpServer } from './http/server.js';
import { openLiveProfile, openLiveReader } from './live.js';
import { openOutages, wireOutages } from './outage-wiring.js';
import { admissionRules, ISSUERS, sdkOptions, withClaimsRule } from './registration.js';
import { startRecovery } from './recovery.js';
import { seedStores } from './seed.js';
import { acceptedWithoutTurn } from './store/accepted.js';
import { openStaffGate, type StaffGateDeps } from './staff-gate.js';
import { openStores, type Stores } from './store/stores.js';
import { DeskAdapter } from './teams/adapter.js';
import { askerOf } from './teams/asker.js';
import { OfferDeskBot } from './teams/bot.js';
import { turnFailure } from './teams/failure.js';
import { registerMessages } from './teams/messages-route.js';
import { proactiveConnectors } from './teams/proactive-connectors.js';
import { mayAnswerTo, MICROSOFT_SERVICE_HOSTS } from './teams/service-url.js';
import { teamsTurn } from './teams/turn.js';
import { guardTurn, type GuardDeps } from './turn-guard.js';
import { startUpkeep } from './upkeep.js';
import { openWeb, registerWeb, type SdkArguments, type WireTurn } from './web/web-channel.js';
import { createDelivery } from './web/deliver.js';
import { mailLinks, registerGoMail } from './web/go-mail.js';
import type { DeliveryMeta } from './web/directline/hub.js';
import { registerPages } from './web/pages/routes.js';
import { registerWidget } from './web/widget/routes.js';
import { startWebUpkeep } from './web-upkeep.js';

export interface App {
  readonly stores: Stores;
  readonly directory: LiveDirectory;
  /** Begins to listen; the address. */
  start(): Promise<{ readonly host: string; readonly port: number }>;
  /** Says on /readyz that no new work should be sent here; goes on answering. */
  retire(): void;
  /** Takes no new work, lets open work end, closes everything. Safe to call twice. */
  stop(): Promise<void>;
}

export interface AppOptions extends Pick<StaffGateDeps, 'people'> {
  readonly config: Config;
  readonly rootDir: string;
  readonly log: Log;
  readonly now: Clock;
  /** Another cloud than the public one: where keys and tokens come from. */
  readonly sdk?: SdkArguments;
  /** Milliseconds until a channel's request is answered whatever its turn does. */
  readonly answerWithinMs?: number;
}

const BOT = { id: 'offer-desk', name: 'Offer Desk' };
const SKEW_SEC = 300;
/** How often an instance looks for web activities that another one wrote. */
const REFRESH_MS = 500;
/** A visitor needs one token; an office behind one address needs many in its first minute, few in the hour. */
const TOKENS_HOUR_FACTOR = 10;
const ASKER = Symbol('offer-desk.asker');

/** Opens everything but the port. Throws DeskErrors of the store and of the configuration. */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, log, now } = options;
  const stores = await openStores({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, now, log });
  try {
    return await assemble(options, stores);
  } catch (error) {
    await stores.close();
    throw error;
  }
}

async function assemble(options: AppOptions, stores: Stores): Promise<App> {
  const { config, log, now } = options;
  await seedStores({ config, stores, rootDir: options.rootDir, log, now });
  const directory = await openLiveDirectory(stores.directory, log);
  const { services, profile } = await openServices(options, stores, directory);
  const { web, adapter, bot } = openBot(options, stores, services);
  const server = createHttpServer({
    log,
    localOnly: !config.registration,
    proxies: config.proxies,
    https: config.publicUrl?.startsWith('https:'),
  });
  const tenants = () =>
    new Set([...profile().tenantIds, ...config.partnerTenants].map((id) => id.toLowerCase()));

  const serviceHosts = [...MICROSOFT_SERVICE_HOSTS, ...config.serviceHosts];
  const keepReference = wireOutages({
    kit: server,
    stores,
    services,
    connectorFor: proactiveConnectors(options.sdk ?? [sdkOptions(config)], config.registration?.appId ?? ''),
    mayAnswerTo: (serviceUrl) => mayAnswerTo(serviceUrl, serviceHosts, !config.registration),
    perTenant: config.outages.rate,
    now,
    log,
  });

  await wireDirectory({ config, stores, now, log, onClose: (cleanup) => server.onClose(cleanup) });
  const staff = await openStaffGate(options);
  const life = { retired: false };
  registerHealth(server, { ready: () => readiness(stores, life) });
  registerMessages(server, {
    tokenRules: config.registration && {
      appId: config.registration.appId,
      issuers: ISSUERS,
      skewSec: SKEW_SEC,
    },
    now,
    serviceHosts,
    log,
    drainMs: config.stopMs,
    answerWithinMs: options.answerWithinMs,
    admission: () => admissionRules(config, tenants()),
    authenticate: (activity, header) => adapter.authentication.authenticateRequest(activity, header),
    run: async (result, activity) => {
      const told = askerOf(activity, { partnerTenants: tenants(), local: !config.registration });
      const asker = await staff(told.asker, activity.from?.aadObjectId);
      log.debug('turn.asker', { asker, reason: told.reason });
      keepReference(activity, asker);
      return adapter.processAuthenticated(result, activity, (context) =>
        teamsTurn(
          context,
          (one, work) => inOrder(one, { store: stores.turns, log }, work),
          () => answer(context, asker, bot),
        ),
      );
    },
  });
  const tokenKey = await stores.secrets.getOrCreate('directline');
  const upkeep = startWebUpkeep({
    stores,
    now,
    log,
    forgetConversation: (id) => web.hub.forget(id),
    keepDays: config.widget.keepDays,
  });
  server.onClose(() => upkeep.stop());
  registerWeb({
    kit: server,
    web,
    tokenKey,
    now,
    origins: [],
    local: !config.registration,
    keepDays: config.widget.keepDays,
    forget: (conversation) => upkeep.forget(conversation),
    limits: limitsOf(config),
    azure: config.directLine && { ...config.directLine, publicUrl: config.publicUrl },
    refreshMs: config.databaseUrl ? REFRESH_MS : undefined,
  });
  const mailSigner = hmacSigner(await stores.secrets.getOrCreate('mail-links'));
  registerGoMail(server, { signer: mailSigner, defaultLanguage: config.defaultLanguage });
  const files = registerPages(server, {
    log,
    rootDir: options.rootDir,
    defaultLanguage: config.defaultLanguage,
    chooseAudience: !config.registration && !config.directLine,
    directLine: config.directLine?.url,
  });
  registerWidget(server, {
    files,
    rootDir: options.rootDir,
    settings: config.widget,
    partnerName: () => profile().name,
    defaultLanguage: config.defaultLanguage,
    local: !config.registration,
    directLine: config.directLine?.url,
  });
  server.onClose(startUpkeep({ stores, leases: stores.leases, days: config.keepDays, now, log }));
  server.onClose(
    startRecovery({
      find: (range) => acceptedWithoutTurn(stores.database.kysely, range),
      deliver: ({ conversation, activity }) => web.hub.deliverAgain(conversation, activity),
      now,
      log,
    }),
  );
  return running(options, { stores, directory, server, life });
}

async function openServices(options: AppOptions, stores: Stores, directory: LiveDirectory) {
  const { log, now } = options;
  const signer = hmacSigner(await stores.secrets.getOrCreate('cards'));
  const profile = await openLiveProfile(stores.profile, { now, log });
  const reader = await openLiveReader(stores.phrases, { now, log });
  const { publicUrl } = options.config;
  const mailSigner = hmacSigner(await stores.secrets.getOrCreate('mail-links'));
  const services: DeskServices = {
    view: directory.view,
    profile,
    reader,
    unanswered: stores.unanswered,
    signer,
    now,
    newReference,
    redact,
    log,
    outages: openOutages(stores, directory.view, now, options.config.outages.releaseFrom),
    mailLink: publicUrl?.startsWith('https:') ? mailLinks(publicUrl, mailSigner) : undefined,
  };
  return { services, profile };
}

function openBot(options: AppOptions, stores: Stores, services: DeskServices) {
  const { config, log, now } = options;
  // The hub hands turns to the adapter, whose authentication needs the hub: set once both stand.
  const late: { deliver?: ReturnType<typeof createDelivery> } = {};
  const web = openWeb({
    log,
    now,
    bot: BOT,
    newReference,
    conversations: stores.conversations,
    defaultLanguage: config.defaultLanguage,
    sdk: withClaimsRule(options.sdk ?? [sdkOptions(config)], config),
    deliver: async (activity: WireTurn, meta: DeliveryMeta) => late.deliver?.(activity, meta),
  });
  const hosts = [...MICROSOFT_SERVICE_HOSTS, ...config.serviceHosts];
  web.authentication.answerOnly((serviceUrl) => mayAnswerTo(serviceUrl, hosts, !config.registration));
  const adapter = new DeskAdapter(web.authentication, turnFailure(services, log));
  const bot = new OfferDeskBot({
    services,
    log,
    states: {
      conversation: new ConversationState(stores.botState),
      user: new UserState(stores.botState),
      personal: new PrivateConversationState(stores.botState),
    },
    defaultLanguage: config.defaultLanguage,
    askerOf: (context) => context.turnState.get<Asker>(ASKER),
  });
  late.deliver = createDelivery(adapter, web.authentication, (context, meta) =>
    inOrder(context, { store: stores.turns, log, redelivered: true }, () =>
      answer(context, meta.audience, bot),
    ).then(() => undefined),
  );
  return { web, adapter, bot };
}

/** The bot's answer to an asker the edge has decided. */
async function answer(context: TurnContext, asker: Asker, bot: OfferDeskBot): Promise<void> {
  context.turnState.set(ASKER, asker);
  await bot.run(context);
}

/** Work in its conversation's order, once for one activity. */
function inOrder(context: TurnContext, deps: GuardDeps, work: () => Promise<void>) {
  const { id: activityId, channelId, conversation } = context.activity;
  return guardTurn({ channelId, conversationId: conversation.id, activityId }, deps, work);
}

function limitsOf({ tokensPerMinute, messagesPerMinute, conversationsPerAddress }: Config) {
  const tokensPerHour = tokensPerMinute * TOKENS_HOUR_FACTOR;
  return { tokensPerMinute, tokensPerHour, messagesPerMinute, conversationsPerAddress };
}

type Life = { retired: boolean };

async function readiness(stores: Stores, { retired }: Life): Promise<Readonly<Record<string, boolean>>> {
  if (retired) return { running: false };
  return stores.checkReady().then(
    () => ({ store: true }),
    () => ({ store: false }),
  );
}

interface Parts {
  readonly stores: Stores;
  readonly directory: LiveDirectory;
  readonly server: HttpServer;
  readonly life: Life;
}

function running({ config, log }: AppOptions, { stores, directory, server, life }: Parts): App {
  let stopped: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    await server.close();
    directory.stop();
    await stores.close();
    log.info('app.stopped');
  };
  return {
    stores,
    directory,
    start: () => server.listen(config.host, config.port),
    retire: () => void (life.retired = true),
    stop: () => (stopped ??= stop()),
  };
}
