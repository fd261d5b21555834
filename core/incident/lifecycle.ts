/** Applies one notice to one incident: never twice and never backwards, in any order and from any number of senders. */
import { combine } from './combine.js';
import { compareSeverity, isOver, isPlanned, NOTHING_AFFECTED } from './types.js';
import type { Affected, Incident, IncidentUpdate, OutageEvent, OutageState, SenderMark } from './types.js';
import type { Party } from '../terms.js';

/** A notice that has arrived, and the server's facts about its sender. */
export interface Arrival {
  /** The registered source. */
  readonly source: string;
  readonly event: OutageEvent;
  /** The owner of the service, where the notice does not name one. */
  readonly owner: Party;
  /** True for senders that tell incidents apart themselves; false for monitors, whose alerts are gathered by offer. */
  readonly tellsApart: boolean;
  /** The id a new incident gets. */
  readonly newId: string;
}

/** The result of a notice. The reason is for the log and `outages report`. */
export type Applied =
  | { readonly outcome: 'created' | 'updated' | 'reopened' | 'over'; readonly incident: Incident; readonly announce: Announce; readonly reason: string }
  | { readonly outcome: 'unchanged'; readonly incident: Incident; readonly reason: string }
  | { readonly outcome: 'duplicate' | 'older' | 'empty'; readonly incident: Incident | undefined; readonly reason: string }; // prettier-ignore

/** The alert of a change: a new card, a reply under the card, or none (the card changes without an alert). */
export type Announce = 'new' | 'severity-rise' | 'reopened' | 'none';

/** A sender's clock may be ahead by this much. A later time is replaced by the time of receipt. */
const CLOCK_SKEW_MS = 5 * 60_000;
/** An incident that was over for longer than this is not reopened; the same trouble later is a new incident. */
const REOPEN_WINDOW_MS = 24 * 3_600_000;
/** If an outage returns more often than this within an hour, its cards are updated in place and no recipient gets an alert. */
const REOPENS_AN_HOUR = 3;
const SEEN = 64;
const UPDATES = 100;
const NAMES = 100;

/**
 * The incident after a notice. A repeated notice, or one older than the sender's newest, changes nothing. A notice
 * without a state adds affected things only. A notice of an outage that is already over also makes an incident, so that
 * a late notice of its beginning finds the closed incident. Never throws.
 * @param now milliseconds since the epoch.
 */
export function applyEvent(incident: Incident | undefined, arrival: Arrival, now: number): Applied {
  const { event } = arrival;
  const mark = incident && markOf(incident, arrival);
  if (mark?.seen.includes(event.dedupeKey)) {
    return { outcome: 'duplicate', incident, reason: 'this notice was applied before' };
  }
  const at = noticeTime(event, now);
  if (event.state === 'unknown') return addDetail(incident, arrival, now);
  if (mark && isOlder(mark, event, at, now)) {
    return { outcome: 'older', incident, reason: 'the sender has said something newer' };
  }
  if (!incident) {
    if (event.title === '')
      return { outcome: 'empty', incident, reason: 'the first notice of an outage needs a title' };
    return created(arrival, at, now);
  }
  if (isOver(incident.state) && !isOver(event.state)) return backAgain(incident, arrival, at, now);
  return changed(incident, withMark(incident, arrival, at, now), arrival, at, now);
}

/** The sender's time, or the time of receipt when the notice has no time or a future one. */
function noticeTime(event: OutageEvent, now: number): number {
  return event.updatedAt === null || event.updatedAt > now + CLOCK_SKEW_MS ? now : event.updatedAt;
}

/**
 * At the same moment only progress counts as newer: senders stamp a fix with the second of the alarm. A mark in the
 * future does not hold back an end: the sender's clock was fast when the outage began.
 */
function isOlder(mark: SenderMark, event: OutageEvent, at: number, now: number): boolean {
  if (isOver(event.state) && !isOver(mark.state) && (mark.updatedAt > now || event.updatedAt === null))
    return false;
  return at < mark.updatedAt || (at === mark.updatedAt && PROGRESS[event.state] < PROGRESS[mark.state]);
}
const PROGRESS: Readonly<Record<OutageState, number>> = {
  unknown: 0,
  scheduled: 1,
  'in-maintenance': 2,
  investigating: 3,
  identified: 4,
  monitoring: 5,
  completed: 6,
  resolved: 6,
};

function markOf(incident: Incident, arrival: Arrival): SenderMark | undefined {
  return incident.marks.find((m) => m.source === arrival.source && m.sourceId === arrival.event.sourceId);
}

