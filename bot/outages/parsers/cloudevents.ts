/** CloudEvents 1.0 over HTTP: structured, batched and binary, around any of the other JSON formats. */
import { fields, isFields, keyOf, text, type Fields } from './fields.js';
import {
  events,
  gathered,
  refuse,
  type InnerParser,
  type OutageFormat,
  type ParseContext,
  type ParseResult,
} from './types.js';

export const cloudEvents: OutageFormat = {
  name: 'cloudevents',
  aliases: ['cloudevent', 'cloud-events'],
  media: 'json',
  detect: (body, { headers }) =>
    headers?.['ce-specversion'] !== undefined || isEnvelope(Array.isArray(body) ? body[0] : body),
  parse: parseCloudEvents,
  monitor: false,
};

function isEnvelope(body: unknown): boolean {
  return 'specversion' in fields(body) && 'source' in fields(body);
}

/** The maximum number of envelopes in one batch. */
const BATCH = 200;

/**
 * Reads an envelope, a list of envelopes, or (with `ce-` headers in the context) a bare body. `readData` reads the
 * data. By the specification, `source` and `id` together identify the notice.
 */
function parseCloudEvents(body: unknown, context: ParseContext, readData: InnerParser): ParseResult {
  const headers = context.headers ?? {};
  if (headers['ce-specversion'] !== undefined) {
    return fromEnvelope({ ...binaryAttributes(headers), data: body }, context, readData);
  }
  const envelopes: readonly unknown[] = Array.isArray(body) ? body : [body];
  if (envelopes.length > BATCH) return refuse('too-large', `A batch holds at most ${String(BATCH)} events.`);
  return gathered(envelopes.map((envelope) => fromEnvelope(envelope, context, readData)));
}

function binaryAttributes(headers: Readonly<Record<string, string>>): Fields {
  const given = Object.entries(headers).filter(([name]) => name.startsWith('ce-'));
  return Object.fromEntries(given.map(([name, value]) => [name.slice(3), percentDecoded(value)]));
}

/** Header values are percent-encoded UTF-8. Other values are used unchanged. */
function percentDecoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

function fromEnvelope(envelope: unknown, context: ParseContext, readData: InnerParser): ParseResult {
  if (!isFields(envelope)) return refuse('wrong-shape', 'An event is not a JSON object.');
  if (!text(envelope.specversion).startsWith('1.')) return refuse('wrong-shape', 'specversion is not 1.x.');
  const id = text(envelope.id);
  const source = text(envelope.source);
  if (id === '' || source === '') return refuse('missing-field', 'id and source must be there.');
  const data = dataOf(envelope);
  if (data === undefined) return refuse('wrong-shape', 'data is not JSON.');
  if (isEnvelope(data)) return refuse('wrong-shape', 'The data of an event is another event.');
  // The attributes in the headers belong only to this envelope.
  const result = readData(data, { ...context, headers: {} });
  if (result.kind === 'error') return result;
  const { notes } = result;
  return events(
    result.events.map((event, n) => ({ ...event, dedupeKey: keyOf(source, id, n || null) })),
    { ...(notes && { notes }), statesNoted: true },
  );
}

/** `data` as JSON. It arrives as JSON, as JSON text, or in base64. */
function dataOf(envelope: Fields): unknown {
  const { data, data_base64: encoded } = envelope;
  if (isFields(data) || Array.isArray(data)) return data;
  const written = typeof data === 'string' ? data : typeof encoded === 'string' ? fromBase64(encoded) : '';
  try {
    return JSON.parse(written) as unknown;
  } catch {
    return undefined;
  }
}

function fromBase64(encoded: string): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}
