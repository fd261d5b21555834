/** Forgets web conversations, with what the bot remembers of them: on the visitor's wish, and those nobody came back to. */
import type { Clock, Log } from '../../core/ports.js';
import type { Stores } from '../store/stores.js';

export interface WebUpkeepOptions {
  readonly stores: Stores;
  readonly now: Clock;
  readonly log: Log;
  /** Deletes the channel's own record and cuts off whoever looks at it. */
  readonly forgetConversation: (conversationId: string) => Promise<void>;
  /** Days a conversation is kept after its last activity. */
  readonly keepDays: number;
}

export interface WebUpkeep {
  /** After the turn that runs, if one does: what it saves must go too. */
  forget(conversation: { readonly conversationId: string; readonly userId: string }): Promise<void>;
  /** Forgets what is older than it is kept. Returns how many conversations went. */
  sweep(): Promise<number>;
  stop(): void;
}

/** The embedded channel and Azure Direct Line, and Azure Web Chat, which is the same with a secret of its own. */
const CHANNELS = ['directline', 'webchat'];
const DAY_MS = 86_400_000;
const SWEEP_MS = 3_600_000;

/** Sweeps once an hour until stopped. */
export function startWebUpkeep(options: WebUpkeepOptions): WebUpkeep {
  const { stores, now, log, keepDays } = options;
  const forgetIn = (channel: string, conversationId: string, userId: string): Promise<void> =>
    stores.turns.inOrder(`${channel}:${conversationId}`, async () => {
      await stores.handovers.forget({ conversationId });
      await options.forgetConversation(conversationId);
      await stores.visitors.forget(conversationId);
      await stores.reports.forget({ channelId: channel, userId });
      await stores.botState.delete(stateKeys(channel, conversationId, userId));
    });
  const forget: WebUpkeep['forget'] = async ({ conversationId, userId }) => {
    for (const channel of CHANNELS) await forgetIn(channel, conversationId, userId);
  };
  const sweep = async (): Promise<number> => {
    const before = now() - keepDays * DAY_MS;
    const idle = await stores.conversations.idle(before);
    for (const { id, userId } of idle) await forget({ conversationId: id, userId });
    await stores.handovers.forget({ before });
    await stores.conversations.dropForgotten(before);
    await stores.visitors.purge(before);
    return idle.length;
  };
  const timer = setInterval(() => {
    sweep().then(
      (forgotten) => log.info('web.swept', { forgotten }),
      (error: unknown) => log.error('web.sweep-failed', { error }),
    );
  }, SWEEP_MS).unref();
  return { forget, sweep, stop: () => clearInterval(timer) };
}

/** Where the SDK keeps the state of a conversation, of its user, and of the two together: keys end in a slash. */
function stateKeys(channel: string, conversationId: string, userId: string): string[] {
  const conversation = `${channel}/conversations/${conversationId}/`;
  return [conversation, `${channel}/users/${userId}/`, `${conversation}users/${userId}/`];
}
