/** The questions of one text, at every step. Other conversations get their turn between the parts of a long text. */
import { setImmediate } from 'node:timers/promises';
import { questionSlices, type OneQuestion } from '../../core/services/answers/several-questions.js';
import { afterEach } from '../../core/time-slices.js';
import type { DeskServices } from '../shared/services.js';
import type { Turn } from '../shared/turn.js';
import type { RouteState } from './route-state.js';
import { eachSaid } from './spoken.js';
import { sentenceContext } from './understand.js';
import { understandingContext } from './understanding-context.js';

/** At least two questions, or none; at a list of offers "both" asks about each. */
export async function severalSaid(
  state: RouteState,
  text: string,
  services: DeskServices,
  turn: Turn,
): Promise<readonly OneQuestion[]> {
  const each = eachSaid(text, state);
  if (each.length > 0) return each;
  const known = sentenceContext(understandingContext(services, turn));
  return afterEach(questionSlices(text, turn.asker, known), () => setImmediate());
}
