/** Azure Event Grid in its own schema: the validation handshake, and events around any of the other JSON formats. */
import { fields, isFields, keyOf, rows, text, type Fields } from './fields.js';
import {
  events,
  gathered,
  refuse,
  type InnerParser,
  type OutageFormat,
  type ParseContext,
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
  if (list.length === 0) return refuse('wrong-shape', 'There is no event.');
  return gathered(list.map((one) => oneEvent(one, context, inner)));
}

function oneEvent(one: Fields, context: ParseContext, inner: InnerParser): ParseResult {
  const id = text(one.id);
  if (id === '') return refuse('missing-field', 'id must be there.');
  const result = inner(one.data, context);
  if (result.kind === 'error') return result;
  return {
    ...result,
    events: result.events.map((event, n) => ({ ...event, dedupeKey: keyOf(text(one.topic), id, n || null) })),
  };
}
