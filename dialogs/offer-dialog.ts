/** Which offer? A typed name, part of one, an id, a publisher or a marketplace URL; asks again among what matches. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext, RenderedCard } from '../cards/types.js';
import { replyOf } from '../locales/commands.js';
import { offerQuestion } from './questions.js';
import { fill, type RouteState } from './route-state.js';
import { StepDialog } from './step-dialog.js';
import { turnOf } from './turn.js';
import { understandOffer, type Understood } from './understand.js';

export const OFFER = 'offer';

export class OfferDialog extends StepDialog {
  protected question(state: RouteState, ctx: RenderContext): RenderedCard {
    return offerQuestion(state, this.services.view().directory, ctx);
  }

  protected read(state: RouteState, text: string, context: TurnContext): Understood {
    const reply = replyOf(text)?.reply;
    if (reply === 'none' || reply === 'unsure' || reply === 'no')
      return { state: fill(state, 'offer', { offerId: null }) };
    const ears = {
      view: this.services.view(),
      reader: this.services.reader(),
      asker: turnOf(context).asker,
    };
    return understandOffer(state, text, ears);
  }

  protected answered(state: RouteState): boolean {
    return state.offerId !== undefined;
  }
}
