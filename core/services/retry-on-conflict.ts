/** Does again what somebody else's commit came before: the attempt looks at everything anew, and decides anew. */
import { DeskError } from '../errors.js';

/** Imports and other administrators come between for milliseconds. */
const MOST_TRIES = 5;

/** What the attempt gives. @throws DeskError `store.conflict` when it was overtaken each time. */
export async function whenOvertaken<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = MOST_TRIES; ; tries -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries <= 1 || !(error instanceof DeskError) || error.code !== 'store.conflict') throw error;
    }
  }
}
