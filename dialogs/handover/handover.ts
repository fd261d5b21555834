/** Speaking with a person instead of the bot: gives each turn to the side it comes from. */
import type { TurnContext } from 'botbuilder-core';
import { isActionOf, traitsOf, type CardAction } from '../../cards/kit/action-table.js';
import { StaffTalk, type StaffAction } from './staff-side.js';
import { VisitorTalk, type VisitorAction } from './visitor-side.js';
import type { RouteMemory } from '../shared/memory.js';
import type { DeskServices } from '../shared/services.js';
import { turnOf } from '../shared/turn.js';

/** True when the turn was about a hand-over, or a message in one. */
export async function answerHandover(
  context: TurnContext,
  services: DeskServices,
  route: Pick<RouteMemory, 'get'>,
): Promise<boolean> {
  const { handover } = services;
  const { input, asker, host } = turnOf(context);
  if (!handover) return false;
  if (input.kind === 'click') {
    const { action } = input;
    if (!isActionOf(action, 'handover')) {
      if (asker === 'customer' && continues(action))
        await new VisitorTalk(context, services, handover, route).pressedBot();
      return false;
    }
    if (isStaffAction(action)) await new StaffTalk(context, services, handover).click(action);
    else await new VisitorTalk(context, services, handover, route).click(action);
    return true;
  }
  if (host === 'teams' && (await new StaffTalk(context, services, handover).hear())) return true;
  if (input.kind !== 'text' || asker !== 'customer') return false;
  return new VisitorTalk(context, services, handover, route).hear(input.whole ?? input.text);
}

/** True for a button with which a customer returns to the bot's question. */
function continues(action: CardAction): boolean {
  return !isActionOf(action, 'question') || traitsOf(action).continues;
}

function isStaffAction(action: StaffAction | VisitorAction): action is StaffAction {
  return ['handover-take', 'handover-reply', 'handover-close'].includes(action.verb);
}
