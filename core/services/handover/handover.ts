/** Hand-overs as both sides use them: a visitor asks and writes, staff take, answer and close, time closes the rest. */
import {
  asked,
  close,
  lapse,
  SILENT_MS,
  staffSays,
  take,
  turnTo,
  visitorSays,
  type Act,
  type Actor,
} from '../../handover/life.js';
import type { HandoverStore } from '../../handover/ports.js';
import type { Handover, HandoverTopic, HandoverVisitor } from '../../handover/types.js';
import type { Clock } from '../../ports.js';

export interface HandoverDesk {
  readonly store: HandoverStore;
  readonly now: Clock;
  readonly newId: () => string;
  /** There is something to send: whoever sends should look now. */
  readonly poke: () => void;
}

/** What an act came to for whoever acted: the hand-over as it is now, and why nothing was done where nothing was. */
export type Handled =
  | { readonly kind: 'done' | 'repeated'; readonly handover: Handover }
  | { readonly kind: 'refused'; readonly why: Extract<Act, { kind: 'refused' }>['why'] }
  | { readonly kind: 'unknown' };

/** Keeps a visitor's request; one that is open already is given back as it is, and what the visitor wrote goes there. */
export async function askForPerson(
  desk: HandoverDesk,
  visitor: HandoverVisitor,
  topic: HandoverTopic,
  key: string,
): Promise<Handover> {
  const wanted = asked(desk.newId(), visitor, topic, desk.now());
  const { handover, created } = await desk.store.begin(wanted);
  if (!created && topic.message !== '') await tellStaff(desk, handover.id, topic.message, key);
  desk.poke();
  return handover;
}

/** What the visitor writes goes to staff. */
export function tellStaff(desk: HandoverDesk, id: string, text: string, key: string): Promise<Handled> {
  return act(desk, id, (one) => visitorSays(one, text, key, desk.now()), key);
}

/** What staff write goes to the visitor. */
export function tellVisitor(desk: HandoverDesk, id: string, text: string, actor: Actor): Promise<Handled> {
  return act(desk, id, (one) => staffSays(one, text, actor, desk.now()), actor.key);
}

export function takeOver(desk: HandoverDesk, id: string, actor: Actor): Promise<Handled> {
  return act(desk, id, (one) => take(one, actor, desk.now()));
}

/** @param by the member of staff who ends it; undefined for the visitor. */
export function endHandover(desk: HandoverDesk, id: string, by?: Actor): Promise<Handled> {
  return act(desk, id, (one) => close(one, by ? 'staff' : 'visitor', by ?? {}, desk.now()));
}

/** The visitor asks the bot meanwhile, or writes to staff again. */
export function turnVisitor(desk: HandoverDesk, id: string, to: Handover['writesTo']): Promise<Handled> {
  return act(desk, id, (one) => turnTo(one, to, desk.now()));
}

/** Closes what nobody has touched for long. Returns how many. */
export async function closeSilent(desk: HandoverDesk): Promise<number> {
  const now = desk.now();
  let closed = 0;
  for (const { id } of await desk.store.silentSince(now - SILENT_MS)) {
    const done = await act(desk, id, (one) => lapse(one, now));
    if (done.kind === 'done') closed += 1;
  }
  return closed;
}

async function act(
  desk: HandoverDesk,
  id: string,
  work: (handover: Handover) => Act,
  key?: string,
): Promise<Handled> {
  const done = await desk.store.change(id, work, { at: desk.now(), key });
  if (!done) return { kind: 'unknown' };
  if (done.kind === 'done') desk.poke();
  return done.kind === 'refused' ? done : { kind: done.kind, handover: done.handover };
}
