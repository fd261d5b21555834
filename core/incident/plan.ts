/** From a changed incident to the deliveries to store: the audience's decisions applied to everybody's card. */
import { decideAudience, type AudienceDecision, type AudienceFacts, type Reader } from './audience.js';
import { neverHeard, type Delivery } from './delivery.js';
import { wanted } from './delivery-wanted.js';
import type { Announce } from './lifecycle.js';
import type { Incident } from './types.js';

/** What a plan is made from. A large audience may be planned in parts: readers with their deliveries, some at a time. */
export interface PlanInput {
  readonly incident: Incident;
  readonly announce: Announce;
  readonly readers: readonly Reader[];
  /** The deliveries of these readers for this incident, by reader id. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly facts: Omit<AudienceFacts, 'hasCard'>;
}

export interface Plan {
  /** New and changed deliveries only: what is to be stored with the incident. */
  readonly deliveries: readonly Delivery[];
  /** One for each reader, for `outages report` and its reasons. */
  readonly decisions: readonly AudienceDecision[];
}

/** Decides for every reader and says which deliveries change. The same input again changes nothing more. */
export function planDeliveries(input: PlanInput): Plan {
  const { incident, readers, deliveries } = input;
  const hasCard = (readerId: string): boolean => {
    const delivery = deliveries.get(readerId);
    return delivery !== undefined && !neverHeard(delivery);
  };
  const decisions = decideAudience(incident, readers, { ...input.facts, hasCard });
  const changed = readers.flatMap((reader, n) => {
    const decision = decisions[n];
    const before = deliveries.get(reader.id);
    if (!decision) return [];
    const next = wanted(before, decision, incident, input.announce, reader.tenantId, input.facts.now);
    return next && JSON.stringify(next) !== JSON.stringify(before) ? [next] : [];
  });
  return { deliveries: changed, decisions };
}
