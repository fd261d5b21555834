/** Which offer? A typed name, part of one, an id, a publisher or a marketplace URL; asks again among what matches. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { turnOf } from '../shared/turn.js';
import { offerQuestion } from './question-cards.js';
import type { RouteState } from './route-state.js';
import { suggestions } from './start.js';
import { StepDialog } from './step-dialog.js';

export const OFFER = 'offer';

export class OfferDialog extends StepDialog {
  protected question(state: RouteState, ctx: RenderContext, _: object, context: TurnContext): RenderedCard {
    const { directory } = this.services.view();
    return offerQuestion(state, directory, ctx, suggestions(turnOf(context), directory));
  }

  protected prompt(): 'offer' {
    return 'offer';
  }

  /** The plain question shows suggestions, which a number may choose from. */
  protected override before(state: RouteState, context: TurnContext): RouteState {
    if (state.offerView) return state;
    const { directory } = this.services.view();
    const offerIds = suggestions(turnOf(context), directory).map((offer) => offer.offerId);
    return { ...state, offerView: { kind: 'suggested', offerIds } };
  }

  protected answered(state: RouteState): boolean {
    return state.offerId !== undefined;
  }
}
