/** The staff's actions on an incident: acknowledge, note, confirm or dismiss, release to customers, close. */
import { believed } from './confirm.js';
import type { Announce } from './lifecycle.js';
import { compareSeverity, isOver, type Incident, type Severity, type StaffAct } from './types.js';

/** Longest note and most notes kept. */
export const NOTE_LIMIT = 500;
const ACTS = 100;

/** The incident after the act, with a new version; the same object when the act changes nothing. */
export type Acted =
  | {
      readonly kind: 'done';
      readonly incident: Incident;
      /** The alert that the change deserves; none when absent. */
      readonly announce?: Announce;
    }
  | {
      readonly kind: 'no-change';
      readonly incident: Incident;
      readonly reason: 'already' | 'empty' | 'over' | 'asked';
    };

/** Says that `by` is looking after the incident. A second time by the same person changes nothing. */
export function acknowledge(incident: Incident, by: string, now: number): Acted {
  if (incident.acts.some((act) => act.kind === 'acknowledged' && act.by === by))
    return same(incident, 'already');
  return add(incident, { kind: 'acknowledged', by, at: now, text: '' });
}

/** Adds a remark for all recipients; plain text, cut at NOTE_LIMIT. The same note twice in a minute is one note. */
export function addNote(incident: Incident, by: string, note: string, now: number): Acted {
  const text = note.trim().slice(0, NOTE_LIMIT);
  if (text === '') return same(incident, 'empty');
  const twice = incident.acts.some(
    (a) => a.kind === 'note' && a.by === by && a.text === text && now - a.at < 60_000,
  );
  return twice ? same(incident, 'already') : add(incident, { kind: 'note', by, at: now, text });
}

/**
 * Lets customers see it. The first person asks, a second one releases. The person who reported an outage by hand counts
 * as having asked. One person alone never does both.
 */
export function release(incident: Incident, by: string, now: number): Acted {
  if (incident.acts.some((act) => act.kind === 'released')) return same(incident, 'already');
  const asked = incident.acts.filter((act) => act.kind === 'release-asked');
  if (asked.some((act) => act.by !== by)) return add(incident, { kind: 'released', by, at: now, text: '' });
  if (asked.length > 0) return same(incident, 'asked');
  return add(incident, { kind: 'release-asked', by, at: now, text: '' });
}

/**
 * True when customers may see the incident: a second person released it, or its severity is one that the partner shows
 * at once. Never while an incident is unconfirmed.
 * @param atOnceFrom null: never without a release.
 */
export function isReleased(incident: Incident, atOnceFrom: Severity | null): boolean {
  if (incident.unconfirmed) return false;
  if (incident.acts.some((act) => act.kind === 'released')) return true;
  return atOnceFrom !== null && compareSeverity(incident.worst, atOnceFrom) >= 0;
}

/** Confirms the report of a sender without a signature: from now on every affected recipient gets cards and alerts. */
export function confirm(incident: Incident, by: string, now: number): Acted {
  if (!incident.unconfirmed) return same(incident, 'already');
  const acted = add(believed(incident), { kind: 'confirmed', by, at: now, text: '' });
  return { ...acted, announce: 'severity-rise' };
}

/** Dismisses an unconfirmed incident, with a reason. Only the recipients who were asked to confirm it see that. */
export function dismiss(incident: Incident, by: string, why: string, now: number): Acted {
  if (!incident.unconfirmed) return same(incident, 'already');
  return ended(incident, 'dismissed', by, why, now);
}

/** Ends an incident that its sender will never end, with a reason: from now on every sender counts as done. */
export function close(incident: Incident, by: string, why: string, now: number): Acted {
  return ended(incident, 'closed', by, why, now);
}

function ended(
  incident: Incident,
  kind: 'closed' | 'dismissed',
  by: string,
  why: string,
  now: number,
): Acted {
  if (isOver(incident.state)) return same(incident, 'over');
  const text = why.trim().slice(0, NOTE_LIMIT);
  if (text === '') return same(incident, 'empty');
  const done =
    incident.state === 'scheduled' || incident.state === 'in-maintenance' ? 'completed' : 'resolved';
  const marks = incident.marks.map(
    (mark) => ({ ...mark, state: done, updatedAt: Math.max(now, mark.updatedAt) }) as const,
  );
  const over: Incident = { ...incident, state: done, resolvedAt: now, updatedAt: now, marks };
  return add(over, { kind, by, at: now, text });
}

function add(incident: Incident, act: StaffAct): Extract<Acted, { kind: 'done' }> {
  const acts = [...incident.acts, act].slice(-ACTS);
  return { kind: 'done', incident: { ...incident, acts, version: incident.version + 1 } };
}

function same(incident: Incident, reason: 'already' | 'empty' | 'over' | 'asked'): Acted {
  return { kind: 'no-change', incident, reason };
}
