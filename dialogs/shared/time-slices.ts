/** Runs long work of the core in slices on the event loop of this process. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { askInSlices, type RunPart } from '../../core/directory/search/ask-in-slices.js';
import { runSlices, type Slices } from '../../core/time-slices.js';
import type { DirectoryView } from './services.js';

/** Returns the result of the work. Other work, such as turns of the bot, runs between the slices. */
export function inTimeSlices<T>(slices: Slices<T>): Promise<T> {
  return runSlices(
    slices,
    () => nextTurn(),
    () => performance.now(),
  );
}

/** Returns the result of pure work that looks offers up. Other turns run while a long text is looked up. */
export function lookUpInSlices<T>(
  view: DirectoryView,
  work: (view: DirectoryView, run: RunPart) => T,
): Promise<T> {
  return inTimeSlices(askInSlices(view.index, (index, run) => work({ ...view, index }, run)));
}
