/** Runs long work of the core in slices on the event loop of this process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { runSlices, type Slices } from '../../core/time-slices.js';

/** Returns the result of the work. Other work, such as turns of the bot, runs between the slices. */
export function inTimeSlices<T>(slices: Slices<T>): Promise<T> {
  return runSlices(
    slices,
    () => nextTurn(),
    () => performance.now(),
  );
}
