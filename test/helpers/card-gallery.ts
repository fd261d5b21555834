/** Every card view with ordinary data, for people who look at cards and for tests of all cards. */
import { answerCard, whyCard } from '../../cards/answer/answer-card.js';
import {
  askBackCard,
  issueChoicesCard,
  issueTopicsCard,
  severalQuestionsCard,
} from '../../cards/choices/issue-cards.js';
import {
  askOfferCard,
  noOfferCard,
  offerChoicesCard,
  publisherChoicesCard,
  unknownLinkCard,
} from '../../cards/choices/offer-cards.js';
import {
  channelCard,
  agreementCard,
  countryCard,
  hostingCard,
  moveCard,
  refundWindowCard,
} from '../../cards/choices/fact-cards.js';
import { helpCard, languageCard, startCard, welcomeCard } from '../../cards/choices/greeting-cards.js';
import { notHelpedCard } from '../../cards/answer/not-helped-card.js';
import { noticeCard, usedCard } from '../../cards/kit/notice-card.js';
import { offerCard } from '../../cards/answer/offer-card.js';
import type { ShownStep } from '../../core/services/answers/answer.js';
import { adminViews } from './admin-cards.js';
import type { NoticeData } from '../../cards/kit/card-data.js';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { type Asker, ISSUE_KINDS, ISSUES, LANGUAGES } from '../../core/terms.js';
import { handoverViews } from './handover-views.js';
import { cardContext, customerAnswer, hostileAnswer, NOW, sampleAnswer } from './card-fixtures.js';
import { reportViews } from './report-cards.js';

type View = (ctx: RenderContext) => RenderedCard;

const NOTICES: readonly NoticeData[] = [
  ...(
    [
      'stale',
      'foreign',
      'forged',
      'cancelled',
      'restarted',
      'nothing-to-cancel',
      'nothing-to-go-back',
      'attachments',
      'empty',
      'too-long',
      'request-recorded',
      'language-set',
      'busy',
    ] as const
  ).map((kind) => ({ kind })),
  { kind: 'error', reference: '7f3a-91c2' },
];

const USED: readonly (CardAction | undefined)[] = [
  undefined,
  { verb: 'choose-issue', issue: 'billing.refund' },
  { verb: 'choose-group', kind: 'technical' },
  { verb: 'answer-channel', channel: 'customer-direct' },
  { verb: 'answer-channel', channel: 'unknown' },
  { verb: 'answer-hosting', hosting: 'azure' },
  { verb: 'answer-refund-window', open: false },
  { verb: 'help' },
];

const present = (step: ShownStep): ShownStep => ({
  ...step,
  contact: { ...step.contact, presence: { state: 'do-not-disturb', at: NOW } },
});