/** Senders often give no severity at the end of an outage, so the earlier severity stays. */
function withMark(incident: Incident, arrival: Arrival, at: number, now: number): readonly SenderMark[] {
  const { event, source } = arrival;
  const known = markOf(incident, arrival);
  const omitted =
    event.omitted?.includes('severity') === true || (isOver(event.state) && event.severity === 'none');
  const keep = omitted && known !== undefined;
  const mark: SenderMark = {
    source,
    sourceId: event.sourceId,
    state: event.state,
    severity: keep ? known.severity : event.severity,
    updatedAt: Math.max(at, known?.updatedAt ?? 0),
    seen: [...(known?.seen ?? []), event.dedupeKey].slice(-SEEN),
    ...wholeAfter(known, event),
    ...endingOf(event, now),
  };
  return known ? incident.marks.map((m) => (m === known ? mark : m)) : [...incident.marks, mark];
}

/** An end says nothing about what was affected, so the earlier list stays. */
function wholeAfter(known: SenderMark | undefined, event: OutageEvent): Pick<SenderMark, 'affected'> {
  const affected = event.whole && !isOver(event.state) ? event.affected : known?.affected;
  return affected ? { affected } : {};
}

function endingOf({ state, endsAfterMs }: OutageEvent, now: number): Pick<SenderMark, 'endsAt'> {
  return endsAfterMs === undefined || isOver(state) ? {} : { endsAt: now + endsAfterMs };
}

function created(arrival: Arrival, at: number, now: number, seen: readonly string[] = []): Applied {
  const { event, source } = arrival;
  const mark: SenderMark = {
    source,
    sourceId: event.sourceId,
    state: event.state,
    severity: event.severity,
    updatedAt: at,
    seen: [...seen, event.dedupeKey].slice(-SEEN),
    ...wholeAfter(undefined, event),
    ...endingOf(event, now),
  };
  const incident: Incident = {
    id: arrival.newId,
    version: 1,
    title: event.title,
    state: event.state,
    severity: event.severity,
    worst: event.severity,
    startedAt: event.startedAt ?? Math.min(at, now),
    updatedAt: at,
    resolvedAt: isOver(event.state) ? (event.resolvedAt ?? at) : null,
    affected: event.affected,
    updates: mergedUpdates([], arrival, at),
    url: event.url,
    owner: event.owner ?? arrival.owner,
    reopenedAt: [],
    marks: [mark],
    acts: [],
    ...(event.unrecognised && { unrecognised: event.unrecognised }),
    ...(event.manyFrom !== undefined && { manyFrom: event.manyFrom }),
  };
  const announce = isOver(event.state) ? 'none' : 'new';
  return { outcome: 'created', incident, announce, reason: 'no incident was known for this notice' };
}

/** New trouble about an incident that was over: the same incident reopens, or after a day a new one opens. */
function backAgain(incident: Incident, arrival: Arrival, at: number, now: number): Applied {
  const marks = withMark(incident, arrival, at, now);
  const after = (incident.resolvedAt ?? incident.updatedAt) + REOPEN_WINDOW_MS;
  const begins = arrival.event.startedAt ?? at;
  if (begins > after && at > after) return created(arrival, at, now, markOf(incident, arrival)?.seen);
  return changed(
    { ...incident, reopenedAt: [...incident.reopenedAt, now].slice(-20) },
    marks,
    arrival,
    at,
    now,
  );
}

/** The incident with its new marks, and what kind of change that is. */
function changed(
  before: Incident,
  marks: readonly SenderMark[],
  arrival: Arrival,
  at: number,
  now: number,
): Applied {
  const { state, severity } = combine(marks, before.severity);
  const after = { ...before, ...visibleAfter(before, marks, arrival, at, state), state, severity, marks };
  const worst = compareSeverity(severity, before.worst) > 0 ? severity : before.worst;
  const incident: Incident = { ...after, worst, updatedAt: Math.max(before.updatedAt, at) };
  if (!isVisible(before, incident))
    return { outcome: 'unchanged', incident, reason: 'nothing a recipient could see' };
  const bumped = { ...incident, version: before.version + 1 };
  const wasOver = isOver(before.state);
  if (!isOver(state)) {
    const announce = announced(before, bumped, now);
    const outcome = wasOver ? 'reopened' : 'updated';
    return { outcome, incident: bumped, announce, reason: wasOver ? 'it is back' : 'the sender says more' };
  }
  return {
    outcome: wasOver ? 'updated' : 'over',
    incident: bumped,
    announce: 'none',
    reason: 'every sender is done',
  };
}

