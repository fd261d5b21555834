/** The states of a hand-over: asked → waiting → taken → closed; and what each state sends to one side next. */
import {
  isOpen,
  SIDES,
  type ClosedBy,
  type Handover,
  type HandoverTopic,
  type HandoverVisitor,
  type NewEntry,
  type Side,
  type Entry,
  type Line,
} from './types.js';

/** Longest text of one entry, in UTF-16 units. */
export const TEXT_LIMIT = 2000;
/** A taken hand-over closes when nobody has written for this long. */
export const SILENT_MS = 24 * 3_600_000;
/** A request closes when no member of staff has taken it for this long. The visitor is told how else to reach the partner. */
export const UNANSWERED_MS = 7 * 24 * 3_600_000;

/** The result of an act. A refusal changes nothing. */
export type Act =
  | { readonly kind: 'done'; readonly handover: Handover; readonly entries: readonly NewEntry[] }
  | { readonly kind: 'refused'; readonly why: 'closed' | 'empty' | 'taken' | 'already' };

/** Who acts, and the id of the activity. The same id again is the same act. */
export interface Actor {
  readonly by: string;
  readonly key: string;
}

/** Creates the hand-over for which a visitor asks. */
export function asked(id: string, visitor: HandoverVisitor, topic: HandoverTopic, now: number): Handover {
  return {
    id,
    status: 'asked',
    visitor,
    topic,
    takenBy: null,
    closedBy: null,
    writesTo: 'staff',
    entries: 0,
    face: { visitor: 1, staff: 1 },
    openedAt: now,
    lastAt: now,
  };
}

/** The card was posted in the staff's channel. */
export function posted(handover: Handover): Act {
  if (handover.status !== 'asked') return refused('already');
  return done({ ...handover, status: 'waiting' });
}

/** The visitor writes to staff. */
export function visitorWrites(handover: Handover, text: string, key: string, now: number): Act {
  const trimmed = text.trim().slice(0, TEXT_LIMIT);
  if (!isOpen(handover)) return refused('closed');
  if (trimmed === '') return refused('empty');
  const entry: NewEntry = { key, to: 'staff', what: { kind: 'text', text: trimmed }, by: null };
  return done({ ...handover, lastAt: now }, [entry]);
}

/** A member of staff writes to the visitor. The first who writes takes the hand-over; a colleague may help without taking it over. */
export function staffWrites(handover: Handover, text: string, { by, key }: Actor, now: number): Act {
  const trimmed = text.trim().slice(0, TEXT_LIMIT);
  if (!isOpen(handover)) return refused('closed');
  if (trimmed === '') return refused('empty');
  const taken = handover.takenBy === null ? takenBy(handover, { by, key }) : undefined;
  const turns = handover.writesTo === 'bot' && !taken;
  const entries: NewEntry[] = [
    ...(taken?.entries ?? []),
    ...(turns ? [{ key: `${key}|turned`, to: 'visitor', what: { kind: 'turned' }, by } as const] : []),
    { key, to: 'visitor', what: { kind: 'text', text: trimmed }, by },
  ];
  const after = taken?.handover ?? handover;
  const sides = taken || turns ? SIDES : (['staff'] as const);
  return done(redrawn({ ...after, writesTo: 'staff', lastAt: now }, sides), entries);
}

/** A member of staff takes the hand-over. */
export function take(handover: Handover, actor: Actor, now: number): Act {
  if (!isOpen(handover)) return refused('closed');
  if (handover.takenBy !== null) return refused(handover.takenBy === actor.by ? 'already' : 'taken');
  const taken = takenBy(handover, actor);
  return done(redrawn({ ...taken.handover, lastAt: now }), taken.entries);
}

function takenBy(handover: Handover, { by, key }: Actor) {
  const entry: NewEntry = { key: `${key}|taken`, to: 'visitor', what: { kind: 'taken' }, by };
  const after: Handover = { ...handover, status: 'taken', takenBy: by, writesTo: 'staff' };
  return { handover: after, entries: [entry] };
}

/** Closes the hand-over. The other side is told who closed it. */
export function close(handover: Handover, closedBy: ClosedBy, actor: Partial<Actor>, now: number): Act {
  if (!isOpen(handover)) return refused('closed');
  const entryFor = (to: NewEntry['to']): NewEntry => ({
    key: `closed|${to}`,
    to,
    what: { kind: 'closed', by: closedBy },
    by: actor.by ?? null,
  });
  const entries = SIDES.filter((side) => side !== closedBy).map(entryFor);
  return done(redrawn({ ...handover, status: 'closed', closedBy, lastAt: now }), entries);
}

/** Chooses whether the visitor's messages go to staff or to the bot. The hand-over stays open. */
export function turnTo(handover: Handover, writesTo: Handover['writesTo'], now: number): Act {
  if (!isOpen(handover)) return refused('closed');
  if (handover.writesTo === writesTo) return refused('already');
  return done(redrawn({ ...handover, writesTo, lastAt: now }, ['visitor']));
}

/** When an open hand-over closes by itself, if nobody acts before. */
function lapsesAt(handover: Handover): number {
  return handover.lastAt + (handover.status === 'taken' ? SILENT_MS : UNANSWERED_MS);
}

/** Closes a hand-over that was silent for too long. */
export function lapse(handover: Handover, now: number): Act {
  return lapsesAt(handover) <= now ? close(handover, 'time', {}, now) : refused('already');
}

/** Removes everything about the visitor from a hand-over that the visitor had deleted. */
export function forgotten(handover: Handover): Handover {
  const { visitor } = handover;
  return redrawn({
    ...handover,
    status: 'forgotten',
    visitor: { ...visitor, conversationId: '', userId: '', zone: '', reference: {} },
    topic: NOTHING,
  });
}

/** Marks the cards of these sides for an update. */
export function redrawn(handover: Handover, sides: readonly Side[] = SIDES): Handover {
  const face = { ...handover.face };
  for (const side of sides) face[side] += 1;
  return { ...handover, face };
}

const NOTHING: HandoverTopic = {
  question: '',
  message: '',
  contact: null,
  issue: null,
  offerName: null,
  purchase: null,
  responsible: null,
  named: [],
  notHelped: false,
};

function done(handover: Handover, entries: readonly NewEntry[] = []): Act {
  return { kind: 'done', handover, entries };
}

function refused(why: Extract<Act, { kind: 'refused' }>['why']): Act {
  return { kind: 'refused', why };
}

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
