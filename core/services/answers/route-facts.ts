/** Turns one question into the facts for the policy, and says which facts are still open. */
import { tier1Of } from '../../directory/overrides.js';
import type { PartnerProfile } from '../../directory/profile.js';
import type { Directory, Offer, Publisher } from '../../directory/types.js';
import { OPEN_QUESTIONS, type OpenQuestion, type RouteFacts } from '../../policy/decision.js';
import { offerChangesAnswer, openQuestions, withRefundWindow } from '../../policy/open-questions.js';
import { taxHandlerOf } from '../../policy/tax-countries.js';
import {
  kindOf,
  PRIVATE_OFFER_CHANNELS,
  traitsOf,
  type Agreement,
  type Asker,
  type Hosting,
  type Issue,
  type PurchaseChannel,
  type SupportTier,
} from '../../terms.js';

/** The known facts of a question when the bot answers it. Only asker and issue are needed. */
export interface RouteQuestion {
  readonly asker: Asker;
  readonly issue: Issue;
  /** Canonical offer id. Absent, or unknown to the directory: the answer is about the issue alone. */
  readonly offerId?: string;
  /** `unknown` when the asker does not know it. */
  readonly channel?: PurchaseChannel | 'unknown';
  /** The channels that the asker's words leave open: the bot asks which, and assumes none. */
  readonly channelAmong?: readonly PurchaseChannel[];
  /** True: the bot asks for the purchase channel, and does not assume one. */
  readonly asksChannel?: boolean;
  /** Given by the asker; counts when the directory does not know it. */
  readonly hosting?: Hosting;
  /** Counts when no offer is known: in a question about a Microsoft product, for example. */
  readonly supportTier?: SupportTier;
  /** Whether the refund window shown on the subscription is still open. */
  readonly refundWindowOpen?: boolean;
  /** ISO code of the country on the invoice; `unknown` when the asker does not know it. */
  readonly country?: string;
  /** True: the bot asks for the country, and takes none from the profile. */
  readonly asksCountry?: boolean;
  /** Whose agreement a private offer is bought under; `unknown` when the asker does not know it. */
  readonly agreement?: Agreement | 'unknown';
  /** Id of the published error that the asker pasted: its advice and source belong to the answer. */
  readonly errorId?: string;
  /** For a publisher: whose staff asks, once verified. */
  readonly publisherId?: string;
  /** True when other people, perhaps guests, can read the answer. Contacts that customers may not see are then left out. */
  readonly shared?: boolean;
}

export interface KnownOffer {
  readonly offer: Offer;
  readonly publisher: Publisher | undefined;
}

/** The offer and its publisher, when the directory knows the id. */
export function knownOffer(offerId: string | undefined, directory: Directory): KnownOffer | undefined {
  const offer = offerId === undefined ? undefined : directory.offers.get(offerId);
  return offer && { offer, publisher: directory.publishers.get(offer.publisherId) };
}

/** The usual purchase channel of this partner's customers. */
function usualChannel(profile: PartnerProfile): PurchaseChannel {
  return profile.usualChannel ?? 'partner';
}

/** The facts of a question. Unknown facts count as usual: the partner's usual channel, supported by the publisher. */
export function routeFacts(
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
): RouteFacts {
  const offer = knownOffer(question.offerId, directory)?.offer;
  const facts: RouteFacts = {
    asker: question.asker,
    issue: question.issue,
    model: profile.model,
    channel: namedChannel(question) ?? question.channelAmong?.[0] ?? usualChannel(profile),
    supportTier: offer?.supportTier ?? question.supportTier ?? 'publisher',
    hosting: hostingOf(question, offer),
    tier1: tier1Of(profile, offer),
    resellerKeeps: profile.resellerKeeps,
    partnerHelps: profile.helpsWithDirectPurchases ?? false,
    agreement: question.agreement === 'indirect' ? 'indirect' : 'own',
    taxBy: taxHandlerOf(question.country ?? profile.country ?? 'unknown'),
  };
  return withRefundWindow(facts, question.refundWindowOpen ?? true);
}

/** The questions still to ask before the answer, in their order. */
export function questionsToAsk(
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
): readonly OpenQuestion[] {
  const facts = routeFacts(question, directory, profile);
  return openQuestions(facts, knownFacts(question, facts, profile), channelsPossible(question));
}

