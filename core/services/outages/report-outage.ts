/** Reports an outage by hand: a notice like any other, from the staff's own source. */
import { release } from '../../incident/acts.js';
import type { OutageSource } from '../../incident/ports.js';
import { NOTHING_AFFECTED, SEVERITIES, type OutageEvent, type Severity } from '../../incident/types.js';
import { actOnIncident } from './change-incident.js';
import { receiveOutage, type ReceiveDeps } from './receive-outage.js';

export interface HandReport {
  readonly title: string;
  readonly topic: { readonly kind: 'offer' | 'publisher'; readonly id: string };
  /** The severity in the form; an unknown one counts as major. */
  readonly severity: string;
  /** Stable id of the reporter. */
  readonly by: string;
}

/** The source of all reports by staff. It may name every publisher: the scope is set for each report. */
function staffSource(publisherId: string | null): OutageSource {
  return {
    id: 'staff',
    publisherId,
    offers: 'all',
    componentOffers: {},
    owner: 'publisher',
    format: 'own',
    active: true,
    tellsApart: true,
    auth: { kind: 'staff' },
    confirmAt: null,
  };
}

/**
 * Opens an incident from a staff report. Returns its id, or undefined when the report could not be taken. The
 * report counts as the first request to release the incident to customers; a second person releases it.
 */
export async function reportOutage(desk: ReceiveDeps, report: HandReport): Promise<string | undefined> {
  const publisherId =
    report.topic.kind === 'publisher' ? report.topic.id : (desk.publisherOf(report.topic.id) ?? null);
  const event = eventOf(report, desk.newId(), desk.now());
  const received = await receiveOutage(desk, staffSource(publisherId), event, null);
  if (received.kind !== 'applied' || received.incidentId === undefined) return undefined;
  await actOnIncident(desk, received.incidentId, (incident) => release(incident, report.by, desk.now()));
  return received.incidentId;
}

function eventOf({ title, topic, severity }: HandReport, id: string, now: number): OutageEvent {
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
