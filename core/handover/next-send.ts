/** Chooses what to send to one side next: first the card, then the messages in their order, then an update of the card. */
import type { Entry, Handover, Line } from './types.js';

export type NextSend =
  /** Sends the card, with everything written so far. */
  | { readonly kind: 'card' }
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'update' }
  /** Deletes a message of a hand-over that the visitor had deleted. */
  | { readonly kind: 'remove'; readonly entry: Entry }
  /** There is nothing to send to this side. */
  | { readonly kind: 'rest' }
  /** Everything was deleted from the channel, so the hand-over itself can be deleted. */
  | { readonly kind: 'drop' };

/**
 * The next thing to send to one side.
 * @param entries the due entries of this side; for a forgotten hand-over, the sent entries.
 */
export function nextSend(handover: Handover, line: Line, entries: readonly Entry[]): NextSend {
  if (handover.status === 'forgotten') return forgetting(handover, line, entries);
  if (line.activityId === null) return { kind: 'card' };
  const [first] = entries;
  if (first) return { kind: 'entry', entry: first };
  return line.shown < handover.face[line.side] ? { kind: 'update' } : { kind: 'rest' };
}

/** The visitor's messages are deleted with the conversation. The staff's messages are deleted one by one, the card last. */
function forgetting(handover: Handover, line: Line, entries: readonly Entry[]): NextSend {
  if (line.side === 'visitor') return { kind: 'rest' };
  const [first] = entries;
  if (first) return { kind: 'remove', entry: first };
  return line.activityId !== null && line.shown < handover.face[line.side]
    ? { kind: 'update' }
    : { kind: 'drop' };
}
