/** Says whether other people can read a Teams conversation, and builds the link to the bot's personal chat. */
import type { Activity } from 'botbuilder';
import type { Scope } from '../../dialogs/shared/turn.js';

const BOT_ID = /^28:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Who else reads the conversation. Guests may be in any group chat or channel: the bot does not ask for the member
 * list. An activity without a conversation type is judged by its other fields. A web conversation is personal.
 */
export function scopeOf(activity: Partial<Activity>): Scope {
  if (activity.channelId !== 'msteams') return 'personal';
  const data = activity.channelData as { channel?: { id?: unknown }; team?: { id?: unknown } } | undefined;
  switch (activity.conversation?.conversationType) {
    case 'personal':
      return 'personal';
    case 'channel':
      return 'channel';
    case 'groupChat':
      return 'group';
    default:
      if (data?.channel?.id !== undefined || data?.team?.id !== undefined) return 'channel';
      return activity.conversation?.isGroup || activity.conversation?.id?.startsWith('19:')
        ? 'group'
        : 'personal';
  }
}

/** The deep link to a chat with this bot; undefined if the channel gives the bot no Teams id. */
export function privateChatLink(activity: Partial<Activity>): string | undefined {
  const id = activity.recipient?.id ?? '';
  if (!BOT_ID.test(id)) return undefined;
  return `https://teams.microsoft.com/l/chat/0/0?users=${encodeURIComponent(id)}`;
}
