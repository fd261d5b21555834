/** Opens an outage that staff enter by hand. It becomes a notice like any other, from the staff's own source. */
import { release } from '../../incident/acts.js';
import type { OutageSource } from '../../incident/ports.js';
import { OWN_SOURCE } from '../../incident/scope.js';
import { NOTHING_AFFECTED, SEVERITIES, type OutageEvent, type Severity } from '../../incident/types.js';
import { actOnIncident } from './change-incident.js';
import { receiveOutage, type ReceiveDeps } from './receive-outage.js';

export interface ManualOutage {
  readonly title: string;
  readonly topic: { readonly kind: 'offer' | 'publisher'; readonly id: string };
  /** The severity in the form; an unknown one counts as major. */
  readonly severity: string;
  /** Stable id of the person who enters the outage. */
  readonly by: string;
}

/**
 * Opens an incident for an outage that staff enter. Returns its id, or undefined when it could not be taken. The
 * entry counts as the first request to release the incident to customers; a second person releases it.
 */
export async function openManualOutage(deps: ReceiveDeps, outage: ManualOutage): Promise<string | undefined> {
  const publisherId =
    outage.topic.kind === 'publisher' ? outage.topic.id : (deps.publisherOf(outage.topic.id) ?? null);
  const event = eventOf(outage, deps.newId(), deps.now());
  // The staff's source may name every publisher: the scope is set for each outage.
  const source: OutageSource = { ...OWN_SOURCE, id: 'staff', publisherId, auth: { kind: 'staff' } };
  const received = await receiveOutage(deps, source, event, null);
  if (received.kind !== 'applied' || received.incidentId === undefined) return undefined;
  await actOnIncident(deps, received.incidentId, (incident) => release(incident, outage.by, deps.now()));
  return received.incidentId;
}

function eventOf({ title, topic, severity }: ManualOutage, id: string, now: number): OutageEvent {
  const known = SEVERITIES.find((one): one is Severity => one === severity);
  return {
    sourceId: id,
    dedupeKey: id,
    title: title.slice(0, 200),
    state: 'investigating',
    severity: known ?? 'major',
    startedAt: now,
    updatedAt: now,
    resolvedAt: null,
    affected: { ...NOTHING_AFFECTED, offers: topic.kind === 'offer' ? [topic.id] : [] },
    updates: [{ at: now, state: 'investigating', text: title }],
    url: null,
    owner: null,
  };
}
