/** The use cases of hand-overs: a visitor asks and writes, staff take, answer and close, and silent ones close by themselves. */
import {
  asked,
  close,
  lapse,
  SILENT_MS,
  staffWrites,
  take,
  turnTo,
  visitorWrites,
  type Act,
  type Actor,
} from '../../handover/life.js';
import type { HandoverStore } from '../../handover/ports.js';
import type { Handover, HandoverTopic, HandoverVisitor } from '../../handover/types.js';
import type { Clock } from '../../ports.js';

export interface HandoverDeps {
  readonly store: HandoverStore;
  readonly now: Clock;
  readonly newId: () => string;
  /** Wakes the worker that sends, because there is something to send. */
  readonly wake: () => void;
}

/** The result of an act: the hand-over after it, or why nothing was changed. */
export type Handled =
  | { readonly kind: 'done' | 'repeated'; readonly handover: Handover }
  | { readonly kind: 'refused'; readonly why: Extract<Act, { kind: 'refused' }>['why'] }
  | { readonly kind: 'unknown' };

/** Stores a visitor's request. If the conversation has an open hand-over, the message is added to that one. */
export async function askForPerson(
  deps: HandoverDeps,
  visitor: HandoverVisitor,
  topic: HandoverTopic,
  key: string,
): Promise<Handover> {
  const wanted = asked(deps.newId(), visitor, topic, deps.now());
  const { handover, created } = await deps.store.begin(wanted);
  if (!created && topic.message !== '') await tellStaff(deps, handover.id, topic.message, key);
  deps.wake();
  return handover;
}

/** Sends the visitor's message to staff. */
export function tellStaff(deps: HandoverDeps, id: string, text: string, key: string): Promise<Handled> {
  return act(deps, id, (one) => visitorWrites(one, text, key, deps.now()), key);
}

/** Sends a message of staff to the visitor. */
export function tellVisitor(deps: HandoverDeps, id: string, text: string, actor: Actor): Promise<Handled> {
  return act(deps, id, (one) => staffWrites(one, text, actor, deps.now()), actor.key);
}

export function takeOver(deps: HandoverDeps, id: string, actor: Actor): Promise<Handled> {
  return act(deps, id, (one) => take(one, actor, deps.now()));
}

/** Closes the hand-over. @param by the member of staff who closes it; undefined for the visitor. */
export function endHandover(deps: HandoverDeps, id: string, by?: Actor): Promise<Handled> {
  return act(deps, id, (one) => close(one, by ? 'staff' : 'visitor', by ?? {}, deps.now()));
}

/** Directs the visitor's messages to the bot or to staff. */
export function turnVisitor(deps: HandoverDeps, id: string, to: Handover['writesTo']): Promise<Handled> {
  return act(deps, id, (one) => turnTo(one, to, deps.now()));
}

/** Closes hand-overs that were silent for too long. Returns how many. */
export async function closeSilent(deps: HandoverDeps): Promise<number> {
  const now = deps.now();
  let closed = 0;
  for (const { id } of await deps.store.silentSince(now - SILENT_MS)) {
    const done = await act(deps, id, (one) => lapse(one, now));
    if (done.kind === 'done') closed += 1;
  }
  return closed;
}

async function act(
  deps: HandoverDeps,
  id: string,
  work: (handover: Handover) => Act,
  key?: string,
): Promise<Handled> {
  const done = await deps.store.change(id, work, { at: deps.now(), key });
  if (!done) return { kind: 'unknown' };
  if (done.kind === 'done') deps.wake();
  return done.kind === 'refused' ? done : { kind: done.kind, handover: done.handover };
}
