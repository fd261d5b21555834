/**
 * Azure: Service Health and other alerts from action groups (common alert schema, activity-log form), and Resource
 * Health over REST.
 */
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import { isOver } from '../../../core/incident/types.js';
import { metricAlert, resourceHealthAlert, resourceNotification } from './azure-alerts.js';
import { azureLevel } from './azure-levels.js';
import { isTouchedResource, restEvents } from './azure-rest.js';
import {
  affected,
  affectedByLabels,
  fields,
  history,
  isFields,
  keyOf,
  line,
  rows,
  text,
  word,
} from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';

export const azure: OutageFormat = {
  name: 'azure-service-health',
  aliases: ['azure', 'azure-monitor', 'azure-resource-health', 'azure-common'],
  media: 'json',
  detect: isAzure,
  parse: parseAzure,
  monitor: false,
};

function isAzure(given: unknown): boolean {
  const body = fields(given);
  const schema = text(body.schemaId).toLowerCase();
  const types = [body, ...rows(body.value)].map((row) => text(row.type).toLowerCase());
  const known = /^(?:azuremonitor|microsoft\.insights|aip budget|nearrealtimemetric)/.test(schema);
  return (
    known ||
    isFields(body.alertContext) ||
    isOldMetric(body) ||
    isFields(body.resourceInfo) ||
    types.some((type) => type.includes('microsoft.resourcehealth/'))
  );
}

/** The alert rules' schema from before the common schema: `{status, context}`. */
function isOldMetric(body: Fields): boolean {
  const context = fields(body.context);
  return (
    typeof body.status === 'string' &&
    'resourceId' in context &&
    ('condition' in context || 'conditionType' in context)
  );
}

/** Reads an alert of an action group, or the answers of Resource Health over REST. */
function parseAzure(body: unknown, { words }: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  if (Array.isArray(body.value)) return restResult(rows(body.value), words);
  if (isFields(body.resourceInfo)) return resourceNotification(body.resourceInfo, body);
  if (isFields(body.properties) && text(body.type).toLowerCase().includes('resourcehealth/events')) {
    return restResult([body], words);
  }
  const data = isFields(body.data) ? body.data : body;
  const essentials = fields(data.essentials);
  const activity = fields(fields(data.context).activityLog);
  const context = isFields(data.alertContext) ? data.alertContext : activity;
  const aside = setAside(body, essentials, context);
  if (aside !== undefined) return noEvent('set-aside', aside);
  const read = alertOf(essentials, context, words);
  const event = read && withLabels(read, customOf(data));
  return event
    ? events(
        [event],
        isMetric(essentials, context) && event.affected.offers.length === 0 ? { notes: [METRIC] } : {},
      )
    : refuse('wrong-shape', 'This is no Service Health, Resource Health or metric alert.');
}

/** A list of affected resources gives no states, so an unknown state in it is not news for the operator. */
function restResult(list: readonly Fields[], words: ParseContext['words']): ParseResult {
  const about = list.filter((row) => !ADVISORIES.has(word(fields(row.properties).eventType)));
  if (about.length === 0 && list.length > 0) return noEvent('set-aside', 'An advisory is no outage.');
  return events(restEvents(about, words), {
    statesNoted: about.length > 0 && about.every(isTouchedResource),
  });
}

const METRIC = {
  kind: 'set-aside',
  text: 'A metric alert counts only where customProperties.offer or the mapping of the source names an offer.',
} as const;

/** Custom properties that an operator added to the alert: `offer`, `publisher`, `region`. */
function customOf(data: Fields): Fields {
  return fields(data.customProperties ?? data.properties);
}

function isMetric(essentials: Fields, context: Fields): boolean {
  return text(essentials.alertId) !== '' && !isActivity(context);
}

function isActivity(context: Fields): boolean {
  return text(context.operationName) !== '' || text(fields(context.properties).trackingId) !== '';
}

/** The kinds of Service Health events that report no trouble now. */
const ADVISORIES = new Set([
  'informational',
  'actionrequired',
  'security',
  'billing',
  'healthadvisory',
  'securityadvisory',
]);

/** Kinds of alerts that are never an outage; undefined for other alerts. */
function setAside(body: Fields, essentials: Fields, context: Fields): string | undefined {
  const schema = text(body.schemaId).toLowerCase();
  if (schema.startsWith('aip budget')) return 'A budget alert is no outage.';
  if (isOldMetric(body))
    return 'A metric alert in the old schema is no outage: enable the common alert schema.';
  const service = word(essentials.monitoringService);
  const category = word(context.eventSource, context.category);
  const about = `${service} ${category}`;
  const kind = word(fields(context.properties).incidentType);
  if (ADVISORIES.has(kind)) return 'An advisory about retirement, security or billing is no outage.';
  if (/administrative|policy|security|recommendation|autoscale|costalerts|budget|smartdetector/.test(about))
    return 'Only service health and resource health tell of outages; this alert is of another category.';
  return undefined;
}

