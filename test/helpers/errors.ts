/** Checks for an expected error of the product. */
import { DeskError, type ErrorCode } from '../../core/errors.js';

/** For `assert.rejects`: true only for a DeskError with this code. */
export function isCode(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof DeskError && error.code === code;
}
