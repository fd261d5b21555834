/** Turns a changed incident into the deliveries to store, by the audience's decision for each recipient. */
import { decideAudience, type AudienceDecision, type AudienceFacts, type Recipient } from './audience.js';
import { neverHeard, type Delivery } from './delivery.js';
import { wanted } from './delivery-wanted.js';
import type { Announce } from './lifecycle.js';
import type { Incident } from './types.js';

/** The input of a plan. A large audience may be planned in parts: some recipients with their deliveries at a time. */
export interface PlanInput {
  readonly incident: Incident;
  readonly announce: Announce;
  readonly recipients: readonly Recipient[];
  /** The deliveries of these recipients for this incident, by recipient id. */
  readonly deliveries: ReadonlyMap<string, Delivery>;
  readonly facts: Omit<AudienceFacts, 'hasCard'>;
}

export interface Plan {
  /** New and changed deliveries only, to be stored with the incident. */
  readonly deliveries: readonly Delivery[];
  /** One for each recipient, for `outages report` and its reasons. */
  readonly decisions: readonly AudienceDecision[];
}

/** Decides for every recipient and returns the changed deliveries. The same input again changes nothing more. */
export function planDeliveries(input: PlanInput): Plan {
  const { incident, recipients, deliveries } = input;
  const hasCard = (readerId: string): boolean => {
    const delivery = deliveries.get(readerId);
    return delivery !== undefined && !neverHeard(delivery);
  };
  const decisions = decideAudience(incident, recipients, { ...input.facts, hasCard });
  const changed = recipients.flatMap((recipient, n) => {
    const decision = decisions[n];
    const before = deliveries.get(recipient.id);
    if (!decision) return [];
    const next = wanted(before, decision, incident, input.announce, recipient.tenantId, input.facts.now);
    return next && JSON.stringify(next) !== JSON.stringify(before) ? [next] : [];
  });
  return { deliveries: changed, decisions };
}
