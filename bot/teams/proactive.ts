/** Sends, updates and deletes single messages in a conversation, given its reference. Never throws. */
import type { Activity, ConversationReference } from 'botbuilder';
import { DeskError } from '../../core/errors.js';
import type { SendResult } from '../../core/incident/delivery-outcome.js';
import type { Clock } from '../../core/ports.js';
import type { Spans } from '../runtime/spans.js';
import { type ConnectorFor, connectorCache } from './proactive-connectors.js';
import { resultOf, SEND_TIMEOUT_MS, type Told } from './notifier.js';
import { spokenIn, type MarkSample } from './sample-mark.js';
import { sendSpan } from './send-spans.js';

export interface ProactiveDeps {
  readonly connectorFor: ConnectorFor;
  readonly mayAnswerTo: (serviceUrl: string) => boolean;
  readonly mark: MarkSample;
  readonly spans: Spans;
  readonly now: Clock;
  readonly told?: Told;
}

export interface Conversation {
  readonly conversationId: string;
  /** The SDK's conversation reference, as JSON. */
  readonly reference: Readonly<Record<string, unknown>>;
}

export interface Proactive {
  send(to: Conversation, activity: Partial<Activity>): Promise<SendResult>;
  reply(to: Conversation, messageId: string, activity: Partial<Activity>): Promise<SendResult>;
  update(to: Conversation, messageId: string, activity: Partial<Activity>): Promise<SendResult>;
  remove(to: Conversation, messageId: string): Promise<SendResult>;
}

const OPTIONS = { timeout: SEND_TIMEOUT_MS };

export function proactive(deps: ProactiveDeps): Proactive {
  const client = connectorCache(deps.connectorFor);
  type Operations = Awaited<ReturnType<ConnectorFor>>['conversations'];
  const attempt = async (
    { reference }: Conversation,
    work: (conversations: Operations) => Promise<unknown>,
  ): Promise<SendResult> => {
    try {
      const { serviceUrl = '' } = reference as Partial<ConversationReference>;
      if (!deps.mayAnswerTo(serviceUrl))
        return { kind: 'answered', status: 403, code: 'ServiceUrlNotAllowed' };
      const done = (await work((await client(serviceUrl)).conversations)) as { id?: string } | undefined;
      return { kind: 'answered', status: 200, activityId: done?.id };
    } catch (error) {
      return sendResultOf(error, deps.now());
    }
  };
  const at = (action: string, to: Conversation, work: (conversations: Operations) => Promise<unknown>) =>
    sendSpan(deps.spans, action, () => attempt(to, work));
  const addressed = (to: Conversation, activity: Partial<Activity>) =>
    addressedTo(to, deps.mark(activity, spokenIn(activity.locale ? activity : to.reference)));
  return {
    send: (to, activity) =>
      at('send', to, async (one) => {
        const message = addressed(to, activity);
        const sent = await one.sendToConversation(to.conversationId, message, OPTIONS);
        await deps.told?.(message.channelId ?? '', to.conversationId);
        return sent;
      }),
    reply: (to, id, activity) =>
      at('reply', to, (one) =>
        one.replyToActivity(to.conversationId, id, { ...addressed(to, activity), replyToId: id }, OPTIONS),
      ),
    update: (to, id, activity) =>
      at('update', to, (one) =>
        one.updateActivity(to.conversationId, id, { ...addressed(to, activity), id }, OPTIONS),
      ),
    remove: (to, id) => at('remove', to, (one) => one.deleteActivity(to.conversationId, id, OPTIONS)),
  };
}

function addressedTo({ conversationId, reference }: Conversation, activity: Partial<Activity>) {
  const { channelId, bot, user, conversation } = reference as Partial<ConversationReference>;
  return {
    ...activity,
    channelId,
    from: bot,
    recipient: user,
    conversation: { ...conversation, id: conversationId } as Activity['conversation'],
  };
}

/** The embedded channel reports a missing conversation or message with the product's own error codes. */
function sendResultOf(error: unknown, now: number): SendResult {
  if (!(error instanceof DeskError)) return resultOf(error, now);
  if (error.code === 'conversation.unknown')
    return { kind: 'answered', status: 404, code: 'ConversationNotFound' };
  if (error.code === 'auth.forbidden') return { kind: 'answered', status: 403, code: error.code };
  return { kind: 'answered', status: 503, code: error.code };
}
