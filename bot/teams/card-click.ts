/** Replaces a clicked card: for the clicker by the invoke response, for everybody else by updating the activity. */
import type { InvokeResponse, TurnContext } from 'botbuilder';
import { traitsOf } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { answerCard } from '../../cards/answer/answer-card.js';
import { usedCard } from '../../cards/kit/notice-card.js';
import type { Log } from '../../core/ports.js';
import {
  answeredCard,
  outcomeOf,
  type ClickOutcome,
  lastingResponse,
  sideResponse,
  sideText,
} from '../../dialogs/shared/side-response.js';
import { closedAnswer } from '../../dialogs/question/closed-answer.js';
import { answerFor } from '../../dialogs/question/facts.js';
import { cardActivity, renderContext } from '../../dialogs/shared/send-card.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { turnOf } from '../../dialogs/shared/turn.js';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/** The new content of the clicked card; undefined when the card stays unchanged. */
function replacedCard(context: TurnContext, services: DeskServices): RenderedCard | undefined {
  const outcome = outcomeOf(context);
  if (outcome?.kind !== 'accepted' || traitsOf(outcome.action).keepsCard) return undefined;
  return replacement(outcome, context, services);
}

function replacement(
  { card, action, before }: Extract<ClickOutcome, { kind: 'accepted' }>,
  context: TurnContext,
  services: DeskServices,
): RenderedCard | undefined {
  const turn = turnOf(context);
  const ctx = renderContext(turn, services, '');
  switch (card) {
    case 'question':
      return usedCard({ action }, ctx);
    case 'answer':
      // An answer card keeps its text and loses only the used buttons.
      return before.issue && answerCard({ answer: answerFor(before, services, turn), closed: true }, ctx);
    case 'other':
      return undefined;
  }
}

/** The response to an accepted, refused or repeated Action.Execute. A refused click changes no card. */
export function clickResponse(context: TurnContext, services: DeskServices): InvokeResponse {
  const card = sideResponse(context) ?? replacedCard(context, services);
  if (card) return invoked(CARD, card.card);
  const outcome = outcomeOf(context);
  const { text } = turnOf(context);
  const told = sideText(context);
  if (told !== undefined) return invoked(MESSAGE, told);
  return invoked(MESSAGE, text(outcome?.kind === 'refused' ? `notice.${outcome.why}.title` : 'used.body'));
}

/** The response to a repeated click: the bot does nothing again. */
export function repeatedResponse(): InvokeResponse {
  return invoked(MESSAGE, '');
}

/**
 * A button for everybody who sees the card: the clicker gets a private view, the others see no change.
 * Undefined for every other click.
 */
export function ownView(context: TurnContext, services: DeskServices): InvokeResponse | undefined {
  const turn = turnOf(context);
  if (turn.input.kind !== 'click' || turn.input.action.verb !== 'show-answer') return undefined;
  const alone = { asker: turn.asker, scope: 'personal', language: turn.language } as const;
  const ctx = renderContext({ ...turn, ...alone }, services, '');
  return invoked(CARD, closedAnswer(turn.input.action, services, alone, ctx).card);
}

/** A card that refreshes itself was not clicked by a person: if its payload is not understood, the bot stays silent. */
export function isRefresh(context: TurnContext): boolean {
  return (context.activity.value as { trigger?: unknown } | undefined)?.trigger === 'automatic';
}

/**
 * Updates the clicked card, so that neither a reaction nor another client shows the old card again, and folds a question
 * that was answered by typed words.
 */
export async function updateCards(context: TurnContext, services: DeskServices, log: Log): Promise<void> {
  const id = context.activity.replyToId;
  const card = id === undefined ? undefined : (lastingResponse(context) ?? replacedCard(context, services));
  if (card && id !== undefined) await update(context, id, card, log);
  const answered = answeredCard(context);
  // Typed words, or a button of another card, have closed the question, so its buttons are of no use.
  if (answered !== undefined && !isClicked(context, answered))
    await update(context, answered, usedCard({}, renderContext(turnOf(context), services, '')), log);
}

/** True for the clicked card. A refused click folds no card, and a client may leave the card's id out. */
function isClicked(context: TurnContext, id: string): boolean {
  const outcome = outcomeOf(context);
  if (outcome === undefined) return false;
  const clicked = context.activity.replyToId;
  return outcome.kind === 'refused' || clicked === undefined || clicked === id;
}

async function update(context: TurnContext, id: string, card: RenderedCard, log: Log): Promise<void> {
  try {
    await context.updateActivity({ ...cardActivity(card), id });
  } catch (error) {
    // The turn has already taken effect. If the card cannot be updated, its next click is treated as a click on an old card.
    log.warn('card.not-updated', { error });
  }
}

function invoked(type: string, value: unknown): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type, value } };
}
