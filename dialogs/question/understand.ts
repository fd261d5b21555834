/** The effect of typed words on the question: at the start, at the offer question and at the issue question. Pure. */
import { choicesFor } from '../../cards/choices/issue-menu.js';
import { namesOf } from '../../core/directory/own-language.js';
import { wordsOf } from '../../core/directory/search/words.js';
import type { Directory } from '../../core/directory/types.js';
import type { RunPart } from '../../core/directory/search/ask-in-slices.js';
import type { OfferHit, OfferMatch } from '../../core/directory/search/types.js';
import { withoutAddresses } from '../../core/services/answers/addresses.js';
import {
  offersNamedIn,
  withoutRuledOut,
  type NamedOffers,
} from '../../core/services/answers/several-questions.js';
import {
  EXACT,
  sentenceSlices,
  type SentenceContext,
  type UnderstoodSentence,
} from '../../core/services/answers/understand-sentence.js';
import { ISSUES, kindOf, type Asker, type Issue } from '../../core/terms.js';
import { allAtOnce } from '../../core/time-slices.js';
import { isVague } from '../../core/understanding/sentence-signs.js';
import type { IssueClassifier, IssueGuess, IssueUnderstanding } from '../../core/understanding/classifier.js';
import { wordingsOf } from '../../locales/text.js';
import { namesAsked, shorten } from './asked-words.js';
import { takeCountry, takePurchaseTime } from './facts.js';
import { isCategoryAlone, picked, pickedOffer } from './pick.js';
import { isAmongSeveral, namesOtherPublisher, publisherNamed } from './publisher-named.js';
import { isNameAlone, lonelyNameIn, quotedNameIn, unknownNameIn } from './unknown-name.js';
import { reduce, type TimesAsked } from './reduce.js';
import { clear, fill, fillChannels, type OfferView, type RouteState } from './route-state.js';
import type { DirectoryView } from '../shared/services.js';

export interface UnderstandingContext {
  readonly view: DirectoryView;
  readonly classifier: IssueClassifier;
  readonly asker: Asker;
  readonly partnerName?: string;
  readonly timesAsked?: TimesAsked;
  /** The sentences that were read in this turn, by their text: one reading of a long text takes 20 ms. */
  readonly heard?: Map<string, UnderstoodSentence>;
  /** Reads a sentence in slices; without it, a sentence is read without a pause. */
  readonly run?: RunPart;
  /** True when both issues have the same responsible party and first contact for this asker. */
  readonly leadsAlike?: (a: Issue, b: Issue, state: RouteState) => boolean;
}

export interface Understood {
  readonly state: RouteState;
  /** Unmatched words, for the administrators' list of unanswered questions. */
  readonly missing?: 'offer' | 'issue';
  /** Why the bot asks the same question again. */
  readonly problem?: 'not-understood' | 'not-numbered';
  /** The words are a number or a label of the card. */
  readonly chosen?: boolean;
}

const MOST_HITS = 5;
const NEAREST_OFFERS = 3;
/** The kinds offered when the issue is unclear. */
const NEAREST_ISSUES = 5;

/** The first sentence: it may have the offer, the issue, both or neither. Facts outside the sentence stay. */
export function understandFirst(state: RouteState, said: string, known: UnderstandingContext): Understood {
  const text = toRead(said, known);
  const named = severalNamed(text, known);
  const heard = hear(text, known);
  const { match, rest } = heard;
  const read = named ? readBeside(named, heard, known) : heard.read;
  const withIssue = takeDetails(takeChannel(takeIssue(state, read, known), heard), text);
  if (named) return { state: { ...withIssue, offerView: offersNamed(named.offerIds, known.view.directory) } };
  const quoted = takeQuoted(withIssue, text, known);
  if (quoted) return { state: quoted, missing: 'offer' };
  const published = offersOfNamed(withIssue, match, known);
  if (published) return { state: published };
  if (match.kind !== 'none') return { state: takeOffer(withIssue, match, text) };
  if (withIssue.issue === undefined) {
    const whole = known.view.index.find(text);
    if (whole.kind !== 'none')
      return { state: takeOffer({ ...withIssue, issueView: undefined }, whole, text) };
    if (isNameAlone(text)) return { state: takeOffer(withIssue, whole, text), missing: 'offer' };
  }
  const unknownName = unknownNameIn(rest);
  const alike = unknownName === undefined ? known.view.index.ofKind(rest) : [];
  if (alike.length > 0)
    return { state: { ...withIssue, offerView: offersOfKind(mostAsked(alike, known), rest) } };
  const name = unknownName ?? lonelyNameIn(rest);
  if (name !== undefined) return { state: takeOffer(withIssue, match, name), missing: 'offer' };
  return { state: withIssue, ...(withIssue.issue === undefined && { missing: 'issue' as const }) };
}

