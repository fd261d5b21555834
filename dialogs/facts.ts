/** From the state of the question to the policy: what is still open, and the answer. */
import { routeQuestion, type RouteQuestion } from '../core/services/route-question.js';
import { openQuestions } from '../core/policy/open-questions.js';
import type { Answer, OpenQuestion } from '../core/services/answer.js';
import { HOSTINGS, LANGUAGES, PURCHASE_CHANNELS, type Asker } from '../core/terms.js';
import { foldWords, replyOf } from '../locales/commands.js';
import { textIn } from '../locales/text.js';
import { fill, type RouteState } from './route-state.js';
import type { DeskServices } from './services.js';

/** The state after a typed answer to a question of fact; unchanged when the words are none of the answers. */
export function factSaid(state: RouteState, open: OpenQuestion, text: string): RouteState {
  const reply = replyOf(text)?.reply;
  switch (open) {
    case 'channel': {
      const channel = reply === 'unsure' ? 'partner' : named(text, PURCHASE_CHANNELS, 'channel');
      return channel ? fill(state, 'channel', { channel }) : state;
    }
    case 'hosting': {
      const hosting = reply === 'unsure' ? 'unknown' : named(text, HOSTINGS, 'hosting');
      return hosting ? fill(state, 'hosting', { hosting }) : state;
    }
    case 'refund-window': {
      const refundOpen = { yes: true, no: false, unsure: true, none: undefined, greeting: undefined };
      const said = reply && refundOpen[reply];
      return said === undefined ? state : fill(state, 'refund-window', { refundOpen: said });
    }
  }
}

/** The member of a vocabulary whose name on the cards, in any language, is exactly what was typed. */
function named<T extends string>(text: string, words: readonly T[], prefix: string): T | undefined {
  const folded = foldWords(text);
  return words.find((word) =>
    LANGUAGES.some((language) => foldWords(textIn(language)(`${prefix}.${word}`)) === folded),
  );
}
