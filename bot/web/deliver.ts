/** Hands an activity of the embedded channel to the bot, as a turn of the real adapter. */
import type { Activity, CloudAdapter, TurnContext } from 'botbuilder';
import type { Deliver, DeliveryMeta } from './directline/hub.js';
import type { LocalAwareAuthentication } from './local-auth.js';

/** Runs one turn. `meta.audience` is what the token says and nobody can type. */
export type WebTurn = (context: TurnContext, meta: DeliveryMeta) => Promise<void>;

export function createDelivery(
  adapter: CloudAdapter,
  authentication: LocalAwareAuthentication,
  turn: WebTurn,
): Deliver {
  return async (activity, meta) => {
    const timestamp = new Date(activity.timestamp ?? 0);
    const incoming = { ...activity, timestamp } as unknown as Activity;
    await adapter.processActivityDirect(authentication.localRequest(), incoming, (context) =>
      turn(context, meta),
    );
  };
}
