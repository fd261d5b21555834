/** Azure alerts that are not about a service: the health of one resource, and metric or availability-test rules. */
import type { OutageEvent, OutageState } from '../../../core/incident/types.js';
import { azureLevel } from './azure-levels.js';
import { affected, eventFrom, fields, history, keyOf, latest, line, names, text, word } from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type ParseResult, type SenderWords } from './types.js';

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
  const state = healthState(health, word(context.status));
  const over = state === 'resolved';
  const at = time(context.eventTimestamp, context.submissionTimestamp);
  const details = text(properties.details);
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

/** The health decides. An alert without a health has only the status of its activity-log entry. */
function healthState(health: string, status: string): OutageState {
  if (health === 'available' || status === 'resolved' || status === 'resolvedalert') return 'resolved';
  const open = health === '' ? ['active', 'inprogress', 'updated'] : ['unavailable', 'degraded'];
  return open.includes(health === '' ? status : health) ? 'investigating' : 'unknown';
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
  const condition = word(essentials.monitorCondition);
  const state = condition === 'resolved' ? 'resolved' : condition === 'fired' ? 'investigating' : 'unknown';
  const resolved = state === 'resolved' ? time(essentials.resolvedDateTime) : null;
  const updatedAt = latest(fired, resolved);
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

/**
 * A notification about one resource from Azure's system topic for health resources, in an Event Grid event or in a
 * CloudEvent. An annotation explains a health but does not give it.
 */
export function resourceNotification(info: Fields, data: Fields): ParseResult {
  const health = fields(info.properties);
  const available = word(health.availabilityState);
  if (available === '') return noEvent('set-aside', 'An annotation of a resource is no outage.');
  const resource = text(health.targetResourceId, info.id);
  if (resource === '') return refuse('missing-field', 'targetResourceId must be there.');
  const at = time(health.occurredTime, fields(data.operationalInfo).resourceEventTime);
  const state = healthState(available, '');
  const onPurpose = word(health.context, health.reasonType).includes('userinitiated');
  const event = eventFrom({
    sourceId: keyOf(resource),
    // Azure's title is often only "Unavailable".
    title: line(`${tail(resource)}: ${text(health.title, health.availabilityState)}`),
    state,
    severity: severityOf(available, onPurpose ? 'userinitiated' : ''),
    startedAt: state === 'resolved' ? null : at,
    updatedAt: at,
    resolvedAt: at,
    affected: { components: [tail(resource)] },
    updates: [{ at, state: null, text: text(health.summary) }],
    owner: word(health.reasonType) === 'platforminitiated' ? 'microsoft' : null,
  });
  // "Unknown" is one of Azure's own words, so the operator has nothing to correct.
  return events([event], { statesNoted: available === 'unknown' });
}
