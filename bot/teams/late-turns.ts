/** Stores an activity before it is acknowledged, if its turn still runs: a crash then does not lose it. */
import type { Activity } from 'botbuilder';
import { DeskError } from '../../core/errors.js';
import type { Log } from '../../core/ports.js';
import { withinOrThrow } from '../runtime/timeouts.js';

export interface LateTurns {
  readonly keep: (activity: Activity) => Promise<void>;
  readonly done: (activity: Activity) => Promise<void>;
}

/** The channel waits ten seconds; storing may use this part of them. */
const KEEP_WITHIN_MS = 700;

/**
 * Keeps the activity until its turn has ended.
 * @throws DeskError `store.unavailable` when it cannot be stored: the channel then sends the activity again.
 */
export async function keepLate(
  activity: Activity,
  turn: Promise<unknown>,
  late: LateTurns,
  log: Log,
): Promise<void> {
  await withinOrThrow(
    KEEP_WITHIN_MS,
    late.keep(activity),
    () => new DeskError('store.unavailable', `the activity was not stored within ${KEEP_WITHIN_MS} ms`),
  );
  turn
    .then(() => late.done(activity))
    // The activity is still stored. The next recovery runs it again, or finds that its turn is complete.
    .catch((error: unknown) => log.warn('turn.late-kept', { error }));
}
