/** Says in each reply in which language its text is. */
import type { Activity, Middleware, TurnContext } from 'botbuilder';
import { LANGUAGE_TRAITS } from '../../core/terms.js';
import { turnOf, type Turn } from '../../dialogs/shared/turn.js';

/** The adapter's middleware. Without it the SDK repeats the client's tag, whatever the language of the reply. */
export function replyLanguage(): Middleware {
  return {
    async onTurn(context, next) {
      context.onSendActivities((_context, activities, send) => {
        for (const activity of activities) name(activity, context);
        return send();
      });
      context.onUpdateActivity((_context, activity, send) => {
        name(activity, context);
        return send();
      });
      await next();
    },
  };
}

function name(activity: Partial<Activity>, context: TurnContext): void {
  const turn = turnOf(context) as Turn | undefined;
  if (turn && activity.type === 'message') activity.locale = LANGUAGE_TRAITS[turn.language].locale;
}
