/** A person joins two incidents that are one outage, and splits them again. Each incident keeps its title. */
import { combine } from './combine.js';
import { believed } from './confirm.js';
import type { Announce } from './lifecycle.js';
import {
  compareSeverity,
  isOver,
  isPlanned,
  type Affected,
  type Incident,
  type IncidentUpdate,
  type JoinedIncident,
  type SenderMark,
  type StaffAct,
} from './types.js';

/** Both incidents after the act, or why nothing changed. */
export type JoinResult =
  | { readonly kind: 'done'; readonly main: Incident; readonly other: Incident; readonly announce: Announce }
  | { readonly kind: 'no-change'; readonly reason: 'same' | 'over' | 'already' | 'not-joined' };

interface By {
  readonly by: string;
  readonly at: number;
}

const UPDATES = 100;
const ACTS = 100;

/**
 * Joins `other` into `main`: `main` gets the senders, the affected things and the history of `other`. `other` is over
 * and points to `main`. Customers see `main` only if it is released itself.
 */
export function joinIncidents(main: Incident, other: Incident, { by, at }: By): JoinResult {
  if (main.id === other.id) return { kind: 'no-change', reason: 'same' };
  if (main.joinedInto ?? other.joinedInto) return { kind: 'no-change', reason: 'already' };
  if (isOver(main.state)) return { kind: 'no-change', reason: 'over' };
  const marks = [...main.marks, ...other.marks.filter((mark) => !main.marks.some(isSame(mark)))];
  const { state, severity } = combine(marks, main.severity);
  const joined: Incident = {
    ...(main.unconfirmed && !other.unconfirmed ? believed(main) : main),
    marks,
    state,
    severity,
    worst: worse(main.worst, other.worst),
    startedAt: Math.min(main.startedAt, other.startedAt),
    updatedAt: Math.max(main.updatedAt, other.updatedAt),
    affected: merged(main.affected, other.affected),
    updates: inOrder([...main.updates, ...other.updates]),
    joined: withJoined(main, other.id),
  };
  const over: Incident = {
    ...other,
    state: isPlanned(other.state) ? 'completed' : 'resolved',
    resolvedAt: other.resolvedAt ?? at,
    joinedInto: { id: main.id, title: main.title },
  };
  return {
    kind: 'done',
    main: acted(joined, { kind: 'joined', by, at, text: other.title }),
    other: acted(over, { kind: 'joined', by, at, text: main.title }),
    announce: compareSeverity(joined.worst, main.worst) > 0 ? 'severity-rise' : 'none',
  };
}

/** A repeated join keeps the first record of what `main` affected before. */
function withJoined({ joined = [], affected }: Incident, id: string): readonly JoinedIncident[] {
  return joined.some((one) => one.id === id) ? joined : [...joined, { id, before: affected }];
}

/** Splits `other` from `main` again: its senders and what only `other` affected leave `main`. */
export function splitIncident(main: Incident, other: Incident, { by, at }: By): JoinResult {
  if (other.joinedInto?.id !== main.id) return { kind: 'no-change', reason: 'not-joined' };
  const joined = main.joined?.find((one) => one.id === other.id);
  const isOthers = (mark: SenderMark): boolean => other.marks.some(isSame(mark));
  const theirs = main.marks.filter(isOthers);
  const ours = main.marks.filter((mark) => !isOthers(mark));
  const left = main.joined?.filter((one) => one !== joined) ?? [];
  const { joined: _joined, ...plain } = main;
  const { joinedInto: _into, ...apart } = other;
  return {
    kind: 'done',
    main: acted(
      {
        ...after(plain, ours, at),
        affected: joined ? without(main.affected, other.affected, joined.before) : main.affected,
        ...(left.length > 0 && { joined: left }),
      },
      { kind: 'split', by, at, text: other.title },
    ),
    other: acted(
      {
        // An interrupted split has taken the senders from the main incident already.
        ...after(apart, theirs.length > 0 ? theirs : other.marks, at),
        updates: inOrder([...other.updates, ...toldSince(main, other, theirs)]),
      },
      { kind: 'split', by, at, text: main.title },
    ),
    announce: 'none',
  };
}

/** What the senders of `other` reported while the two were one. */
function toldSince(main: Incident, other: Incident, marks: readonly SenderMark[]): readonly IncidentUpdate[] {
  const sources = new Set(marks.map((mark) => mark.source));
  const known = new Set(other.updates.map((line) => JSON.stringify(line)));
  return main.updates.filter(
    (line) => line.at >= other.updatedAt && sources.has(line.source) && !known.has(JSON.stringify(line)),
  );
}

function after(incident: Incident, marks: readonly SenderMark[], at: number): Incident {
  const { state, severity } = combine(marks, incident.severity);
  const resolvedAt = isOver(state) ? (incident.resolvedAt ?? at) : null;
  return { ...incident, marks, state, severity, resolvedAt };
}

function acted(incident: Incident, act: StaffAct): Incident {
  return { ...incident, acts: [...incident.acts, act].slice(-ACTS), version: incident.version + 1 };
}

function isSame(mark: SenderMark): (one: SenderMark) => boolean {
  return (one) => one.source === mark.source && one.sourceId === mark.sourceId;
}

function inOrder(lines: readonly IncidentUpdate[]): readonly IncidentUpdate[] {
  return [...lines].sort((a, b) => b.at - a.at).slice(0, UPDATES);
}

function worse(a: Incident['worst'], b: Incident['worst']): Incident['worst'] {
  return compareSeverity(b, a) > 0 ? b : a;
}

const PARTS = ['offers', 'publishers', 'components', 'regions'] as const;

function eachPart(of: (part: (typeof PARTS)[number]) => readonly string[]): Affected {
  const [offers, publishers, components, regions] = PARTS.map(of);
  return {
    offers: offers ?? [],
    publishers: publishers ?? [],
    components: components ?? [],
    regions: regions ?? [],
  };
}

function merged(a: Affected, b: Affected): Affected {
  return eachPart((part) => [...new Set([...a[part], ...b[part]])]);
}

/** What came with the other incident leaves; what this one had before, or got later, stays. */
function without(now: Affected, others: Affected, before: Affected): Affected {
  return eachPart((part) =>
    now[part].filter((name) => before[part].includes(name) || !others[part].includes(name)),
  );
}
