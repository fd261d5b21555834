/** The content of one sentence: the offer, the issue, and whether it is about a Microsoft product. */
import type { OfferIndex, OfferMatch } from '../../directory/search/types.js';
import { storeErrorIn } from '../../policy/store-errors.js';
import { kindOf, type Asker, type Issue, type PurchaseChannel } from '../../terms.js';
import { isErrorNumber, withoutDenied } from '../../understanding/sentence-signs.js';
import { channelIn } from '../../understanding/purchase-channel.js';
import type { IssueClassifier, IssueUnderstanding } from '../../understanding/classifier.js';
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
  const text = withoutAddresses(said, known.index);
  const { match, words } = known.index.inSentence(text);
  const told = channelIn(text, known.partnerName);
  const rest = told?.rest ?? text;
  const read = readIssue({ text, rest, words, apart: told?.apart }, asker, known.classifier);
  return {
    match,
    words,
    read,
    rest,
    ...(told && { channels: told.channels }),
    ...(told?.agreement && { agreement: told.agreement }),
  };
}

interface Taken {
  readonly text: string;
  readonly rest: string;
  readonly words: string;
  /** The text without the name of a private offer or agreement. */
  readonly apart?: string;
}

function readIssue(
  { text, rest, words, apart }: Taken,
  asker: Asker,
  classifier: IssueClassifier,
): IssueUnderstanding {
  const error = storeErrorIn(text, asker);
  if (error) return { ...certain(error.issue), errorId: error.id };
  const cued = cuedIssue(withoutDenied(text), asker);
  if (cued) return certain(cued);
  const clear = apart === undefined ? undefined : classifier.read(besideOf(apart, words), { asker });
  if (clear?.decision === 'answered') return clear;
  const asked = withoutDenied(rest);
  const beside = besideOf(rest, words);
  if (rest !== text && isEmpty(beside)) return { decision: 'asked', ranked: [] };
  if (!/[\p{L}\p{N}]{2}/u.test(beside)) return { decision: 'asked', ranked: [] };
  const read = classifier.read(beside, { asker });
  // An unpublished number may come from the product or from the purchase.
  if (isErrorNumber(beside)) return { decision: 'asked', ranked: read.ranked };
  if (read.decision === 'answered' || words === '') return read;
  const whole = classifier.read(asked, { asker });
  return whole.decision === 'answered' ? whole : read;
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
  const asked = withoutDenied(text);
  return name === '' ? asked : asked.replace(name, ' ').trim();
}

/** The issue of a pasted error or an unambiguous word, with the confidence of a sure classifier. */
function certain(issue: Issue): IssueUnderstanding {
  const guess = { issue, kind: kindOf(issue), confidence: 1 };
  return { decision: 'answered', guess, ranked: [guess] };
}
