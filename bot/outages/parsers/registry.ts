/** The formats a sender may use, and the one door to their parsers: bytes in, events or a refusal out. */
import { parseAlertmanager } from './alertmanager.js';
import { parseAzure } from './azure-service-health.js';
import { parseCloudEvents } from './cloudevents.js';
import { detectFormat } from './detect.js';
import { parseAtom, parseRss } from './feeds.js';
import { LIMITS } from './fields.js';
import { parseGraph } from './graph.js';
import { parseInstatus } from './instatus.js';
import { parseOwn } from './own.js';
import { parseStatuspage } from './statuspage.js';
import { refuse, type JsonParser, type ParseContext, type ParseResult } from './types.js';
import { parseUptimeKuma } from './uptime-kuma.js';

/** The names of the formats, as operators write them. `standard-webhooks` is `own` with a signature. */
export const FORMATS = [
  'own',
  'standard-webhooks',
  'cloudevents',
  'statuspage',
  'alertmanager',
  'azure-service-health',
  'instatus',
  'uptime-kuma',
  'graph',
  'atom',
  'rss',
] as const;
export type Format = (typeof FORMATS)[number];

/** Largest body read, in bytes: webhooks are small, a feed holds a page's history. */
export const MAX_JSON_BYTES = 1_048_576;
export const MAX_FEED_BYTES = 2_097_152;

const ALIASES: Readonly<Record<string, Format>> = {
  json: 'own', 'offer-desk': 'own', standardwebhooks: 'standard-webhooks', svix: 'standard-webhooks',
  cloudevent: 'cloudevents', 'cloud-events': 'cloudevents', 'statuspage-api': 'statuspage', atlassian: 'statuspage',
  prometheus: 'alertmanager', azure: 'azure-service-health', 'azure-monitor': 'azure-service-health',
  'azure-resource-health': 'azure-service-health', kuma: 'uptime-kuma', uptimekuma: 'uptime-kuma',
  'graph-service-health': 'graph', 'microsoft-graph': 'graph', 'm365-service-health': 'graph',
}; // prettier-ignore

const JSON_PARSERS: Readonly<Record<Exclude<Format, 'atom' | 'rss'>, JsonParser>> = {
  own: parseOwn,
  'standard-webhooks': parseOwn,
  cloudevents: (body, context) => parseCloudEvents(body, context, parseData),
  statuspage: parseStatuspage,
  alertmanager: parseAlertmanager,
  'azure-service-health': parseAzure,
  instatus: parseInstatus,
  'uptime-kuma': parseUptimeKuma,
  graph: parseGraph,
};

/** The format a name or alias means (case and spaces do not matter); undefined for none. */
export function formatNamed(name: string): Format | undefined {
  const folded = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  return FORMATS.find((format) => format === folded) ?? ALIASES[folded];
}

/**
 * The events of a payload in its sender's format, or why it cannot be read. Never throws, whatever the bytes.
 * @param format a name or alias; `auto` finds out from the payload.
 */
export function parseOutage(
  format: string,
  raw: string | Uint8Array,
  context: ParseContext = {},
): ParseResult {
  const size = typeof raw === 'string' ? Buffer.byteLength(raw) : raw.byteLength;
  if (size > MAX_FEED_BYTES)
    return refuse('too-large', `The payload has more than ${String(MAX_FEED_BYTES)} bytes.`);
  const document = decoded(raw);
  if (document === undefined) return refuse('not-utf8', 'The payload is not UTF-8.');
  const named =
    format.trim().toLowerCase() === 'auto' ? detectFormat(document, context) : formatNamed(format);
  if (named === undefined)
    return refuse('unknown-format', `The format is none of ${FORMATS.join(', ')}, auto.`);
  return capped(
    named === 'atom'
      ? parseAtom(document)
      : named === 'rss'
        ? parseRss(document)
        : parseJson(named, document, size, context),
  );
}

function parseJson(
  format: Exclude<Format, 'atom' | 'rss'>,
  document: string,
  size: number,
  context: ParseContext,
): ParseResult {
  if (size > MAX_JSON_BYTES)
    return refuse('too-large', `The payload has more than ${String(MAX_JSON_BYTES)} bytes.`);
  let body: unknown;
  try {
    body = JSON.parse(document) as unknown;
  } catch {
    return refuse('not-json', 'The payload is not JSON.');
  }
  return JSON_PARSERS[format](body, context);
}

/** The data of a CloudEvent: in any JSON format but another envelope. */
function parseData(body: unknown, context: ParseContext): ParseResult {
  const format = detectFormat(JSON.stringify(body), {});
  if (format === 'cloudevents') return refuse('wrong-shape', 'The data of an event is another event.');
  return JSON_PARSERS[format === undefined || format === 'atom' || format === 'rss' ? 'own' : format](
    body,
    context,
  );
}

function decoded(raw: string | Uint8Array): string | undefined {
  if (typeof raw === 'string') return raw.replace(/^\ufeff/, '');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(raw);
  } catch {
    return undefined;
  }
}

function capped(result: ParseResult): ParseResult {
  if (result.kind === 'error' || result.events.length <= LIMITS.events) return result;
  return { kind: 'events', events: result.events.slice(0, LIMITS.events) };
}
