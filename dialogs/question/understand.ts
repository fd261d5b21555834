/** The effect of typed words on the question: at the start, at the offer question and at the issue question. Pure. */
import { isEveryday } from '../../core/everyday.js';
import { wordsOf } from '../../core/directory/search/words.js';
import type { Directory } from '../../core/directory/types.js';
import type { OfferHit, OfferMatch } from '../../core/directory/search/types.js';
import { offersNamedIn } from '../../core/services/answers/several-questions.js';
import {
  understandSentence,
  type SentenceContext,
  type UnderstoodSentence,
} from '../../core/services/answers/understand-sentence.js';
import { ISSUES, LANGUAGES, type Asker, type Issue, type PurchaseChannel } from '../../core/terms.js';
import { withoutDenied } from '../../core/understanding/sentence-signs.js';
import { channelIn } from '../../core/understanding/purchase-channel.js';
import type { IssueClassifier, IssueGuess, IssueUnderstanding } from '../../core/understanding/classifier.js';
import { textIn } from '../../locales/text.js';
import { picked } from './pick.js';
import { reduce } from './reduce.js';
import { clear, fill, type OfferView, type RouteState } from './route-state.js';
import { unknownNameIn } from './unknown-name.js';
import type { DirectoryView } from '../shared/services.js';

export interface UnderstandingContext {
  readonly view: DirectoryView;
  readonly classifier: IssueClassifier;
  readonly asker: Asker;
  readonly partnerName?: string;
  /** True when both issues have the same responsible party and first contact for this asker. */
  readonly leadsAlike?: (a: Issue, b: Issue, state: RouteState) => boolean;
}

export interface Understood {
  readonly state: RouteState;
  /** Unmatched words, for the administrators' list of unanswered questions. */
  readonly missing?: 'offer' | 'issue';
  /** Why the bot asks the same question again. */
  readonly problem?: 'not-understood' | 'not-numbered';
}

const MOST_HITS = 5;
const NEAREST_OFFERS = 3;
/** The kinds offered when the issue is unclear. */
const NEAREST_ISSUES = 5;

/** The first sentence: it may have the offer, the issue, both or neither. Facts outside the sentence stay. */
export function understandFirst(state: RouteState, text: string, known: UnderstandingContext): Understood {
  const { match, read, channel, rest } = hear(text, known);
  const withIssue = takeChannel(takeIssue(state, read, known), channel);
  const named = match.kind === 'one' ? offersNamedIn(text, known.view.index) : [];
  if (named.length > 1)
    return { state: { ...withIssue, offerView: offersNamed(named, known.view.directory) } };
  const publisherId = withIssue.issue === undefined ? undefined : publisherNamed(match);
  if (publisherId !== undefined) {
    const chosen = reduce(withIssue, { verb: 'choose-publisher', publisherId }, known.view.directory);
    return { state: chosen ?? withIssue };
  }
  if (match.kind !== 'none') return { state: takeOffer(withIssue, match, text) };
  if (withIssue.issue === undefined) {
    const whole = known.view.index.find(text);
    if (whole.kind !== 'none')
      return { state: takeOffer({ ...withIssue, issueView: undefined }, whole, text) };
    if (isNameAlone(text)) return { state: takeOffer(withIssue, whole, text), missing: 'offer' };
  }
  const unknownName = unknownNameIn(rest);
  const alike = unknownName === undefined ? known.view.index.ofKind(rest) : [];
  if (alike.length > 0) return { state: { ...withIssue, offerView: offersOfKind(alike, rest) } };
  if (unknownName !== undefined) return { state: takeOffer(withIssue, match, unknownName), missing: 'offer' };
  return { state: withIssue, ...(withIssue.issue === undefined && { missing: 'issue' as const }) };
}

/** The one publisher whose exact name is in the words: the bot then asks for one of its offers. */
function publisherNamed(match: OfferMatch): string | undefined {
  if (match.kind !== 'publishers') return undefined;
  const own = match.hits.filter(({ reason }) => reason === 'publisher').length;
  return own > 1 ? match.publisherIds[0] : undefined;
}

/** A word or two that are not a sentence: the person typed a name. */
function isNameAlone(text: string): boolean {
  const words = wordsOf(text);
  const telling = words.filter((word) => !isEveryday(word)).length;
  return words.length > 0 && words.length <= 3 && telling > words.length / 2;
}

export interface SaidOptions {
  /** The words correct something, so they outrank the earlier words. */
  readonly correcting: boolean;
  readonly offerOnly?: boolean;
}

const SURE: ReadonlySet<string> = new Set(['id', 'url', 'exact-name', 'alias']);

/** A sentence beside the question: takes the offer and the issue in it, and leaves the other facts. */
export function understandSaid(
  state: RouteState,
  text: string,
  known: UnderstandingContext,
  options: SaidOptions,
): Understood {
  const { match, read, channel } = hear(text, known);
  const names =
    match.kind === 'one'
      ? options.correcting || SURE.has(match.hit.reason)
      : options.correcting && match.kind !== 'none';
  const isOther = match.kind !== 'one' || match.hit.offerId !== state.offerId;
  const named = names && isOther ? takeOffer(clear(state, 'offer'), match, text) : state;
  const withOffer = takeChannel(named, channel);
  if (options.offerOnly || read.decision !== 'answered') return { state: withOffer };
  const takes = state.issue === undefined || options.correcting || read.guess.confidence >= CERTAIN;
  return { state: takes && read.guess.issue !== state.issue ? takeIssue(withOffer, read, known) : withOffer };
}

/** Without a correcting word, a sentence replaces the earlier issue only when it is this clear. */
const CERTAIN = 0.85;

