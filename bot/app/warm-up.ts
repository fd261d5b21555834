/** Does the first-time work of reading after the start, in slices, so that no visitor waits for it. */
import { askInSlices } from '../../core/directory/search/ask-in-slices.js';
import { questionSlices } from '../../core/services/answers/several-questions.js';
import type { Slices } from '../../core/time-slices.js';
import { openSlices } from '../../core/understanding/model.js';
import { feedbackOf } from '../../core/understanding/feedback.js';
import { questionIn, withinLimit } from '../../core/understanding/pasted.js';
import { redact } from '../../core/understanding/redact.js';
import { purchaseTimeSaid, windowSaid } from '../../core/understanding/refund-window.js';
import { wantsPerson } from '../../core/understanding/wishes.js';
import { smallTalkOf } from '../../core/understanding/small-talk.js';
import { adminCommandOf } from '../../dialogs/admin/admin-words.js';
import { asksTo } from '../../dialogs/handover/handover-view.js';
import { outageCommandOf } from '../../dialogs/outages/outage-words.js';
import { freshState, type RouteState } from '../../dialogs/question/route-state.js';
import { buttonSaid, understandSpoken } from '../../dialogs/question/spoken.js';
import { goesOn } from '../../dialogs/question/turn-words.js';
import {
  sentenceContext,
  understandFirst,
  type UnderstandingContext,
} from '../../dialogs/question/understand.js';
import { commandOf, languageNamed } from '../../locales/commands.js';
import { messageText } from '../teams/message-text.js';

const FRESH = freshState('warm-up', 'warm-up');
const ASKED: RouteState = { ...FRESH, issue: 'billing' };

/** The words of a message as the bot reads them. */
export function wordsIn(message: string): string {
  return questionIn(withinLimit(messageText({ channelId: 'msteams', text: message })).text);
}

/** What looks at the words before the question is understood. A turn does all of it without a pause. */
export const LOOKS: readonly ((text: string) => unknown)[] = [
  commandOf,
  languageNamed,
  wantsPerson,
  smallTalkOf,
  feedbackOf,
  goesOn,
  purchaseTimeSaid,
  windowSaid,
  (text) => buttonSaid(text, FRESH),
  adminCommandOf,
  outageCommandOf,
  redact,
  (text) => asksTo('talk', text),
];

type Reading = (text: string, known: UnderstandingContext) => Slices<unknown>;

/** The readings of one text, at the start and at each question of the bot. */
export const READINGS: Readonly<Record<string, Reading>> = {
  several: (text, known) => questionSlices(text, known.asker, sentenceContext(known)),
  first: (text, known) => asking(known, (view) => understandFirst(FRESH, text, view)),
  offer: (text, known) => asking(known, (view) => understandSpoken(ASKED, text, view, 'offer')),
  issue: (text, known) =>
    asking(known, (view) => understandSpoken({ ...FRESH, offerId: 'warm-up' }, text, view, 'issue')),
  channel: (text, known) =>
    asking(known, (view) => understandSpoken({ ...ASKED, offerId: 'warm-up' }, text, view, 'channel')),
};

/** A reading in slices, with a memory of its own, as a turn has. */
function asking(
  known: UnderstandingContext,
  read: (known: UnderstandingContext) => unknown,
): Slices<unknown> {
  const heard: UnderstandingContext['heard'] = new Map();
  return askInSlices(known.view.index, (index, run) =>
    read({ ...known, view: { ...known.view, index }, heard, run }),
  );
}

/** One in each of the two scripts whose tables and expressions differ most. More would cost memory that idles. */
const SENTENCES = ['the invoice is wrong', '帳單有問題，無法登入'] as const;

/** Reads sentences as turns do, so that the tables are built and the code is compiled, one part in each slice. */
export function* warmReading(known: UnderstandingContext): Slices<void> {
  yield* openSlices();
  for (const text of SENTENCES) {
    for (const look of [wordsIn, ...LOOKS]) {
      look(text);
      yield undefined;
    }
    for (const read of Object.values(READINGS)) {
      const slices = read(text, known);
      while (!slices.next().done) yield undefined;
      yield undefined;
    }
  }
}
