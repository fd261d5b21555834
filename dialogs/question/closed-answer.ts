/** An answer outside a conversation: a card put into a chat, unfurled from a link, or shown to one of its readers. */
import type { CardAction } from '../../cards/kit/action-table.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { answerCard } from '../../cards/answer/answer-card.js';
import { noticeCard } from '../../cards/kit/notice-card.js';
import { offerCard } from '../../cards/answer/offer-card.js';
import type { Answer } from '../../core/services/answers/answer.js';
import { routeQuestion } from '../../core/services/answers/route-question.js';
import type { Issue } from '../../core/terms.js';
import type { Reader } from './facts.js';
import { prefersOf } from '../cases/case-view.js';
import type { DeskServices } from '../shared/services.js';

/** The subject of a card: an issue, an offer with its most frequent issues, or an issue of an offer. */
export type Subject = Omit<Extract<CardAction, { verb: 'show-answer' }>, 'verb'>;

/** The issues on an offer's card: the most frequent ones, each with a different responsible party. */
const AT_A_GLANCE: readonly Issue[] = [
  'billing',
  'subscription-management',
  'account-setup.activation',
  'technical',
  'how-to-docs-training',
];

/** The answer about an issue for these readers; unknown facts count as usual. */
function answerAbout(issue: Issue, { offerId }: Subject, services: DeskServices, reader: Reader): Answer {
  const question = { asker: reader.asker, shared: reader.scope !== 'personal', issue, offerId };
  const { language } = reader;
  return routeQuestion(question, services.view().directory, services.profile(), {
    language,
    prefers: prefersOf(services),
  });
}

/** The card about a subject, without buttons of a conversation. The card says so when the offer no longer exists. */
export function closedAnswer(
  subject: Subject,
  services: DeskServices,
  reader: Reader,
  ctx: RenderContext,
): RenderedCard {
  const about = (issue: Issue) => answerAbout(issue, subject, services, reader);
  if (subject.issue) return answerCard({ answer: about(subject.issue), closed: true }, ctx);
  if (!subject.offerId || !services.view().directory.offers.has(subject.offerId)) {
    return noticeCard({ kind: 'stale' }, ctx);
  }
  const [first, ...others] = AT_A_GLANCE;
  return offerCard({ answers: [about(first!), ...others.map(about)] }, ctx);
}
