/** Atlassian Statuspage: webhook bodies about an incident or a component, and the polled JSON of its public API. */
import {
  isOver,
  isPlanned,
  type OutageEvent,
  type OutageState,
  type Severity,
} from '../../../core/incident/types.js';
import {
  affected,
  fields,
  history,
  isFields,
  keyOf,
  earliest,
  latest,
  line,
  names,
  rows,
  text,
  webAddress,
} from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven, severityOf, stateOf } from './words.js';

export const statuspage: OutageFormat = {
  name: 'statuspage',
  aliases: ['statuspage-api', 'atlassian', 'atlassian-statuspage'],
  media: 'json',
  detect: isStatuspage,
  parse: parseStatuspage,
  monitor: false,
};

function isStatuspage(given: unknown): boolean {
  const body = fields(given);
  const lists = [body.incidents, body.scheduled_maintenances];
  const ofPage = isFields(body.page) && (isFields(body.status) || Array.isArray(body.components));
  const incident = fields(body.incident);
  const ofIncident = 'id' in incident && ('name' in incident || 'title' in incident);
  return ofPage || ofIncident || isFields(body.component_update) || lists.some(Array.isArray);
}

/** Reads a webhook body, or `summary.json`, `incidents.json` or `scheduled-maintenances.json`. */
function parseStatuspage(body: unknown, context: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  if (isFields(body.incident))
    return one(incidentEvent(body.incident, context), 'incident.id and incident.name');
  if (isFields(body.component_update) || isFields(body.component)) {
    return one(componentEvent(fields(body.component), fields(body.component_update)), 'component.id');
  }
  if ([body.incidents, body.scheduled_maintenances].some(Array.isArray) || rows(body.components).length > 0) {
    return polled(body, context);
  }
  if (isFields(body.status))
    return refuse(
      'wrong-shape',
      'This is status.json of a Statuspage page: it lists no incidents. Poll summary.json.',
    );
  return refuse(
    'wrong-shape',
    'Neither incident, component_update, incidents nor scheduled_maintenances is there.',
  );
}

/** The event of an incident or a maintenance; undefined without an id or a name. Instatus has the same shape. */
export function incidentEvent(incident: Fields, { words }: ParseContext): OutageEvent | undefined {
  const sourceId = keyOf(text(incident.id));
  const title = line(incident.name, incident.title);
  if (sourceId === '' || title === '') return undefined;
  const updatesIn = [...rows(incident.incident_updates), ...rows(incident.maintenance_updates)];
  const resolved = time(incident.resolved_at);
  const state = stateOf(incident.status, words) ?? (resolved === null ? 'unknown' : 'resolved');
  const updated = latest(time(incident.updated_at), ...updatesIn.map((update) => time(update.updated_at)));
  const maintenance = isPlanned(state) || severityOf(incident.impact) === 'maintenance';
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, updated, text(incident.status)),
    title,
    state,
    severity: maintenance ? 'maintenance' : impactOf(incident, state, words),
    startedAt: startOf(incident, maintenance),
    updatedAt: updated ?? time(incident.created_at),
    resolvedAt: isOver(state) ? resolved : null,
    affected: affected({ components: componentNames(incident, updatesIn) }),
    updates: history(updatesIn.map(updateOf)),
    url: webAddress(incident.shortlink, incident.url),
    owner: null,
  };
}

/** An open incident with impact `none` has no assessed impact yet, so recipients still get a card. */
function impactOf(incident: Fields, state: OutageState, words: ParseContext['words']): Severity {
  const given = severityGiven(incident.impact, words) ?? 'minor';
  return given === 'none' && !isOver(state) ? 'minor' : given;
}

function startOf(incident: Fields, maintenance: boolean): number | null {
  const planned = [incident.scheduled_for, incident.maintenance_start_date, incident.start];
  return time(...(maintenance ? planned : []), incident.started_at, incident.created_at);
}

function updateOf(update: Fields): OutageEvent['updates'][number] {
  return {
    at: time(update.display_at, update.created_at, update.updated_at),
    state: stateOf(update.status) ?? null,
    text: text(update.body, update.markdown),
  };
}

/** Both lists may be null or contain nulls: an incident without components is common. */
function componentNames(incident: Fields, updates: readonly Fields[]): readonly string[] {
  const parts = [incident, ...updates].flatMap((part) => [
    ...rows(part.components),
    ...rows(part.affected_components),
  ]);
  return names(parts.map((component) => component.name));
}

/** The event of a component that changed. */
export function componentEvent(component: Fields, update: Fields): OutageEvent | undefined {
  const sourceId = keyOf(text(component.id, update.component_id));
  if (sourceId === '') return undefined;
  const status = text(update.new_status, component.status);
  const state = componentState(status, text(update.old_status));
  const at = time(update.created_at, component.updated_at);
  const name = line(component.name, sourceId);
  const change = [text(update.old_status), status].filter((part) => part !== '').join(' → ');
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, text(update.id) || at, status),
    title: name,
    state,
    severity: severityOf(status) ?? 'minor',
    startedAt: isOver(state) ? null : at,
    updatedAt: at,
    resolvedAt: isOver(state) ? at : null,
    affected: affected({ components: [name] }),
    updates: history([{ at, state, text: change }]),
    url: null,
    owner: null,
  };
}

function componentState(status: string, before: string): OutageState {
  const severity: Severity | undefined = severityOf(status);
  if (severity === undefined) return 'unknown';
  if (severity === 'none') return severityOf(before) === 'maintenance' ? 'completed' : 'resolved';
  return severity === 'maintenance' ? 'in-maintenance' : 'investigating';
}

/**
 * Every incident and maintenance, and each unhealthy component that none of them mentions. A healthy component is an
 * event only while an outage of that component is open here.
 */
function polled(body: Fields, context: ParseContext): ParseResult {
  const told = [...rows(body.incidents), ...rows(body.scheduled_maintenances)].flatMap(
    (incident) => incidentEvent(incident, context) ?? [],
  );
  const explained = new Set(told.filter((e) => !isOver(e.state)).flatMap((e) => e.affected.components));
  const components = rows(body.components).flatMap((component) => componentEvent(component, {}) ?? []);
  const unexplained = components.filter((event) =>
    isOver(event.state) ? context.openSourceIds?.has(event.sourceId) : !explained.has(event.title),
  );
  const current = isFields(body.status) && Array.isArray(body.incidents);
  const ids = [...told, ...components].map((event) => event.sourceId);
  const since = current ? null : earliest(...told.map((event) => event.startedAt));
  const listed = [body.incidents, body.scheduled_maintenances].some(Array.isArray);
  return events([...told, ...unexplained], listed ? { coverage: { since, ids } } : {});
}

function one(event: OutageEvent | undefined, missing: string): ParseResult {
  return event ? events([event]) : refuse('missing-field', `${missing} must be there.`);
}
