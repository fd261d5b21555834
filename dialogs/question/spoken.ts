/** The effect of typed words on the state at any step: a number, a button, a correction, an offer, an issue. Pure. */
import { issueMenu, topicsOf } from '../../cards/choices/issue-menu.js';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { OpenQuestion } from '../../core/services/answers/answer.js';
import { ISSUE_KINDS, type Issue } from '../../core/terms.js';
import { foldWords, isUnsure, isYesOrNo, replyOf } from '../../locales/commands.js';
import { wordingsOf } from '../../locales/text.js';
import { factSaid } from './facts.js';
import { purchaseAnswer } from '../../core/understanding/purchase-answer.js';
import { feedbackOf, type Feedback } from '../../core/understanding/feedback.js';
import { smallTalkOf, type SmallTalk } from '../../core/understanding/small-talk.js';
import { withoutRuledOut, type OneQuestion } from '../../core/services/answers/several-questions.js';
import { otherListed, saysOthers } from './other-offer.js';
import { numberSaid, picked, pickedOffer, pickedSeveral } from './pick.js';
import { reduce } from './reduce.js';
import { fill, fillChannels, type RouteState } from './route-state.js';
import { adds, corrected, corrects } from './turn-words.js';
import {
  issueNamed,
  understandIssue,
  understandOffer,
  understandSaid,
  type UnderstandingContext,
  type Understood,
} from './understand.js';

/** The question on the present card. */
export type Prompt = 'offer' | 'issue' | OpenQuestion;

/** The small talk of the text; undefined for words that also answer a question, such as "fine" or "I do not know". */
export function talkSaid(text: string, language: string, isAsked: boolean): SmallTalk | undefined {
  const reply = replyOf(text)?.reply;
  if (reply === 'unsure' || reply === 'none') return undefined;
  const talk = smallTalkOf(text, language);
  return talk === 'agreed' && isAsked && reply ? undefined : talk;
}

const BUTTONS = {
  'button.without-offer': { verb: 'offer-none' },
  'button.none-of-these': { verb: 'offer-none' },
  'button.something-else': { verb: 'change', what: 'issue' },
  'button.change-issue': { verb: 'change', what: 'issue' },
  'button.change-offer': { verb: 'change', what: 'offer' },
  'button.other-channel': { verb: 'change', what: 'channel' },
  'channel.another': { verb: 'change', what: 'channel' },
  'button.other-country': { verb: 'change', what: 'country' },
  'button.same-offer': { verb: 'same-offer' },
  'button.other-offer': { verb: 'other-offer' },
  'button.not-helped': { verb: 'not-helped' },
  'start.bill': { verb: 'ask-about', issue: 'billing' },
} as const satisfies Record<string, CardAction>;

/** The button whose words, in any language, or whose meaning is the whole text. */
export function buttonSaid(text: string, state: RouteState): CardAction | undefined {
  const action = labelSaid(text) ?? meantBy(feedbackOf(text), state);
  return action?.verb === 'offer-none' && isAboutKinds(state) ? noKind(state) : action;
}

/** True while the card shows kinds of issues, so that "none of these" is about them. */
function isAboutKinds({ issue, issueView, offerId, offerView }: RouteState): boolean {
  const isPlain = offerView === undefined || offerView.kind === 'suggested';
  return issue === undefined && (offerId !== undefined || (issueView !== undefined && isPlain));
}

/** None of the kinds shown: the whole list comes; after the whole list, the partner's desk takes the question. */
function noKind({ issueView }: RouteState): CardAction {
  const isWhole = issueView === undefined || issueView.kind === 'all';
  return isWhole ? { verb: 'choose-issue', issue: 'other' } : { verb: 'change', what: 'issue' };
}

/** The button for words about the last card: "that is the wrong product". */
function meantBy(feedback: Feedback | undefined, state: RouteState): CardAction | undefined {
  switch (feedback) {
    case 'not-helped':
      return state.answered ? { verb: 'not-helped' } : undefined;
    case 'wrong-offer':
      return { verb: 'change', what: 'offer' };
    case 'wrong-issue':
      return { verb: 'change', what: 'issue' };
    case 'other-offer':
      return { verb: 'other-offer' };
    case 'other-issue':
      return state.offerId ? { verb: 'same-offer' } : { verb: 'other-offer' };
    case 'wrong-contact':
    case 'all':
    case undefined:
      return undefined;
  }
}

/** Several questions at once: "both" or "1 and 3" at a list of offers or kinds, or "the other two" after an answer. */
export function eachSaid(text: string, state: RouteState): readonly OneQuestion[] {
  const { issue, offerId, issueView } = state;
  if (issue === undefined) {
    const kinds = issueView?.kind === 'nearest' ? severalOf(text, issueView.issues, true) : [];
    return kinds.map((one) => ({ issue: one, ...(typeof offerId === 'string' && { offerId }) }));
  }
  if (state.answered) return saysOthers(text) ? otherListed(state).map((id) => ({ issue, offerId: id })) : [];
  return offerId === undefined ? offersSaid(text, state).map((id) => ({ issue, offerId: id })) : [];
}

/** At least two offers of the list on the card, named by "both" or by their numbers. */
function offersSaid(text: string, { offerView }: RouteState): readonly string[] {
  if (offerView?.kind !== 'several') return [];
  return severalOf(text, offerView.offerIds, offerView.total === offerView.offerIds.length);
}

