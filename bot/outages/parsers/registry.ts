/** Lists the formats of senders, and is the single entry to all parsers: it turns bytes into events or a refusal. */
import { alertmanager } from './alertmanager.js';
import { aws, isEnvelope } from './aws.js';
import { azure } from './azure-service-health.js';
import { betterStack } from './better-stack.js';
import { cachet } from './cachet.js';
import { cloudEvents } from './cloudevents.js';
import { datadog } from './datadog.js';
import { fieldNames, readDocument } from './documents.js';
import { eventGrid } from './event-grid.js';
import { atom, rss } from './feeds.js';
import { fields, LIMITS } from './fields.js';
import { googleCloud } from './google-cloud.js';
import { grafana } from './grafana.js';
import { graph } from './graph.js';
import { incidentIo } from './incident-io.js';
import { instatus } from './instatus.js';
import { mapped } from './mapping.js';
import { newRelic } from './new-relic.js';
import { opsgenie } from './opsgenie.js';
import { own, standardWebhooks } from './own.js';
import { pagerduty } from './pagerduty.js';
import { sentry } from './sentry.js';
import { slack } from './slack.js';
import { statuspage } from './statuspage.js';
import { refuse, type OutageFormat, type ParseContext, type ParseResult, type ReadEvents } from './types.js';
import { uptimeKuma } from './uptime-kuma.js';

/** Every format, in the order of detection for a body without a named format: more specific formats come first. */
const REGISTRY: readonly OutageFormat[] = [
  eventGrid,
  cloudEvents,
  grafana,
  alertmanager,
  uptimeKuma,
  azure,
  aws,
  pagerduty,
  opsgenie,
  datadog,
  newRelic,
  sentry,
  googleCloud,
  slack,
  betterStack,
  cachet,
  graph,
  incidentIo,
  instatus,
  statuspage,
  atom,
  rss,
  own,
  standardWebhooks,
  mapped,
];

/** The names of the formats, as operators write them. `standard-webhooks` is `own` with a signature. */
export const FORMATS: readonly string[] = REGISTRY.map((format) => format.name);

/** The format of a name or alias (ignores case, spaces and points); undefined when there is none. */
export function formatNamed(name: string): OutageFormat | undefined {
  const folded = fold(name);
  return REGISTRY.find((format) => [format.name, ...format.aliases].some((one) => fold(one) === folded));
}

function fold(name: string): string {
  return name.toLowerCase().replace(/[\s_.-]+/g, '');
}

/**
 * The events of a payload in its sender's format, or why it cannot be read. Never throws for any bytes.
 * @param format a name or alias; `auto` detects the format from the payload.
 */
export function parseOutage(
  format: string,
  raw: string | Uint8Array,
  context: ParseContext = {},
): ParseResult {
  const auto = fold(format) === 'auto';
  const named = auto ? undefined : formatNamed(format);
  if (!auto && !named) return refuse('unknown-format', `The format is none of ${FORMATS.join(', ')}, auto.`);
  const document = readDocument(raw);
  if (document.kind === 'error')
    return auto && document.code === 'not-json' ? { ...document, code: 'unknown-format' } : document;
  const { body, kind } = document;
  if (named && named.media !== kind)
    return kind === 'xml'
      ? refuse('not-json', 'The payload is XML, not JSON.')
      : refuse('not-xml', 'The payload is JSON, not XML.');
  return capped(named ? parseNamed(named, body, context) : parseFound(body, kind, context));
}

function detect(body: unknown, kind: 'json' | 'xml', context: ParseContext): OutageFormat | undefined {
  return REGISTRY.find((format) => format.media === kind && format.detect(body, context));
}

function parseFound(body: unknown, kind: 'json' | 'xml', context: ParseContext): ParseResult {
  const format = detect(body, kind, context);
  if (!format && kind === 'xml') return refuse('unknown-format', 'The XML document is neither Atom nor RSS.');
  if (format) return parseAs(format, body, context);
  if (Array.isArray(body) && body.length === 0)
    return refuse('wrong-shape', 'The list is empty: nothing tells whose it is.');
  return refuse(
    'unknown-format',
    `No sender writes such a body. Its fields: ${fieldNames(body)}. A mapping can read it: --format mapped --map FILE.`,
  );
}

/**
 * Refuses a body that has no meaning in the named format and clearly has another format. The refusal names that format.
 */
function parseNamed(format: OutageFormat, body: unknown, context: ParseContext): ParseResult {
  const result = parseAs(format, body, context);
  const empty =
    result.kind === 'error'
      ? result.code === 'wrong-shape' || result.code === 'missing-field'
      : saysNothing(result);
  if (!empty || format.detect(body, context)) return result;
  const other = detect(body, format.media, context);
  if (!other || other === format || (format === standardWebhooks && other === own)) return result;
  const code = result.kind === 'error' ? result.code : 'wrong-shape';
  return refuse(code, `This is a body of ${other.name}, not of ${format.name}: use --format ${other.name}.`);
}

function parseAs(format: OutageFormat, body: unknown, context: ParseContext): ParseResult {
  const result = format.parse(body, context, parseInner);
  return result.kind === 'error' ? result : withUnread(result);
}

/** Tells the operator about events whose state could not be read, whatever the format. */
function withUnread(result: ReadEvents): ReadEvents {
  const { events, notes = [], statesNoted } = result;
  const unread = events.filter((event) => event.state === 'unknown').length;
  if (unread === 0 || statesNoted || notes.some((note) => note.kind === 'unread')) return result;
  const text = `The state of ${String(unread)} of ${String(events.length)} entries could not be read.`;
  return { ...result, notes: [...notes, { kind: 'unread', text }] };
}

function saysNothing(result: ReadEvents): boolean {
  return result.events.length === 0 && !result.notes?.length && !result.handshake;
}

/** The data of an envelope: in any JSON format except another envelope. */
function parseInner(body: unknown, context: ParseContext): ParseResult {
  const format = detect(body, 'json', context);
  if (!format) return parseAs(own, body, context);
  if (format === cloudEvents || format === eventGrid || isSigned(format, body))
    return refuse('wrong-shape', 'The data of an event is another event.');
  return parseAs(format, body, context);
}

/** An SNS message inside another envelope: its signature would not be verified. */
function isSigned(format: OutageFormat, body: unknown): boolean {
  return format === aws && isEnvelope(fields(body));
}

function capped(result: ParseResult): ParseResult {
  if (result.kind === 'error' || result.events.length <= LIMITS.events) return result;
  return { ...result, events: result.events.slice(0, LIMITS.events) };
}
