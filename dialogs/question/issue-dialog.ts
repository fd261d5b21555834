/** What kind of issue? The grouped list, or free text; asks back with the nearest kinds when the words are not clear. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderContext, RenderedCard } from '../../cards/kit/types.js';
import { issueQuestion } from './question-cards.js';
import type { RouteState } from './route-state.js';
import { StepDialog } from './step-dialog.js';
import { turnOf } from '../shared/turn.js';
import { understandIssue, type Understood } from './understand.js';

export const ISSUE = 'issue';

export class IssueDialog extends StepDialog {
  protected question(state: RouteState, ctx: RenderContext): RenderedCard {
    return issueQuestion(state, this.services.view().directory, ctx);
  }

  protected read(state: RouteState, text: string, context: TurnContext): Understood {
    const ears = {
      view: this.services.view(),
      reader: this.services.reader(),
      asker: turnOf(context).asker,
    };
    return understandIssue(state, text, ears);
  }

  protected answered(state: RouteState): boolean {
    return state.issue !== undefined;
  }
}
