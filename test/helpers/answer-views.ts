/** The answer card in each of its states, for one answer: when the first contact can be reached, and what else is known. */
import { answerCard, whyCard } from '../../cards/answer/answer-card.js';
import { notHelpedCard } from '../../cards/answer/not-helped-card.js';
import { offerCard } from '../../cards/answer/offer-card.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import type { Answer, ShownContact } from '../../core/services/answers/answer.js';
import { NOW } from './card-fixtures.js';
import { sampleIncident } from './outage-views.js';

type View = (ctx: RenderContext) => RenderedCard;

const OPEN = 'Asia/Taipei; Mo-Fr 07:00-18:00; Sa 09:00-12:00';
const CLOSED = 'Asia/Taipei; Mo-Fr 09:00-18:00; Sa 09:00-12:00';
/** The longest names and addresses that an import lets through. */
export const LONG = {
  offer: 'Wide World Importers Continuous Data Protection and Ransomware Recovery for Microsoft 365',
  company: 'Wide World Importers Datensicherungsgesellschaft Nordrhein-Westfalen mbH',
  email: 'technical-support-escalations.emea@continuous-data-protection.wideworldimporters.com',
  url: 'https://support.wideworldimporters.com/continuous-data-protection/microsoft-365/contact-us?region=emea&tier=premium',
};

/** The answer whose first contact has these facts too. */
function withFirst(answer: Answer, facts: Partial<ShownContact>): Answer {
  return { ...answer, first: { ...answer.first, contact: { ...answer.first.contact, ...facts } } };
}

/** The answer with the longest names and addresses that an import lets through. */
function withLongNames(answer: Answer): Answer {
  const { email, url, company, offer } = LONG;
  const long = withFirst(answer, { name: company, email, url, hours: CLOSED });
  return {
    ...long,
    offer: answer.offer && { ...answer.offer, name: offer, publisherName: company },
    partnerName: company,
    responsibleName: company,
    first: { ...long.first, partyName: company },
  };
}

/** Every state of the answer card, and the cards made of the same answer. */
export function answerViews(answer: Answer, name: string, text?: string): Readonly<Record<string, View>> {
  const shown = (given: Answer, closed = false): View => {
    return (ctx) => answerCard({ answer: given, closed }, ctx);
  };
  const missing = (why: 'private-chat' | 'none-on-file'): Answer => ({
    ...answer,
    first: { ...answer.first, contact: undefined, missing: why },
  });
  const incident = { ...sampleIncident(), title: text ?? 'Sign-in fails' };
  const doNotDisturb = { presence: { state: 'do-not-disturb', at: NOW } } as const;
  const logo = { url: 'https://www.northwind.example/logo.png', name: text ?? 'Northwind Cloud' };
  return {
    answer: shown(answer),
    'answer-open': shown(withFirst(answer, { hours: OPEN })),
    'answer-not-open': shown(withFirst(answer, { hours: CLOSED })),
    'answer-dead': shown(withFirst(answer, { deadSince: '2026-08-14', deadReason: 'bounced' })),
    'answer-long': text === undefined ? shown(withLongNames(answer)) : shown(answer),
    'answer-missing': shown(missing('none-on-file')),
    'answer-outage': (ctx) =>
      answerCard({ answer, incidents: [incident], unreadableSince: incident.startedAt }, ctx),
    'answer-assumed': shown({ ...answer, assumed: 'partner' }),
    'answer-assumed-other': shown({ ...answer, assumed: 'customer-direct' }),
    'answer-logo': (ctx) => answerCard({ answer }, { ...ctx, logo }),
    'answer-closed': shown(answer, true),
    'answer-shared': shown(missing('private-chat')),
    'answer-no-offer': shown({ ...answer, offer: undefined }),
    'answer-presence': shown(withFirst(answer, doNotDisturb)),
    offer: (ctx) => offerCard({ answers: [answer, answer, answer, answer, answer] }, ctx),
    why: (ctx) => whyCard({ answer }, ctx),
    'not-helped': (ctx) => notHelpedCard({ answer }, ctx),
    'not-helped-last': (ctx) => notHelpedCard({ answer: { ...answer, escalation: [] } }, ctx),
    'not-helped-manager': (ctx) =>
      notHelpedCard({ answer, manager: { name, upn: text ?? 'grace@northwind.example' } }, ctx),
  };
}
