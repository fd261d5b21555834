/** Shows that the bot is at work when a turn takes long (P-08): once, and never after the answer. */
import type { TurnContext } from 'botbuilder';

/** Milliseconds before the indicator; the store rule is an answer or an indicator within two seconds. */
export const TYPING_AFTER_MS = 1_000;

/** Runs `work`; says "typing" when nothing was said within `afterMs`. */
export async function withTyping(
  context: TurnContext,
  work: () => Promise<void>,
  afterMs = TYPING_AFTER_MS,
): Promise<void> {
  let indicator: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    indicator = context.sendActivity({ type: 'typing' }).catch(() => undefined);
  }, afterMs);
  context.onSendActivities(async (_context, activities, next) => {
    if (activities.some((activity) => activity.type !== 'typing')) {
      clearTimeout(timer);
      await indicator;
    }
    return next();
  });
  try {
    await work();
  } finally {
    clearTimeout(timer);
    await indicator;
  }
}
