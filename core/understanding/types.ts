/** What one sentence was understood to say about the kind of issue. */
import type { Issue, IssueKind } from '../terms.js';

export interface IssueGuess {
  readonly issue: Issue;
  readonly kind: IssueKind;
  /** Calibrated probability 0..1 that this is what was meant. */
  readonly confidence: number;
}

/** Sure enough to go on, or a question back with the nearest three. */
export type IssueUnderstanding =
  | { readonly decision: 'answered'; readonly guess: IssueGuess; readonly ranked: readonly IssueGuess[] }
  | { readonly decision: 'asked'; readonly ranked: readonly IssueGuess[] };

/** Understands the issue in free text, in the process, without I/O. */
export interface IssueReader {
  read(text: string, hint?: { readonly asker?: 'partner' | 'customer' | 'publisher' }): IssueUnderstanding;
}
