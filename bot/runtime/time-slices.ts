/** Runs long work of the core in small pieces on this process's event loop. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inTurns, type Steps } from '../../core/steps.js';

/** The result of the work; turns of the bot are answered in between. */
export function politely<T>(steps: Steps<T>): Promise<T> {
  return inTurns(
    steps,
    () => nextTurn(),
    () => performance.now(),
  );
}
