/** Makes the bot, its adapter and the web channel, which need one another. Part of the wiring. */
import { ConversationState, PrivateConversationState, UserState, type TurnContext } from 'botbuilder';
import type { Asker } from '../../core/terms.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import type { AppOptions } from './app.js';
import type { Config } from './config.js';
import { newReference } from '../http/server.js';
import { vouchedFor } from './identity.js';
import { sdkOptions, withClaimsRule } from './registration.js';
import type { Stores } from '../store/stores.js';
import { DeskAdapter } from '../teams/adapter.js';
import { OfferDeskBot, type AskerRole } from '../teams/bot.js';
import { turnFailure } from '../teams/failure.js';
import { MICROSOFT_SERVICE_HOSTS, mayAnswerTo } from '../teams/pre-check.js';
import { guardTurn, type GuardDeps, type Guarded } from '../runtime/turn-guard.js';
import { summed } from '../runtime/turn-log.js';
import { createDispatch } from '../web/local-auth.js';
import type { DispatchMeta } from '../web/directline/hub.js';
import { openWeb, type WireTurn } from '../web/web-channel.js';

const BOT = { id: 'offer-desk', name: 'Offer Desk' };
const SPEAKER = Symbol('offer-desk.speaker');

export type BotParts = ReturnType<typeof openBot>;

/** Opens the bot for every channel. `logKey` hashes the names of conversations for the log. */
export function openBot(options: AppOptions, stores: Stores, services: DeskServices, logKey: Buffer) {
  const { config, log, now } = options;
  // The hub hands turns to the adapter, whose authentication needs the hub: set once both stand.
  const late: { deliver?: ReturnType<typeof createDispatch> } = {};
  const web = openWeb({
    log,
    now,
    bot: BOT,
    newReference,
    conversations: stores.conversations,
    defaultLanguage: config.defaultLanguage,
    sdk: withClaimsRule(options.sdk ?? [sdkOptions(config)], config),
    dispatch: async (activity: WireTurn, meta: DispatchMeta) => late.deliver?.(activity, meta),
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
    roleOf: (context) => context.turnState.get<AskerRole>(SPEAKER),
    vouchedFor: vouchedFor(options, stores),
  });
  const turns = turnsOf({ store: stores.turns, log }, logKey);
  late.deliver = createDispatch(adapter, web.authentication, (context, meta) =>
    turns
      .ordered(context, () => answer(context, webSpeaker(meta.audience, config), bot), true)
      .then(() => undefined),
  );
  return { web, adapter, bot, turns };
}

/** Only the local page has staff, and its person is the administrator; with a registration the web has customers. */
function webSpeaker(asker: Asker, { registration }: Pick<Config, 'registration'>): AskerRole {
  return { asker, admin: asker === 'partner' && !registration };
}

/** The bot's answer to a speaker the edge has decided about. */
export async function answer(context: TurnContext, speaker: AskerRole, bot: OfferDeskBot): Promise<void> {
  context.turnState.set(SPEAKER, speaker);
  await bot.run(context);
}

/** How a turn is run, with its one line in the log. */
function turnsOf(deps: Pick<GuardDeps, 'store' | 'log'>, key: Buffer) {
  const summary = { log: deps.log, key };
  return {
    /** In its conversation's order, once for one activity. */
    ordered(context: TurnContext, work: () => Promise<void>, redelivered = false): Promise<Guarded> {
      const { id: activityId, channelId, conversation } = context.activity;
      const about = { channelId, conversationId: conversation.id, activityId };
      return summed(context, summary, (run) => guardTurn(about, { ...deps, redelivered }, run), work);
    },
    /** At once: it changes nothing. */
    async alone(context: TurnContext, work: () => Promise<void>): Promise<void> {
      await summed(context, summary, (run) => run().then(() => ({ kind: 'ran' })), work);
    },
  };
}
