/** Folds an answered question to one line without buttons, when the next question or the answer has arrived. */
import { linesOf, unmarked } from '../frame/plain.js';

/** @typedef {{ subscribe: (observer: any) => { unsubscribe: () => void } }} Observable */

/** The part of a conversation that the bot names on its cards. @param {any} activity */
const partOf = (activity) => activity?.channelData?.offerDesk;

/**
 * The label of the button with this payload, anywhere in the card.
 * @param {any} node
 * @param {string | undefined} signature
 * @returns {string | undefined}
 */
function labelOf(node, signature) {
  if (signature === undefined || typeof node !== 'object' || node === null) return undefined;
  if (node.data?.offerDesk?.sig === signature) return node.title && unmarked(node.title);
  for (const inner of Object.values(node)) {
    const found = labelOf(inner, signature);
    if (found) return found;
  }
  return undefined;
}

/**
 * The question as one line. Text runs show no Markdown, so names stay as written.
 * @param {any} question
 * @param {string | undefined} answer
 */
function folded(question, answer) {
  const lines = linesOf(question);
  const title = (lines.find((line) => line.kind === 'heading') ?? lines[0])?.text ?? '';
  const inlines = [
    { type: 'TextRun', text: answer ? `${title} ` : title, isSubtle: true },
    ...(answer ? [{ type: 'TextRun', text: answer, weight: 'bolder' }] : []),
  ];
  const content = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'RichTextBlock', inlines }] };
  return {
    ...question,
    channelData: undefined,
    attachments: [{ contentType: question.attachments[0].contentType, content }],
  };
}

/** Passes activities on, and before the next part of the conversation the folded question. */
class Folder {
  /** @type {any} */
  #question;
  /** @type {string | undefined} */
  #answer;

  /** @param {any} activity @returns {any[]} the activities to show */
  pass(activity) {
    if (activity.type !== 'message') return [activity];
    if (activity.id !== undefined && activity.id === this.#question?.id) {
      this.#question = activity;
      return [activity];
    }
    const part = partOf(activity);
    if (!part) {
      // The visitor's typed words stand below in a message of their own.
      this.#answer = labelOf(this.#question?.attachments, activity.value?.offerDesk?.sig) ?? this.#answer;
      return [activity];
    }
    const old = this.#question && folded(this.#question, this.#answer);
    this.#question = part === 'question' ? activity : undefined;
    this.#answer = undefined;
    return old ? [old, activity] : [activity];
  }
}

/**
 * The same activities with answered questions folded.
 * @param {Observable} activities
 * @returns {Observable}
 */
export function folding(activities) {
  return {
    subscribe: (given) => {
      const observer = typeof given === 'function' ? { next: given } : given;
      const folder = new Folder();
      return activities.subscribe({
        ...observer,
        next: (/** @type {any} */ activity) => {
          for (const one of folder.pass(activity)) observer.next?.(one);
        },
        error: (/** @type {unknown} */ error) => observer.error?.(error),
        complete: () => observer.complete?.(),
      });
    },
  };
}
