/** Combines the reports of several senders about one incident. */
import { compareSeverity, isOver, isPlanned } from './types.js';
import type { OutageState, SenderMark, Severity } from './types.js';

/** The progress of an outage that is not over. */
const STEPS: readonly OutageState[] = [
  'scheduled',
  'in-maintenance',
  'investigating',
  'identified',
  'monitoring',
];

/**
 * The state and severity of all marks together. The incident is over when every sender is done, not when the first is.
 * Until then the most advanced state and the worst severity count. A sender that was done after the others last spoke
 * counts as monitoring for them. Outages outrank planned work.
 * @param before severity of the incident so far, kept when it is over.
 */
export function combine(
  marks: readonly SenderMark[],
  before: Severity,
): { readonly state: OutageState; readonly severity: Severity } {
  const open = marks.filter((mark) => !isOver(mark.state));
  if (open.length === 0) {
    const planned = marks.every((mark) => mark.state === 'completed');
    return { state: planned ? 'completed' : 'resolved', severity: before };
  }
  const outages = open.filter((mark) => !isPlanned(mark.state));
  const counted = outages.length > 0 ? outages : open;
  const spoke = Math.max(...open.map((mark) => mark.updatedAt));
  const someDone =
    outages.length > 0 && marks.some((mark) => mark.state === 'resolved' && mark.updatedAt > spoke);
  const furthest = counted
    .map((mark) => mark.state)
    .reduce((a, b) => (STEPS.indexOf(b) > STEPS.indexOf(a) ? b : a));
  return {
    state: someDone ? 'monitoring' : furthest,
    severity: counted.map((mark) => mark.severity).reduce((a, b) => (compareSeverity(b, a) > 0 ? b : a)),
  };
}
