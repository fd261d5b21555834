/** Sends a rendered card as one activity: a card without text, because Teams splits a message that has both. */
import type { Activity, TurnContext } from 'botbuilder-core';
import { languagesOf, type PartnerProfile } from '../../core/directory/profile.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import type { DeskServices } from './services.js';
import type { Turn } from './turn.js';

const ADAPTIVE_CARD = 'application/vnd.microsoft.card.adaptive';

/** The activity of a card: `summary` is what a toast and a screen reader say. */
export function cardActivity(card: RenderedCard): Partial<Activity> {
  return {
    type: 'message',
    summary: card.summary,
    attachments: [{ contentType: ADAPTIVE_CARD, content: card.card }],
  };
}

/** Sends one card as this turn's reply; its id in the channel, where the channel gives one. */
export async function say(context: TurnContext, card: RenderedCard): Promise<string | undefined> {
  const sent = await context.sendActivity(cardActivity(card));
  return sent?.id === '' ? undefined : sent?.id;
}

/** What a view needs to know, for a card that belongs to a step. */
export function renderContext(turn: Turn, services: DeskServices, step: string): RenderContext {
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
    mailLink: services.mailLink,
    languages: languagesOf(services.profile()),
    ...logoOf(services.profile()),
    privateChat: turn.scope === 'personal' ? undefined : turn.privateChat,
  };
}

/** Teams loads images of https addresses; an image inside the card would make every card heavy. */
function logoOf({ logo: url, name }: PartnerProfile): Pick<RenderContext, 'logo'> {
  return url === undefined || url.startsWith('data:') ? {} : { logo: { url, name } };
}

/** A person is there for customers of the partner's own page, where staff have chosen a place to take them. */
function maySpeak({ asker, host }: Turn, { handover }: DeskServices): boolean {
  return asker === 'customer' && host === 'web' && handover?.staffChannel() !== undefined;
}
