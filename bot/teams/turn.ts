/** How an activity of `/api/messages` gets its turn: look-ups at once, everything else in order, once, and never in silence. */
import type { Activity, TurnContext } from 'botbuilder';
import type { Guarded } from '../turn-guard.js';
import { repeatedResponse } from './card-click.js';
import { withTyping } from './typing.js';

/** Runs the given work in the conversation's order, unless this activity had its turn already. */
export type InOrder = (context: TurnContext, work: () => Promise<void>) => Promise<Guarded>;

/**
 * A look-up changes nothing and Teams waits five seconds for it, so it does not queue behind the conversation. A repeated
 * invoke is answered as done: without an answer the SDK says 501, and Teams sends it again.
 */
export async function teamsTurn(
  context: TurnContext,
  inOrder: InOrder,
  work: () => Promise<void>,
): Promise<void> {
  if (isLookUp(context.activity)) return work();
  await withTyping(context, async () => {
    const { kind } = await inOrder(context, work);
    if (kind === 'repeated' && context.activity.type === 'invoke') {
      await context.sendActivity({ type: 'invokeResponse', value: repeatedResponse() });
    }
  });
}

/** True for what only asks: search, links and the dialogs of the message extension. */
export function isLookUp(activity: Partial<Activity>): boolean {
  return activity.type === 'invoke' && /^(composeExtension|application)\//.test(activity.name ?? '');
}
