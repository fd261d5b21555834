/** The life of a hand-over: asked → waiting → taken → closed. Every act gives the hand-over after it and its entries. */
import {
  isOpen,
  SIDES,
  type ClosedBy,
  type Handover,
  type HandoverTopic,
  type HandoverVisitor,
  type NewEntry,
  type Side,
} from './types.js';

/** Longest text of one entry, in UTF-16 units. */
export const TEXT_LIMIT = 2000;
/** A conversation in which nobody has written for so long is over. */
export const SILENT_MS = 24 * 3_600_000;
/** A request nobody has taken for so long is over: the visitor is told to go another way. */
export const UNANSWERED_MS = 7 * 24 * 3_600_000;

/** What an act came to. A refusal changes nothing. */
export type Act =
  | { readonly kind: 'done'; readonly handover: Handover; readonly entries: readonly NewEntry[] }
  | { readonly kind: 'refused'; readonly why: 'closed' | 'empty' | 'taken' | 'already' };

/** Who acts, and the id of what they sent: the same id twice is one act. */
export interface Actor {
  readonly by: string;
  readonly key: string;
}

/** The hand-over a visitor asks for. */
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

/** Its card stands in the staff's channel. */
export function posted(handover: Handover): Act {
  if (handover.status !== 'asked') return refused('already');
  return done({ ...handover, status: 'waiting' });
}

/** The visitor writes to staff. */
export function visitorSays(handover: Handover, text: string, key: string, now: number): Act {
  const said = text.trim().slice(0, TEXT_LIMIT);
  if (!isOpen(handover)) return refused('closed');
  if (said === '') return refused('empty');
  const entry: NewEntry = { key, to: 'staff', what: { kind: 'text', text: said }, by: null };
  return done({ ...handover, lastAt: now }, [entry]);
}

/** A member of staff writes to the visitor; the first to do so takes it. A colleague may help without taking it over. */
export function staffSays(handover: Handover, text: string, { by, key }: Actor, now: number): Act {
  const said = text.trim().slice(0, TEXT_LIMIT);
  if (!isOpen(handover)) return refused('closed');
  if (said === '') return refused('empty');
  const taken = handover.takenBy === null ? takenBy(handover, { by, key }) : undefined;
  const turns = handover.writesTo === 'bot' && !taken;
  const entries: NewEntry[] = [
    ...(taken?.entries ?? []),
    ...(turns ? [{ key: `${key}|turned`, to: 'visitor', what: { kind: 'turned' }, by } as const] : []),
    { key, to: 'visitor', what: { kind: 'text', text: said }, by },
  ];
  const after = taken?.handover ?? handover;
  const sides = taken || turns ? SIDES : (['staff'] as const);
  return done(redrawn({ ...after, writesTo: 'staff', lastAt: now }, sides), entries);
}

/** A member of staff looks after it from now on. */
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

/** Over for both; the other side is told who ended it. */
export function close(handover: Handover, closedBy: ClosedBy, actor: Partial<Actor>, now: number): Act {
  if (!isOpen(handover)) return refused('closed');
  const told = (to: NewEntry['to']): NewEntry => ({
    key: `closed|${to}`,
    to,
    what: { kind: 'closed', by: closedBy },
    by: actor.by ?? null,
  });
  const entries = SIDES.filter((side) => side !== closedBy).map(told);
  return done(redrawn({ ...handover, status: 'closed', closedBy, lastAt: now }), entries);
}

/** Whom the visitor's words go to from now on; the hand-over stays as it is. */
export function turnTo(handover: Handover, writesTo: Handover['writesTo'], now: number): Act {
  if (!isOpen(handover)) return refused('closed');
  if (handover.writesTo === writesTo) return refused('already');
  return done(redrawn({ ...handover, writesTo, lastAt: now }, ['visitor']));
}

/** Before which moment of the last act an open one is over by time. */
export function lapsesAt(handover: Handover): number {
  return handover.lastAt + (handover.status === 'taken' ? SILENT_MS : UNANSWERED_MS);
}

/** Closes what nobody has touched for long. */
export function lapse(handover: Handover, now: number): Act {
  return lapsesAt(handover) <= now ? close(handover, 'time', {}, now) : refused('already');
}

/** What is left of a hand-over the visitor had deleted: nothing of the visitor. */
export function forgotten(handover: Handover): Handover {
  const { visitor } = handover;
  return redrawn({
    ...handover,
    status: 'forgotten',
    visitor: { ...visitor, conversationId: '', userId: '', zone: '', reference: {} },
    topic: NOTHING,
  });
}

/** The same, with something new to say on the cards of these sides. */
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
