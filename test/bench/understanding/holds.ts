/** Measures how long reading one text holds the event loop: the processor time of each step of a turn, with many offers. */
import { questionSlices } from '../../../core/services/answers/several-questions.js';
import type { OfferIndex } from '../../../core/directory/search/types.js';
import type { Directory } from '../../../core/directory/types.js';
import { createIssueClassifier } from '../../../core/understanding/classifier.js';
import { LONGEST_READ, questionIn, withinLimit } from '../../../core/understanding/pasted.js';
import { freshState, type RouteState } from '../../../dialogs/question/route-state.js';
import { understandSpoken } from '../../../dialogs/question/spoken.js';
import {
  sentenceContext,
  understandFirst,
  type UnderstandingContext,
} from '../../../dialogs/question/understand.js';

const AIM_MS = 50;
const TRIES = 3;

function filled(text: string, length = LONGEST_READ): string {
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

/** Texts that give the index, the classifier and the expressions the most work, up to the limit of one message. */
function hardTexts(directory: Directory): Readonly<Record<string, string>> {
  const names = [...directory.offers.values()].filter((_, at) => at % 997 === 0).map(({ name }) => name);
  const near = names.map((name) => name.replace(/[aeiou]/u, 'x'));
  return {
    'names of offers': filled(`${names.join(' and ')} `),
    'misspelt names': filled(`${near.join(' ')} `),
    'a question about each misspelt name': filled(
      `${near.join(' crashes and the invoice is wrong. ')} `,
      1_490,
    ),
    'everyday words': filled('the invoice is wrong and it does not start any more since monday. '),
    'words of many names': filled('cloud backup security azure data '),
    'one long word': filled('backupcloudsecurity'),
    'ids of offers': filled('contoso.backup '),
    Chinese: filled('我們的雲端備份帳單有問題無法登入系統請協助處理謝謝，'),
    'Latin in Chinese': filled('我的Cloud備份Backup無法Azure登入'),
    Japanese: filled('クラウドバックアップが起動しませんではなく'),
    'characters that unfold': filled('ﷺ'),
    denials: filled("it's not about the bill "),
    'purchase words': filled('we bought it '),
    'short lines': filled('a\n'),
    HTML: filled('<p>&nbsp;'),
  };
}

/** The processor time of one step in milliseconds. */
function cost(step: () => void): number {
  const before = process.cpuUsage();
  step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** The longest step of a turn that reads this text. */
function longestStep(whole: string, known: UnderstandingContext): number {
  const text = questionIn(withinLimit(whole).text);
  const state = freshState('bench', 'bench');
  const asked: RouteState = { ...state, issue: 'billing' };
  const slices = questionSlices(text, known.asker, sentenceContext(known));
  let longest = cost(() => questionIn(withinLimit(whole).text));
  for (let done = false; !done;)
    longest = Math.max(
      longest,
      cost(() => {
        done = slices.next().done ?? false;
      }),
    );
  const steps = [
    () => understandFirst(state, text, known),
    () => understandSpoken(asked, text, known, 'offer'),
    () => understandSpoken({ ...asked, offerId: 'bench' }, text, known, 'channel'),
  ];
  return Math.max(longest, ...steps.map(cost));
}

/** Prints the longest step for each text; the best of a few tries, because the machine does other work too. */
export function printHolds(directory: Directory, index: OfferIndex): void {
  const known: UnderstandingContext = {
    view: { directory, index },
    classifier: createIssueClassifier(),
    asker: 'customer',
  };
  const forget = () => Array.from({ length: 40 }, (_, at) => index.inSentence(`forget ${at}`));
  console.log(`the longest step of reading one text, in processor time (at most ${AIM_MS} ms):`);
  for (const [name, text] of Object.entries(hardTexts(directory))) {
    const tries = Array.from({ length: TRIES }, (_, at) => {
      forget();
      return longestStep(`${text}${at}`, known);
    });
    console.log(
      `  ${name.padEnd(36)} ${Math.min(...tries)
        .toFixed(0)
        .padStart(4)} ms`,
    );
  }
}
