/** What one sentence was understood to say about the kind of issue. */
import type { Issue, IssueKind } from '../terms.js';

export interface IssueGuess {
  readonly issue: Issue;
  readonly kind: IssueKind;
  /** Calibrated probability 0..1 that this is what was meant. */
  readonly confidence: number;
}

interface Read {
  /** Best first. */
  readonly ranked: readonly IssueGuess[];
  /** Id of Microsoft's published error in the words; it then decides the issue. */
  readonly errorId?: string;
  /** `microsoft` when the words are about one of Microsoft's own products, not about something sold in its shop. */
  readonly subject?: 'microsoft';
}

/** Sure enough to go on, or a question back with the nearest three. */
export type IssueUnderstanding =
  | (Read & { readonly decision: 'answered'; readonly guess: IssueGuess })
  | (Read & { readonly decision: 'asked' });

/** Understands the issue in free text, in the process, without I/O. */
export interface IssueClassifier {
  read(text: string, hint?: { readonly asker?: 'partner' | 'customer' | 'publisher' }): IssueUnderstanding;
}
