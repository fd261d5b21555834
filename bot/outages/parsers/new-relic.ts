/** New Relic: webhooks of workflows, and webhooks of the older alert channels. */
import type { OutageState } from '../../../core/incident/types.js';
import {
  affectedByLabels,
  eventFrom,
  fields,
  isFields,
  keyOf,
  labelled,
  line,
  names,
  rows,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven } from './words.js';

export const newRelic: OutageFormat = {
  name: 'new-relic',
  aliases: ['newrelic'],
  media: 'json',
  detect: (given) => {
    const body = fields(given);
    return (
      'issueUrl' in body ||
      'issueId' in body ||
      ('current_state' in body && ('condition_name' in body || 'incident_id' in body))
    );
  },
  parse: parseNewRelic,
  monitor: true,
};

const STATES: Readonly<Record<string, OutageState>> = {
  activated: 'investigating', created: 'investigating', acknowledged: 'investigating', open: 'investigating', closed: 'resolved', deactivated: 'resolved',
}; // prettier-ignore

function parseNewRelic(body: unknown, context: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  return 'current_state' in body ? channel(body, context) : workflow(body, context);
}

function workflow(body: Fields, { words }: ParseContext): ParseResult {
  const sourceId = keyOf(text(body.issueId, body.id));
  const title = line(...names(body.title, body.annotations && fields(body.annotations).title));
  if (sourceId === '' || title === '') return refuse('missing-field', 'id and title must be there.');
  if (/\btest (?:notification|issue)\b/i.test(title))
    return noEvent('test', 'Test received: New Relic’s test button was pressed.');
  const state = STATES[word(body.state, body.stateText)] ?? 'unknown';
  const updatedAt = time(body.updatedAt, body.closedAt, body.createdAt);
  const labels = labelled(body.labels ?? body.tags);
  return events([
    eventFrom({
      sourceId,
      title,
      state,
      severity: severityGiven(text(body.priority, body.severity), words) ?? 'minor',
      startedAt: time(body.activatedAt, body.createdAt),
      updatedAt,
      resolvedAt: time(body.closedAt) ?? updatedAt,
      affected: { ...affectedByLabels(labels), components: names(body.impactedEntities, body.entitiesNames) },
      updates: [{ at: updatedAt, state, text: text(body.trigger, body.description) }],
      url: webAddress(body.issueUrl, body.issuePageUrl),
    }),
  ]);
}

function channel(body: Fields, { words }: ParseContext): ParseResult {
  const current = word(body.current_state);
  if (current === 'test') return noEvent('test', 'Test received: New Relic’s test button was pressed.');
  const sourceId = keyOf(text(body.incident_id, body.id));
  const title = line(body.condition_name, body.details);
  if (sourceId === '' || title === '')
    return refuse('missing-field', 'incident_id and condition_name must be there.');
  const state = STATES[current] ?? 'unknown';
  const at = time(body.timestamp);
  const targets = rows(body.targets);
  return events([
    eventFrom({
      sourceId,
      title,
      state,
      severity: severityGiven(text(body.severity, body.priority), words) ?? 'minor',
      startedAt: state === 'resolved' ? null : at,
      updatedAt: at,
      resolvedAt: at,
      affected: {
        ...affectedByLabels(...targets.map((target) => fields(target.labels))),
        components: targets.map((target) => text(target.name)),
      },
      updates: [{ at, state, text: text(body.details) }],
      url: webAddress(body.incident_url),
    }),
  ]);
}
