/** Where an activity came from, with no more than it takes to write there later: no name, no directory id. */
import { TurnContext, type Activity } from 'botbuilder';

/** The conversation's own id is kept beside it. */
export function referenceOf(activity: Partial<Activity>): Readonly<Record<string, unknown>> {
  const { serviceUrl, channelId, bot, user, conversation } = TurnContext.getConversationReference(activity);
  return {
    serviceUrl,
    channelId,
    bot,
    user: { id: user?.id },
    conversation: {
      conversationType: conversation?.conversationType,
      isGroup: conversation?.isGroup,
      tenantId: conversation?.tenantId,
    },
  };
}
