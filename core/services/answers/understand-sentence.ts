/** The content of one sentence: the offer, the issue, and whether it is about a Microsoft product. */
import { askInSlices } from '../../directory/search/ask-in-slices.js';
import type { HitReason, OfferIndex, OfferMatch } from '../../directory/search/types.js';
import { storeErrorSlices } from '../../policy/store-errors.js';
import { kindOf, type Asker, type Issue, type PurchaseChannel } from '../../terms.js';
import { allAtOnce, type Slices } from '../../time-slices.js';
import { isErrorNumber, isOnlyBroken } from '../../understanding/sentence-signs.js';
import { onlyDenied, withoutDenied } from '../../understanding/denial.js';
import { isLong, tellingSlices, type TellingSentence } from '../../understanding/telling.js';
import { channelSlices } from '../../understanding/purchase-channel.js';
import type { IssueClassifier, IssueGuess, IssueUnderstanding } from '../../understanding/classifier.js';
import { withoutAddresses } from './addresses.js';
import { cuedIssue } from './topic-cues.js';

export interface UnderstoodSentence {
  readonly match: OfferMatch;
  /** The words that named the offer; empty when no words did. */
  readonly words: string;
  readonly read: IssueUnderstanding;
  /** The purchase channels that the words leave open, mostly one; absent when the words name none. */
  readonly channels?: readonly PurchaseChannel[];
  /** Set where the words name a private offer under an indirect Enterprise Agreement. */
  readonly agreement?: 'indirect';
  /** The text without the words about the purchase. */
  readonly rest: string;
}

export interface SentenceContext {
  readonly index: OfferIndex;
  readonly classifier: IssueClassifier;
  /** The partner's own name: "bought through Contoso Cloud". */
  readonly partnerName?: string;
}

/**
 * Takes one sentence apart. The issue is read from the words beside the offer's name, because names hold words like
 * "Billing" or "Backup"; where those are not clear, from the whole sentence.
 */
export function understandSentence(said: string, asker: Asker, known: SentenceContext): UnderstoodSentence {
  return allAtOnce(sentenceSlices(said, asker, known));
}

/** Like `understandSentence`, in slices: a long text takes 50 ms and more. */
export function* sentenceSlices(
  said: string,
  asker: Asker,
  known: SentenceContext,
): Slices<UnderstoodSentence> {
  const text = yield* askInSlices(known.index, (index) => withoutAddresses(said, index));
  const named = yield* known.index.slices.inSentence(text);
  const told = yield* channelSlices(text, known.partnerName);
  const rest = told?.rest ?? text;
  const taken = { text, rest, words: named.words, apart: told?.apart };
  const { from, ...read } = yield* issueSlices(taken, asker, known.classifier);
  return {
    ...(from === undefined ? named : yield* besideSlices(from, named, known.index)),
    read,
    rest,
    ...(told && { channels: told.channels }),
    ...(told?.agreement && { agreement: told.agreement }),
  };
}

type Named = Pick<UnderstoodSentence, 'match' | 'words'>;

/** The offer that the telling sentence names; of a long text with several offers it is the one in question. */
function* besideSlices(sentence: string, named: Named, index: OfferIndex): Slices<Named> {
  const own = yield* index.slices.inSentence(sentence);
  const isExact = own.match.kind === 'one' && EXACT.has(own.match.hit.reason);
  return isExact ? { match: own.match, words: own.words } : named;
}

/** The words are the offer's own name, id or address. */
export const EXACT: ReadonlySet<HitReason> = new Set(['id', 'url', 'exact-name', 'alias']);

/** An issue, with the sentence of a longer text that tells it. */
type ReadIssue = IssueUnderstanding & { readonly from?: string };

interface Taken {
  readonly text: string;
  readonly rest: string;
  readonly words: string;
  /** The text without the name of a private offer or agreement. */
  readonly apart?: string;
}

function* issueSlices(taken: Taken, asker: Asker, classifier: IssueClassifier): Slices<ReadIssue> {
  const error = yield* storeErrorSlices(taken.text, asker);
  if (error) return { ...certain(error.issue), errorId: error.id };
  if (isLong(taken.rest)) {
    const told = yield* partSlices(taken, asker, classifier);
    return told ?? (yield* wholeSlices(taken, asker, classifier));
  }
  const whole = yield* wholeSlices(taken, asker, classifier);
  if (whole.decision === 'answered' || whole.denied !== undefined) return whole;
  const told = yield* partSlices(taken, asker, classifier);
  return told?.decision === 'answered' ? told : whole;
}

/** The kind from the telling sentences; undefined for one or two sentences, and where none of them is clear. */
function* partSlices(
  { rest, words }: Taken,
  asker: Asker,
  classifier: IssueClassifier,
): Slices<ReadIssue | undefined> {
  const telling = yield* tellingSlices(rest, words);
  return telling && (yield* tellingIssueSlices(telling, words, asker, classifier));
}

