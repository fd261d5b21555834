/** What goes through the door: one JSON request, answered by JSON lines while the command runs. */
import { z } from 'zod';
import type { ErrorCode } from '../../core/errors.js';

/** The one address behind the door. */
export const DOOR_PATH = '/directory';
/** A request is a command with its options, never a file. */
export const MAX_REQUEST = 65_536;

export const DOOR_REQUEST = z.strictObject({
  /** Who asks, for the record: `cli:` and the name of the machine's user. */
  actor: z.string().regex(/^cli:[^\p{Cc}]{1,100}$/u),
  request: z.unknown(),
});
export type DoorRequest = z.infer<typeof DOOR_REQUEST>;

const FAILURE = z.strictObject({ code: z.string(), message: z.string() });

/** One line of the answer; the last is `exit` or `failed`, else the server ended before its command did. */
export const DOOR_LINE = z.union([
  z.strictObject({ line: z.string() }),
  z.strictObject({ progress: z.string() }),
  z.strictObject({ exit: z.number().int() }),
  z.strictObject({ failed: FAILURE }),
]);
export type DoorLine =
  | { readonly line: string }
  | { readonly progress: string }
  | { readonly exit: number }
  | { readonly failed: { readonly code: ErrorCode; readonly message: string } };