/** The answer to "which offer?". A sentence is read as at the start. */
export function understandOffer(state: RouteState, text: string, known: UnderstandingContext): Understood {
  const numbered = pickedOffer(state, text, known.view.directory);
  if (numbered) return { state: numbered };
  const direct = known.view.index.find(text);
  if (direct.kind !== 'none') return { state: takeOffer(state, direct, text) };
  const { match, read, channel, rest } = hear(text, known);
  const told = takeChannel(state, channel);
  if (match.kind === 'none') {
    const unknownName = isNameAlone(text) ? text : unknownNameIn(rest);
    const unnamed = unknownName === undefined ? told : takeOffer(told, direct, unknownName);
    const next = state.issue ? unnamed : takeIssue(unnamed, read, known);
    return { state: next, missing: 'offer' };
  }
  const withOffer = takeOffer(told, match, text);
  return { state: state.issue ? withOffer : takeIssue(withOffer, read, known) };
}

/** The answer to "what kind of issue?": the name of a kind, or free text. */
export function understandIssue(state: RouteState, text: string, known: UnderstandingContext): Understood {
  const near = state.issueView?.kind === 'nearest' ? state.issueView.issues : [];
  const named = issueNamed(text) ?? picked(text, near);
  if (named) return { state: fill(state, 'issue', { issue: named }) };
  const told = channelIn(text, known.partnerName);
  const read = known.classifier.read(withoutDenied(told?.rest ?? text), { asker: known.asker });
  const next = takeChannel(takeIssue(state, read, known), told?.channel);
  return { state: next, missing: next.issue ? undefined : 'issue' };
}

/** The offer or publisher of that number on the card. */
export function pickedOffer(state: RouteState, text: string, directory: Directory): RouteState | undefined {
  const view = state.offerView;
  switch (view?.kind) {
    case 'publishers': {
      const publisherId = picked(text, view.publisherIds);
      return publisherId ? reduce(state, { verb: 'choose-publisher', publisherId }, directory) : undefined;
    }
    case 'several':
    case 'none': {
      const offerId = picked(text, view.kind === 'several' ? view.offerIds : view.nearest);
      return offerId ? fill(state, 'offer', { offerId }) : undefined;
    }
    case 'suggested': {
      const offerId = picked(text, view.offerIds);
      return offerId ? fill(state, 'offer', { offerId }) : undefined;
    }
    case undefined:
      return undefined;
  }
}

/** The context for reading a sentence. */
export function sentenceContext({ view, classifier, partnerName }: UnderstandingContext): SentenceContext {
  return { index: view.index, classifier, partnerName };
}

function hear(text: string, known: UnderstandingContext): UnderstoodSentence {
  return understandSentence(text, known.asker, sentenceContext(known));
}

function takeChannel(state: RouteState, channel: PurchaseChannel | undefined): RouteState {
  return channel && channel !== state.channel ? fill(state, 'channel', { channel }) : state;
}

function takeIssue(state: RouteState, read: IssueUnderstanding, known: UnderstandingContext): RouteState {
  const namedTier = read.subject === 'microsoft' ? ('microsoft' as const) : state.namedTier;
  if (read.decision === 'answered')
    return fill(state, 'issue', { issue: read.guess.issue, namedTier, errorId: read.errorId });
  const [first, second] = read.ranked;
  if (first && second && isHarmless(first, second) && known.leadsAlike?.(first.issue, second.issue, state))
    return fill(state, 'issue', { issue: first.issue, namedTier });
  const issues = read.ranked.slice(0, NEAREST_ISSUES).map((guess) => guess.issue);
  return issues.length > 0 ? { ...state, namedTier, issueView: { kind: 'nearest', issues } } : state;
}

/** The two nearest kinds have nearly all of the probability, so it is one of them. */
function isHarmless(first: IssueGuess, second: IssueGuess): boolean {
  return first.confidence + second.confidence >= 0.75 && first.confidence >= 0.4;
}

function takeOffer(state: RouteState, match: OfferMatch, asked: string): RouteState {
  switch (match.kind) {
    case 'one':
      return fill(state, 'offer', { offerId: match.hit.offerId });
    case 'several':
      return { ...state, offerView: severalOf(match.hits, shorten(asked)) };
    case 'publishers':
      return {
        ...state,
        offerView: {
          kind: 'publishers',
          asked: shorten(asked),
          publisherIds: match.publisherIds.slice(0, MOST_HITS),
        },
      };
    case 'none':
      return {
        ...state,
        offerView: { kind: 'none', asked: shorten(asked), nearest: idsOf(match.nearest, NEAREST_OFFERS) },
      };
  }
}

function severalOf(hits: readonly OfferHit[], asked: string): OfferView {
  return { kind: 'several', asked, offerIds: idsOf(hits, MOST_HITS), total: hits.length };
}

/** Several offers that the words name outright: the person chooses one. */
function offersNamed(offerIds: readonly string[], directory: Directory): OfferView {
  const names = offerIds.map((id) => directory.offers.get(id)?.name ?? id);
  return { kind: 'several', asked: shorten(names.join(' · ')), offerIds, total: offerIds.length };
}

function offersOfKind(offerIds: readonly string[], asked: string): OfferView {
  return {
    kind: 'several',
    asked: shorten(asked),
    offerIds: offerIds.slice(0, MOST_HITS),
    total: offerIds.length,
  };
}

function idsOf(hits: readonly { readonly offerId: string }[], limit: number): readonly string[] {
  return hits.slice(0, limit).map((hit) => hit.offerId);
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : text;
}

/** The issue whose name on the cards, in any language, equals the text. */
export function issueNamed(text: string): Issue | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  for (const language of LANGUAGES) {
    const say = textIn(language);
    const found = ISSUES.find((issue) => say(`issue.${issue}`).toLowerCase() === plain);
    if (found) return found;
  }
  return undefined;
}
