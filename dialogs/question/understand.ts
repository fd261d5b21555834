/** What typed words do to the state of the question: at the start, at the offer question, at the issue question. Pure. */
import type { Directory } from '../../core/directory/types.js';
import type { OfferHit, OfferMatch } from '../../core/directory/search/types.js';
import { understandSentence } from '../../core/services/answers/understand-sentence.js';
import { ISSUES, LANGUAGES, type Asker, type Issue } from '../../core/terms.js';
import type { IssueClassifier, IssueUnderstanding } from '../../core/understanding/types.js';
import { textIn } from '../../locales/text.js';
import { picked } from './pick.js';
import { reduce } from './reduce.js';
import { fill, type OfferView, type RouteState } from './route-state.js';
import type { DirectoryView } from '../shared/services.js';

export interface Ears {
  readonly view: DirectoryView;
  readonly reader: IssueClassifier;
  readonly asker: Asker;
}

export interface Understood {
  readonly state: RouteState;
  /** What could not be matched, for the administrators' list of questions without an answer. */
  readonly missing?: 'offer' | 'issue';
}

const MOST_HITS = 5;
const NEAREST = 3;

/** The first sentence: it may hold the offer, the issue, both or neither. What it does not hold stays as it was. */
export function understandFirst(state: RouteState, text: string, ears: Ears): Understood {
  const { index } = ears.view;
  const { match, read } = understandSentence(text, ears.asker, { index, reader: ears.reader });
  const withIssue = takeIssue(state, read);
  if (match.kind !== 'none') return { state: takeOffer(withIssue, match, text) };
  if (withIssue.issue !== undefined) return { state: withIssue };
  const whole = index.find(text);
  if (whole.kind === 'none') return { state: takeOffer(withIssue, whole, text), missing: 'offer' };
  return { state: takeOffer({ ...withIssue, issueView: undefined }, whole, text) };
}

/** The answer to "which offer?". A sentence is taken apart as at the start. */
export function understandOffer(state: RouteState, text: string, ears: Ears): Understood {
  const numbered = pickedOffer(state, text, ears.view.directory);
  if (numbered) return { state: numbered };
  const direct = ears.view.index.find(text);
  if (direct.kind !== 'none') return { state: takeOffer(state, direct, text) };
  const { match, read } = understandSentence(text, ears.asker, {
    index: ears.view.index,
    reader: ears.reader,
  });
  if (match.kind === 'none') return { state: takeOffer(state, direct, text), missing: 'offer' };
  const withOffer = takeOffer(state, match, text);
  return { state: state.issue ? withOffer : takeIssue(withOffer, read) };
}

/** The answer to "what kind of issue?": the name of one, or free text. */
export function understandIssue(state: RouteState, text: string, ears: Ears): Understood {
  const near = state.issueView?.kind === 'nearest' ? state.issueView.issues : [];
  const named = issueNamed(text) ?? picked(text, near);
  if (named) return { state: fill(state, 'issue', { issue: named }) };
  const read = ears.reader.read(text, { asker: ears.asker });
  const next = takeIssue(state, read);
  return { state: next, missing: next.issue ? undefined : 'issue' };
}

function pickedOffer(state: RouteState, text: string, directory: Directory): RouteState | undefined {
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

function takeIssue(state: RouteState, read: IssueUnderstanding): RouteState {
  const namedTier = read.subject === 'microsoft' ? ('microsoft' as const) : state.namedTier;
  if (read.decision === 'answered') return fill(state, 'issue', { issue: read.guess.issue, namedTier });
  const issues = read.ranked.slice(0, NEAREST).map((guess) => guess.issue);
  return issues.length > 0 ? { ...state, namedTier, issueView: { kind: 'nearest', issues } } : state;
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
        offerView: { kind: 'none', asked: shorten(asked), nearest: idsOf(match.nearest, NEAREST) },
      };
  }
}

function severalOf(hits: readonly OfferHit[], asked: string): OfferView {
  return { kind: 'several', asked, offerIds: idsOf(hits, MOST_HITS), total: hits.length };
}

function idsOf(hits: readonly { readonly offerId: string }[], limit: number): readonly string[] {
  return hits.slice(0, limit).map((hit) => hit.offerId);
}

function shorten(text: string): string {
  const characters = [...text];
  return characters.length > 80 ? `${characters.slice(0, 79).join('')}…` : text;
}

/** The issue whose name on the cards, in any language, is exactly what was typed. */
function issueNamed(text: string): Issue | undefined {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  for (const language of LANGUAGES) {
    const say = textIn(language);
    const found = ISSUES.find((issue) => say(`issue.${issue}`).toLowerCase() === plain);
    if (found) return found;
  }
  return undefined;
}
