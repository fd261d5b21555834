/** What a clicked card becomes: for the clicker by the invoke's response, and for everybody by an update of the activity. */
import type { InvokeResponse, TurnContext } from 'botbuilder';
import { traitsOf } from '../../cards/kit/action-table.js';
import type { RenderedCard } from '../../cards/kit/types.js';
import { answerCard } from '../../cards/answer/answer-card.js';
import { usedCard } from '../../cards/kit/used-card.js';
import type { Log } from '../../core/ports.js';
import { outcomeOf, type ClickOutcome } from '../../dialogs/shared/click.js';
import { closedAnswer } from '../../dialogs/question/closed-answer.js';
import { answerFor } from '../../dialogs/question/facts.js';
import { cardActivity, renderContext } from '../../dialogs/shared/send-card.js';
import type { DeskServices } from '../../dialogs/shared/services.js';
import { lastingResponse, sideResponse, sideText } from '../../dialogs/shared/side-response.js';
import { turnOf } from '../../dialogs/shared/turn.js';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';

/** The clicked card after the click; undefined when it stays as it is. */
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
      // An answer keeps what it says; only its spent buttons go.
      return before.issue && answerCard({ answer: answerFor(before, services, turn), closed: true }, ctx);
    case 'other':
      return undefined;
  }
}

/** The response to an accepted, refused or repeated Action.Execute. A refused one changes no card. */
export function clickResponse(context: TurnContext, services: DeskServices): InvokeResponse {
  const card = sideResponse(context) ?? replacedCard(context, services);
  if (card) return invoked(CARD, card.card);
  const outcome = outcomeOf(context);
  const { text } = turnOf(context);
  const told = sideText(context);
  if (told !== undefined) return invoked(MESSAGE, told);
  return invoked(MESSAGE, text(outcome?.kind === 'refused' ? `notice.${outcome.why}.title` : 'used.body'));
}

/** The response to a click that had its turn before: nothing is done again. */
export function repeatedResponse(): InvokeResponse {
  return invoked(MESSAGE, '');
}

/**
 * A button meant for all who see the card: shows its own view to this one reader and says nothing to the others.
 * Undefined for every other click.
 */
export function ownView(context: TurnContext, services: DeskServices): InvokeResponse | undefined {
  const turn = turnOf(context);
  if (turn.heard.kind !== 'click' || turn.heard.action.verb !== 'show-answer') return undefined;
  const alone = { asker: turn.asker, scope: 'personal' } as const;
  const ctx = renderContext({ ...turn, ...alone }, services, '');
  return invoked(CARD, closedAnswer(turn.heard.action, services, alone, ctx).card);
}

/** A card that refreshes itself is nobody's click: what is not understood is left as it is, without a word in the chat. */
export function isRefresh(context: TurnContext): boolean {
  return (context.activity.value as { trigger?: unknown } | undefined)?.trigger === 'automatic';
}

/** Writes the clicked card anew, so that neither a reaction nor another client brings the old one back. */
export async function updateClicked(context: TurnContext, services: DeskServices, log: Log): Promise<void> {
  const id = context.activity.replyToId;
  const card = id === undefined ? undefined : (lastingResponse(context) ?? replacedCard(context, services));
  if (!card) return;
  try {
    await context.updateActivity({ ...cardActivity(card), id });
  } catch (error) {
    // The click has had its effect; a card that cannot be written answers the next click as an old one.
    log.warn('card.not-updated', { error });
  }
}

function invoked(type: string, value: unknown): InvokeResponse {
  return { status: 200, body: { statusCode: 200, type, value } };
}
