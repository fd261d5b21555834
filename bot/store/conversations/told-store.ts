/**
 * When the bot last wrote to a conversation by itself. It is kept with the bot's state of the conversation, so it is deleted
 * with it. Outage cards and questions about cases keep their own times.
 */
import { toldKey, type BotStateStorage } from './bot-storage.js';

export interface ToldStore {
  /** Notes that the bot has written to this conversation now. */
  note(channelId: string, conversationId: string): Promise<void>;
  /** Milliseconds since the epoch; 0 when the bot never did. */
  at(channelId: string, conversationId: string): Promise<number>;
}

export function toldStore(state: BotStateStorage, now: () => number): ToldStore {
  return {
    note: (channelId, conversationId) => state.write({ [toldKey(channelId, conversationId)]: { at: now() } }),
    async at(channelId, conversationId) {
      const key = toldKey(channelId, conversationId);
      const { at } = ((await state.read([key]))[key] ?? {}) as { readonly at?: unknown };
      return typeof at === 'number' ? at : 0;
    },
  };
}
