/** What one sentence says: which offer, which issue, and whether it is about a Microsoft product. */
import type { OfferIndex, OfferMatch } from '../../directory/search/types.js';
import type { Asker } from '../../terms.js';
import { withoutDenied } from '../../understanding/contrast.js';
import type { IssueClassifier, IssueUnderstanding } from '../../understanding/types.js';

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
  const asked = withoutDenied(text);
  const rest = words === '' ? asked : asked.replace(words, ' ').trim();
  if (!/[\p{L}\p{N}]{2}/u.test(rest)) return { match, words, read: { decision: 'asked', ranked: [] } };
  const beside = ears.reader.read(rest, { asker });
  if (beside.decision === 'answered' || words === '') return { match, words, read: beside };
  const whole = ears.reader.read(asked, { asker });
  return { match, words, read: whole.decision === 'answered' ? whole : beside };
}
