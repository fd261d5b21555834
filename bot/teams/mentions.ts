/** Takes the bot's own mention out of a message, so that a channel message reads like a personal one. */
import type { Activity } from 'botbuilder';

interface Mention {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly mentioned?: { readonly id?: unknown } | null;
}

/** Longest message searched for mentions; longer text is refused later anyway. */
const MAX_SEARCHED = 28_000;

/** The text without mentions of the recipient, trimmed. Plain string work: no expression is built from input. */
export function textWithoutMention(activity: Partial<Activity>): string {
  const text: unknown = activity.text;
  if (typeof text !== 'string') return '';
  if (text.length > MAX_SEARCHED) return text;
  const entities: unknown = activity.entities;
  const mentions = Array.isArray(entities) ? (entities as (Mention | null)[]).slice(0, 50) : [];
  return mentions.reduce((rest, mention) => without(rest, mention, activity.recipient?.id), text).trim();
}

function without(text: string, mention: Mention | null, botId: string | undefined): string {
  if (mention?.type !== 'mention' || typeof mention.text !== 'string' || mention.text === '') return text;
  return mention.mentioned?.id === botId ? text.split(mention.text).join(' ') : text;
}
