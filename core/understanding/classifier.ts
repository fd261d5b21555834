/** Reads the kind of issue from one sentence: answers when sure, otherwise gives the nearest kinds for a question. */
import { type Asker, type Issue, type IssueKind, kindOf } from '../terms.js';
import { isEveryday } from '../everyday.js';
import { LastResults } from '../last-results.js';
import { fold, runs } from '../text.js';
import { learnedMatcher, type LearnedPhrase } from './learned.js';
import { conceptsIn, type Concept } from './lexicon.js';
import { concernsMicrosoft } from './microsoft-products.js';
import { calibrated, isKnownWord, scoreKinds, shippedModel, type KindScore, type Model } from './model.js';
import { isVague } from './sentence-signs.js';

/** The kind of issue that the classifier read from one sentence. */
export interface IssueGuess {
  readonly issue: Issue;
  readonly kind: IssueKind;
  /** Calibrated probability 0..1 that the person means this kind. */
  readonly confidence: number;
}

interface Read {
  /** Best first. */
  readonly ranked: readonly IssueGuess[];
  /** Id of Microsoft's published error in the text; it then decides the issue. */
  readonly errorId?: string;
  /**
   * `microsoft` when the text is about one of Microsoft's own products, not about a product sold in its marketplace.
   */
  readonly subject?: 'microsoft';
  /** No word of the text tells one kind of issue from another. */
  readonly isVague?: true;
  /** The kind that the text rules out, when the text says nothing else about the issue. */
  readonly denied?: IssueKind;
}

/** Sure enough to continue, or a question with the nearest three. */
export type IssueUnderstanding =
  | (Read & { readonly decision: 'answered'; readonly guess: IssueGuess })
  | (Read & { readonly decision: 'asked' });

/** Reads the issue from free text, in the process, without I/O. */
export interface IssueClassifier {
  read(text: string, hint?: { readonly asker?: 'partner' | 'customer' | 'publisher' }): IssueUnderstanding;
}

/** What a classifier knows besides the shipped model. */
export interface ClassifierOptions {
  /** Phrases that an administrator taught at run time. */
  readonly phrases?: readonly LearnedPhrase[];
  /** Another model than the shipped one, for cross-validation. */
  readonly model?: Model;
}

/** One turn reads the same sentence several times, and up to sixteen sentences of a long text. */
const MOST_REMEMBERED = 64;
/** How many kinds of the ranking count. */
const RANKED = 5;
/** A taught phrase is a person's decision: this is the confidence for exactly the same words. */
const TAUGHT = 0.97;

/** Calibrates the first guess, and shares the rest among the others in proportion. */
function guesses(scores: readonly KindScore[], model: Model): readonly IssueGuess[] {
  const first = scores[0]?.probability ?? 0;
  const sure = calibrated(first, model.calibration);
  const rest = first < 1 ? (1 - sure) / (1 - first) : 0;
  return scores.map(({ kind, issue, probability }, at) => ({
    kind,
    issue,
    confidence: at === 0 ? sure : Math.min(sure, probability * rest),
  }));
}

function taught(issue: Issue, similarity: number, others: readonly IssueGuess[]): readonly IssueGuess[] {
  const first = { issue, kind: kindOf(issue), confidence: TAUGHT * similarity };
  const rest = others.filter((guess) => guess.kind !== first.kind);
  return [
    first,
    ...rest.map((guess) => ({ ...guess, confidence: guess.confidence * (1 - first.confidence) })),
  ];
}

/** Vague texts look like `other`, so `other` is never an answer and never offered. */
function decide(
  all: readonly IssueGuess[],
  { threshold, lead }: Pick<Model, 'threshold' | 'lead'>,
  vague: boolean,
  subject?: 'microsoft',
): IssueUnderstanding {
  const read = {
    ranked: all.filter((guess) => guess.kind !== 'other').slice(0, RANKED),
    ...(subject && { subject }),
    ...(vague && { isVague: true as const }),
  };
  const [first, second] = all;
  const isAhead = (first?.confidence ?? 0) - (second?.confidence ?? 0) >= lead;
  return !vague && first && first.kind !== 'other' && first.confidence >= threshold && isAhead
    ? { decision: 'answered', guess: first, ...read }
    : { decision: 'asked', ...read };
}

/** Buying, billing, cancelling and publishing use Microsoft's commerce system, so its instructions are Microsoft's. */
const COMMERCE: ReadonlySet<Concept> = new Set<Concept>([
  'billing',
  'invoice',
  'refund',
  'cancel',
  'payment',
  'card',
  'subscription',
  'buy',
  'publish',
  'accept-terms',
  'app-store',
  'partner-center',
  'csp',
]);

function subjectOf(text: string, guess: IssueGuess | undefined, model: Model): 'microsoft' | undefined {
  if (concernsMicrosoft(text, (word) => isEveryday(word) || isKnownWord(model, word))) return 'microsoft';
  if (guess?.kind !== 'how-to-docs-training') return undefined;
  return conceptsIn(runs(fold(text))).some(({ concept }) => COMMERCE.has(concept)) ? 'microsoft' : undefined;
}

/** A classifier with the shipped model. Synchronous, no I/O; long text is cut first. It remembers the last results. */
export function createIssueClassifier(options: ClassifierOptions = {}): IssueClassifier {
  const opened = () => options.model ?? shippedModel();
  const match = learnedMatcher(options.phrases ?? []);
  const read = (text: string, asker?: Asker | 'publisher'): IssueUnderstanding => {
    const model = opened();
    const scored = guesses(scoreKinds(model, text, asker), model);
    const known = match(text);
    const all = known ? taught(known.issue, known.similarity, scored) : scored;
    return decide(all, model, !known && isVague(text), subjectOf(text, all[0], model));
  };
  const last = new LastResults<IssueUnderstanding>(MOST_REMEMBERED);
  return {
    read(text, hint) {
      const key = `${hint?.asker ?? ''}\n${text}`;
      return last.get(key) ?? last.keep(key, read(text, hint?.asker));
    },
  };
}
