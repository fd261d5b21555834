/** What kind of issue? The grouped list, or free text; asks back with the nearest kinds when the words are not clear. */
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { issueQuestion } from './question-cards.js';
import type { RouteState } from './route-state.js';
import { StepDialog } from './step-dialog.js';

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
