/** incident.io: the summary of a public status page, and its webhooks. */
import type { OutageEvent, OutageState } from '../../../core/incident/types.js';
import { eventFrom, fields, isFields, keyOf, line, rows, text, webAddress, type Fields } from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { foldWord, severityGiven, stateOf } from './words.js';

export const incidentIo: OutageFormat = {
  name: 'incident-io',
  aliases: ['incidentio', 'incident.io'],
  media: 'json',
  detect: (given) => {
    const body = fields(given);
    const type = text(body.event_type);
    return isSummary(summaryOf(body)) || (type !== '' && /^(?:public|private)_(?:incident|alert)/.test(type));
  },
  parse: parseIncidentIo,
  monitor: false,
  authentication: 'standard-webhooks',
};

function summaryOf(body: Fields): Fields {
  return isFields(body.summary) ? body.summary : body;
}

function isSummary(body: Fields): boolean {
  return (
    [body.ongoing_incidents, body.in_progress_maintenances, body.scheduled_maintenances].some(
      Array.isArray,
    ) && !isFields(body.page)
  );
}

function parseIncidentIo(body: unknown, context: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  const summary = summaryOf(body);
  if (isSummary(summary)) return listed(summary, context);
  const type = text(body.event_type);
  if (type === '') return refuse('wrong-shape', 'Neither ongoing_incidents nor event_type is there.');
  return webhook(type, fields(body[type]), context);
}

function listed(body: Fields, { words }: ParseContext): ParseResult {
  const found = [
    ...rows(body.ongoing_incidents).flatMap(
      (one) => listedEvent(one, stateOf(one.status, words) ?? 'unknown', words) ?? [],
    ),
    ...rows(body.in_progress_maintenances).flatMap((one) => listedEvent(one, 'in-maintenance', words) ?? []),
    ...rows(body.scheduled_maintenances).flatMap((one) => listedEvent(one, 'scheduled', words) ?? []),
  ];
  return events(found, { coverage: { since: null, ids: found.map((event) => event.sourceId) } });
}

function listedEvent(one: Fields, state: OutageState, words: ParseContext['words']): OutageEvent | undefined {
  const sourceId = keyOf(text(one.id));
  const title = line(one.name, one.title);
  if (sourceId === '' || title === '') return undefined;
  const planned = state === 'in-maintenance' || state === 'scheduled';
  const updatedAt = time(one.last_update_at, one.updated_at);
  return eventFrom({
    sourceId,
    title,
    state,
    severity: planned ? 'maintenance' : impactOf(one, words),
    startedAt: time(one.started_at, one.starts_at, one.created_at),
    updatedAt,
    affected: { components: rows(one.affected_components).map((component) => text(component.name)) },
    updates: [{ at: updatedAt, state, text: text(one.last_update_message) }],
    url: webAddress(one.url),
  });
}

function impactOf(one: Fields, words: ParseContext['words']): OutageEvent['severity'] {
  const given = severityGiven(one.current_worst_impact, words) ?? 'minor';
  return given === 'none' ? 'minor' : given;
}

/** The status categories of ended incidents. */
const OVER = new Set(['closed', 'learning', 'postincident', 'declined', 'merged', 'canceled', 'cancelled']);

/** `public_incident.incident_created_v2` and similar events. A private incident has only its id. */
function webhook(type: string, data: Fields, { words }: ParseContext): ParseResult {
  if (!type.startsWith('public_incident'))
    return noEvent('set-aside', 'The webhook is not about a public incident.');
  const incident = isFields(data.incident) ? data.incident : data;
  const sourceId = keyOf(text(incident.id));
  const title = line(incident.name, incident.reference);
  if (sourceId === '' || title === '') return refuse('missing-field', 'id and name must be there.');
  const status = isFields(data.new_status)
    ? data.new_status
    : fields(incident.incident_status ?? incident.status);
  const state = OVER.has(foldWord(status.category))
    ? 'resolved'
    : (stateOf(status.name, words) ?? openState(status));
  const updatedAt = time(incident.updated_at, incident.created_at);
  return events([
    eventFrom({
      sourceId,
      title,
      state,
      severity: severityGiven(fields(incident.severity).name, words) ?? 'minor',
      startedAt: time(incident.created_at),
      updatedAt,
      resolvedAt: updatedAt,
      updates: [{ at: updatedAt, state, text: text(data.message, incident.summary) }],
      url: webAddress(incident.permalink),
    }),
  ]);
}

function openState(status: Fields): OutageState {
  return ['live', 'active', 'triage', 'paused'].includes(foldWord(status.category))
    ? 'investigating'
    : 'unknown';
}
