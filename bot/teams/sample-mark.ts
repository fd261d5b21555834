/** Marks every card that a person sees as sample data, while the fictional sample is what the bot answers from. */
import type { Activity, Middleware, TurnContext } from 'botbuilder';
import { turnOf, type Turn } from '../../dialogs/shared/turn.js';
import { textIn } from '../../locales/text.js';

const CARD = 'application/vnd.microsoft.card.adaptive';

/** The adapter's middleware; `isSample` is asked for each activity. */
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

function lineOf(context: TurnContext): string {
  const turn = turnOf(context) as Turn | undefined;
  return (turn?.text ?? textIn('en'))('sample.mark');
}

function markActivity(activity: Partial<Activity>, line: string): void {
  for (const attachment of activity.attachments ?? [])
    if (attachment.contentType === CARD) attachment.content = marked(attachment.content, line);
  const body = (activity.value as { body?: { type?: unknown; value?: unknown } } | undefined)?.body;
  if (activity.type === 'invokeResponse' && body?.type === CARD) body.value = marked(body.value, line);
}

/** The card with the mark as its last line. */
function marked(card: unknown, text: string): unknown {
  const { body } = card as { readonly body?: unknown };
  if (!Array.isArray(body)) return card;
  const mark = { type: 'TextBlock', text, wrap: true, isSubtle: true, size: 'Small', separator: true };
  return { ...(card as object), body: [...(body as unknown[]), mark] };
}