/** Every view with `text` in every free text. Without `text`, the views have ordinary names. */
export function everyView(asker: Asker, text?: string): Readonly<Record<string, View>> {
  const name = text ?? 'Contoso Backup';
  const answer =
    text === undefined
      ? asker === 'customer'
        ? customerAnswer()
        : sampleAnswer()
      : hostileAnswer(text, asker);
  const offers = [1, 2, 3, 4, 5, 6, 7].map((at) => ({
    offerId: `fabrikam.backup-${at}`,
    name: text ?? `Contoso Backup ${at}`,
    publisherName: text ?? 'Fabrikam',
    withdrawn: at === 2,
  }));
  const publishers = [1, 2, 3, 4, 5, 6].map((at) => ({
    publisherId: `p${at}`,
    name: text ?? `Fabrikam ${at}`,
    offerCount: at,
  }));
  const guide = { partnerName: text ?? 'Northwind Cloud', offerNames: [name, name, name, name] };
  return {
    answer: (ctx) => answerCard({ answer }, ctx),
    'answer-assumed': (ctx) => answerCard({ answer: { ...answer, assumed: 'partner' } }, ctx),
    'answer-assumed-other': (ctx) => answerCard({ answer: { ...answer, assumed: 'customer-direct' } }, ctx),
    'answer-logo': (ctx) =>
      answerCard(
        { answer },
        { ...ctx, logo: { url: 'https://www.northwind.example/logo.png', name: guide.partnerName } },
      ),
    'answer-closed': (ctx) => answerCard({ answer, closed: true }, ctx),
    'answer-shared': (ctx) =>
      answerCard(
        { answer: { ...answer, first: { ...answer.first, contact: undefined, missing: 'private-chat' } } },
        ctx,
      ),
    offer: (ctx) => offerCard({ answers: [answer, answer, answer, answer, answer] }, ctx),
    'link-unknown': (ctx) => unknownLinkCard({ offerId: text ?? 'contoso.mail' }, ctx),
    'link-numbered': (ctx) => unknownLinkCard({}, ctx),
    'several-questions': (ctx) =>
      severalQuestionsCard(
        {
          questions: [
            { issue: 'billing', offerName: name },
            { issue: 'technical', offerName: name },
          ],
        },
        ctx,
      ),
    move: (ctx) => moveCard({ asked: name }, ctx),
    'move-message': (ctx) => moveCard({ asked: name, from: 'message' }, ctx),
    'answer-no-offer': (ctx) => answerCard({ answer: { ...answer, offer: undefined } }, ctx),
    'not-helped': (ctx) => notHelpedCard({ answer }, ctx),
    'not-helped-last': (ctx) => notHelpedCard({ answer: { ...answer, escalation: [] } }, ctx),
    'not-helped-manager': (ctx) =>
      notHelpedCard({ answer, manager: { name, upn: text ?? 'grace@northwind.example' } }, ctx),
    'answer-presence': (ctx) => answerCard({ answer: { ...answer, first: present(answer.first) } }, ctx),
    why: (ctx) => whyCard({ answer }, ctx),
    offers: (ctx) => offerChoicesCard({ query: name, offers }, ctx),
    'offers-of-publisher': (ctx) =>
      offerChoicesCard({ query: name, offers: offers.slice(0, 2), reason: 'publisher', total: 40 }, ctx),
    'offers-similar': (ctx) =>
      offerChoicesCard({ query: name, offers: offers.slice(0, 1), reason: 'typo' }, ctx),
    publishers: (ctx) => publisherChoicesCard({ query: name, publishers }, ctx),
    'no-offer': (ctx) => noOfferCard({ query: name, nearest: offers }, ctx),
    'no-offer-at-all': (ctx) => noOfferCard({ query: name, nearest: [] }, ctx),
    'ask-offer': (ctx) => askOfferCard({ offerNames: [name] }, ctx),
    'ask-offer-issue': (ctx) => askOfferCard({ offerNames: [], issue: 'billing' }, ctx),
    issues: (ctx) => issueChoicesCard({ offerName: name }, ctx),
    ...Object.fromEntries(
      ISSUE_KINDS.map((kind) => [
        `topics-${kind}`,
        (ctx: RenderContext) => issueTopicsCard({ kind, offerName: name }, ctx),
      ]),
    ),
    'ask-back': (ctx) => askBackCard({ issues: ISSUES.slice(0, 4), offerName: name }, ctx),
    channel: (ctx) => channelCard({ offerName: name, issue: 'billing' }, ctx),
    agreement: (ctx) => agreementCard({ offerName: name, issue: 'billing' }, ctx),
    country: (ctx) => countryCard({ offerName: name, issue: 'billing.tax' }, ctx),
    hosting: (ctx) => hostingCard({ offerName: name, issue: 'provisioning-deployment' }, ctx),
    refund: (ctx) => refundWindowCard({ offerName: name, issue: 'billing.refund' }, ctx),
    welcome: (ctx) => welcomeCard(guide, ctx),
    start: (ctx) => startCard({ partnerName: guide.partnerName, offers: offers.slice(0, 4) }, ctx),
    'start-known': (ctx) => startCard({ partnerName: guide.partnerName, offers: [], known: name }, ctx),
    'ask-offer-suggested': (ctx) => askOfferCard({ offerNames: [name], offers: offers.slice(0, 4) }, ctx),
    help: (ctx) => helpCard(guide, ctx),
    'help-admin': (ctx) => helpCard({ ...guide, admin: true }, ctx),
    'help-group': (ctx) => helpCard({ ...guide, place: 'group' }, ctx),
    'help-channel': (ctx) => helpCard({ ...guide, place: 'channel' }, ctx),
    'help-empty-directory': (ctx) => helpCard({ ...guide, offerNames: [] }, ctx),
    ...handoverViews(text),
    ...reportViews(name, answer, text),
    language: (ctx) => languageCard({}, ctx),
    ...adminViews(text),
    ...Object.fromEntries(
      NOTICES.map((data) => [
        `notice-${data.kind}`,
        (ctx: RenderContext) =>
          noticeCard(
            text !== undefined && data.kind === 'error' ? { kind: 'error', reference: text } : data,
            ctx,
          ),
      ]),
    ),
    ...Object.fromEntries(
      USED.map((action) => [
        `used-${action?.verb ?? 'nothing'}`,
        (ctx: RenderContext) => usedCard({ action }, ctx),
      ]),
    ),
  };
}

/** The cards for people to look at, in both languages. */
export function galleryCards(): readonly { name: string; card: unknown }[] {
  const shown: readonly [Asker, 'web' | 'teams', string][] = [
    ['partner', 'web', 'answer'],
    ['customer', 'web', 'answer'],
    ['partner', 'teams', 'answer'],
    ['partner', 'web', 'answer-no-offer'],
    ['partner', 'web', 'not-helped'],
    ['partner', 'web', 'offers'],
    ['partner', 'web', 'no-offer'],
    ['customer', 'web', 'issues'],
    ['customer', 'web', 'channel'],
    ['partner', 'web', 'welcome'],
    ['customer', 'web', 'help'],
    ['partner', 'web', 'notice-error'],
    ['customer', 'web', 'handover-form-again'],
    ['customer', 'web', 'handover-visitor-taken'],
    ['partner', 'teams', 'handover-staff-taken'],
  ];
  return LANGUAGES.flatMap((language) =>
    shown.map(([asker, host, view]) => ({
      name: `${view}-${asker}-${host}-${language}`,
      card: everyView(asker)[view]?.(cardContext({ language, host, asker })).card,
    })),
  );
}
