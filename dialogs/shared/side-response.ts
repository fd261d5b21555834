/** The click of this turn: its result, and its response. */
import type { TurnContext } from 'botbuilder-core';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { RouteState } from '../question/route-state.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { say } from './send-card.js';

export type ClickOutcome =
  | {
      readonly kind: 'accepted';
      readonly action: CardAction;
      /**
       * The clicked card: the present question, the answer, or a card that does the same for everybody who clicks it.
       */
      readonly card: 'question' | 'answer' | 'other';
      /** The question as it stood before the click. */
      readonly before: RouteState;
    }
  | { readonly kind: 'refused'; readonly why: 'stale' | 'forged' | 'foreign' };

const OUTCOME = Symbol('offer-desk.click');

/** Stores the result of this turn's click. */
export function setOutcome(context: TurnContext, outcome: ClickOutcome): void {
  context.turnState.set(OUTCOME, outcome);
}

/** The result of this turn's click; undefined without a click. */
export function outcomeOf(context: TurnContext): ClickOutcome | undefined {
  return context.turnState.get<ClickOutcome | undefined>(OUTCOME);
}

/** The clicked card. When a client does not name the card, the present one counts if the button belongs to a step. */
export function clickedCard(
  state: RouteState,
  replyToId: string | undefined,
  timeless: boolean,
): 'question' | 'answer' | 'other' {
  if (!state.card) return 'other';
  const present = replyToId === undefined ? !timeless : replyToId === state.card.id;
  return present ? state.card.kind : 'other';
}

const ANSWERED = Symbol('offer-desk.answered');

/** Remembers the card of a question that this turn has answered or asked again. The first one of a turn counts. */
export function setAnsweredCard(context: TurnContext, id: string): void {
  if (answeredCard(context) === undefined) context.turnState.set(ANSWERED, id);
}

/** The id of the card whose question this turn has answered or asked again. */
export function answeredCard(context: TurnContext): string | undefined {
  return context.turnState.get<string | undefined>(ANSWERED);
}

const RESPONSE = Symbol('offer-desk.side-response');
const LASTING = Symbol('offer-desk.side-lasting');
const TEXT = Symbol('offer-desk.side-text');

/**
 * Answers with a card: in place of the clicked one when the channel can do so, else as a message. A lasting card is
 * also written over the clicked activity, so that a reaction or another device does not bring the old card back.
 */
export async function respond(
  context: TurnContext,
  card: RenderedCard,
  { lasting = false } = {},
): Promise<void> {
  if (context.activity.type !== 'invoke') {
    await say(context, card);
    return;
  }
  context.turnState.set(RESPONSE, card);
  if (lasting) context.turnState.set(LASTING, card);
}

/** The card from `respond` that replaces the clicked activity. */
export function lastingResponse(context: TurnContext): RenderedCard | undefined {
  return context.turnState.get<RenderedCard | undefined>(LASTING);
}

/** Answers an invoke with a short text beside the unchanged card. */
export function respondText(context: TurnContext, text: string): void {
  context.turnState.set(TEXT, text);
}

/** The text from `respondText` for the invoke's response. */
export function sideText(context: TurnContext): string | undefined {
  return context.turnState.get<string | undefined>(TEXT);
}

/** The card from `respond` for the invoke's response. */
export function sideResponse(context: TurnContext): RenderedCard | undefined {
  return context.turnState.get<RenderedCard | undefined>(RESPONSE);
}
