/** In place of botbuilder and botbuilder-core: the successor's classes, and what the product needs beyond them. */
import { Activity } from '@microsoft/agents-activity';
import {
  ActivityHandler,
  AgentState,
  CloudAdapter as HostingAdapter,
  TurnContext as HostingContext,
} from '@microsoft/agents-hosting';
import { AuthenticationConstants, ClaimsIdentity } from './connector.mjs';

export { ActivityTypes } from '@microsoft/agents-activity';
export { ConversationState, UserState } from '@microsoft/agents-hosting';
export { ConfigurationBotFrameworkAuthentication } from './connector.mjs';

/** Missing in the successor. The product uses only the events that ActivityHandler also has. */
export class TeamsActivityHandler extends ActivityHandler {}

/** Missing in the successor: state of one person in one conversation, under the key of the old SDK. */
export class PrivateConversationState extends AgentState {
  constructor(storage) {
    super(storage, ({ activity }) => {
      const { channelId, conversation, from } = activity;
      return `${channelId}/conversations/${conversation.id}/users/${from.id}/`;
    });
  }
}

/** The successor's reference is a method of the activity, and names the bot `agent`. */
export class TurnContext extends HostingContext {
  static getConversationReference(activity) {
    const { agent, ...reference } = Activity.fromObject(activity).getConversationReference();
    return { ...reference, bot: agent };
  }
}

/**
 * The successor's adapter authenticates by itself and reads only HTTP requests. The product authenticates before, and
 * its embedded channel has no request.
 */
export class CloudAdapter extends HostingAdapter {
  #authentication;

  constructor(authentication) {
    super({});
    this.#authentication = authentication;
  }

  async processActivity({ connectorFactory, audience }, activity, logic) {
    const context = await this.#turn(activity, await connectorFactory.create(activity.serviceUrl, audience));
    await this.runMiddleware(context, logic);
    return this.processTurnResults(context);
  }

  async processActivityDirect(request, activity, logic) {
    await this.processActivity(request, activity, logic);
  }

  createClaimsIdentity(appId = '') {
    return new ClaimsIdentity([
      { type: AuthenticationConstants.AudienceClaim, value: appId },
      { type: AuthenticationConstants.AppIdClaim, value: appId },
    ]);
  }

  async processProactive(identity, activity, audience, logic) {
    const connectorFactory = this.#authentication.createConnectorFactory(identity);
    await this.processActivity({ connectorFactory, audience }, activity, logic);
  }

  async #turn(activity, client) {
    const context = new HostingContext(this, Activity.fromObject(activity));
    this.setConnectorClient(context, onTheWire(client.conversations));
    return context;
  }
}

/** The product's client reads plain fields; the successor's activity keeps its channel in a field of another name. */
function onTheWire(client) {
  const plain = (activity) => {
    const { _channelId, ...rest } = activity;
    return { ...rest, channelId: activity.channelId };
  };
  return {
    sendToConversation: (id, activity) => client.sendToConversation(id, plain(activity)),
    replyToActivity: (id, replyTo, activity) => client.replyToActivity(id, replyTo, plain(activity)),
    updateActivity: (id, activityId, activity) => client.updateActivity(id, activityId, plain(activity)),
    deleteActivity: (id, activityId) => client.deleteActivity(id, activityId),
  };
}
