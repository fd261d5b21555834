/** Which invoke gets which answer. Teams sends an invoke again that is answered 501, so each one has its answer here. */
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

type Answer = (lookUp: LookUp) => InvokeResponse;

const DONE: InvokeResponse = { status: 200, body: {} };
const dialogSays = ({ turn }: LookUp): InvokeResponse => ({
  status: 200,
  body: { task: { type: 'message', value: turn.text('extension.use-chat') } },
});

/** Every invoke that changes nothing and says nothing in the chat. `adaptiveCard/action` is not among them. */
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
 * The answer to an invoke other than a card's click. Names the app has no use for (tabs, sign-in, configuration, files)
 * get an empty one: nothing in the manifest makes Teams send them.
 */
export function answerInvoke(
  name: string | undefined,
  lookUp: LookUp,
): { response: InvokeResponse; known: boolean } {
  const answer = name !== undefined && Object.hasOwn(ANSWERS, name) ? ANSWERS[name] : undefined;
  return answer ? { response: answer(lookUp), known: true } : { response: DONE, known: false };
}

/** The answer to an invoke whose turn failed, where its sender sees it; without one the SDK says 501, and Teams tries again. */
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
