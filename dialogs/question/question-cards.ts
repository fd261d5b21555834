/** The card that asks for the next missing fact of the question. Pure except for the clock in the context. */
import type { OpenQuestion } from '../../core/services/answers/answer.js';
import type { OfferChoice } from '../../cards/kit/card-data.js';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { askBackCard, issueChoicesCard, issueTopicsCard } from '../../cards/choices/issue-cards.js';
import {
  askOfferCard,
  noOfferCard,
  offerChoicesCard,
  publisherChoicesCard,
} from '../../cards/choices/offer-cards.js';
import {
  agreementCard,
  channelCard,
  countryCard,
  hostingCard,
  refundWindowCard,
} from '../../cards/choices/fact-cards.js';
import { customerChoicesCard, subscriptionChoicesCard } from '../../cards/partner-center/customer-cards.js';
import { channelsPossible } from '../../core/services/answers/route-facts.js';
import { directoryIn } from '../../core/directory/own-language.js';
import type { Directory } from '../../core/directory/types.js';
import { exampleOffers } from './examples.js';
import { channelsNamed, type RouteState } from './route-state.js';
import { namesAsked } from './asked-words.js';

/** The offer question in the form that the state requires. */
export function offerQuestion(state: RouteState, known: Directory, ctx: RenderContext): RenderedCard {
  const directory = directoryIn(known, ctx.language);
  const view = state.offerView;
  const said = { issue: state.issue, ...purchaseSaid(state) };
  switch (view?.kind) {
    case 'several':
      return offerChoicesCard(
        {
          ...said,
          query:
            view.asked === namesAsked(view.offerIds, known)
              ? namesAsked(view.offerIds, directory)
              : view.asked,
          offers: choicesOf(view.offerIds, directory),
          total: view.total,
        },
        ctx,
      );
    case 'publishers':
      return publisherChoicesCard(
        { ...said, query: view.asked, publishers: publishersOf(view.publisherIds, directory) },
        ctx,
      );
    case 'none':
      return noOfferCard({ ...said, query: view.asked, nearest: choicesOf(view.nearest, directory) }, ctx);
    case 'customers':
      return customerChoicesCard(view, ctx);
    case 'subscriptions':
      return subscriptionChoicesCard({ ...view, issue: state.issue }, ctx);
    case 'suggested':
    case undefined: {
      const offers = choicesOf(view?.offerIds ?? [], directory);
      return askOfferCard({ ...said, offerNames: exampleOffers(directory), offers }, ctx);
    }
  }
}

/** The issue question in the form that the state requires. */
export function issueQuestion(state: RouteState, directory: Directory, ctx: RenderContext): RenderedCard {
  const offerName =
    state.offerId === null ? ctx.text('understood.no-offer') : offerNameOf(state, directory, ctx);
  const known = { offerName, ...purchaseSaid(state) };
  const view = state.issueView;
  switch (view?.kind) {
    case 'nearest':
      return askBackCard({ issues: view.issues, ...known }, ctx);
    case 'group':
      return issueTopicsCard({ kind: view.of, ...known }, ctx);
    case 'all':
    case undefined:
      return issueChoicesCard(known, ctx);
  }
}

/** The question about one fact that would change the answer. */
export function factQuestion(
  open: OpenQuestion,
  state: RouteState,
  directory: Directory,
  ctx: RenderContext,
): RenderedCard {
  const { issue, refundOpen } = state;
  const data = { offerName: offerNameOf(state, directory, ctx), issue, refundOpen, ...purchaseSaid(state) };
  switch (open) {
    case 'channel':
      return channelCard({ ...data, channels: channelsPossible(state) }, ctx);
    case 'agreement':
      return agreementCard(data, ctx);
    case 'hosting':
      return hostingCard(data, ctx);
    case 'country':
      return countryCard(data, ctx);
    case 'refund-window':
      return refundWindowCard(data, ctx);
  }
}

function purchaseSaid(state: RouteState) {
  const bought = channelsNamed(state);
  return bought.length === 0 ? {} : { bought };
}

function offerNameOf(
  { offerId }: RouteState,
  directory: Directory,
  { language }: RenderContext,
): string | undefined {
  return offerId ? directoryIn(directory, language).offers.get(offerId)?.name : undefined;
}

/** Offers by their ids, as cards show them in the language of the directory's names, without ids that the directory does not know. */
export function choicesOf(ids: readonly string[], directory: Directory): OfferChoice[] {
  return ids.flatMap((id) => {
    const offer = directory.offers.get(id);
    if (!offer) return [];
    const publisherName = directory.publishers.get(offer.publisherId)?.name ?? offer.publisherId;
    return [{ offerId: id, name: offer.name, publisherName, withdrawn: offer.withdrawn }];
  });
}

function publishersOf(ids: readonly string[], directory: Directory) {
  const counts = new Map<string, number>();
  for (const offer of directory.offers.values())
    counts.set(offer.publisherId, (counts.get(offer.publisherId) ?? 0) + 1);
  return ids.map((publisherId) => ({
    publisherId,
    name: directory.publishers.get(publisherId)?.name ?? publisherId,
    offerCount: counts.get(publisherId) ?? 0,
  }));
}