/** What the words tell about the tax or the refund that they ask about: the country, and when the product was bought. */
function takeDetails(state: RouteState, text: string): RouteState {
  return takePurchaseTime(takeCountry(state, text), text);
}

/** The words to read: without addresses, and without offers that the words rule out. */
function toRead(said: string, { view: { index } }: UnderstandingContext): string {
  return withoutRuledOut(withoutAddresses(said, index), index);
}

/** At least two offers that the words name outright. */
function severalNamed(text: string, { view: { index } }: UnderstandingContext): NamedOffers | undefined {
  const { match } = index.inSentence(text);
  const named = match.kind === 'one' ? offersNamedIn(text, index) : undefined;
  return named && named.offerIds.length > 1 ? named : undefined;
}

/** The issue beside several names: names hold words like "Backup", so all of them are taken out first. */
function readBeside(
  { rest }: NamedOffers,
  { read }: UnderstoodSentence,
  known: UnderstandingContext,
): IssueUnderstanding {
  const beside = hear(rest, known).read;
  return beside.decision === 'answered' || read.decision !== 'answered' ? beside : read;
}

/** The offers of the publisher that the words name, when the issue is known or no other publisher fits. */
function offersOfNamed(
  state: RouteState,
  match: OfferMatch,
  known: UnderstandingContext,
): RouteState | undefined {
  const publisherId = publisherNamed(match);
  if (publisherId === undefined || (state.issue === undefined && isAmongSeveral(match))) return undefined;
  return reduce(state, { verb: 'choose-publisher', publisherId }, known.view.directory, known.timesAsked);
}

/** The offers people ask about most come first; the others keep their order. */
function mostAsked(offerIds: readonly string[], { timesAsked }: UnderstandingContext): readonly string[] {
  return timesAsked ? [...offerIds].sort((a, b) => timesAsked(b) - timesAsked(a)) : offerIds;
}

export interface SaidOptions {
  /** The words correct something, so they outrank the earlier words. */
  readonly correcting: boolean;
  /** The words add an issue, so the earlier one is asked about afterwards. */
  readonly adding?: boolean;
  readonly offerOnly?: boolean;
}

/** A sentence beside the question: takes the offer and the issue in it, and leaves the other facts. */
export function understandSaid(
  state: RouteState,
  said: string,
  known: UnderstandingContext,
  options: SaidOptions,
): Understood {
  const text = toRead(said, known);
  const heard = hear(text, known);
  const { match, read } = heard;
  const names =
    match.kind === 'one'
      ? options.correcting || state.offerId === undefined || EXACT.has(match.hit.reason)
      : options.correcting && match.kind !== 'none';
  const isOther = match.kind !== 'one' || match.hit.offerId !== state.offerId;
  const published = offersOfOther(state, text, heard, known);
  const named = published ?? (names && isOther ? takeOffer(clear(state, 'offer'), match, text) : state);
  const withOffer = takeDenied(takeChannel(named, heard), read, known);
  if (options.offerOnly || read.decision !== 'answered') return { state: withOffer };
  const isAnother = options.correcting || published !== undefined;
  const takes = state.issue === undefined || isAnother || read.guess.confidence >= CERTAIN;
  if (!takes || read.guess.issue === state.issue) return { state: withOffer };
  const next = takeIssue(withOffer, read, known);
  return { state: options.adding ? keptForLater(state, next) : next };
}

/** The offers of another publisher than that of the offer in question; the offer when it has only one. */
function offersOfOther(
  state: RouteState,
  text: string,
  heard: UnderstoodSentence,
  { view: { directory }, timesAsked }: UnderstandingContext,
): RouteState | undefined {
  if (!namesOtherPublisher(state, text, heard, directory)) return undefined;
  const publisherId = publisherNamed(heard.match);
  const asked = clear(state, 'offer');
  return publisherId === undefined
    ? takeOffer(asked, heard.match, text)
    : reduce(asked, { verb: 'choose-publisher', publisherId }, directory, timesAsked);
}

