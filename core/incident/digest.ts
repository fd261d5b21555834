/** The morning digest: what happened in a reader's quiet hours, in one message. */
import { compareSeverity, isOver, type Incident } from './types.js';

/** What a reader is told when the quiet hours end. `open` incidents also get their own cards then. */
export interface Digest {
  readonly readerId: string;
  /** Gravest first, then oldest. */
  readonly open: readonly Incident[];
  readonly over: readonly Incident[];
}

/** The digest of the incidents held back for a reader, or undefined when none is left to tell. */
export function digestOf(readerId: string, held: readonly Incident[]): Digest | undefined {
  const distinct = [...new Map(held.map((incident) => [incident.id, incident])).values()];
  if (distinct.length === 0) return undefined;
  const sorted = distinct.sort((a, b) => compareSeverity(b.worst, a.worst) || a.startedAt - b.startedAt);
  return {
    readerId,
    open: sorted.filter((incident) => !isOver(incident.state)),
    over: sorted.filter((incident) => isOver(incident.state)),
  };
}
