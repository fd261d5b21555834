/** What one sentence says: which offer, which issue, and whether it is about a Microsoft product. */
import type { OfferIndex, OfferMatch } from '../../directory/search/types.js';
import { storeErrorIn } from '../../policy/store-errors.js';
import { kindOf, type Asker, type Issue } from '../../terms.js';
import { withoutDenied } from '../../understanding/contrast.js';
import type { IssueClassifier, IssueUnderstanding } from '../../understanding/types.js';
import { cuedIssue } from './topic-cues.js';

export interface UnderstoodSentence {
  readonly match: OfferMatch;
  /** The words that named the offer; empty when none did. */
  readonly words: string;
  readonly read: IssueUnderstanding;
}

/**
 * Takes one sentence apart. The issue is read from the words beside the offer's name, because names hold words like
 * "Billing" or "Backup"; where those are not clear, from the whole sentence.
 */
export function understandSentence(
  text: string,
  asker: Asker,
  ears: { readonly index: OfferIndex; readonly reader: IssueClassifier },
): UnderstoodSentence {
  const { match, words } = ears.index.inSentence(text);
  const error = storeErrorIn(text);
  if (error) return { match, words, read: { ...certain(error.issue), errorId: error.id } };
  const asked = withoutDenied(text);
  const cued = cuedIssue(asked, asker);
  if (cued) return { match, words, read: certain(cued) };
  const rest = words === '' ? asked : asked.replace(words, ' ').trim();
  if (!/[\p{L}\p{N}]{2}/u.test(rest)) return { match, words, read: { decision: 'asked', ranked: [] } };
  const beside = ears.reader.read(rest, { asker });
  if (beside.decision === 'answered' || words === '') return { match, words, read: beside };
  const whole = ears.reader.read(asked, { asker });
  return { match, words, read: whole.decision === 'answered' ? whole : beside };
}

/** The issue a pasted error or words without doubt name, as if the classifier had been sure. */
function certain(issue: Issue): IssueUnderstanding {
  const guess = { issue, kind: kindOf(issue), confidence: 1 };
  return { decision: 'answered', guess, ranked: [guess] };
}
