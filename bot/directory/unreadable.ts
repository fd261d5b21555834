/** The one way a file is refused as a whole: a sentence for the operator, without any of the file's content. */
import { DeskError } from '../../core/errors.js';

/** The error of a file that cannot be read. `sentence` says what is wrong with it and what to do. */
export function unreadable(sentence: string, cause?: unknown): DeskError {
  return new DeskError('import.unreadable', sentence, cause === undefined ? undefined : { cause });
}
