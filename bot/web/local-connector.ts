/**
 * The in-process connector client: passes activities directly to the embedded channel, where the SDK would use HTTP.
 */
import type { Activity, ConversationParameters } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import type { DirectLineHub } from './directline/hub.js';
import { LOCAL_SERVICE_URL } from './directline/hub.js';
import type { WebAudience, WireActivity } from './directline/log.js';

interface LocalConnectorOptions {
  readonly hub: DirectLineHub;
  readonly bot: { readonly id: string; readonly name: string };
  readonly newId: () => string;
  readonly now: () => number;
}

/**
 * Converts activities to JSON: the SDK's objects may contain dates and getters, and must not be shared with the SDK.
 */
function wire(activity: Partial<Activity>): WireActivity {
  return JSON.parse(JSON.stringify({ ...activity, type: activity.type ?? 'message' })) as WireActivity;
}

/** The operations of a connector client that turns, proactive messages and created conversations use. */
export function createLocalConnector(options: LocalConnectorOptions): ConnectorClient {
  const { hub } = options;
  const send = async (conversationId: string, activity: Partial<Activity>): Promise<{ id: string }> => ({
    id: await hub.fromBot(conversationId, wire(activity)),
  });
  const conversations = {
    sendToConversation: send,
    replyToActivity: (conversationId: string, _replyTo: string, activity: Partial<Activity>) =>
      send(conversationId, activity),
    updateActivity: async (conversationId: string, activityId: string, activity: Partial<Activity>) => {
      await hub.update(conversationId, activityId, wire(activity));
      return { id: activityId };
    },
    deleteActivity: (conversationId: string, activityId: string) => hub.remove(conversationId, activityId),
    createConversation: (parameters: ConversationParameters) => createConversation(options, parameters),
    getConversationMembers: (conversationId: string) => members(options, conversationId),
    getActivityMembers: (conversationId: string) => members(options, conversationId),
    getConversationPagedMembers: async (conversationId: string) => ({
      members: await members(options, conversationId),
    }),
  };
  return { conversations, baseUri: LOCAL_SERVICE_URL } as unknown as ConnectorClient;
}

/** A conversation that the bot begins. `channelData.audience` names the audience; the default is a customer. */
async function createConversation(
  options: LocalConnectorOptions,
  parameters: ConversationParameters,
): Promise<{ id: string; activityId: string; serviceUrl: string }> {
  const id = options.newId();
  const userId = parameters.members?.[0]?.id ?? `dl_${options.newId()}`;
  const { audience } = (parameters.channelData ?? {}) as { audience?: WebAudience };
  await options.hub.open({ id, userId, audience: audience ?? 'customer', createdAt: options.now() });
  const first = parameters.activity as Partial<Activity> | undefined;
  const activityId = first?.type ? await options.hub.fromBot(id, wire(first)) : '';
  return { id, activityId, serviceUrl: LOCAL_SERVICE_URL };
}

async function members(
  options: LocalConnectorOptions,
  conversationId: string,
): Promise<{ id: string; name?: string }[]> {
  const conversation = await options.hub.get(conversationId);
  return conversation ? [{ id: conversation.userId }, options.bot] : [];
}
