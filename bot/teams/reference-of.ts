/** Where an activity came from, as the SDK wants it to write there later. */
import { TurnContext, type Activity } from 'botbuilder';

export function referenceOf(activity: Partial<Activity>): Readonly<Record<string, unknown>> {
  return { ...TurnContext.getConversationReference(activity) };
}