/**
 * The fields of a change that come from the notice itself. The first sender's title stays when other senders follow.
 */
function visibleAfter(
  before: Incident,
  marks: readonly SenderMark[],
  arrival: Arrival,
  at: number,
  state: OutageState,
): Pick<Incident, 'title' | 'url' | 'startedAt' | 'resolvedAt' | 'affected' | 'updates'> {
  const { event } = arrival;
  const opener = marks[0]?.source === arrival.source && marks[0].sourceId === event.sourceId;
  return {
    title: opener && event.title !== '' ? event.title : before.title,
    url: opener ? (event.url ?? before.url) : (before.url ?? event.url),
    startedAt: startAfter(before, event, opener),
    resolvedAt: isOver(state) ? Math.max(before.resolvedAt ?? 0, event.resolvedAt ?? at) : null,
    affected: affectedAfter(before, marks, event),
    updates: mergedUpdates(before.updates, arrival, at),
  };
}

/**
 * What is affected. Where every open report names everything, the reports together decide, so that a group of alerts
 * loses what no longer fires. Otherwise the list only grows.
 */
function affectedAfter(before: Incident, marks: readonly SenderMark[], event: OutageEvent): Affected {
  const open = marks.filter((mark) => !isOver(mark.state));
  const whole = open.flatMap(({ affected }) => affected ?? []);
  if (open.length > 0 && whole.length === open.length) return whole.reduce(union);
  return union(before.affected, namedBy(before, event));
}

/** A later notice that names no offer means the offers that are known already. */
function namedBy(before: Incident, { affected, impliedOffers }: OutageEvent): Affected {
  const named = before.affected.offers.length > 0;
  return impliedOffers && named ? { ...affected, offers: [] } : affected;
}

/** Planned work may be postponed. The start of an outage can only move to an earlier time. */
function startAfter(before: Incident, event: OutageEvent, opener: boolean): number {
  if (event.startedAt === null) return before.startedAt;
  if (isPlanned(event.state)) return opener ? event.startedAt : before.startedAt;
  return Math.min(before.startedAt, event.startedAt);
}

/** A reopening and a rise in severity send an alert; a reopening that happens too often in an hour does not. */
function announced(before: Incident, after: Incident, now: number): Announce {
  if (compareSeverity(after.worst, before.worst) > 0) return 'severity-rise';
  if (!isOver(before.state)) return 'none';
  const lately = after.reopenedAt.filter((at) => at > now - 3_600_000).length;
  return lately > REOPENS_AN_HOUR ? 'none' : 'reopened';
}

function addDetail(incident: Incident | undefined, arrival: Arrival, now: number): Applied {
  if (!incident)
    return { outcome: 'empty', incident, reason: 'it says nothing of how an unknown outage stands' };
  const after = { ...incident, affected: union(incident.affected, namedBy(incident, arrival.event)) };
  if (!isVisible(incident, after))
    return { outcome: 'unchanged', incident, reason: 'nothing a recipient could see' };
  const bumped = { ...after, version: incident.version + 1, updatedAt: Math.max(incident.updatedAt, now) };
  return {
    outcome: 'updated',
    incident: bumped,
    announce: 'none',
    reason: 'more is known of what is affected',
  };
}

/** Compares the visible parts of two incidents by value. */
function isVisible(before: Incident, after: Incident): boolean {
  const seen = (i: Incident): string =>
    JSON.stringify([i.title, i.state, i.severity, i.startedAt, i.resolvedAt, i.affected, i.updates, i.url]);
  return seen(before) !== seen(after);
}

function union(a: Affected, b: Affected): Affected {
  const both = (pick: (of: Affected) => readonly string[]): readonly string[] =>
    [...new Set([...pick(a), ...pick(b)])].slice(0, NAMES);
  return {
    ...NOTHING_AFFECTED,
    offers: both((of) => of.offers),
    publishers: both((of) => of.publishers),
    components: both((of) => of.components),
    regions: both((of) => of.regions),
  };
}

/** Every line once, newest first. Lines without a time get the time of their notice. */
function mergedUpdates(
  known: readonly IncidentUpdate[],
  arrival: Arrival,
  at: number,
): readonly IncidentUpdate[] {
  const lines = arrival.event.updates.map((update) => ({
    ...update,
    at: update.at ?? at,
    source: arrival.source,
  }));
  const byKey = new Map(
    [...known, ...lines].map((u) => [JSON.stringify([u.source, u.at, u.state, u.text]), u]),
  );
  return [...byKey.values()].sort((a, b) => b.at - a.at).slice(0, UPDATES);
}
