/** Turns the state of the question into the policy's facts: the open facts, and the answer. */
import type { Answer, OpenQuestion } from '../../core/services/answers/answer.js';
import {
  channelsPossible,
  offerMatters,
  questionsToAsk,
  type RouteQuestion,
} from '../../core/services/answers/route-facts.js';
import { routeQuestion } from '../../core/services/answers/route-question.js';
import { FREQUENT_COUNTRIES } from '../../cards/choices/fact-cards.js';
import { countryIn, countryNamed } from '../../core/policy/tax-countries.js';
import { DeskError } from '../../core/errors.js';
import {
  type Agreement,
  AGREEMENTS,
  HOSTINGS,
  LANGUAGES,
  type Language,
  PRIVATE_OFFERS,
  PURCHASE_CHANNELS,
  type PurchaseChannel,
} from '../../core/terms.js';
import { purchaseTimeSaid, windowSaid } from '../../core/understanding/refund-window.js';
import {
  isUnknownPurchase,
  purchaseAnswer,
  sellersIn,
  type PurchaseReader,
} from '../../core/understanding/purchase-answer.js';
import { channelIn } from '../../core/understanding/purchase-channel.js';
import { foldWords, isUnsure, replyOf } from '../../locales/commands.js';
import { wordingsOf } from '../../locales/text.js';
import { picked } from './pick.js';
import { clear, fill, fillChannels, type RouteState } from './route-state.js';
import { prefersOf } from '../cases/case-view.js';
import type { DeskServices } from '../shared/services.js';
import type { Turn } from '../shared/turn.js';

/** The readers of the answer: the asker, and in a group or channel the others too. */
export type Reader = Pick<Turn, 'asker' | 'scope' | 'country' | 'owned'> & {
  /** For the partner's own names; undefined: the plain names, for data that is kept. */
  readonly language: Language | undefined;
};

/** The facts that would still change the answer, in order; empty while offer or issue is unknown. */
export function openFacts(
  state: RouteState,
  services: DeskServices,
  reader: Reader,
): readonly OpenQuestion[] {
  const question = questionOf(state, reader);
  return question ? questionsToAsk(question, services.view().directory, services.profile()) : [];
}

/**
 * True when the bot has to ask for the offer: the person named several or an unknown one, wants to name one, or the
 * answer depends on it. The offer of a logged-in customer may also tell how it was bought.
 */
export function needsOffer(state: RouteState, services: DeskServices, reader: Reader): boolean {
  if (state.offerId !== undefined) return false;
  const isNamed = state.offerView !== undefined && state.offerView.kind !== 'suggested';
  const question = questionOf(state, reader);
  if (!question || isNamed || state.asksOffer) return true;
  const tells = state.channel === undefined && (reader.owned ?? []).some(({ channel }) => channel);
  return tells || offerMatters(question, services.profile());
}

/** True when no fact is open, so that the bot can answer at once. */
export function isComplete(state: RouteState, services: DeskServices, reader: Reader): boolean {
  const asked = state.issue !== undefined && !needsOffer(state, services, reader);
  return asked && openFacts(state, services, reader).length === 0;
}

/**
 * The answer to the question in its present state.
 * @throws DeskError `invariant` when no issue is known, which the waterfall rules out.
 */
export function answerFor(state: RouteState, services: DeskServices, reader: Reader): Answer {
  const question = questionOf(state, reader);
  if (!question) throw new DeskError('invariant', 'an answer was asked for without an issue');
  const { language } = reader;
  return routeQuestion(question, services.view().directory, services.profile(), {
    language,
    prefers: prefersOf(services),
  });
}

function questionOf(state: RouteState, { asker, scope, country }: Reader): RouteQuestion | undefined {
  if (!state.issue) return undefined;
  return {
    asker,
    shared: scope !== 'personal',
    issue: state.issue,
    offerId: state.offerId ?? undefined,
    channel: state.channel,
    channelAmong: state.channelAmong,
    asksChannel: state.asksChannel,
    asksCountry: state.asksCountry,
    agreement: state.agreement,
    hosting: state.hosting,
    supportTier: state.namedTier,
    refundWindowOpen: state.refundOpen,
    country: state.country ?? (state.asksCountry ? undefined : country),
    errorId: state.errorId,
  };
}

