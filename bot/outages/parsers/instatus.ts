/** Instatus webhooks: Statuspage's shape with upper-case words, and maintenances in a separate object. */
import { eventFrom, fields, isFields, keyOf, line, rows, text, webAddress, type Fields } from './fields.js';
import { time } from './times.js';
import { componentEvent, incidentEvent } from './statuspage.js';
import { events, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven, stateOf } from './words.js';
import type { OutageEvent } from '../../../core/incident/types.js';

export const instatus: OutageFormat = {
  name: 'instatus',
  aliases: ['instatus-summary'],
  media: 'json',
  detect: isInstatus,
  parse: parseInstatus,
  monitor: false,
  authentication: 'instatus',
};

function isInstatus(given: unknown): boolean {
  const body = fields(given);
  const about = [body.incident, body.maintenance, body.component_update].find(isFields);
  const status = text(about?.status, about?.new_status);
  return (
    isSummary(body) || (about !== undefined && (isFields(body.maintenance) || /^[A-Z]{2,}$/.test(status)))
  );
}

function isSummary(body: Fields): boolean {
  const lists = [body.activeIncidents, body.activeMaintenances];
  return (
    lists.some(Array.isArray) || /^(?:UP|HASISSUES|UNDERMAINTENANCE)$/.test(text(fields(body.page).status))
  );
}

/** Reads one webhook body, or `summary.json`. */
function parseInstatus(body: unknown, context: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  if (isSummary(body)) return summary(body, context);
  const about = isFields(body.incident) ? body.incident : body.maintenance;
  if (isFields(about)) {
    const event = incidentEvent(about, context);
    return event ? events([event]) : refuse('missing-field', 'id and name must be there.');
  }
  if (!isFields(body.component_update) && !isFields(body.component)) {
    return refuse('wrong-shape', 'Neither incident, maintenance nor component_update is there.');
  }
  const event = componentEvent(fields(body.component), fields(body.component_update));
  return event ? events([event]) : refuse('missing-field', 'component.id must be there.');
}

/** A page without problems omits the lists: then nothing is open. */
function summary(body: Fields, { words }: ParseContext): ParseResult {
  const incidents = rows(body.activeIncidents).flatMap((one) => active(one, words) ?? []);
  const maintenances = rows(body.activeMaintenances).flatMap((one) => active(one, words, true) ?? []);
  const found = [...incidents, ...maintenances];
  return events(found, { coverage: { since: null, ids: found.map((event) => event.sourceId) } });
}

function active(one: Fields, words: ParseContext['words'], planned = false): OutageEvent | undefined {
  const url = webAddress(one.url);
  const sourceId = keyOf(text(one.id) || (url?.split('/').at(-1) ?? ''));
  const title = line(one.name, one.title);
  if (sourceId === '' || title === '') return undefined;
  const state = stateOf(one.status, words) ?? 'unknown';
  const startedAt = time(one.started, one.start);
  const updatedAt = time(one.updatedAt, one.updated_at);
  return eventFrom({
    sourceId,
    title,
    state,
    severity: planned ? 'maintenance' : (severityGiven(one.impact, words) ?? 'minor'),
    startedAt,
    updatedAt,
    affected: {
      components: [...rows(one.components), ...rows(one.affectedComponents)].map((part) => text(part.name)),
    },
    url,
  });
}
