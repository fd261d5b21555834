/** The collected facts of one question, kept in the conversation's state between turns. */
import type { OneQuestion } from '../../core/services/answers/several-questions.js';
import type { SubscriptionChoice } from '../../core/services/partner-center/match-subscription.js';
import type { PartnerCustomer } from '../../core/partner-center/types.js';
import type { Agreement, Hosting, Issue, IssueKind, PurchaseChannel, SupportTier } from '../../core/terms.js';

/** The questions to a person, in their order. */
export const SLOTS = [
  'offer',
  'issue',
  'channel',
  'agreement',
  'hosting',
  'refund-window',
  'country',
] as const;
export type Slot = (typeof SLOTS)[number];

/**
 * What the offer question shows instead of the plain question. Ids only: the card looks up the names. What Partner Center
 * says about a customer cannot be looked up again, so it stands here until the question has its offer.
 */
export type OfferView =
  | {
      readonly kind: 'several';
      readonly asked: string;
      readonly offerIds: readonly string[];
      readonly total: number;
    }
  | { readonly kind: 'publishers'; readonly asked: string; readonly publisherIds: readonly string[] }
  | { readonly kind: 'suggested'; readonly offerIds: readonly string[] }
  | { readonly kind: 'none'; readonly asked: string; readonly nearest: readonly string[] }
  | {
      readonly kind: 'customers';
      readonly asked: string;
      readonly customers: readonly PartnerCustomer[];
      readonly more: boolean;
    }
  | {
      readonly kind: 'subscriptions';
      readonly customer: string;
      readonly choices: readonly SubscriptionChoice[];
      /** How many more the customer has. */
      readonly left: number;
    };

/** What the issue question shows. `all` is the whole list, before the offer question. */
export type IssueView =
  | { readonly kind: 'all' }
  | { readonly kind: 'nearest'; readonly issues: readonly Issue[] }
  | { readonly kind: 'group'; readonly of: IssueKind };

/** The sentence that the next choice of the person explains. Redacted, because the state is stored. */
export interface HeardSentence {
  readonly text: string;
  /** The issue that the bot read in it, or that the person chose for it; absent while the bot asks back. */
  readonly issue?: Issue;
  /** A name in it that no offer has. */
  readonly name?: string;
}

export interface RouteState {
  /** Card generation: only buttons of the newest card work. */
  readonly step: number;
  /** Distinguishes this conversation's cards from those of an earlier state. */
  readonly nonce: string;
  /** `null`: the person said that none of the known offers is meant. */
  readonly offerId?: string | null;
  /** The person wants to name an offer, although the answer does not need it. */
  readonly asksOffer?: boolean;
  readonly issue?: Issue;
  /** `unknown`: the person does not know it. */
  readonly channel?: PurchaseChannel | 'unknown';
  /** The channels that the words leave open: "a private offer" is one of three. The bot asks which. */
  readonly channelAmong?: readonly PurchaseChannel[];
  /** The person said that the assumed channel is wrong. */
  readonly asksChannel?: boolean;
  /** Who bills a private offer: Microsoft, or the partner of an Enterprise Agreement. */
  readonly agreement?: Agreement | 'unknown';
  readonly hosting?: Hosting;
  /** The person said that the country is another one. */
  readonly asksCountry?: boolean;
  readonly refundOpen?: boolean;
  /** Id of the published error in the person's words. */
  readonly errorId?: string;
  /** ISO code of the country on the invoice, or `unknown`. */
  readonly country?: string;
  /** Support tier read from the words, used only while no offer is known. */
  readonly namedTier?: SupportTier;
  /** Questions of the same text to answer after this one. */
  readonly queue?: readonly OneQuestion[];
  /** Offers to answer the same issue for, after this one. */
  readonly also?: readonly string[];
  /** The offers of the last list that the person chose from: "and the other one?" means one of them. */
  readonly listed?: readonly string[];
  readonly offerView?: OfferView;
  readonly issueView?: IssueView;
  /** Slots in the order the person filled them, for `back`. */
  readonly order: readonly Slot[];
  readonly answered: boolean;
  /** A customer's first words in this question, in case the customer later asks for a person. */
  readonly asked?: string;
  /** The sentence that the next choice explains. */
  readonly heard?: HeardSentence;
  /** What the insights have counted about this question. */
  readonly counted?:
    | { readonly kind: 'asked-back'; readonly offerId?: string | null; readonly issue?: Issue }
    | {
        readonly kind: 'answered';
        readonly offerId: string | null;
        readonly issue?: Issue;
        readonly notHelped?: boolean;
      };
  /** The newest card that belongs to the question, as the channel knows it: a click on it updates it. */
  readonly card?: { readonly id: string; readonly kind: 'question' | 'answer' };
  /** The version of the dialogs that wrote this state. */
  readonly flow: string;
}

/** A fresh state. `nonce` is any short unguessable text. */
export function freshState(nonce: string, flow: string): RouteState {
  return { step: 0, nonce, order: [], answered: false, flow };
}

/** The id of a card, which distinguishes its buttons from an older card's. */
export function stepId(state: RouteState): string {
  return `${state.nonce}.${state.step}`;
}

