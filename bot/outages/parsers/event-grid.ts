/** Azure Event Grid in its own schema: the validation handshake, and events around any of the other JSON formats. */
import type { OutageEvent } from '../../../core/incident/types.js';
import { eventFrom, fields, isFields, keyOf, line, rows, text, word, type Fields } from './fields.js';
import { time } from './times.js';
import {
  events,
  refuse,
  type InnerParser,
  type OutageFormat,
  type ParseContext,
  type ParseNote,
  type ParseResult,
} from './types.js';

export const eventGrid: OutageFormat = {
  name: 'event-grid',
  aliases: ['eventgrid', 'azure-event-grid'],
  media: 'json',
  detect: (body) => listOf(body).some((one) => 'eventType' in one && 'eventTime' in one),
  parse: parseEventGrid,
  monitor: false,
};

const VALIDATION = 'microsoft.eventgrid.subscriptionvalidationevent';

function listOf(body: unknown): readonly Fields[] {
  return Array.isArray(body) ? rows(body) : isFields(body) ? [body] : [];
}

function parseEventGrid(body: unknown, context: ParseContext, inner: InnerParser): ParseResult {
  const list = listOf(body).slice(0, 200);
  const validation = list.find((one) => text(one.eventType).toLowerCase() === VALIDATION);
  if (validation) {
    const code = text(fields(validation.data).validationCode);
    if (code === '') return refuse('missing-field', 'data.validationCode must be there.');
    return events([], { handshake: { kind: 'answer', body: { validationResponse: code } } });
  }
  const found: OutageEvent[] = [];
  const notes: ParseNote[] = [];
  for (const one of list) {
    const read = oneEvent(one, context, inner);
    if (read.kind === 'error') return read;
    found.push(...read.events);
    notes.push(...(read.notes ?? []));
  }
  return list.length > 0 ? events(found, { notes }) : refuse('wrong-shape', 'There is no event.');
}

function oneEvent(one: Fields, context: ParseContext, inner: InnerParser): ParseResult {
  const id = text(one.id);
  if (id === '') return refuse('missing-field', 'id must be there.');
  const health = fields(fields(fields(one.data).resourceInfo).properties);
  if (text(health.availabilityState) !== '') return events([healthEvent(one, health)]);
  const result = inner(one.data, context);
  if (result.kind === 'error') return result;
  return {
    ...result,
    events: result.events.map((event, n) => ({ ...event, dedupeKey: keyOf(text(one.topic), id, n || null) })),
  };
}

/** The health of one resource, as Azure's resource notifications send it. */
function healthEvent(one: Fields, health: Fields): OutageEvent {
  const resource = text(health.targetResourceId, one.subject);
  const name = resource.split('/').at(-1) ?? resource;
  const at = time(health.occurredTime, one.eventTime);
  const available = word(health.availabilityState);
  const over = available === 'available';
  const onPurpose = word(health.context, health.reasonType).includes('userinitiated');
  return eventFrom({
    sourceId: keyOf(resource),
    dedupeKey: keyOf(text(one.topic), text(one.id)),
    title: line(health.title, `${name}: ${text(health.availabilityState)}`),
    state: over ? 'resolved' : available === 'unknown' ? 'unknown' : 'investigating',
    severity: over || onPurpose ? 'none' : available === 'unavailable' ? 'major' : 'minor',
    startedAt: over ? null : at,
    updatedAt: at,
    resolvedAt: at,
    affected: { components: [name] },
    updates: [{ at, state: null, text: text(health.summary) }],
    owner: word(health.reasonType) === 'platforminitiated' ? 'microsoft' : null,
  });
}
