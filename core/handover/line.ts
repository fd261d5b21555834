/** What to send to one side next: the card first, then what was said in its order, then the card as it is now. */
import type { Entry, Handover, Line } from './types.js';

export type Step =
  /** The card is not there: it is made, with all that was said before. */
  | { readonly kind: 'card' }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'update' }
  /** Takes back a message of a hand-over that is to be forgotten. */
  | { readonly kind: 'remove'; readonly entry: Entry }
  /** Nothing is left to do for this side. */
  | { readonly kind: 'rest' }
  /** Nothing is left of a forgotten hand-over. */
  | { readonly kind: 'drop' };

/**
 * The next step for one side.
 * @param entries this side's entries that are due; of a forgotten hand-over those that were sent.
 */
export function nextStep(handover: Handover, line: Line, entries: readonly Entry[]): Step {
  if (handover.status === 'forgotten') return forgetting(handover, line, entries);
  if (line.activityId === null) return { kind: 'card' };
  const [first] = entries;
  if (first) return { kind: 'entry', entry: first };
  return line.shown < handover.face[line.side] ? { kind: 'update' } : { kind: 'rest' };
}

/** The visitor's side is deleted with the conversation; the staff's is taken back message by message, the card last. */
function forgetting(handover: Handover, line: Line, entries: readonly Entry[]): Step {
  if (line.side === 'visitor') return { kind: 'rest' };
  const [first] = entries;
  if (first) return { kind: 'remove', entry: first };
  return line.activityId !== null && line.shown < handover.face[line.side]
    ? { kind: 'update' }
    : { kind: 'drop' };
}
