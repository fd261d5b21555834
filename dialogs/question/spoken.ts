/** The effect of typed words on the state at any step: a number, a button, a correction, an offer, an issue. Pure. */
import { issueMenu, topicsOf } from '../../cards/choices/issue-menu.js';
import type { CardAction } from '../../cards/kit/action-table.js';
import type { OpenQuestion } from '../../core/services/answers/answer.js';
import { ISSUE_KINDS, type Issue } from '../../core/terms.js';
import { foldWords, isUnsure, isYesOrNo, replyOf } from '../../locales/commands.js';
import { wordingsOf } from '../../locales/text.js';
import { factSaid } from './facts.js';
import { statedIn } from '../../core/understanding/denial.js';
import { purchaseAnswer } from '../../core/understanding/purchase-answer.js';
import { feedbackOf, type Feedback } from '../../core/understanding/feedback.js';
import { withoutRuledOut, type OneQuestion } from '../../core/services/answers/several-questions.js';
import { otherListed, saysOthers } from './other-offer.js';
import { numberSaid, picked, pickedOffer, pickedSeveral } from './pick.js';
import { reduce } from './reduce.js';
import { fill, fillChannels, type RouteState } from './route-state.js';
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

/** Words that correct or continue the answer before; they stand at the beginning. */
const CORRECTION = new RegExp(
  String.raw`^\s*(?:(?:` +
    [
      String.raw`no\b(?! one\b| idea\b)|nope\b|sorry\b|oops\b|actually\b|wait\b|i (?:really |actually )?(?:mean|meant|said)\b|i (?:was|am) (?:talking|asking) about\b|i'm (?:talking|asking) about\b|i asked about\b|rather\b|instead\b|correction\b|my (?:mistake|bad)\b|wrong(?: one)?\b|it(?:'s| is) not\b|it isn't\b|not\b`,
      String.raw`nein\b|falsch\b|quatsch\b|nee\b|faux\b|eigentlich\b|ich (?:meine?|meinte|sagte)\b|doch\b|nicht\b|entschuldigung\b|non\b|pas\b|en fait\b|je (?:veux|voulais) dire\b|j'ai dit\b|pardon\b|désolée?\b|en realidad\b|quiero decir|quise decir|dije\b|me refiero a\b|perdón\b|lo siento\b`,
      '(?:並|并)?不是|不對|不对|不，|不,|我(?:說|说|指)的?是|我是(?:說|说|指)|我的意思是|其實|其实|應該是|应该是|[說说搞弄]?[錯错]了?(?=[，, ])|[說说搞弄][錯错]了?|抱歉|對不起|对不起|不好意思|更正',
      'いや|違い|違う|実は|すみません|間違え(?:ました|た)|아니(?:요|에요|오)?|죄송(?:합니다|해요)?|제 말은',
    ].join('|') +
    String.raw`)[\s,.:;，。、：!！-]*)+(?:(?:it'?s|it is|that is|about)\b|是(?!不是))?`,
  'iu',
);
const SAME =
  /\b(?:the same|same (?:problem|issue|question|thing|error|for|with|goes for)|what about|how about|and for|also (?:for|with)|gleiche|selbe|même|mismo|misma)\b|同樣|同样|一樣的|一样的|也是?(?:一樣|一样|這樣|这样|如此)|那.{1,40}呢|同じ|똑같|같은/iu;

/** Words that add an issue to the question before. */
const ADDS =
  /\b(?:also|as well|too(?=\s*(?:[.,;!?]|$))|either|additionally|besides|auch|außerdem|aussi|también|además)\b|還有|还有|另外|而且|也(?:無法|无法|一直|不|沒|没|有)|也(?:要|需要|想要|想|是)?\s*[。！!？?]*$|さらに|それに|(?<=[\p{L}\p{N}])も[。！!？?]?\s*$|그리고 또|또한/iu;

const BEGINS_WITH_AND =
  /^\s*(?:(?:ok(?:ay)?|oh|yes|well)[\s,]+)?(?:and|plus|und|et|y)\b|^\s*(?:以及|並且|并且|と|そして|그리고)/iu;

/** True when the words correct the question, or ask the same about another offer. */
export function goesOn(text: string): boolean {
  return CORRECTION.test(text) || SAME.test(text);
}

/** True when the words correct the question or the answer before. */
export function corrects(text: string): boolean {
  return CORRECTION.test(text);
}

/** True when the words add something to the question before: "and Fabrikam CRM crashes". */
export function adds(text: string): boolean {
  return !goesOn(text) && (ADDS.test(text) || BEGINS_WITH_AND.test(text));
}

/** True when the words ask the same about another thing. */
export function saysSame(text: string): boolean {
  return SAME.test(text);
}

/** The words after "no, I mean". A text that denies something stays as it is, because the denial decides how it is read. */
export function corrected(text: string): string {
  if (statedIn(text).denied.length > 0) return text;
  const rest = text
    .replace(CORRECTION, '')
    .replace(/^[\s,.:;，。、：-]+/u, '')
    .trim();
  return /[\p{L}\p{N}]{2}/u.test(rest) ? rest : text;
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
