/** The result of reading one value: the value with the repairs that were made, or the reason why it could not be read. */
import type { ProblemCode } from './problems.js';

export type ReadValue<T> =
  | { readonly ok: true; readonly value: T; readonly remarks: readonly ProblemCode[] }
  | { readonly ok: false; readonly code: ProblemCode };

export const good = <T>(value: T, ...remarks: ProblemCode[]): ReadValue<T> => ({ ok: true, value, remarks });
export const bad = (code: ProblemCode): ReadValue<never> => ({ ok: false, code });
