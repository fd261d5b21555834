/** State of a whole channel. The SDK gives every thread of a channel its own conversation id. */
import { ConversationState, type TurnContext } from 'botbuilder';

export class ChannelState extends ConversationState {
  override getStorageKey(context: TurnContext): string | undefined {
    return super
      .getStorageKey(context)
      ?.replace(/;messageid=\d*/, '')
      .replace('/conversations/', '/channels/');
  }
}
