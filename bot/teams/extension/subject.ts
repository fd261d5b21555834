/** Finds the offer and the issue in a chat message, as in a first sentence, but without asking back. */
import type { Subject } from '../../../dialogs/question/closed-answer.js';
import { freshState } from '../../../dialogs/question/route-state.js';
import type { DeskServices } from '../../../dialogs/shared/services.js';
import { LONGEST_READ, questionIn } from '../../../core/understanding/pasted.js';
import { smallTalkOf } from '../../../core/understanding/small-talk.js';
import { understandFirst } from '../../../dialogs/question/understand.js';
import type { Asker } from '../../../core/terms.js';

/** The offer and the issue of a sentence, where they are clear; undefined when neither is clear. */
export function subjectOf(text: string, services: DeskServices, asker: Asker): Subject | undefined {
  const sentence = questionIn(text.trim().slice(0, LONGEST_READ));
  if (sentence === '' || smallTalkOf(sentence) !== undefined) return undefined;
  const ears = { view: services.view(), reader: services.reader(), asker };
  const { state } = understandFirst(freshState('', ''), sentence, ears);
  const offerId = state.offerId ?? undefined;
  if (state.issue === undefined && offerId === undefined) return undefined;
  return { ...(offerId && { offerId }), ...(state.issue && { issue: state.issue }) };
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#39': "'",
};

/** The text of a message without its HTML. The result is escaped before it is shown, never shown as HTML. */
export function wordsOfMessage(content: unknown): string {
  if (typeof content !== 'string') return '';
  return content
    .slice(0, 2 * LONGEST_READ)
    .replace(/<(?:[^<>"']|"[^"]*"|'[^']*')*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_entity, name: string) => ENTITIES[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
