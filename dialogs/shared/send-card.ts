/** Sends a rendered card as one activity: a card without text, because Teams splits a message that has both. */
import type { Activity, TurnContext } from 'botbuilder-core';
import { LANGUAGE_TRAITS, type Language } from '../../core/terms.js';
import { languagesOf, type PartnerProfile } from '../../core/directory/profile.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { profileFor, type DeskServices } from './services.js';
import { turnOf, type Turn } from './turn.js';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/**
 * The activity of a card: toasts and screen readers use `summary`.
 * @param language of a message that does not answer a turn; a reply is in the language of its turn
 */
export function cardActivity(card: RenderedCard, language?: Language): Partial<Activity> {
  return {
    type: 'message',
    ...(language && { locale: LANGUAGE_TRAITS[language].locale }),
    summary: card.summary,
    attachments: [{ contentType: ADAPTIVE_CARD, content: card.card }],
  };
}

/** A part of a question and its answer. The page folds an answered question. */
export type QuestionPart = 'question' | 'answer';

/** Sends one card as this turn's reply; returns its id in the channel, when the channel gives one. */
export async function say(
  context: TurnContext,
  card: RenderedCard,
  part?: QuestionPart,
): Promise<string | undefined> {
  const isOnPage = part !== undefined && turnOf(context).host === 'web';
  const mark = isOnPage ? { channelData: { offerDesk: part } } : {};
  const sent = await context.sendActivity({ ...cardActivity(card), ...mark });
  return sent?.id === '' ? undefined : sent?.id;
}

/** What a view needs to know of the turn, or of a call that belongs to no turn. */
export type ViewReader = Pick<
  Turn,
  'text' | 'language' | 'host' | 'asker' | 'scope' | 'zone' | 'tenantId' | 'privateChat'
>;

/** The context of a view, for a card of a step. */
export function renderContext(turn: ViewReader, services: DeskServices, step: string): RenderContext {
  return {
    text: turn.text,
    language: turn.language,
    host: turn.host,
    asker: turn.asker,
    signer: services.signer,
    step,
    now: services.now(),
    ...(turn.zone === undefined ? {} : { zone: turn.zone }),
    ...(turn.asker === 'customer' && turn.tenantId ? { tenantId: turn.tenantId } : {}),
    ...(services.reports && { doubted: services.reports.doubted }),
    talk: maySpeak(turn, services),
    cases: services.cases !== undefined && turn.scope === 'personal',
    mailLink: services.mailLink,
    languages: languagesOf(services.profile()),
    ...logoOf(profileFor(services, turn.language)),
    privateChat: turn.scope === 'personal' ? undefined : turn.privateChat,
  };
}

/** Teams loads images of https addresses; an image inside the card would make every card heavy. */
function logoOf({ logo: url, name }: PartnerProfile): Pick<RenderContext, 'logo'> {
  return url === undefined || url.startsWith('data:') ? {} : { logo: { url, name } };
}

/** Customers on the partner's own page can ask for a person after staff have set a place for hand-overs. */
function maySpeak({ asker, host }: ViewReader, { handover }: DeskServices): boolean {
  return asker === 'customer' && host === 'web' && handover?.staffChannel() !== undefined;
}