function severalOf<T>(text: string, choices: readonly T[], isWhole: boolean): readonly T[] {
  const isAll = isWhole && choices.length > 1 && choices.length <= MOST_AT_ONCE && feedbackOf(text) === 'all';
  return isAll ? choices : pickedSeveral(text, choices).slice(0, MOST_AT_ONCE);
}

const MOST_AT_ONCE = 3;

function labelSaid(text: string): CardAction | undefined {
  if (text.length > 60) return undefined;
  const folded = foldWords(text);
  const key = (Object.keys(BUTTONS) as (keyof typeof BUTTONS)[]).find((one) =>
    wordingsOf(one).some((label) => foldWords(label) === folded),
  );
  return key && BUTTONS[key];
}

/** Applies the typed answer to the present card. Facts outside the words stay. */
export function understandSpoken(
  state: RouteState,
  text: string,
  known: UnderstandingContext,
  prompt: Prompt,
): Understood {
  const chosen = chosenBy(state, text, known, prompt);
  if (chosen) return { state: chosen, chosen: true };
  const bought = purchaseAnswer(text, known);
  if (bought) return { state: fillChannels(state, bought), chosen: true };
  if (isYesOrNo(text)) return { state, problem: 'not-understood' };
  if (numberSaid(text) !== undefined) return { state, problem: 'not-numbered' };
  const meant = withoutRuledOut(text, known.view.index);
  const isCorrection = corrects(text) || meant !== text;
  const said = isCorrection ? corrected(meant) : text;
  const next =
    prompt === 'offer' && !isCorrection
      ? understandOffer(state, said, known)
      : prompt === 'issue' && !isCorrection
        ? understandAtIssue(state, said, known)
        : understandSaid(state, said, known, { correcting: isCorrection, adding: adds(text) });
  return isSame(state, next.state) ? { ...next, state, problem: 'not-understood' } : next;
}

/** The answer to "what kind of issue?" may also name another offer. */
function understandAtIssue(state: RouteState, text: string, known: UnderstandingContext): Understood {
  const { state: withOffer } = understandSaid(state, text, known, { correcting: false, offerOnly: true });
  return understandIssue(withOffer, text, known);
}

function isSame(before: RouteState, after: RouteState): boolean {
  const keys = ['offerId', 'issue', 'channel', 'agreement', 'hosting', 'refundOpen', 'country'] as const;
  const views = viewsOf(before);
  return keys.every((key) => before[key] === after[key]) && views === viewsOf(after);
}

/** The choices on the card. The same list under other words answers nothing, and a list of offers hides the kinds. */
function viewsOf({ offerView, issueView, channelAmong }: RouteState): string {
  const isList = offerView?.kind === 'several' || offerView?.kind === 'publishers';
  return JSON.stringify(isList ? { ...offerView, asked: '' } : [offerView, issueView, channelAmong]);
}

/** A number, a label or "I do not know". */
function chosenBy(
  state: RouteState,
  text: string,
  known: UnderstandingContext,
  prompt: Prompt,
): RouteState | undefined {
  switch (prompt) {
    case 'offer':
      return (
        pickedOffer(state, text, known) ??
        bothOffers(state, text) ??
        (isUnsure(text) ||
        declines(text, state.offerView?.kind !== 'suggested' && state.offerView !== undefined)
          ? fill(state, 'offer', { offerId: null })
          : undefined)
      );
    case 'issue':
      return pickedIssue(state, text, known);
    default: {
      const next = factSaid(state, prompt, text, known);
      return next === state ? undefined : next;
    }
  }
}

/** "Both" before the kind is known: the answer for one offer comes first, then the answer for the others. */
function bothOffers(state: RouteState, text: string): RouteState | undefined {
  const [offerId, ...also] = offersSaid(text, state);
  return offerId === undefined ? undefined : { ...fill(state, 'offer', { offerId }), also };
}

/** "None of these"; at a list also "no". At an open question "no" answers nothing. */
function declines(text: string, isList: boolean): boolean {
  const reply = replyOf(text)?.reply;
  return reply === 'none' || (isList && reply === 'no');
}

function pickedIssue(state: RouteState, text: string, known: UnderstandingContext): RouteState | undefined {
  const named = issueNamed(text);
  if (named) return fill(state, 'issue', { issue: named });
  const view = state.issueView;
  const isList = view?.kind === 'nearest' || view?.kind === 'group';
  if (isUnsure(text) || declines(text, isList)) return reduce(state, noKind(state), known.view.directory);
  const shown: readonly Issue[] | undefined =
    view?.kind === 'nearest'
      ? view.issues
      : view?.kind === 'group'
        ? topicsOf(view.of, known.asker)
        : undefined;
  if (shown) {
    const issue = picked(text, shown);
    return issue && fill(state, 'issue', { issue });
  }
  const kinds = issueMenu(known.asker).flatMap((group) => group.kinds);
  const kind = picked(text, kinds) ?? kindNamed(text);
  if (!kind) return undefined;
  const [only, ...more] = topicsOf(kind, known.asker);
  if (more.length > 0) return reduce(state, { verb: 'choose-group', kind }, known.view.directory);
  return only && fill(state, 'issue', { issue: only });
}

function kindNamed(text: string) {
  const folded = foldWords(text);
  return ISSUE_KINDS.find((kind) => wordingsOf(`kind.${kind}`).some((label) => foldWords(label) === folded));
}
