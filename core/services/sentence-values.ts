/** The names a reason or note may mention, with the role in words where nobody's name is known. */
import type { Answer } from './answer.js';

export type SentenceValues = Readonly<Record<'partner' | 'provider' | 'publisher' | 'offer', string>>;

/**
 * Values for the sentences under `reason.`, `prepare.` and `note.`.
 * @param word gives the role in the reader's language for `party.provider`, `party.publisher` and `party.this-offer`.
 */
export function sentenceValues(answer: Answer, word: (key: string) => string): SentenceValues {
  return {
    partner: answer.partnerName,
    provider: answer.providerName ?? word('party.provider'),
    publisher: answer.offer?.publisherName ?? word('party.publisher'),
    offer: answer.offer?.name ?? word('party.this-offer'),
  };
}
