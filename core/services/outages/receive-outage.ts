/** Takes one notice of a registered sender: checks scope and repetition, finds the incident, and plans the cards. */
import { believedTo, doubted, type Believed } from '../../incident/confirm.js';
import { type Guard, type GuardLimits, GUARD } from '../../incident/guard.js';
import { asKnown, groupKeys, incidentFor, senderIds } from '../../incident/grouping.js';
import { applyEvent, type Applied, type Arrival } from '../../incident/lifecycle.js';
import type { OutageSource } from '../../incident/ports.js';
import { withinScope } from '../../incident/scope.js';
import { isOver, type Incident, type OutageEvent, type Severity } from '../../incident/types.js';
import { DeskError } from '../../errors.js';
import { withAsked, type AskingDeps } from './ask-few.js';
import { commitIncident, replanOpen, type Change } from './change-incident.js';
import { retryOnConflict } from '../retry-on-conflict.js';

export interface ReceiveDeps extends AskingDeps {
  readonly newId: () => string;
  readonly guard: Guard;
  /** The directory's id of an offer that a sender names in any letter case. */
  readonly offerIdOf?: (named: string) => string;
  /** Customers see outages from this severity on without a release; null or absent: never. */
  readonly releaseFrom?: Severity | null;
}

/** The result of a notice. */
export type Received =
  | {
      readonly kind: 'applied';
      readonly outcome: Applied['outcome'];
      readonly incidentId: string | undefined;
      /** True when the notice was left out because the first notice of an outage had no title. */
      readonly untitled?: boolean;
      /** Named offers that the directory does not know. */
      readonly unrecognised?: readonly string[];
    }
  /** The notice was delivered before: the server answers success, and changes nothing. */
  | { readonly kind: 'seen-before' }
  /** The notice names something outside the sender's scope. */
  | { readonly kind: 'outside'; readonly named: readonly string[] }
  /** The sender opens more incidents than it may; the time is in milliseconds since the epoch. */
  | { readonly kind: 'too-many'; readonly retryAt: number };

/** The limits of a sender. */
export function limitsOf(source: OutageSource): GuardLimits {
  return source.auth.kind === 'url-token' ? GUARD.unsigned : GUARD.signed;
}

/**
 * Takes one notice. When this returns, all its effects are stored.
 * @param delivery id of the request, when the sender gives one and this is the last notice of the request.
 * @throws DeskError `store.unavailable`; `store.conflict` when other changes of the incident keep coming first.
 */
export async function receiveOutage(
  deps: ReceiveDeps,
  source: OutageSource,
  event: OutageEvent,
  delivery: string | null,
): Promise<Received> {
  const scoped = withinScope(withKnownIds(event, deps), source, deps.publisherOf);
  if (scoped.kind === 'outside') return { kind: 'outside', named: [...scoped.offers, ...scoped.publishers] };
  const seen = seenKeys(source.id, scoped.event.dedupeKey, delivery);
  const received = await deps.incidents.inOrder(() => apply(deps, source, scoped.event, seen));
  if (received.kind === 'applied' && received.outcome === 'over') await replanOpen(deps);
  return received;
}

function withKnownIds(event: OutageEvent, { offerIdOf }: ReceiveDeps): OutageEvent {
  if (!offerIdOf || event.affected.offers.length === 0) return event;
  return { ...event, affected: { ...event.affected, offers: event.affected.offers.map(offerIdOf) } };
}

/** The keys that mark a notice as seen. */
function seenKeys(source: string, dedupeKey: string, delivery: string | null): readonly string[] {
  return [`${source}|notice|${dedupeKey}`, ...(delivery === null ? [] : [deliveryKey(source, delivery)])];
}

/** The key of one request of a sender that numbers its requests. */
export function deliveryKey(source: string, delivery: string): string {
  return `${source}|request|${delivery}`;
}

async function apply(
  deps: ReceiveDeps,
  source: OutageSource,
  event: OutageEvent,
  seen: readonly string[],
): Promise<Received> {
  if (await deps.incidents.wasSeen(seen)) return { kind: 'seen-before' };
  const arrival: Arrival = {
    source: source.id,
    event,
    owner: source.owner,
    tellsApart: source.tellsApart,
    newId: deps.newId(),
  };
  return retryOnConflict(() => once(deps, source, arrival, seen));
}

