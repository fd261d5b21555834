/** What became of a click on a card: whether it counted, and which card it was, for whoever updates that card. */
import type { TurnContext } from 'botbuilder-core';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { RouteState } from '../question/route-state.js';

export type ClickOutcome =
  | {
      readonly kind: 'accepted';
      readonly action: CardAction;
      /** The card clicked: the present question, the answer, or one that says the same whoever clicks it. */
      readonly card: 'question' | 'answer' | 'other';
      /** The question as it stood before the click. */
      readonly before: RouteState;
    }
  | { readonly kind: 'refused'; readonly why: 'stale' | 'forged' | 'foreign' };

const OUTCOME = Symbol('offer-desk.click');

/** Remembers for this turn what became of its click. */
export function setOutcome(context: TurnContext, outcome: ClickOutcome): void {
  context.turnState.set(OUTCOME, outcome);
}

/** What became of this turn's click; undefined when it had none. */
export function outcomeOf(context: TurnContext): ClickOutcome | undefined {
  return context.turnState.get<ClickOutcome | undefined>(OUTCOME);
}

/** Which card was clicked. A client that does not name it clicked the present one, if the button belongs to a step. */
export function clickedCard(
  state: RouteState,
  replyToId: string | undefined,
  timeless: boolean,
): 'question' | 'answer' | 'other' {
  if (!state.card) return 'other';
  const present = replyToId === undefined ? !timeless : replyToId === state.card.id;
  return present ? state.card.kind : 'other';
}
