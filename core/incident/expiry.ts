/** Ends outages whose sender may never report the end: alerts without state, and a flood. */
import { combine } from './combine.js';
import { isOver, isPlanned, type Incident, type IncidentUpdate, type SenderMark } from './types.js';
import type { Acted } from './acts.js';

/** True when a report of the incident has been silent for so long that it counts as over. */
export function isExpired(incident: Incident, now: number): boolean {
  return incident.marks.some((mark) => hasExpired(mark, now));
}

/** Ends the expired reports, and says so in the history. The incident stays open while another sender reports it. */
export function expire(incident: Incident, now: number): Acted {
  const gone = incident.marks.filter((mark) => hasExpired(mark, now));
  if (gone.length === 0) return { kind: 'no-change', incident, reason: 'already' };
  const marks = incident.marks.map((mark) => (gone.includes(mark) ? ended(mark, now) : mark));
  // An expired report is no word that the outage is fixed, so it has no part in the state of the others.
  const open = marks.filter((mark) => !isOver(mark.state));
  const { state, severity } = combine(open.length > 0 ? open : marks, incident.severity);
  const lines = [...new Set(gone.map(({ source }) => source))].map((source): IncidentUpdate => ({
    at: now,
    state: null,
    text: '',
    remark: 'no-end-reported',
    source,
  }));
  const after: Incident = {
    ...incident,
    marks,
    state,
    severity,
    version: incident.version + 1,
    updatedAt: Math.max(incident.updatedAt, now),
    resolvedAt: isOver(state) ? now : null,
    updates: [...lines, ...incident.updates],
  };
  return { kind: 'done', incident: after };
}

function hasExpired({ endsAt, state }: SenderMark, now: number): boolean {
  return endsAt !== undefined && endsAt <= now && !isOver(state);
}

function ended({ endsAt: _past, ...mark }: SenderMark, now: number): SenderMark {
  const state = isPlanned(mark.state) ? 'completed' : 'resolved';
  return { ...mark, state, updatedAt: Math.max(now, mark.updatedAt) };
}
