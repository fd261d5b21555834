/** Accepted is never lost: activities whose process died before their turn had ended get it after the next start. */
import type { Clock, Log } from '../../core/ports.js';

export interface RecoveryDeps<Accepted> {
  readonly find: (range: { since: number; until: number }) => Promise<readonly Accepted[]>;
  /** Gives the activity to the bot; a turn that took place meanwhile is not repeated, here or on another instance. */
  readonly dispatch: (accepted: Accepted) => void;
  readonly now: Clock;
  readonly log: Log;
}

/** Older than this nobody waits for an answer any more. */
const WINDOW_MS = 3_600_000;
/** Younger than this, somebody else is surely at it. */
const SETTLE_MS = 30_000;
const EVERY_MS = 60_000;

/** One look. Returns how many activities were dispatched again. */
async function recover<A>(deps: RecoveryDeps<A>, settleMs: number): Promise<number> {
  const now = deps.now();
  const found = await deps.find({ since: now - WINDOW_MS, until: now - settleMs });
  for (const accepted of found) deps.dispatch(accepted);
  if (found.length > 0) deps.log.info('recovery.delivered', { activities: found.length });
  return found.length;
}

/** Looks at once, and every minute for what instances left that died meanwhile. Returns how to stop. */
export function startRecovery<A>(deps: RecoveryDeps<A>): () => void {
  const look = (settleMs: number) =>
    void recover(deps, settleMs).catch((error: unknown) => deps.log.warn('recovery.failed', { error }));
  look(0);
  const timer = setInterval(() => look(SETTLE_MS), EVERY_MS).unref();
  return () => clearInterval(timer);
}
