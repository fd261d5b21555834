/** Finds the open incident of a notice: first the sender's own, then one about the same offer and region. */
import type { Arrival } from './lifecycle.js';
import { isOver, isPlanned, type Affected, type Incident } from './types.js';

/** Notices further apart than this are about different events, even for the same offer. */
export const JOIN_WINDOW_MS = 12 * 3_600_000;

/**
 * The keys under which open incidents are looked up: one for each offer and publisher named. The store keeps them
 * beside the incident; a notice's candidates are the incidents that share a key with it.
 */
export function groupKeys(affected: Affected): readonly string[] {
  const keys = [
    ...affected.offers.map((offer) => `offer:${foldName(offer)}`),
    ...affected.publishers.map((publisher) => `publisher:${foldName(publisher)}`),
  ];
  return [...new Set(keys)].sort();
}

/** The incident among `candidates` to which a notice belongs, or undefined. Their order does not matter. */
export function incidentFor(
  candidates: readonly Incident[],
  arrival: Arrival,
  now: number,
): Incident | undefined {
  const apart = candidates.filter((incident) => incident.joinedInto === undefined);
  const inOrder = apart.sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1));
  return (
    inOrder.find((incident) => isSenders(incident, arrival)) ??
    inOrder.find((incident) => isToldAgain(incident, arrival, now)) ??
    inOrder.find((i) => joins(i, arrival, now))
  );
}

/** The ids that the sender may have used for this outage. */
export function senderIds({ sourceId, aliases = [] }: Arrival['event']): readonly string[] {
  return [sourceId, ...aliases];
}

/** The arrival under the id that the incident has, where the sender uses several ids for one outage. */
export function asKnown(incident: Incident | undefined, arrival: Arrival, now: number): Arrival {
  const own = incident?.marks.filter((mark) => mark.source === arrival.source) ?? [];
  const ids = senderIds(arrival.event);
  const known =
    own.find((mark) => ids.includes(mark.sourceId)) ??
    (incident && isToldAgain(incident, arrival, now) ? own[0] : undefined);
  return known ? { ...arrival, event: { ...arrival.event, sourceId: known.sourceId } } : arrival;
}

/**
 * Feeds give each update a new id. An open incident of the same sender with the same page, or with the same title
 * shortly before, gets the update. A page of several incidents has no path of its own.
 */
function isToldAgain(incident: Incident, { source, event }: Arrival, now: number): boolean {
  if (event.aliases === undefined || isOver(incident.state)) return false;
  if (!incident.marks.some((mark) => mark.source === source)) return false;
  const at = event.startedAt ?? event.updatedAt ?? now;
  if (Math.abs(at - incident.updatedAt) > TOLD_AGAIN_MS) return false;
  const samePage =
    event.url !== null && event.url === incident.url && /^https?:\/\/[^/]+\/.{8,}/.test(event.url);
  return samePage || foldName(event.title) === foldName(incident.title);
}
const TOLD_AGAIN_MS = 48 * 3_600_000;

function isSenders(incident: Incident, arrival: Arrival): boolean {
  const ids = senderIds(arrival.event);
  return incident.marks.some((m) => m.source === arrival.source && ids.includes(m.sourceId));
}

/**
 * True when a notice without a mark is about this incident: both planned or both not, a common offer, no conflicting
 * regions, near in time. Notices without an offer never join, because one publisher can have two outages. Two notices
 * of a sender that tells its incidents apart are two incidents. A notice of an end never joins.
 */
export function joins(incident: Incident, arrival: Arrival, now: number): boolean {
  const { event } = arrival;
  if (isOver(incident.state) || isOver(event.state) || event.state === 'unknown') return false;
  if (isPlanned(incident.state) !== isPlanned(event.state)) return false;
  if (arrival.tellsApart && incident.marks.some((mark) => mark.source === arrival.source)) return false;
  const at = event.startedAt ?? event.updatedAt ?? now;
  return Math.abs(at - incident.updatedAt) <= JOIN_WINDOW_MS && concerns(incident.affected, event.affected);
}

/** A publisher-wide outage and one of its parts stay two incidents: the first suppresses the second. */
function concerns(a: Affected, b: Affected): boolean {
  const regionsGiven = a.regions.length > 0 && b.regions.length > 0;
  return meet(a.offers, b.offers) && (!regionsGiven || meet(a.regions, b.regions));
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  const folded = new Set(a.map(foldName));
  return b.some((name) => folded.has(foldName(name)));
}

/** `Southeast Asia` and `southeastasia` are one place. */
export function foldName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]+/g, '');
}
