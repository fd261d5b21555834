/** The card that takes the place of the clicked one, when a side talk answered the click. */
import type { TurnContext } from 'botbuilder-core';
import type { RenderedCard } from '../cards/types.js';
import { say } from './say.js';

const RESPONSE = Symbol('offer-desk.side-response');
const TEXT = Symbol('offer-desk.side-text');

/** Answers with a card: in place of the clicked one where the channel can, else as a message. */
export async function respond(context: TurnContext, card: RenderedCard): Promise<void> {
  if (context.activity.type === 'invoke') context.turnState.set(RESPONSE, card);
  else await say(context, card);
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
