/** Every card view: the one list from which the gallery, the golden pictures and the tests of all cards are made. */
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
import {
  helpCard,
  languageCard,
  speechCard,
  startCard,
  welcomeCard,
} from '../../cards/choices/greeting-cards.js';
import { noticeCard, usedCard } from '../../cards/kit/notice-card.js';
import { adminViews } from './admin-cards.js';
import { answerViews } from './answer-views.js';
import type { NoticeData, NoticeKind } from '../../cards/kit/card-data.js';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { type Asker, ISSUE_KINDS, ISSUES, type Language } from '../../core/terms.js';
import { caseViews } from './case-views.js';
import { customerViews } from './customer-views.js';
import { handoverViews } from './handover-views.js';
import { cardContext, customerAnswer, hostileAnswer, sampleAnswer } from './card-fixtures.js';
import { INSIGHT_NAMES, insightViews } from './insight-views.js';
import { outageViews } from './outage-views.js';
import { reportViews } from './report-cards.js';

type View = (ctx: RenderContext) => RenderedCard;

/** One notice of each kind. The compiler refuses a kind that is missing here. */
const NOTICES: Readonly<Record<NoticeKind, true>> = {
  stale: true,
  foreign: true,
  forged: true,
  cancelled: true,
  restarted: true,
  'nothing-to-cancel': true,
  'nothing-to-go-back': true,
  attachments: true,
  empty: true,
  'too-long': true,
  'not-understood': true,
  'not-numbered': true,
  greeting: true,
  thanks: true,
  goodbye: true,
  agreed: true,
  'are-you-a-bot': true,
  insult: true,
  hesitation: true,
  'how-are-you': true,
  'are-you-there': true,
  laughter: true,
  'request-recorded': true,
  'language-set': true,
  busy: true,
  error: true,
};
const noticeOf = (kind: NoticeKind, reference = '7f3a-91c2'): NoticeData =>
  kind === 'error' ? { kind, reference } : { kind };

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
    ...answerViews(answer, name, text),
    ...customerViews(text),
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
    ...caseViews(name, answer, text),
    ...outageViews(answer, text),
    ...insightViews((id) => text ?? INSIGHT_NAMES[id] ?? id),
    language: (ctx) => languageCard({}, ctx),
    'language-heard': (ctx) => speechCard({ kind: 'heard', before: 'en' }, ctx),
    'language-not-offered': (ctx) => speechCard({ kind: 'not-offered', tag: 'fr' }, ctx),
    ...adminViews(text),
    ...Object.fromEntries(
      (Object.keys(NOTICES) as NoticeKind[]).map((kind) => [
        `notice-${kind}`,
        (ctx: RenderContext) => noticeCard(noticeOf(kind, text), ctx),
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

/** Views that only staff see, and views that only a customer sees; everybody sees the others. */
const STAFF_VIEWS =
  /^(upkeep|customer-|set-up|doctor|report-(contact|queue|thanks)|case-(given|team|said-(no-colleague|several|no-team))|handover-staff|outage(?!-customer)|help-|insights|move|link|several|not-helped-manager|answer-(presence|doubted|shared)|offer$)/;
const CUSTOMER_VIEWS = /^(start|outage-customer|handover-(form|visitor|note))/;

/** True when this kind of reader ever sees the view. */
export function isSeenBy(asker: Asker, view: string): boolean {
  return !(asker === 'customer' ? STAFF_VIEWS : CUSTOMER_VIEWS).test(view);
}

/** One card as one kind of reader sees it. */
export interface GalleryState {
  /** The name of the view and its reader, in letters that suit a file name. */
  readonly name: string;
  readonly cardIn: (language: Language) => RenderedCard;
}

/** Every card for people to look at: staff see it in Teams, customers on the web. */
export function galleryStates(): readonly GalleryState[] {
  return (['partner', 'customer'] as const).flatMap((asker) =>
    Object.entries(everyView(asker))
      .filter(([view]) => isSeenBy(asker, view))
      .map(([view, draw]) => ({
        name: `${view}-${asker}`,
        cardIn: (language: Language) => draw(readerContext(asker, language)),
      })),
  );
}

function readerContext(asker: Asker, language: Language): RenderContext {
  const zone = 'Asia/Taipei';
  if (asker === 'customer') return cardContext({ asker, language, zone, talk: true });
  const mailLink = (to: string) =>
    `https://desk.northwind.example/go/mail?${new URLSearchParams({ to }).toString()}`;
  return cardContext({ asker, language, zone, host: 'teams', mailLink });
}
