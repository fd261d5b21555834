/** Marks every card as sample data while the bot answers from the fictional sample. */
import type { Activity, Middleware, TurnContext } from 'botbuilder';
import type { Language } from '../../core/terms.js';
import { turnOf, type Turn } from '../../dialogs/shared/turn.js';
import { languageFor } from '../../locales/language.js';
import { textIn } from '../../locales/text.js';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** The adapter's middleware. Calls `isSample` for each activity. */
export function sampleMark(isSample: () => boolean): Middleware {
  return {
    async onTurn(context, next) {
      context.onSendActivities((_context, activities, send) => {
        if (isSample()) activities.forEach((activity) => markActivity(activity, lineOf(context)));
        return send();
      });
      context.onUpdateActivity((_context, activity, send) => {
        if (isSample()) markActivity(activity, lineOf(context));
        return send();
      });
      await next();
    },
  };
}

/** Marks the cards of a message that does not answer a turn, such as an outage card. */
export type MarkSample = (activity: Partial<Activity>, language: Language) => Partial<Activity>;

/** Creates the marker. It calls `isSample` for each message. */
export function sampleMarker(isSample: () => boolean): MarkSample {
  return (activity, language) =>
    isSample() ? withMark(activity, textIn(language)('sample.mark')) : activity;
}

/** The language of a message or of a conversation, from its tag. */
export function spokenIn({ locale }: { readonly locale?: unknown }): Language {
  return (typeof locale === 'string' ? languageFor(locale) : undefined) ?? 'en';
}

function lineOf(context: TurnContext): string {
  const turn = turnOf(context) as Turn | undefined;
  return (turn?.text ?? textIn('en'))('sample.mark');
}

function markActivity(activity: Partial<Activity>, line: string): void {
  Object.assign(activity, withMark(activity, line));
}

/** Returns the activity with the mark on each of its cards, including the cards that answer an invoke. */
function withMark(activity: Partial<Activity>, line: string): Partial<Activity> {
  const { attachments } = activity;
  const value: unknown = activity.value;
  return {
    ...activity,
    ...(attachments && { attachments: attachments.map((one) => markedIn(one, line)) }),
    ...(activity.type === 'invokeResponse' && { value: markedIn(value, line) }),
  };
}

/** A card appears as `contentType` and `content`, or as `type` and `value`, at any place in an answer. */
function markedIn<T>(node: T, line: string): T {
  if (Array.isArray(node)) return node.map((one: unknown) => markedIn(one, line)) as T;
  if (typeof node !== 'object' || node === null) return node;
  const { contentType, content, type, value } = node as Readonly<Record<string, unknown>>;
  if (contentType === CARD) return { ...node, content: marked(content, line) };
  if (type === CARD) return { ...node, value: marked(value, line) };
  return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, markedIn(one, line)])) as T;
}

/** The card with the mark as its last line. */
function marked(card: unknown, text: string): unknown {
  const { body } = card as { readonly body?: unknown };
  if (!Array.isArray(body)) return card;
  const mark = { type: 'TextBlock', text, wrap: true, isSubtle: true, size: 'Small', separator: true };
  return { ...(card as object), body: [...(body as unknown[]), mark] };
}