/** Takes the kind back that the words rule out: "it is not about the bill". */
function takeDenied(state: RouteState, read: IssueUnderstanding, known: UnderstandingContext): RouteState {
  if (read.denied === undefined) return state;
  const isOther = state.issue !== undefined && kindOf(state.issue) !== read.denied;
  return isOther ? state : takeIssue(clear(state, 'issue'), read, known);
}

/** Puts the open question behind the one that was added. */
function keptForLater({ issue, offerId }: RouteState, next: RouteState): RouteState {
  if (issue === undefined) return next;
  const later = { issue, ...(typeof offerId === 'string' && { offerId }) };
  return { ...next, queue: [later, ...(next.queue ?? [])] };
}

/** At the offer question, a sentence about another issue replaces the earlier one when it is this clear. */
const CLEAR = 0.75;

/** Without a correcting word, a sentence replaces the earlier issue only when it is this clear. */
const CERTAIN = 0.92;

/** The answer to "which offer?". A sentence is read as at the start. */
export function understandOffer(state: RouteState, text: string, known: UnderstandingContext): Understood {
  const numbered = pickedOffer(state, text, known);
  if (numbered) return { state: numbered, chosen: true };
  const meant = toRead(text, known);
  if (!/[\p{L}\p{N}]{2}/u.test(meant)) return { state };
  const direct = known.view.index.find(meant);
  const quoted = takeQuoted(state, meant, known);
  if (quoted) return { state: quoted, missing: 'offer' };
  const category = direct.kind === 'one' ? undefined : takeCategory(state, meant, known);
  if (category) return { state: category };
  if (direct.kind === 'none' && isVague(meant)) return { state };
  if (direct.kind === 'one' && EXACT.has(direct.hit.reason))
    return { state: takeOffer(state, direct, meant) };
  const named = severalNamed(meant, known);
  const heard = hear(meant, known);
  const { match, rest } = heard;
  const read = named ? readBeside(named, heard, known) : heard.read;
  const told = takeChannel(takeOtherIssue(state, read, known), heard);
  if (named) return { state: { ...told, offerView: offersNamed(named.offerIds, known.view.directory) } };
  const published = offersOfNamed(told, direct.kind === 'none' ? match : direct, known);
  if (published) return { state: published };
  const isAboutIssue = match.kind === 'none' && read.decision === 'answered' && !isNameAlone(meant);
  if (match.kind === 'one' || direct.kind === 'none' || isAboutIssue)
    return takeHeard(told, { match, rest, direct }, meant);
  return { state: takeOffer(told, direct, meant) };
}

interface HeardOffer {
  readonly match: OfferMatch;
  readonly direct: OfferMatch;
  readonly rest: string;
}

/** The offer of a sentence at the offer question; a name that the directory does not know is said to be unknown. */
function takeHeard(state: RouteState, { match, direct, rest }: HeardOffer, text: string): Understood {
  if (match.kind !== 'none') return { state: takeOffer(state, match, text) };
  const unknownName = isNameAlone(text) ? text : (unknownNameIn(rest) ?? lonelyNameIn(rest));
  return {
    state: unknownName === undefined ? state : takeOffer(state, direct, unknownName),
    missing: 'offer',
  };
}

/** The issue of a sentence at the offer question: the first one, or another one that is very clear. */
function takeOtherIssue(
  state: RouteState,
  read: IssueUnderstanding,
  known: UnderstandingContext,
): RouteState {
  if (state.issue === undefined) return takeIssue(state, read, known);
  if (read.denied !== undefined) return takeDenied(state, read, known);
  const isOther = read.decision === 'answered' && read.guess.kind !== kindOf(state.issue);
  return isOther && read.guess.confidence >= CLEAR ? takeIssue(clear(state, 'issue'), read, known) : state;
}

/** The answer to "what kind of issue?": the name of a kind, or free text. */
export function understandIssue(state: RouteState, text: string, known: UnderstandingContext): Understood {
  const near = state.issueView?.kind === 'nearest' ? state.issueView.issues : [];
  const named = issueNamed(text) ?? picked(text, near);
  if (named) return { state: fill(state, 'issue', { issue: named }), chosen: true };
  if (near.length > 0 && isVague(text)) return { state, missing: 'issue' };
  const heard = hear(text, known);
  const next = takeChannel(takeIssue(state, heard.read, known), heard);
  return { state: next, missing: next.issue ? undefined : 'issue' };
}