function* wholeSlices(
  { text, rest, words, apart }: Taken,
  asker: Asker,
  classifier: IssueClassifier,
): Slices<IssueUnderstanding> {
  const cued = cuedIssue(withoutDenied(text), asker);
  if (cued) return certain(cued);
  yield undefined;
  const clear = apart === undefined ? undefined : classifier.read(besideOf(apart, words), { asker });
  if (clear?.decision === 'answered') return clear;
  yield undefined;
  const denied = onlyDenied(rest);
  if (denied !== undefined) return without(classifier.read(denied, { asker }));
  const asked = joined(withoutDenied(rest));
  const beside = besideOf(rest, words);
  if (rest !== text && isEmpty(beside)) return { decision: 'asked', ranked: [] };
  if (!/[\p{L}\p{N}]{2}/u.test(beside)) return { decision: 'asked', ranked: [] };
  yield undefined;
  if (words !== '' && isOnlyBroken(beside)) return certain('technical');
  yield undefined;
  const read = classifier.read(beside, { asker });
  // An unpublished number may come from the product or from the purchase.
  if (isErrorNumber(beside)) return { decision: 'asked', ranked: read.ranked };
  if (read.decision === 'answered' || words === '') return read;
  yield undefined;
  const whole = classifier.read(asked, { asker });
  return whole.decision === 'answered' ? whole : read;
}

/** Two kinds whose sentences tell nearly the same: neither is taken. */
const NEARLY = 0.9;

/** The kind from the sentences that tell most; undefined when none of them is clear. */
function* tellingIssueSlices(
  sentences: readonly TellingSentence[],
  words: string,
  asker: Asker,
  classifier: IssueClassifier,
): Slices<ReadIssue | undefined> {
  const found: { readonly read: AnsweredRead; readonly from: string; readonly value: number }[] = [];
  for (const { text, worth } of sentences) {
    const read = yield* wholeSlices({ text, rest: text, words }, asker, classifier);
    if (read.decision === 'answered') found.push({ read, from: text, value: worth * read.guess.confidence });
    yield undefined;
  }
  const [best, ...others] = found.sort((a, b) => b.value - a.value);
  if (!best) return undefined;
  const rival = others.find(({ read }) => read.guess.kind !== best.read.guess.kind);
  if (!rival || rival.value < NEARLY * best.value) return { ...best.read, from: best.from };
  return { decision: 'asked', ranked: [best.read.guess, rival.read.guess, ...restOf(best.read, rival.read)] };
}

type AnsweredRead = IssueUnderstanding & { readonly decision: 'answered' };

function restOf({ ranked, guess }: AnsweredRead, rival: AnsweredRead): readonly IssueGuess[] {
  return ranked.filter(({ kind }) => kind !== guess.kind && kind !== rival.guess.kind).slice(0, 3);
}

/** The kinds that people ask about most, for a text that only says which kind it is not. */
const COMMON: readonly Issue[] = [
  'technical',
  'billing',
  'subscription-management',
  'account-setup',
  'payment',
  'how-to-docs-training',
];

/** The commonest kinds without the denied one. */
function without({ ranked }: IssueUnderstanding): IssueUnderstanding {
  const denied = ranked[0]?.kind;
  const left = COMMON.filter((issue) => kindOf(issue) !== denied);
  return {
    decision: 'asked',
    ranked: left.map((issue) => ({ issue, kind: kindOf(issue), confidence: 0 })),
    ...(denied && { denied }),
  };
}

/** Chinese verbs that stand on both sides of the name: 「退 Fabrikam CRM 的款」 is 「退款」. */
const SEPARATED: readonly (readonly [RegExp, string])[] = [
  [/退([^，。；！？,;!?\n退]{0,40}?)的?\s*(款|費|费|錢|钱)/gu, '退款 $1'],
  [/退((?:[^，。；！？,;!?\n退]{0,12})(?:買|买|訂|订)的)/gu, '退款 $1'],
  [/(取消|退掉|停掉)([^，。；！？,;!?\n]{0,40}?)的\s*(訂閱|订阅|訂用)/gu, '取消訂閱 $2'],
  [/(?:開|开)([^，。；！？,;!?\n]{0,40}?)的\s*(發票|发票)/gu, '開發票 $1'],
  [
    /(?:加買|加购|增加|多買|多买|加)([^，。；！？,;!?\n]{0,40}?)的?\s*(?:授權|授权|席位|座位|人數|人数)/gu,
    '增加授權數量 $1',
  ],
  [/續([^，。；！？,;!?\n]{0,40}?)的\s*約|续([^，。；！？,;!?\n]{0,40}?)的\s*约/gu, '續約 $1$2'],
];

/** The text with separated verbs put together. */
function joined(text: string): string {
  return SEPARATED.reduce((left, [pattern, verb]) => left.replace(pattern, verb), text);
}

/** True when only the buyer is left beside the words about the purchase: "the customer". */
function isEmpty(text: string): boolean {
  const left = text.replace(
    /\b(?:the|our|my|this|that|a|customer|client|company|we|they|it|us|has|have)\b|客戶|客户|我們|我们/giu,
    '',
  );
  return !/[\p{L}\p{N}]{2}/u.test(left);
}

/** The words beside the offer's name. */
function besideOf(text: string, name: string): string {
  const asked = joined(withoutDenied(text));
  return name === '' ? asked : asked.replace(name, ' ').trim();
}

/** The issue of a pasted error or an unambiguous word, with the confidence of a sure classifier. */
function certain(issue: Issue): IssueUnderstanding {
  const guess = { issue, kind: kindOf(issue), confidence: 1 };
  return { decision: 'answered', guess, ranked: [guess] };
}
