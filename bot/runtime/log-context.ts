/** Which turn a log entry belongs to: every entry written while a turn runs carries its id and its hashed conversation (O-04). */
import { AsyncLocalStorage } from 'node:async_hooks';

export interface TurnNames {
  /** Names the turn in the log and nowhere else. */
  readonly turn: string;
  /** A keyed hash: the same for the same conversation, and not to be turned back. */
  readonly conversation: string;
}

const current = new AsyncLocalStorage<TurnNames>();

/** Runs work whose log entries carry these names. */
export function named<T>(names: TurnNames, work: () => Promise<T>): Promise<T> {
  return current.run(names, work);
}

/** The names of the turn that runs now; nothing outside of one. */
export function namesNow(): TurnNames | Readonly<Record<string, never>> {
  return current.getStore() ?? {};
}