/** The state after a typed answer to a question of fact; unchanged when the words are not an answer. */
export function factSaid(
  state: RouteState,
  open: OpenQuestion,
  text: string,
  reader: PurchaseReader,
): RouteState {
  const reply = isUnsure(text) ? 'unsure' : replyOf(text)?.reply;
  switch (open) {
    case 'channel':
      return takePurchaseTime(channelSaid(state, text, reader), text);
    case 'agreement': {
      const agreement =
        reply === 'unsure' ? 'unknown' : (named(text, AGREEMENTS, AGREEMENT_LABELS) ?? billerSaid(text));
      return agreement ? fill(state, 'agreement', { agreement }) : state;
    }
    case 'hosting': {
      const hosting = reply === 'unsure' ? 'unknown' : named(text, HOSTINGS, ['hosting']);
      return hosting ? fill(state, 'hosting', { hosting }) : state;
    }
    case 'country': {
      const country = reply === 'unsure' ? 'unknown' : countrySaid(text);
      return country ? fill(state, 'country', { country }) : state;
    }
    case 'refund-window': {
      const said = reply === 'yes' || reply === 'unsure' ? 'open' : reply === 'no' ? 'over' : undefined;
      const word = said ?? named(text, ['open', 'over'] as const, ['refund']) ?? windowSaid(text);
      return word ? fill(state, 'refund-window', { refundOpen: word === 'open' }) : state;
    }
  }
}

/** "Bought it yesterday" beside or instead of the channel also answers the question about the refund period. */
export function takePurchaseTime(state: RouteState, text: string): RouteState {
  const said = state.issue === 'billing.refund' ? purchaseTimeSaid(text) : undefined;
  return said ? fill(state, 'refund-window', { refundOpen: said === 'open' }) : state;
}

/** "Microsoft" or "the partner" as the answer to who sends the bill of a private offer. */
function billerSaid(text: string): Agreement | undefined {
  if (text.length > LONGEST_BILLER) return undefined;
  const { isMicrosoft, isPartner } = sellersIn(text);
  if (isMicrosoft === isPartner) return undefined;
  return isMicrosoft ? 'own' : 'indirect';
}

const LONGEST_BILLER = 60;
const AGREEMENT_LABELS = ['agreement.customer', 'agreement.staff'];

/** The state after an answer to "how was it bought?": a row of the card, its words, a sentence or a part of one. */
function channelSaid(state: RouteState, text: string, reader: PurchaseReader): RouteState {
  const possible = channelsPossible(state);
  const shown = possible ?? PURCHASE_CHANNELS;
  const row = picked(text, [...shown, ...(possible ? (['another'] as const) : []), 'unknown' as const]);
  if (row === 'another') return { ...clear(state, 'channel'), asksChannel: true };
  if (row) return fill(state, 'channel', { channel: row });
  const label = named(text, shown, ['channel.customer', 'channel.staff']) ?? cspOfferSaid(text);
  if (label) return fill(state, 'channel', { channel: label });
  if (isUnsure(text) || isUnknownPurchase(text)) return fill(state, 'channel', { channel: 'unknown' });
  const channels =
    purchaseAnswer(text, { ...reader, isAsked: true }) ??
    (isQuestion(text) ? undefined : channelIn(text, reader.partnerName)?.channels) ??
    [];
  return fillChannels(state, channels);
}

function isQuestion(text: string): boolean {
  return /[?？؟]\s*$/u.test(text);
}

/** The row for a CSP private offer, which stands for the usual channel among the private offers. */
function cspOfferSaid(text: string): PurchaseChannel | undefined {
  const side = named(text, ['customer', 'staff'] as const, ['channel.csp-private-offer']);
  return side && PRIVATE_OFFERS.csp;
}

/** A country by its number on the card, its code or its name in any language of the product. */
function countrySaid(text: string): string | undefined {
  return picked(text, FREQUENT_COUNTRIES) ?? countryNamed(text, LANGUAGES) ?? countryIn(text, LANGUAGES);
}

/** Takes the country out of a sentence about tax: "the VAT on our invoice in Germany". */
export function takeCountry(state: RouteState, text: string): RouteState {
  if (state.issue !== 'billing.tax') return state;
  const country = countryIn(text, LANGUAGES);
  return country === undefined || country === state.country ? state : fill(state, 'country', { country });
}

/** The member of a vocabulary whose name on the cards, in any language, equals the text. */
function named<T extends string>(
  text: string,
  words: readonly T[],
  prefixes: readonly string[],
): T | undefined {
  const numbered = picked(text, words);
  if (numbered) return numbered;
  const folded = foldWords(text);
  const names = (word: T) => prefixes.flatMap((prefix) => wordingsOf(`${prefix}.${word}`));
  return words.find((word) => names(word).some((name) => foldWords(name) === folded));
}