/** The next card generation: buttons of all earlier cards no longer work. */
export function advance(state: RouteState): RouteState {
  return { ...state, step: state.step + 1 };
}

/**
 * Starts over in the same conversation: removes the facts, but keeps the country, and the newest card, which the next
 * card folds. Old cards stay unusable.
 */
export function restart(state: RouteState): RouteState {
  const { country, card, step } = state;
  const kept = country === undefined || country === 'unknown' ? {} : { country };
  return { ...freshState(state.nonce, state.flow), ...kept, ...(card && { card }), step };
}

type Facts = Pick<
  RouteState,
  | 'offerId'
  | 'issue'
  | 'channel'
  | 'agreement'
  | 'hosting'
  | 'refundOpen'
  | 'country'
  | 'namedTier'
  | 'errorId'
>;

/** Writes facts and remembers which slot the person filled. */
export function fill(state: RouteState, slot: Slot, facts: Partial<Facts>): RouteState {
  const order = [...state.order.filter((one) => one !== slot), slot];
  const cleared =
    slot === 'offer'
      ? { offerView: undefined, asksOffer: undefined, also: undefined, ...listedIn(state) }
      : slot === 'issue'
        ? { issueView: undefined }
        : slot === 'channel'
          ? { asksChannel: undefined, channelAmong: undefined }
          : slot === 'country'
            ? { asksCountry: undefined }
            : {};
  return { ...state, ...facts, ...cleared, order, answered: false };
}

/** Takes a purchase channel, or all that the words leave open, so that the bot asks which. */
export function fillChannels(state: RouteState, channels: readonly PurchaseChannel[]): RouteState {
  const [only, ...more] = channels;
  if (only === undefined) return state;
  if (more.length === 0) return fill(state, 'channel', { channel: only });
  return { ...clear(state, 'channel'), channelAmong: channels };
}

/** The purchase channels a person has named: one, several of which one is meant, or none. */
export function channelsNamed({ channel, channelAmong = [] }: RouteState): readonly PurchaseChannel[] {
  return channel === undefined || channel === 'unknown' ? channelAmong : [channel];
}

/** The offers of the list on the card, which the choice removes. */
function listedIn({ offerView }: RouteState): Pick<RouteState, 'listed'> {
  return offerView?.kind === 'several' ? { listed: offerView.offerIds } : {};
}

/** The next question of the same text; undefined when there is none. It is about the same offer unless it names one. */
export function nextInQueue(state: RouteState): RouteState | undefined {
  const { issue: same, also: [other, ...also] = [] } = state;
  if (other !== undefined && same !== undefined) return { ...nextOf(state, same, other), also };
  const [next, ...queue] = state.queue ?? [];
  if (!next) return undefined;
  const { offerId = state.offerId, issue, channels = [] } = next;
  const begun = fillChannels(nextOf(state, issue, offerId), channels);
  return { ...begun, queue: queue.length > 0 ? queue : undefined };
}

/** A question after another one: only the issue and the offer are known. */
function nextOf(state: RouteState, issue: Issue, offerId: string | null | undefined): RouteState {
  const fresh = fill(restart(state), 'issue', { issue });
  const named = offerId === undefined ? fresh : fill(fresh, 'offer', { offerId });
  const { asked, queue, listed } = state;
  return { ...named, asked, ...(queue && { queue }), ...(listed && { listed }) };
}

/** Removes one answer, and the answers that made sense only beside it. The country of the invoice stays. */
export function clear(state: RouteState, slot: Slot): RouteState {
  const gone =
    slot === 'offer' || slot === 'issue'
      ? [slot, 'channel', 'agreement', 'hosting', 'refund-window']
      : [slot];
  const emptied: Record<string, undefined> = {};
  for (const one of gone) for (const key of KEYS[one as Slot]) emptied[key] = undefined;
  return { ...state, ...emptied, order: state.order.filter((one) => !gone.includes(one)), answered: false };
}

const KEYS: Readonly<Record<Slot, readonly (keyof RouteState)[]>> = {
  offer: ['offerId', 'offerView', 'asksOffer', 'namedTier', 'also'],
  issue: ['issue', 'issueView', 'errorId'],
  channel: ['channel', 'channelAmong', 'asksChannel'],
  agreement: ['agreement'],
  hosting: ['hosting'],
  'refund-window': ['refundOpen'],
  country: ['country', 'asksCountry'],
};

/** One step back: first out of a narrowed list, else the bot asks for the last answer again. */
export function back(state: RouteState): RouteState {
  const isNarrowed = state.offerView !== undefined && state.offerView.kind !== 'suggested';
  if (!state.answered && isNarrowed) return { ...state, offerView: undefined };
  if (!state.answered && state.issueView) return { ...state, issueView: undefined };
  if (!state.answered && (state.asksChannel || state.channelAmong))
    return { ...state, asksChannel: undefined, channelAmong: undefined };
  if (!state.answered && state.asksOffer) return { ...state, asksOffer: undefined };
  if (!state.answered && state.asksCountry) return { ...state, asksCountry: undefined };
  const last = state.order.at(-1);
  return last ? clear(state, last) : state;
}
