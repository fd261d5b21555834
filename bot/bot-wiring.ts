/** Makes the bot, its adapter and the web channel, which need one another. Part of the wiring. */
import { ConversationState, PrivateConversationState, UserState, type TurnContext } from 'botbuilder';
import type { Asker } from '../core/terms.js';
import type { DeskServices } from '../dialogs/services.js';
import type { AppOptions } from './app.js';
import type { Config } from './config.js';
import { newReference } from './http/server.js';
import { vouchedFor } from './identity-wiring.js';
import { sdkOptions, withClaimsRule } from './registration.js';
import type { Stores } from './store/stores.js';
import { DeskAdapter } from './teams/adapter.js';
import { OfferDeskBot, type Speaker } from './teams/bot.js';
import { turnFailure } from './teams/failure.js';
import { mayAnswerTo, MICROSOFT_SERVICE_HOSTS } from './teams/service-url.js';
import { guardTurn, type GuardDeps } from './turn-guard.js';
import { createDelivery } from './web/deliver.js';
import type { DeliveryMeta } from './web/directline/hub.js';
import { openWeb, type WireTurn } from './web/web-channel.js';

const BOT = { id: 'offer-desk', name: 'Offer Desk' };
const SPEAKER = Symbol('offer-desk.speaker');

export type BotParts = ReturnType<typeof openBot>;

/** Opens the bot for every channel. */
export function openBot(options: AppOptions, stores: Stores, services: DeskServices) {
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
    speakerOf: (context) => context.turnState.get<Speaker>(SPEAKER),
    vouchedFor: vouchedFor(options, stores),
  });
  late.deliver = createDelivery(adapter, web.authentication, (context, meta) =>
    inOrder(context, { store: stores.turns, log, redelivered: true }, () =>
      answer(context, webSpeaker(meta.audience, config), bot),
    ).then(() => undefined),
  );
  return { web, adapter, bot };
}

/** Only the local page has staff, and its person is the administrator; with a registration the web has customers. */
function webSpeaker(asker: Asker, { registration }: Pick<Config, 'registration'>): Speaker {
  return { asker, admin: asker === 'partner' && !registration };
}

/** The bot's answer to a speaker the edge has decided about. */
export async function answer(context: TurnContext, speaker: Speaker, bot: OfferDeskBot): Promise<void> {
  context.turnState.set(SPEAKER, speaker);
  await bot.run(context);
}

/** Work in its conversation's order, once for one activity. */
export function inOrder(context: TurnContext, deps: GuardDeps, work: () => Promise<void>) {
  const { id: activityId, channelId, conversation } = context.activity;
  return guardTurn({ channelId, conversationId: conversation.id, activityId }, deps, work);
}
