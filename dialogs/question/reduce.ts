/** The effect of each answer button on the state of the question. Pure. */
import { isActionOf, type CardAction } from '../../cards/kit/action-table.js';
import type { Directory } from '../../core/directory/types.js';
import { back, clear, fill, restart, type OfferView, type RouteState, type Slot } from './route-state.js';

/** How often an offer was asked about. */
export type TimesAsked = (offerId: string) => number;

/** Most offers a choice card shows. */
const MOST_CHOICES = 5;

/** The state after a click, or undefined when the button is not an answer (help, language and the like). */
export function reduce(
  state: RouteState,
  action: CardAction,
  directory: Directory,
  timesAsked: TimesAsked = () => 0,
): RouteState | undefined {
  if (!isActionOf(action, 'question')) return undefined;
  switch (action.verb) {
    case 'choose-offer':
    case 'choose-publisher':
    case 'choose-subscription':
    case 'offer-none':
      return withOffer(state, action, directory, timesAsked);
    case 'choose-group':
    case 'choose-issue':
    case 'ask-about':
      return withKind(state, action);
    case 'answer-channel':
    case 'answer-agreement':
    case 'answer-hosting':
    case 'answer-refund-window':
    case 'answer-country':
      return answered(state, action);
    case 'change':
    case 'same-offer':
    case 'other-offer':
    case 'restart':
    case 'back':
      return moved(state, action);
    case 'choose-customer':
    case 'request-offer':
    case 'not-helped':
    case 'why':
    case 'show-answer':
    case 'help':
    case 'cancel':
    case 'language':
      return undefined;
  }
}

function withOffer(
  state: RouteState,
  action: Extract<
    CardAction,
    { readonly verb: `choose-${'offer' | 'publisher' | 'subscription'}` | 'offer-none' }
  >,
  directory: Directory,
  timesAsked: TimesAsked,
): RouteState {
  switch (action.verb) {
    case 'choose-offer':
      return directory.offers.has(action.offerId) ? fill(state, 'offer', { offerId: action.offerId }) : state;
    case 'choose-publisher':
      return { ...state, offerView: offersOfPublisher(directory, action.publisherId, timesAsked) };
    case 'choose-subscription':
      return takeSubscription(state, action.place);
    case 'offer-none':
      return fill(state, 'offer', { offerId: null });
  }
}

/** A subscription of the customer answers which offer it is, and how it was bought. What is unknown stays open. */
function takeSubscription(state: RouteState, place: number): RouteState {
  const view = state.offerView;
  const choice = view?.kind === 'subscriptions' ? view.choices[place] : undefined;
  if (!choice) return state;
  const { offerId = null, tier, channel } = choice;
  const named = fill(state, 'offer', offerId === null ? { offerId, namedTier: tier } : { offerId });
  return channel ? fill(named, 'channel', { channel }) : named;
}

function moved(
  state: RouteState,
  to: Extract<CardAction, { readonly verb: 'change' | 'same-offer' | 'other-offer' | 'restart' | 'back' }>,
): RouteState {
  if (to.verb === 'change') return change(state, to.what);
  if (to.verb === 'back') return back(state);
  // The next issue is another question, so it does not explain the sentence before.
  return to.verb === 'same-offer' ? { ...clear(state, 'issue'), heard: undefined } : restart(state);
}

function withKind(
  state: RouteState,
  action: Extract<CardAction, { readonly verb: 'choose-group' | 'choose-issue' | 'ask-about' }>,
): RouteState {
  if (action.verb === 'ask-about') return wholeQuestion(state, action);
  return action.verb === 'choose-issue'
    ? fill(state, 'issue', { issue: action.issue })
    : { ...state, issueView: { kind: 'group', of: action.kind } };
}

/** One press asks everything: the answer says what it assumes about the purchase, with a button to change that. */
function wholeQuestion(
  state: RouteState,
  { issue, offerId }: Extract<CardAction, { readonly verb: 'ask-about' }>,
): RouteState {
  const assumed = fill(restart(state), 'channel', { channel: 'unknown' });
  return fill(fill(assumed, 'offer', { offerId: offerId ?? null }), 'issue', { issue });
}

/** Takes one answer back. Without an offer, the whole list of issues comes before the offer question. */
function change(state: RouteState, what: Slot): RouteState {
  const asks = {
    asksOffer: what === 'offer' || undefined,
    asksChannel: what === 'channel' || undefined,
    asksCountry: what === 'country' || undefined,
  };
  const cleared = { ...clear(state, what), ...asks };
  return what === 'issue' && !state.offerId ? { ...cleared, issueView: { kind: 'all' } } : cleared;
}

type FactAction = Extract<CardAction, { readonly verb: `answer-${string}` }>;

function answered(state: RouteState, action: FactAction): RouteState {
  switch (action.verb) {
    case 'answer-channel':
      return fill(state, 'channel', { channel: action.channel });
    case 'answer-agreement':
      return fill(state, 'agreement', { agreement: action.agreement });
    case 'answer-hosting':
      return fill(state, 'hosting', { hosting: action.hosting });
    case 'answer-refund-window':
      return fill(state, 'refund-window', { refundOpen: action.open });
    case 'answer-country':
      return fill(state, 'country', { country: action.country });
  }
}

function offersOfPublisher(directory: Directory, publisherId: string, timesAsked: TimesAsked): OfferView {
  const ids = offersOf(directory, publisherId, timesAsked);
  const asked = directory.publishers.get(publisherId)?.name ?? publisherId;
  return { kind: 'several', asked, offerIds: ids.slice(0, MOST_CHOICES), total: ids.length };
}

/** A publisher's offers: those on sale first, then the most asked, then by name. */
function offersOf(directory: Directory, publisherId: string, timesAsked: TimesAsked): readonly string[] {
  return [...directory.offers.values()]
    .filter((offer) => offer.publisherId === publisherId)
    .sort(
      (a, b) =>
        Number(a.withdrawn) - Number(b.withdrawn) ||
        timesAsked(b.id) - timesAsked(a.id) ||
        a.name.localeCompare(b.name, 'en'),
    )
    .map((offer) => offer.id);
}