/** The facts that need no question: told, known from the offer or the profile, or assumed. */
function knownFacts(
  question: RouteQuestion,
  facts: RouteFacts,
  profile: PartnerProfile,
): ReadonlySet<OpenQuestion> {
  const known = new Set<OpenQuestion>();
  if (question.channel !== undefined || assumesUsualPurchase(question, profile)) known.add('channel');
  if (question.agreement !== undefined) known.add('agreement');
  // "I do not know" is an answer too: the question is not asked twice.
  if (question.hosting !== undefined || facts.hosting !== 'unknown') known.add('hosting');
  if (question.refundWindowOpen !== undefined) known.add('refund-window');
  if (!question.asksCountry && (question.country ?? profile.country) !== undefined) known.add('country');
  return known;
}

/** The assumed channel of an answer; undefined when every channel leads to the same answer. */
export function assumedChannel(
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
): PurchaseChannel | undefined {
  if (namedChannel(question) !== undefined) return undefined;
  const others = OPEN_QUESTIONS.filter((one) => one !== 'channel');
  const facts = routeFacts(question, directory, profile);
  const isOpen = openQuestions(facts, new Set(others), channelsPossible(question)).length > 0;
  return isOpen ? facts.channel : undefined;
}

/** The country that decides the answer; undefined when every country leads to the same answer, or none is known. */
export function decidingCountry(
  question: RouteQuestion,
  directory: Directory,
  profile: PartnerProfile,
): string | undefined {
  const country = question.country ?? profile.country;
  if (country === undefined || country === 'unknown') return undefined;
  const others = OPEN_QUESTIONS.filter((one) => one !== 'country');
  const facts = routeFacts(question, directory, profile);
  return openQuestions(facts, new Set(others)).length > 0 ? country : undefined;
}

/** How the asker said that the product was bought; undefined when nobody said it. */
export function channelsSaid(question: RouteQuestion): readonly PurchaseChannel[] | undefined {
  const named = namedChannel(question);
  return named ? [named] : question.channelAmong;
}

/**
 * True when the offer may change the answer: its support, its hosting or the help with it leads to another party or
 * contact, or the answer sends to the publisher, whose contacts the offer has.
 */
export function offerMatters(question: RouteQuestion, profile: PartnerProfile): boolean {
  const facts = routeFacts(question, NO_OFFERS, profile);
  return offerChangesAnswer(facts, knownFacts(question, facts, profile), channelsPossible(question));
}

const NO_OFFERS: Directory = { version: 0, offers: new Map(), publishers: new Map() };

function namedChannel({ channel }: RouteQuestion): PurchaseChannel | undefined {
  return channel === 'unknown' ? undefined : channel;
}

/**
 * The purchase channels to choose from: those that the words leave open, and for an issue with a private offer its three
 * kinds, until the asker says that the product was bought another way. Undefined: every channel.
 */
export function channelsPossible({
  issue,
  channelAmong,
  asksChannel,
}: Partial<Pick<RouteQuestion, 'issue' | 'channelAmong' | 'asksChannel'>>):
  readonly PurchaseChannel[] | undefined {
  const isPrivate = issue !== undefined && !asksChannel && ABOUT_PRIVATE_OFFERS.has(issue);
  return channelAmong ?? (isPrivate ? PRIVATE_OFFER_CHANNELS : undefined);
}

const ABOUT_PRIVATE_OFFERS: ReadonlySet<Issue> = new Set([
  'purchase-transaction.private-offer',
  'purchase-transaction.private-offer-acceptance',
]);

/** True for an issue with the product, false for one with its purchase. */
export function isAboutProduct(issue: Issue): boolean {
  return traitsOf(kindOf(issue)).isAboutProduct;
}

/** Issues for which the purchase channel decides everything, so that an assumption would mislead. */
const ASKED_FIRST: ReadonlySet<Issue> = new Set([
  'billing.refund',
  'billing.refund-late',
  'billing.tax',
  'subscription-management.transfer',
  ...ABOUT_PRIVATE_OFFERS,
]);

/**
 * Most customers buy in the usual way, and the publisher supports the product in every channel. The bot therefore
 * answers an issue with the product at once, and any other ordinary issue when the partner has named its usual channel.
 */
function assumesUsualPurchase(
  { issue, asksChannel, channelAmong }: RouteQuestion,
  profile: PartnerProfile,
): boolean {
  if (asksChannel || channelAmong || ASKED_FIRST.has(issue)) return false;
  return isAboutProduct(issue) || profile.usualChannel !== undefined;
}

function hostingOf(question: RouteQuestion, offer: Offer | undefined): Hosting {
  if (offer && offer.hosting !== 'unknown') return offer.hosting;
  return question.hosting ?? 'unknown';
}