/** All offers of the category that is the whole text; one offer is the answer. */
function takeCategory(state: RouteState, text: string, known: UnderstandingContext): RouteState | undefined {
  const alike = isCategoryAlone(text) ? mostAsked(known.view.index.ofKind(text), known) : [];
  const [first, ...more] = alike;
  if (first === undefined) return undefined;
  return more.length === 0
    ? fill(state, 'offer', { offerId: first })
    : { ...state, offerView: offersOfKind(alike, text) };
}

/** The context for reading a sentence. */
export function sentenceContext({ view, classifier, partnerName }: UnderstandingContext): SentenceContext {
  return { index: view.index, classifier, partnerName };
}

function hear(text: string, known: UnderstandingContext): UnderstoodSentence {
  const before = known.heard?.get(text);
  if (before) return before;
  const { run = (_, part) => allAtOnce(part()), asker } = known;
  const heard = run(['sentence', text], () => sentenceSlices(text, asker, sentenceContext(known)));
  known.heard?.set(text, heard);
  return heard;
}

function takeChannel(
  state: RouteState,
  { channels = [], agreement }: Partial<Pick<UnderstoodSentence, 'channels' | 'agreement'>> = {},
): RouteState {
  const isNew = channels.length > 1 || channels[0] !== state.channel;
  const named = isNew ? fillChannels(state, channels) : state;
  return agreement ? fill(named, 'agreement', { agreement }) : named;
}

function takeIssue(state: RouteState, read: IssueUnderstanding, known: UnderstandingContext): RouteState {
  const namedTier = read.subject === 'microsoft' ? ('microsoft' as const) : state.namedTier;
  if (read.decision === 'answered')
    return fill(state, 'issue', { issue: read.guess.issue, namedTier, errorId: read.errorId });
  const [first] = read.ranked;
  if (first && !read.isVague && isHarmless(read.ranked, state, known))
    return fill(state, 'issue', { issue: first.issue, namedTier });
  const ranked = read.ranked.map((guess) => guess.issue);
  const issues = choicesFor(known.asker, ranked).slice(0, NEAREST_ISSUES);
  return issues.length > 0 ? { ...state, namedTier, issueView: { kind: 'nearest', issues } } : state;
}

/** The nearest kinds with the same party and first contact: their probability together, their lead, and the first one's. */
const MOSTLY = { together: 0.7, ahead: 0.35, first: 0.33 };

function isHarmless(
  [first, ...others]: readonly IssueGuess[],
  state: RouteState,
  { leadsAlike }: UnderstandingContext,
): boolean {
  if (!first || !leadsAlike || first.confidence < MOSTLY.first) return false;
  const alike = others.filter(({ issue }) => leadsAlike(first.issue, issue, state));
  const together = alike.reduce((sum, { confidence }) => sum + confidence, first.confidence);
  const rival = others.find((guess) => !alike.includes(guess))?.confidence ?? 0;
  return alike.length > 0 && together >= MOSTLY.together && together - rival >= MOSTLY.ahead;
}

/** The state with the offer of a match, or with the offers to choose from. */
export function takeOffer(state: RouteState, match: OfferMatch, asked: string): RouteState {
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
  return { kind: 'several', asked: namesAsked(offerIds, directory), offerIds, total: offerIds.length };
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

/** The issue whose name on the cards, in any language, equals the text. */
export function issueNamed(text: string): Issue | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  return ISSUES.find((issue) => wordingsOf(`issue.${issue}`).some((name) => name.toLowerCase() === plain));
}

/** A name in quotation marks that no offer has: the bot says that it does not know it. */
function takeQuoted(
  state: RouteState,
  text: string,
  { view: { index, directory } }: UnderstandingContext,
): RouteState | undefined {
  const name = quotedNameIn(text);
  const match = name === undefined ? undefined : index.find(name);
  if (name === undefined || !match || match.kind === 'one' || match.kind === 'publishers') return undefined;
  const hits = match.kind === 'several' ? match.hits : match.nearest;
  const words = wordsOf(name);
  const bears = hits.some(({ offerId }) => {
    const offer = directory.offers.get(offerId);
    const known = new Set((offer ? namesOf(offer) : []).flatMap((one) => wordsOf(one)));
    return words.every((word) => known.has(word));
  });
  return bears ? undefined : takeOffer(state, { kind: 'none', nearest: hits }, name);
}