/** The custom properties name the offer. */
function withLabels(event: OutageEvent, custom: Fields): OutageEvent {
  const named = affectedByLabels(custom);
  return {
    ...event,
    affected: affected({
      ...event.affected,
      offers: named.offers ?? [],
      publishers: named.publishers ?? [],
      regions: [...event.affected.regions, ...(named.regions ?? [])],
    }),
  };
}

function alertOf(essentials: Fields, context: Fields, words: ParseContext['words']): OutageEvent | undefined {
  const properties = fields(context.properties);
  const operation = text(context.operationName).toLowerCase();
  if (operation.startsWith('microsoft.servicehealth') || text(properties.trackingId) !== '') {
    return serviceEvent(essentials, context, words);
  }
  if (operation.startsWith('microsoft.resourcehealth') || text(properties.currentHealthStatus) !== '') {
    return resourceHealthAlert(essentials, context, properties);
  }
  return text(essentials.alertId) === '' ? undefined : metricAlert(essentials, words);
}

function serviceEvent(
  essentials: Fields,
  context: Fields,
  words: ParseContext['words'],
): OutageEvent | undefined {
  const properties = fields(context.properties);
  const sourceId = keyOf(text(properties.trackingId, context.correlationId));
  const title = line(properties.title, properties.defaultLanguageTitle, context.description);
  if (sourceId === '' || title === '') return undefined;
  const planned =
    word(properties.incidentType) === 'maintenance' || /\/maintenance\//i.test(text(context.operationName));
  const state = stateOf(essentials, context, properties, planned);
  const at = time(context.eventTimestamp, context.submissionTimestamp, essentials.firedDateTime);
  return {
    sourceId,
    dedupeKey: keyOf(
      sourceId,
      text(properties.communicationId, context.eventDataId),
      text(properties.stage),
      at,
    ),
    title,
    state,
    severity: planned ? 'maintenance' : severityOf(essentials, context, words),
    startedAt: time(properties.impactStartTime, essentials.firedDateTime),
    updatedAt: at,
    resolvedAt: isOver(state) ? time(properties.impactMitigationTime, essentials.resolvedDateTime) : null,
    affected: affected(impactOf(properties)),
    updates: history([
      { at, state, text: text(properties.communication, properties.defaultLanguageContent) },
    ]),
    url: null,
    owner: 'microsoft',
  };
}

/** The stage of the incident, not the state of the alert rule: a resolved incident is often still `Fired`. */
function stateOf(essentials: Fields, context: Fields, properties: Fields, planned: boolean): OutageState {
  const said = [word(properties.stage), word(context.status), word(essentials.monitorCondition)];
  const [stage = ''] = said;
  if (said.some((one) => OVER.has(one))) return planned ? 'completed' : 'resolved';
  const [first] = said.filter((one) => one !== '');
  if (first === undefined || !OPEN.has(first)) return 'unknown';
  if (!planned) return 'investigating';
  return stage === 'active' || stage === 'inprogress' ? 'in-maintenance' : 'scheduled';
}

const OVER = new Set(['resolved', 'complete', 'completed', 'rca', 'canceled', 'cancelled']);
const OPEN = new Set(['active', 'inprogress', 'planned', 'rescheduled', 'updated', 'fired']);

/** `essentials.severity` is always Sev4 for activity-log alerts, so the level decides when it is present. */
function severityOf(essentials: Fields, context: Fields, words: ParseContext['words']): Severity {
  return azureLevel(context.level, words) ?? azureLevel(essentials.severity, words) ?? 'minor';
}

/** `impactedServices` is a JSON text in live alerts and a list in Azure's own test payload. */
function impactOf(properties: Fields): Partial<OutageEvent['affected']> {
  const impacted = rows(parsedList(properties.impactedServices));
  if (impacted.length === 0)
    return { components: [text(properties.service)], regions: [text(properties.region)] };
  const regions = impacted.flatMap((service) =>
    rows(service.ImpactedRegions).map((region) => text(region.RegionName)),
  );
  return { components: impacted.map((service) => text(service.ServiceName)), regions };
}

function parsedList(given: unknown): unknown {
  if (typeof given !== 'string') return given;
  try {
    return JSON.parse(given) as unknown;
  } catch {
    return [];
  }
}
