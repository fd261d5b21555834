/** Repeats a change when another change was committed first. */
import { DeskError } from '../errors.js';

/** Conflicts last for milliseconds: an import or another administrator commits meanwhile. */
const MOST_TRIES = 5;

/**
 * Runs `attempt` again after a conflict. Each attempt must load the data and decide again.
 * @throws DeskError `store.conflict` when every attempt had a conflict.
 */
export async function retryOnConflict<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = MOST_TRIES; ; tries -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries <= 1 || !isConflict(error)) throw error;
    }
  }
}

/** True for the error of a store that another change came first. */
export function isConflict(error: unknown): boolean {
  return error instanceof DeskError && error.code === 'store.conflict';
}
