/** Maps each invoke to its answer. Teams repeats an invoke that is answered 501, so every invoke needs an answer. */
import type { InvokeResponse } from 'botbuilder';
import {
  aboutMessage,
  insert,
  search,
  selected,
  told,
  typeAhead,
  unfurl,
  type LookUp,
} from './extension/answers.js';

type Answer = (lookUp: LookUp) => InvokeResponse | Promise<InvokeResponse>;

const DONE: InvokeResponse = { status: 200, body: {} };
const dialogSays = ({ turn }: LookUp): InvokeResponse => ({
  status: 200,
  body: { task: { type: 'message', value: turn.text('extension.use-chat') } },
});

/** All invokes that change nothing and post nothing to the chat. `adaptiveCard/action` is not one of them. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  'composeExtension/query': search,
  'composeExtension/selectItem': selected,
  'composeExtension/fetchTask': aboutMessage,
  'composeExtension/submitAction': insert,
  'composeExtension/queryLink': unfurl,
  'composeExtension/anonymousQueryLink': unfurl,
  'composeExtension/querySettingUrl': (lookUp) => told(lookUp, 'extension.no-settings'),
  'composeExtension/setting': () => DONE,
  'composeExtension/onCardButtonClicked': () => DONE,
  'application/search': typeAhead,
  'task/fetch': dialogSays,
  'task/submit': dialogSays,
};

/**
 * The answer to an invoke that is not a card click. Invokes the app does not use (tabs, sign-in, configuration, files)
 * get an empty answer: the manifest does not ask Teams to send them.
 */
export async function answerInvoke(
  name: string | undefined,
  lookUp: LookUp,
): Promise<{ response: InvokeResponse; known: boolean }> {
  const answer = name !== undefined && Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
  return answer ? { response: await answer(lookUp), known: true } : { response: DONE, known: false };
}

/** The answer to an invoke whose turn failed. Without an answer the SDK returns 501 and Teams tries again. */
export function failedInvoke(name: string | undefined, text: string): InvokeResponse {
  if (name === 'composeExtension/fetchTask' || name?.startsWith('task/')) {
    return { status: 200, body: { task: { type: 'message', value: text } } };
  }
  if (name?.startsWith('composeExtension/')) {
    return { status: 200, body: { composeExtension: { type: 'message', text } } };
  }
  const type = 'application/vnd.microsoft.activity.message';
  return { status: 200, body: { statusCode: 200, type, value: text } };
}