/** One attempt. @throws DeskError `store.conflict` when another change of the incident came first. */
async function once(
  deps: ReceiveDeps,
  source: OutageSource,
  arrival: Arrival,
  seen: readonly string[],
): Promise<Received> {
  const { event } = arrival;
  const now = deps.now();
  const known = incidentFor(await candidates(deps, arrival), arrival, now);
  const applied = applyEvent(known, asKnown(known, arrival, now), now);
  const plain = changeOf(applied);
  if (!plain) return notStored(applied, event);
  const isNew = plain.incident.id !== known?.id;
  const sender =
    event.unrecognised?.length && isNew ? mistyped(source, event) : believedTo(source, deps.releaseFrom);
  const change = await withAsked(deps, known, doubted(isNew ? undefined : known, plain, sender));
  const { incident } = change;
  if (isNew && !isOver(incident.state) && event.sourceId !== MANY_ID) {
    const { retryAt } = deps.guard.admit(source.id, 'incidents', limitsOf(source), now);
    if (retryAt !== null && source.auth.kind !== 'url-token') return { kind: 'too-many', retryAt };
    if (retryAt !== null)
      return once(deps, source, { ...arrival, event: oneOfMany(source, event, now) }, seen);
  }
  const done = await commitIncident(deps, { ...change, before: isNew ? undefined : known, seen });
  switch (done) {
    case 'committed':
      return {
        kind: 'applied',
        outcome: applied.outcome,
        incidentId: incident.id,
        ...(event.unrecognised && { unrecognised: event.unrecognised }),
      };
    case 'seen-before':
      return { kind: 'seen-before' };
    case 'conflict':
      throw new DeskError('store.conflict', `notices of ${source.id} keep conflicting with other changes`);
  }
}

/** The one incident that lists the outages of a sender over its limit of new incidents in an hour. */
const MANY_ID = '#many-outages';

/** A flood counts as over after a day without a new outage above the limit. */
const FLOOD_ENDS_MS = 24 * 3_600_000;

/**
 * Puts a flood of a sender without a signature into one incident, with each outage as a line, so that nothing is lost.
 */
function oneOfMany({ id }: OutageSource, event: OutageEvent, now: number): OutageEvent {
  return {
    ...event,
    sourceId: MANY_ID,
    title: id,
    manyFrom: id,
    endsAfterMs: FLOOD_ENDS_MS,
    aliases: undefined,
    state: 'investigating',
    startedAt: event.startedAt,
    updatedAt: now,
    affected: { ...event.affected, offers: [], components: [], regions: [] },
    updates: [{ at: now, state: 'investigating', text: event.title }],
    url: null,
  };
}

function notStored({ outcome, incident }: Applied, event: OutageEvent): Received {
  const untitled = outcome === 'empty' && event.title === '' && event.state !== 'unknown';
  return { kind: 'applied', outcome, incidentId: incident?.id, ...(untitled && { untitled }) };
}

/**
 * A new incident about an unknown offer: a person confirms it before many recipients get it. A critical one does not
 * wait: the followers of the publisher get it, with a remark that the offer is not recognised.
 */
function mistyped({ id }: OutageSource, event: OutageEvent): Believed {
  const grave = event.severity === 'critical' || event.affected.offers.length > 0;
  return { id, confirmAt: grave ? null : 'none' };
}

/**
 * The possible incidents of the notice: under each id that the sender may have used, and open ones of the same offers.
 */
async function candidates(deps: ReceiveDeps, { source, event }: Arrival): Promise<readonly Incident[]> {
  const keys = groupKeys(event.affected);
  const found = new Map<string, Incident>();
  for (const id of senderIds(event).slice(0, MOST_IDS))
    for (const one of await deps.incidents.candidates(source, id, keys)) found.set(one.id, one);
  return [...found.values()];
}
const MOST_IDS = 20;

/** The change to store, even when nobody sees a difference, so that the server recognises an older notice as older. */
function changeOf(applied: Applied): Pick<Change, 'incident' | 'announce' | 'visible'> | undefined {
  if ('announce' in applied) return { incident: applied.incident, announce: applied.announce, visible: true };
  if (applied.outcome === 'unchanged')
    return { incident: applied.incident, announce: 'none', visible: false };
  return undefined;
}
