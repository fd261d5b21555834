/** What is acknowledged before its turn has ended is kept first, so that it survives the process. */
import type { Activity } from 'botbuilder';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';

export interface LateTurns {
  readonly keep: (activity: Activity) => Promise<void>;
  readonly done: (activity: Activity) => Promise<void>;
}

/** Of the ten seconds a channel waits, what storing may take. */
const KEEP_WITHIN_MS = 700;

/**
 * Keeps the activity until its turn has ended.
 * @throws DeskError `store.unavailable` when it could not be kept: the channel then sends it again.
 */
export async function keepLate(
  activity: Activity,
  turn: Promise<unknown>,
  late: LateTurns,
  log: Log,
): Promise<void> {
  await inTime(late.keep(activity));
  turn
    .then(() => late.done(activity))
    // It is kept still: the next look runs it again, or finds that it had its turn.
    .catch((error: unknown) => log.warn('turn.late-kept', { error }));
}

async function inTime(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<never>((_, reject) => {
    const error = new DeskError('store.unavailable', `not kept within ${KEEP_WITHIN_MS} ms`);
    timer = setTimeout(() => reject(error), KEEP_WITHIN_MS);
  });
  try {
    await Promise.race([work, slow]);
  } finally {
    clearTimeout(timer);
  }
}
