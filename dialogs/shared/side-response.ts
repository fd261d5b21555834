/** The card that takes the place of the clicked one, when a side talk answered the click. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderedCard } from '../../cards/kit/types.js';
import { say } from './send-card.js';

const RESPONSE = Symbol('offer-desk.side-response');
const LASTING = Symbol('offer-desk.side-lasting');
const TEXT = Symbol('offer-desk.side-text');

/**
 * Answers with a card: in place of the clicked one where the channel can, else as a message. A lasting one is also
 * written over the clicked activity, so that no reaction and no other device brings the old card back.
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

/** What `respond` left to be written over the clicked activity. */
export function lastingResponse(context: TurnContext): RenderedCard | undefined {
  return context.turnState.get<RenderedCard | undefined>(LASTING);
}

/** Answers an invoke with a short text beside the card, which stays as it is. */
export function respondText(context: TurnContext, text: string): void {
  context.turnState.set(TEXT, text);
}

/** What `respondText` left for the invoke's response. */
export function sideText(context: TurnContext): string | undefined {
  return context.turnState.get<string | undefined>(TEXT);
}

/** What `respond` left for the invoke's response. */
export function sideResponse(context: TurnContext): RenderedCard | undefined {
  return context.turnState.get<RenderedCard | undefined>(RESPONSE);
}
