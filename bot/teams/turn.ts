/**
 * Runs the turn of an activity: look-ups at once, all other activities once and in order. Shows a typing sign when
 * slow.
 */
import type { Activity, TurnContext } from 'botbuilder';
import type { Guarded } from '../runtime/turn-guard.js';
import { repeatedResponse } from './card-click.js';

/** Runs `work` in the conversation's order, unless this activity already had its turn. */
type InOrder = (context: TurnContext, work: () => Promise<void>) => Promise<Guarded>;

/**
 * A look-up changes nothing and Teams waits five seconds for it, so it does not queue behind the conversation. A
 * repeated invoke gets the answer "done": without an answer the SDK returns 501, and Teams sends it again.
 */
export async function teamsTurn(
  context: TurnContext,
  inOrder: InOrder,
  work: () => Promise<void>,
): Promise<void> {
  const { activity } = context;
  if (isLookUp(activity)) return work();
  const turn = async (): Promise<void> => {
    const { kind } = await inOrder(context, work);
    if (kind === 'repeated' && activity.type === 'invoke') {
      await context.sendActivity({ type: 'invokeResponse', value: repeatedResponse() });
    }
  };
  const key = `${activity.conversation?.id} ${activity.id}`;
  if (!isAnswered(activity) || underWay.has(key)) return turn();
  underWay.add(key);
  await withTyping(context, turn).finally(() => underWay.delete(key));
}

/** Turns that this process is running. A repetition of one of them waits for it and shows no typing sign. */
const underWay = new Set<string>();

/** Most events have no reply, and a typing sign without a reply would never end. */
function isAnswered({ type }: Partial<Activity>): boolean {
  return type === 'message' || type === 'invoke';
}

/** True for requests that only read: search, links and the dialogs of the message extension. */
export function isLookUp(activity: Partial<Activity>): boolean {
  return activity.type === 'invoke' && /^(composeExtension|application)\//.test(activity.name ?? '');
}

/** Milliseconds before the typing sign. The Teams store demands an answer or a sign within two seconds. */
const TYPING_AFTER_MS = 1_000;

/** Runs `work`. Sends "typing" when nothing else was sent within `afterMs`. */
async function withTyping(
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
