/** Makes the bot, its adapter and the web channel. */
import { ConversationState, PrivateConversationState, UserState, type TurnContext } from 'botbuilder';
import { languagesOf } from '../../core/directory/profile.js';
import type { Asker } from '../../core/terms.js';
import { newReference } from '../http/server.js';
import { turnsOf } from '../runtime/turn-log.js';
import { DeskAdapter } from '../teams/adapter.js';
import { OfferDeskBot, type AskerRole } from '../teams/bot.js';
import { replyLanguage } from '../teams/reply-language.js';
import { sampleMark } from '../teams/sample-mark.js';
import { sendSpans } from '../teams/send-spans.js';
import { turnFailure } from '../teams/failure.js';
import { mayAnswerTo } from '../teams/pre-check.js';
import { createDispatch } from '../web/local-auth.js';
import { LOCAL_SERVICE_URL } from '../web/directline/hub.js';
import { openWeb } from '../web/web-channel.js';
import { ChannelState } from '../teams/channel-state.js';
import type { Config } from './config.js';
import type { Told } from '../teams/notifier.js';
import type { AppContext, BotParts } from './context.js';
import { vouchedFor } from './identity.js';
import { sdkOptions, serviceHosts, withClaimsRule } from './registration.js';

const BOT = { id: 'offer-desk', name: 'Offer Desk' };
const ROLE = Symbol('offer-desk.role');

/**
 * Opens the bot for every channel: first the web channel, because the adapter uses its connector; then the services for
 * its visitors.
 */
export async function openBot(
  context: Pick<AppContext, 'config' | 'stores' | 'services' | 'spans' | 'log' | 'now' | 'sdk'>,
): Promise<BotParts> {
  const { config, stores, services, spans, log, now } = context;
  const web = openWeb({
    log,
    now,
    bot: BOT,
    newReference,
    conversations: stores.conversations,
    defaultLanguage: config.defaultLanguage,
    languages: () => languagesOf(services.profile()),
    sdk: withClaimsRule(context.sdk ?? [sdkOptions(config)], config),
  });
  const hosts = serviceHosts(config);
  web.authentication.answerOnly((serviceUrl) => mayAnswerTo(serviceUrl, hosts, !config.registration));
  const adapter = new DeskAdapter(web.authentication, turnFailure(services, log));
  adapter.use(replyLanguage());
  adapter.use(sampleMark(() => services.isSample?.() ?? false));
  adapter.use(sendSpans(spans));
  const bot = botOf(context);
  // The key hashes the conversation ids in the log.
  const turns = turnsOf({ store: stores.turns, spans, log }, await stores.secrets.getOrCreate('log-names'));
  web.hub.dispatchTo(
    createDispatch(adapter, web.authentication, async (turn, meta) => {
      await turns.ordered(turn, () => answer(turn, webRole(meta.audience, config), bot), true);
    }),
  );
  return { web, adapter, bot, turns };
}

function botOf(context: Pick<AppContext, 'config' | 'stores' | 'services' | 'log'>): OfferDeskBot {
  const { config, stores, services, log } = context;
  const { storage } = stores.turns;
  return new OfferDeskBot({
    services,
    log,
    states: {
      conversation: new ConversationState(storage),
      user: new UserState(storage),
      personal: new PrivateConversationState(storage),
      channel: new ChannelState(storage),
    },
    defaultLanguage: config.defaultLanguage,
    roleOf: (turn) => turn.turnState.get<AskerRole>(ROLE),
    vouchedFor: vouchedFor(context),
  });
}

/** Only the local page has staff; the option `--local-admin` makes them administrators. Other web users are customers. */
function webRole(
  asker: Asker,
  { registration, localAdmin }: Pick<Config, 'registration' | 'localAdmin'>,
): AskerRole {
  return { asker, admin: asker === 'partner' && !registration && localAdmin };
}

/** Runs the bot for a speaker. The channel edge has already identified the speaker. */
export async function answer(context: TurnContext, speaker: AskerRole, bot: OfferDeskBot): Promise<void> {
  context.turnState.set(ROLE, speaker);
  await bot.run(context);
}

/** Notes when the bot writes to a conversation by itself, so that a later "yes" is not read as the answer to an older question. */
export function toldIn({ stores, log }: Pick<AppContext, 'stores' | 'log'>): Told {
  return async (channelId, conversationId) => {
    try {
      await stores.told.note(channelId, conversationId);
    } catch (error) {
      log.warn('message.not-noted', { error });
    }
  };
}

/** How a message reaches Teams and the web: the in-process channel has a separate connector and service URL. */
export function toEveryChannel({
  web,
  outward,
}: Pick<AppContext, 'web' | 'outward'>): Omit<AppContext['outward'], 'limiter'> {
  const isOwn = (url: string) => url === LOCAL_SERVICE_URL;
  const { connectorFactory } = web.authentication.localRequest();
  return {
    mark: outward.mark,
    mayAnswerTo: (url) => isOwn(url) || outward.mayAnswerTo(url),
    connectorFor: (url) =>
      isOwn(url) && connectorFactory ? connectorFactory.create(url, '') : outward.connectorFor(url),
  };
}
