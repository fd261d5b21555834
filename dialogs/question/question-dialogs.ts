/** The dialogs of the question, one for each missing fact: the kind of issue, the offer, and single facts. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import type { OpenQuestion } from '../../core/services/answers/answer.js';
import { issueQuestion, offerQuestion, factQuestion } from './question-cards.js';
import type { RouteState } from './route-state.js';
import { turnOf } from '../shared/turn.js';
import { StepDialog } from './step-dialog.js';
import { suggestions } from './start.js';

/** What kind of issue? The grouped list, or free text; asks back with the nearest kinds when the words are not clear. */
export const ISSUE = 'issue';

export class IssueDialog extends StepDialog {
  protected question(state: RouteState, ctx: RenderContext): RenderedCard {
    return issueQuestion(state, this.services.view().directory, ctx);
  }

  protected prompt(): 'issue' {
    return 'issue';
  }

  protected answered(state: RouteState): boolean {
    return state.issue !== undefined;
  }
}

/** Which offer? A typed name, part of one, an id, a publisher or a marketplace URL; asks again among what matches. */
export const OFFER = 'offer';

export class OfferDialog extends StepDialog {
  protected question(state: RouteState, ctx: RenderContext): RenderedCard {
    return offerQuestion(state, this.services.view().directory, ctx);
  }

  protected prompt(): 'offer' {
    return 'offer';
  }

  /** The plain question shows suggestions, which a number may choose from. They change, so the state keeps them. */
  protected override shown(state: RouteState, context: TurnContext): RouteState {
    if (state.offerView) return state;
    const offers = suggestions(turnOf(context), this.services.view().directory, this.services.asked?.most());
    return { ...state, offerView: { kind: 'suggested', offerIds: offers.map(({ offerId }) => offerId) } };
  }

  protected answered(state: RouteState): boolean {
    return state.offerId !== undefined;
  }
}

/** Asks one further fact, only when it would change the answer: purchase channel, hosting, refund window. */
export const FACT = 'fact';
export interface FactOptions {
  readonly open: OpenQuestion;
}

export class FactDialog extends StepDialog<FactOptions> {
  protected question(state: RouteState, ctx: RenderContext, options: FactOptions): RenderedCard {
    return factQuestion(options.open, state, this.services.view().directory, ctx);
  }

  protected prompt({ open }: FactOptions): OpenQuestion {
    return open;
  }

  protected answered(state: RouteState, options: FactOptions): boolean {
    return state.order.includes(options.open);
  }
}
