/** Refuses a file as a whole: with a sentence for the operator, without any of the file's content. */
import { DeskError } from '../../core/errors.js';

/** The error for an unreadable file. `sentence` names the problem and the next step. */
export function unreadable(sentence: string, cause?: unknown): DeskError {
  return new DeskError('import.unreadable', sentence, cause === undefined ? undefined : { cause });
}
