/**
 * Runs accepted activities again when their process died before the turn ended, so that no accepted activity is lost.
 */
import type { Clock, Log } from '../../core/ports.js';

export interface RecoveryDeps<Accepted> {
  readonly find: (range: { since: number; until: number }) => Promise<readonly Accepted[]>;
  /** Gives the activity to the bot. A turn that ran meanwhile is not repeated, on any instance. */
  readonly dispatch: (accepted: Accepted) => void;
  readonly now: Clock;
  readonly log: Log;
}

/** For older activities, no person waits for an answer any more. */
const WINDOW_MS = 3_600_000;
/** Younger activities are probably still running on another instance. */
const SETTLE_MS = 30_000;
const EVERY_MS = 60_000;
const FAR_AHEAD_MS = 10 * 365 * 86_400_000;

/** Checks once. Returns the number of activities that were dispatched again. */
async function recover<A>(deps: RecoveryDeps<A>, settleMs: number): Promise<number> {
  const now = deps.now();
  const found = await deps.find({ since: now - WINDOW_MS, until: now - settleMs });
  for (const accepted of found) deps.dispatch(accepted);
  if (found.length > 0) deps.log.info('recovery.delivered', { activities: found.length });
  return found.length;
}

/** Checks at once, and then every minute for activities of instances that died. Returns a function that stops this. */
export function startRecovery<A>(deps: RecoveryDeps<A>): () => void {
  const look = (settleMs: number) =>
    void recover(deps, settleMs).catch((error: unknown) => deps.log.warn('recovery.failed', { error }));
  // At the start nothing runs yet, so this look takes every activity, also those of a clock that was ahead.
  look(-FAR_AHEAD_MS);
  const timer = setInterval(() => look(SETTLE_MS), EVERY_MS).unref();
  return () => clearInterval(timer);
}
