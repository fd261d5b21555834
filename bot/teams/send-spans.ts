/** Records spans of the bot's sends to a connector: the replies of a turn, and messages that do not answer a turn. */
import type { Middleware } from 'botbuilder';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { Spans } from '../runtime/spans.js';

const NAME = 'connector send';

/** The adapter's middleware. All activities that a turn sends in one call make one span. */
export function sendSpans(spans: Spans): Middleware {
  return {
    async onTurn(context, next) {
      const channel = { 'offer_desk.channel': context.activity.channelId };
      const traced = <T>(action: string, count: number, send: () => Promise<T>): Promise<T> =>
        spans.run(
          NAME,
          { ...channel, 'offer_desk.send.action': action, 'offer_desk.send.count': count },
          send,
        );
      context.onSendActivities((_context, activities, send) => traced('turn', activities.length, send));
      context.onUpdateActivity((_context, _activity, send) => traced('turn-update', 1, send));
      context.onDeleteActivity((_context, _reference, send) => traced('turn-remove', 1, send));
      await next();
    },
  };
}

/**
 * One message that does not answer a turn. Its result is a value and not an exception, so the span gets the result's
 * kind and code.
 */
export function sendSpan(spans: Spans, action: string, send: () => Promise<SendResult>): Promise<SendResult> {
  return spans.run(NAME, { 'offer_desk.send.action': action }, async () => {
    const result = await send();
    spans.note({
      'offer_desk.send.result': result.kind,
      'http.response.status_code': result.kind === 'answered' ? result.status : undefined,
    });
    return result;
  });
}
