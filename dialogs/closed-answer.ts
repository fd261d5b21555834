/** An answer that belongs to no conversation: the card put into a chat, unfurled from a link, or shown to one reader of it. */
import type { CardAction, RenderContext, RenderedCard } from '../cards/types.js';
import { answerCard } from '../cards/views/answer-card.js';
import type { Answer } from '../core/services/answer.js';
import { routeQuestion } from '../core/services/route-question.js';
import type { Issue } from '../core/terms.js';
import type { Reader } from './facts.js';
import type { DeskServices } from './services.js';

export interface AboutOffer {
  readonly offerId?: string;
  readonly issue: Issue;
}

/** The answer for these readers; facts nobody gave count as usual. */
export function answerAbout({ offerId, issue }: AboutOffer, services: DeskServices, reader: Reader): Answer {
  const question = { asker: reader.asker, shared: reader.place !== 'personal', issue, offerId };
  return routeQuestion(question, services.view().directory, services.profile());
}

/** The card of a `show-answer` button, without buttons of its own. */
export function closedAnswer(
  { offerId, issue }: Extract<CardAction, { verb: 'show-answer' }>,
  services: DeskServices,
  reader: Reader,
  ctx: RenderContext,
): RenderedCard {
  return answerCard({ answer: answerAbout({ offerId, issue }, services, reader), closed: true }, ctx);
}
