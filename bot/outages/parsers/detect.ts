/** Finds out the format of a payload nobody named: by what only that sender writes. */
import { fields, isFields, rows, text, type Fields } from './fields.js';
import type { Format } from './registry.js';
import type { ParseContext } from './types.js';

/** The format, or undefined for something that is neither JSON nor a feed. Our own JSON is what remains. */
export function detectFormat(document: string, context: ParseContext): Format | undefined {
  if (context.headers?.['ce-specversion'] !== undefined) return 'cloudevents';
  if (/^\s*</.test(document)) return detectFeed(document);
  let body: unknown;
  try {
    body = JSON.parse(document) as unknown;
  } catch {
    return undefined;
  }
  const first = Array.isArray(body) ? fields(body[0]) : fields(body);
  return RULES.find(([, test]) => test(first))?.[0] ?? 'own';
}

function detectFeed(document: string): Format | undefined {
  const root = /<(feed|rss|rdf:RDF)[\s>]/i.exec(document.slice(0, 4096))?.[1]?.toLowerCase();
  return root === undefined ? undefined : root === 'feed' ? 'atom' : 'rss';
}

const RULES: readonly (readonly [Format, (body: Fields) => boolean])[] = [
  ['cloudevents', (body) => 'specversion' in body && 'source' in body],
  ['alertmanager', (body) => Array.isArray(body.alerts)],
  ['uptime-kuma', (body) => 'heartbeat' in body && 'monitor' in body],
  ['azure-service-health', isAzure],
  ['graph', isGraph],
  ['instatus', isInstatus],
  ['statuspage', isStatuspage],
];

function isAzure(body: Fields): boolean {
  const schema = text(body.schemaId).toLowerCase();
  const types = [body, ...rows(body.value)].map((row) => text(row.type).toLowerCase());
  return (
    schema.startsWith('azuremonitor') ||
    schema.startsWith('microsoft.insights') ||
    isFields(body.alertContext) ||
    types.some((type) => type.includes('microsoft.resourcehealth/'))
  );
}

function isGraph(body: Fields): boolean {
  const issue = rows(body.value)[0] ?? body;
  const context = text(body['@odata.context']).toLowerCase();
  return (
    context.includes('serviceannouncement') || 'impactDescription' in issue || 'lastModifiedDateTime' in issue
  );
}

function isInstatus(body: Fields): boolean {
  const about = [body.incident, body.maintenance, body.component_update].find(isFields);
  const status = text(about?.status, about?.new_status);
  return about !== undefined && (isFields(body.maintenance) || /^[A-Z]{2,}$/.test(status));
}

function isStatuspage(body: Fields): boolean {
  const lists = [body.incidents, body.scheduled_maintenances];
  return isFields(body.incident) || isFields(body.component_update) || lists.some(Array.isArray);
}
