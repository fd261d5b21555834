/** Which offer? A typed name, part of one, an id, a publisher or a marketplace URL; asks again among what matches. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { replyOf } from '../../locales/commands.js';
import { offerQuestion } from './question-cards.js';
import { fill, type RouteState } from './route-state.js';
import { suggestions, takeOwned } from './start.js';
import { StepDialog } from './step-dialog.js';
import { turnOf } from '../shared/turn.js';
import { understandOffer, type Understood } from './understand.js';

export const OFFER = 'offer';

export class OfferDialog extends StepDialog {
  protected question(state: RouteState, ctx: RenderContext, _: object, context: TurnContext): RenderedCard {
    const { directory } = this.services.view();
    return offerQuestion(state, directory, ctx, suggestions(turnOf(context), directory));
  }

  protected read(state: RouteState, text: string, context: TurnContext): Understood {
    const turn = turnOf(context);
    const { directory } = this.services.view();
    const reply = replyOf(text)?.reply;
    if (reply === 'none' || reply === 'unsure' || reply === 'no')
      return { state: fill(state, 'offer', { offerId: null }) };
    const ears = { view: this.services.view(), reader: this.services.reader(), asker: turn.asker };
    const offerIds = suggestions(turn, directory).map((offer) => offer.offerId);
    const shown: RouteState = state.offerView
      ? state
      : { ...state, offerView: { kind: 'suggested', offerIds } };
    const understood = understandOffer(shown, text, ears);
    return { ...understood, state: takeOwned(state, understood.state, turn.owned) };
  }

  protected answered(state: RouteState): boolean {
    return state.offerId !== undefined;
  }
}
