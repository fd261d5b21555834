/** Says which of the product's errors a test expects. */
import { DeskError, type ErrorCode } from '../../core/errors.js';

/** For `assert.rejects`: true for a DeskError of this code, and of no other. */
export function isCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof DeskError && error.code === code;
}
