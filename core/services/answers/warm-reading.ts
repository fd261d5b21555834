/** Reads a few sentences after the start, so that the first visitor need not wait for what the first reading builds. */
import { storeErrorIn } from '../../policy/store-errors.js';
import type { Slices } from '../../time-slices.js';
import { withoutDenied } from '../../understanding/denial.js';
import { channelIn } from '../../understanding/purchase-channel.js';
import { cuedIssue } from './topic-cues.js';
import { understandSentence, type SentenceContext } from './understand-sentence.js';

/** One in each of the two scripts whose tables and expressions differ most. More would cost memory that idles. */
const SENTENCES = ['the invoice is wrong', '帳單有問題，無法登入'] as const;

/** One part of the reading in each slice. */
export function* warmReading(known: SentenceContext): Slices<void> {
  for (const text of SENTENCES) {
    for (const read of [storeErrorIn, cuedIssue]) {
      read(text, 'customer');
      yield undefined;
    }
    for (const read of [channelIn, withoutDenied]) {
      read(text);
      yield undefined;
    }
    known.classifier.read(text, { asker: 'customer' });
    yield undefined;
    understandSentence(text, 'customer', known);
    yield undefined;
  }
}
