/** One question without a conversation, as another system asks it: the answer, or the facts that are missing. */
import { issueMenu } from '../../cards/choices/issue-menu.js';
import type { Answer, OpenQuestion } from '../../core/services/answers/answer.js';
import { questionSlices, type OneQuestion } from '../../core/services/answers/several-questions.js';
import type { Agreement, Asker, Hosting, Issue, Language, PurchaseChannel } from '../../core/terms.js';
import { questionIn, withinLimit } from '../../core/understanding/pasted.js';
import { smallTalkOf } from '../../core/understanding/small-talk.js';
import type { DeskServices } from '../shared/services.js';
import { inTimeSlices } from '../shared/time-slices.js';
import { answerFor, needsOffer, openFacts } from './facts.js';
import { fill, freshState, type RouteState } from './route-state.js';
import { keepMissing } from './step-dialog.js';
import { takeOffer, understandFirst } from './understand.js';
import { readInSlices, understandingContext } from './understanding-context.js';
import { sentenceContext } from './understand.js';

/** The question. A fact outside the text outranks the text. */
export interface AskedOnce {
  readonly text?: string;
  /** A name, an id or a marketplace address. */
  readonly offer?: string;
  /** None of the known offers is meant: the answer is about the issue alone. */
  readonly noOffer?: boolean;
  readonly issue?: Issue;
  readonly channel?: PurchaseChannel | 'unknown';
  readonly agreement?: Agreement | 'unknown';
  readonly hosting?: Hosting;
  readonly refundOpen?: boolean;
  /** ISO code of the country on the invoice, or `unknown`. */
  readonly country?: string;
}

/** For whom the system asks. The reader is alone with the answer. */
export interface OnceAsker {
  readonly asker: Asker;
  readonly language: Language;
}

/** A fact that the answer needs. */
export type MissingFact = 'offer' | 'issue' | OpenQuestion;

export type AskedResult =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly state: RouteState }
  /** At least one fact is missing; the first one decides most. */
  | { readonly kind: 'missing'; readonly facts: readonly MissingFact[]; readonly state: RouteState }
  /** The text asks several questions: each needs a call of its own. */
  | { readonly kind: 'several'; readonly questions: readonly OneQuestion[] };

/** Answers a question with the words and the rules of the chat. It never guesses. */
export async function askOnce(
  asked: AskedOnce,
  services: DeskServices,
  { asker, language }: OnceAsker,
): Promise<AskedResult> {
  await services.fresh?.();
  const reader = { asker, scope: 'personal', language } as const;
  const text = wordsOf(asked);
  const known = understandingContext(services, reader);
  if (text !== '' && asked.issue === undefined) {
    const questions = await inTimeSlices(questionSlices(text, asker, sentenceContext(known)));
    if (questions.length > 1) return { kind: 'several', questions };
  }
  const fresh = freshState('', '');
  const read =
    text === '' ? undefined : await readInSlices(known, (one) => understandFirst(fresh, text, one));
  const isGiven = read?.missing === 'offer' ? asked.offer !== undefined : asked.issue !== undefined;
  if (read && !isGiven) await keepMissing(services, read, text, { language });
  const state = await withOffer(withFacts(read?.state ?? fresh, asked), asked, services, language);
  const facts = missingFacts(state, services, reader);
  if (facts.length > 0) return { kind: 'missing', facts, state };
  const answer = answerFor(state, services, reader);
  if (answer.offer) void services.asked?.note(answer.offer.id);
  return { kind: 'answer', answer, state };
}

/** The words to read. A greeting or thanks tells nothing about a question. */
function wordsOf({ text = '' }: AskedOnce): string {
  const words = questionIn(withinLimit(text.trim()).text);
  return smallTalkOf(words) === undefined ? words : '';
}

function withFacts(state: RouteState, asked: AskedOnce): RouteState {
  const { issue, channel, agreement, hosting, refundOpen, country } = asked;
  let next = state;
  if (issue !== undefined) next = fill(next, 'issue', { issue, errorId: errorOf(next, issue) });
  if (channel !== undefined) next = fill(next, 'channel', { channel });
  if (agreement !== undefined) next = fill(next, 'agreement', { agreement });
  if (hosting !== undefined) next = fill(next, 'hosting', { hosting });
  if (refundOpen !== undefined) next = fill(next, 'refund-window', { refundOpen });
  return country === undefined ? next : fill(next, 'country', { country });
}

/** The published error of the text belongs to the issue that the text tells. */
function errorOf(state: RouteState, issue: Issue): string | undefined {
  return state.issue === issue ? state.errorId : undefined;
}

async function withOffer(
  state: RouteState,
  { offer, noOffer }: AskedOnce,
  services: DeskServices,
  language: Language,
): Promise<RouteState> {
  const named = offer?.trim() ?? '';
  if (named === '') return noOffer ? fill(state, 'offer', { offerId: null }) : state;
  const match = await inTimeSlices(services.view().index.slices.find(named));
  const next = takeOffer({ ...state, offerId: undefined, offerView: undefined }, match, named);
  if (match.kind === 'none')
    await keepMissing(services, { state: next, missing: 'offer' }, named, { language });
  return next;
}

/** The same facts that the chat asks for, in its order. One fact may open another, so only the first open one counts. */
function missingFacts(
  state: RouteState,
  services: DeskServices,
  reader: Pick<OnceAsker, 'asker' | 'language'> & { readonly scope: 'personal' },
): readonly MissingFact[] {
  const lacksOffer = needsOffer(state, services, reader);
  const lacksIssue = state.issue === undefined;
  if (lacksIssue) return isUnsure(state) || !lacksOffer ? ['issue'] : ['offer', 'issue'];
  if (lacksOffer) return ['offer'];
  return openFacts(state, services, reader).slice(0, 1);
}

/** The words are about a problem that is not clear, and name no offer: the kind of issue comes first. */
function isUnsure({ offerView, issueView }: RouteState): boolean {
  return issueView?.kind === 'nearest' && offerView === undefined;
}

/** The issues to choose from: the nearest to the words, else every kind that this asker is offered. */
export function issuesToChoose({ issueView }: RouteState, asker: Asker): readonly Issue[] {
  if (issueView?.kind === 'nearest') return issueView.issues;
  return issueMenu(asker).flatMap(({ kinds }) => kinds);
}
