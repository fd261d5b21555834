/** Asks one further fact, and only when it would change the answer: how it was bought, where it runs, the refund window. */
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import type { OpenQuestion } from '../../core/services/answers/answer.js';
import { factQuestion } from './question-cards.js';
import type { RouteState } from './route-state.js';
import { StepDialog } from './step-dialog.js';

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
