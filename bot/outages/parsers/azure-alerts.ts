/** Azure alerts that are not about a service: the health of one resource, and metric or availability-test rules. */
import type { OutageEvent } from '../../../core/incident/types.js';
import { azureLevel } from './azure-levels.js';
import { affected, history, keyOf, latest, line, names, text, word } from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import type { SenderWords } from './types.js';

/**
 * The health of one resource. If the resource is named, it is the outage's identity, because a resource has one health
 * at a time. A deliberate change to the resource is not an outage, so its severity is none.
 */
export function resourceHealthAlert(
  essentials: Fields,
  context: Fields,
  properties: Fields,
): OutageEvent | undefined {
  const resource = text(context.resourceId, targetsOf(essentials)[0]);
  const sourceId = keyOf(text(resource, context.correlationId, context.operationId));
  const title = line(properties.title, context.operationName);
  if (sourceId === '' || title === '') return undefined;
  const health = word(properties.currentHealthStatus);
  const over =
    health === 'available' || word(context.status) === 'resolved' || word(context.status) === 'resolvedalert';
  const at = time(context.eventTimestamp, context.submissionTimestamp);
  const details = text(properties.details);
  const state = over ? 'resolved' : 'investigating';
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, text(context.eventDataId), at, health),
    title,
    state,
    severity: severityOf(health, word(properties.cause)),
    startedAt: over ? null : at,
    updatedAt: at,
    resolvedAt: over ? at : null,
    affected: affected({ components: [tail(resource)] }),
    updates: history(details === '' ? [] : [{ at, state, text: details }]),
    url: null,
    owner: word(properties.cause) === 'platforminitiated' ? 'microsoft' : null,
  };
}

function severityOf(health: string, cause: string): OutageEvent['severity'] {
  if (cause === 'userinitiated' || health === 'available') return 'none';
  return health === 'unavailable' ? 'major' : 'minor';
}

/**
 * A rule over a metric, a log or an availability test. The company that runs the rule is responsible for the monitored
 * thing.
 */
export function metricAlert(essentials: Fields, words: SenderWords | undefined): OutageEvent {
  const stateless = STATELESS.has(word(essentials.monitoringService));
  const sourceId = stateless
    ? keyOf(text(essentials.alertRule, essentials.alertId), ...targetsOf(essentials).slice(0, 5))
    : keyOf(text(essentials.alertId));
  const fired = time(essentials.firedDateTime);
  const over = word(essentials.monitorCondition) === 'resolved';
  const resolved = over ? time(essentials.resolvedDateTime) : null;
  const updatedAt = latest(fired, resolved);
  const state = over ? 'resolved' : 'investigating';
  const description = text(essentials.description);
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, updatedAt, word(essentials.monitorCondition)),
    title: line(essentials.alertRule, essentials.description, sourceId),
    state,
    severity: azureLevel(essentials.severity, words) ?? 'minor',
    startedAt: fired,
    updatedAt,
    resolvedAt: resolved,
    affected: affected({ components: componentsOf(essentials) }),
    updates: history(description === '' ? [] : [{ at: updatedAt, state, text: description }]),
    url: null,
    owner: null,
    endsAfterMs: stateless ? STATELESS_MS : LONGEST_MS,
  };
}

/** Services whose alerts never have an end. They fire again, with a new id, while the condition holds. */
const STATELESS = new Set(['loganalytics', 'applicationinsights']);
const STATELESS_MS = 24 * 3_600_000;
/** Other rules may be switched to stateless alerts, and the alert does not tell. */
const LONGEST_MS = 7 * 24 * 3_600_000;

function componentsOf(essentials: Fields): readonly string[] {
  const named = names(essentials.configurationItems);
  return named.length > 0 ? named : targetsOf(essentials).map(tail);
}

function targetsOf(essentials: Fields): readonly string[] {
  return names(essentials.alertTargetIDs);
}

/** The last part of an Azure resource id. */
function tail(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}
