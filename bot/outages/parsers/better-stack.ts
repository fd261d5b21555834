/** Better Stack: `index.json` of a status page (JSON:API), the webhooks of a status page, and those of its monitors. */
import {
  compareSeverity,
  isOver,
  type OutageEvent,
  type OutageState,
  type Severity,
} from '../../../core/incident/types.js';
import {
  affectedByLabels,
  eventFrom,
  fields,
  isFields,
  keyOf,
  labelled,
  latest,
  line,
  rows,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { proseState } from './state-text.js';
import { componentEvent, incidentEvent } from './statuspage.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { ownWord, severityGiven, stateOf } from './words.js';

export const betterStack: OutageFormat = {
  name: 'better-stack',
  aliases: ['betterstack', 'better-uptime', 'betteruptime'],
  media: 'json',
  detect: (given) => {
    const { data, included } = fields(given);
    const types = [fields(data), ...rows(data), ...rows(included)].map((one) => text(one.type));
    const incident = text(fields(data).type) === 'incident' && isFields(fields(data).attributes);
    return (
      incident ||
      isPageWebhook(fields(given)) ||
      types.some((type) => /^status_(?:page|report|update)/.test(type))
    );
  },
  parse: parseBetterStack,
  monitor: false,
};

function parseBetterStack(body: unknown, context: ParseContext): ParseResult {
  const { data, included } = fields(body);
  if (isPageWebhook(fields(body))) return pageWebhook(fields(body), context);
  if (isFields(data) && text(data.type) === 'incident') return monitorIncident(data, context);
  const all = [...(isFields(data) ? [data] : rows(data)), ...rows(included)];
  if (!all.some((one) => text(one.type).startsWith('status_')))
    return refuse('wrong-shape', 'Neither an incident nor a status page is there.');
  const reports = all.filter((one) => text(one.type) === 'status_report');
  const found = reports.flatMap((report) => reportEvent(report, all, context) ?? []);
  return events(found, { coverage: { since: null, ids: found.map((event) => event.sourceId) } });
}

/** A status page's webhook: Statuspage's shape with the kind beside it. Incidents and maintenances have no status. */
function isPageWebhook(body: Fields): boolean {
  const about = {
    incident: body.incident,
    maintenance: body.maintenance ?? body.incident,
    component_update: body.component,
  };
  return isFields(ownWord<unknown>(about, text(body.event_type)));
}

function pageWebhook(body: Fields, context: ParseContext): ParseResult {
  const type = text(body.event_type);
  if (type === 'component_update') {
    const component = fields(body.component);
    const event = componentEvent(component, { old_status: component.previous_status });
    return event ? events([event]) : refuse('missing-field', 'component.id must be there.');
  }
  const planned = type === 'maintenance';
  const about = fields(planned ? (body.maintenance ?? body.incident) : body.incident);
  const read = incidentEvent(about, context);
  if (!read) return refuse('missing-field', 'id and name must be there.');
  const state =
    read.state === 'unknown' && text(about.status) === ''
      ? toldState(about, read, planned, context)
      : read.state;
  const [severity] = planned ? (['maintenance'] as const) : [read.severity];
  const resolvedAt = isOver(state) ? (read.resolvedAt ?? read.updatedAt) : null;
  return events([{ ...read, state, severity, resolvedAt, dedupeKey: keyOf(read.dedupeKey, state) }]);
}

/** The clock decides about planned work with a window. Otherwise the newest update says the state in its prose. */
function toldState(about: Fields, read: OutageEvent, planned: boolean, { now }: ParseContext): OutageState {
  if (planned && time(about.starts_at) !== null) return reportState(about, true, now);
  return proseState(read.updates[0]?.text ?? '') ?? 'unknown';
}

function reportEvent(report: Fields, all: readonly Fields[], context: ParseContext): OutageEvent | undefined {
  const given = fields(report.attributes);
  const sourceId = keyOf(text(report.id));
  const title = line(given.title, given.name);
  if (sourceId === '' || title === '') return undefined;
  const updates = updatesOf(report, all);
  const planned = word(given.report_type) === 'maintenance';
  const startedAt = time(given.starts_at);
  const endsAt = time(given.ends_at);
  const state = reportState(given, planned, context.now);
  return eventFrom({
    sourceId,
    title,
    state,
    severity: planned ? 'maintenance' : reportSeverity(given, state, context.words),
    startedAt,
    updatedAt:
      latest(
        ...updates.map((update) => update.at),
        endsAt !== null && endsAt <= (context.now ?? 0) ? endsAt : null,
      ) ?? startedAt,
    resolvedAt: endsAt,
    affected: { components: componentsOf(given, all) },
    updates: updates.map((update) => ({ ...update, state: null })),
  });
}

/** A report without a state, and the states of a page's resources. */
const OPEN = new Set(['', 'downtime', 'degraded', 'investigating', 'maintenance']);

/** Open until the given end has passed. The clock decides about planned work. */
function reportState(given: Fields, planned: boolean, now = Number.POSITIVE_INFINITY): OutageState {
  const start = time(given.starts_at);
  const end = time(given.ends_at);
  const over =
    (end !== null && end <= now) || ['resolved', 'operational'].includes(word(given.aggregate_state));
  if (planned) {
    if (end !== null && end <= now) return 'completed';
    return start !== null && start > now ? 'scheduled' : 'in-maintenance';
  }
  if (over) return 'resolved';
  return OPEN.has(word(given.aggregate_state)) ? 'investigating' : 'unknown';
}

/** `resolved` is a state in a list of severities. */
function reportSeverity(given: Fields, state: OutageState, words: ParseContext['words']): Severity {
  const parts = [given.aggregate_state, ...rows(given.affected_resources).map((one) => one.status)];
  const worst = parts
    .filter((one) => word(one) !== 'resolved')
    .map((one) => severityGiven(one, words))
    .filter((one) => one !== undefined)
    .reduce<Severity>((a, b) => (compareSeverity(b, a) > 0 ? b : a), 'none');
  return compareSeverity(worst, 'minor') < 0 && state !== 'resolved' ? 'minor' : worst;
}

function updatesOf(report: Fields, all: readonly Fields[]): OutageEvent['updates'] {
  const linked = rows(fields(fields(report.relationships).status_updates).data).map((one) => text(one.id));
  return all
    .filter((one) => text(one.type) === 'status_update')
    .filter(
      (one) =>
        linked.includes(text(one.id)) || text(fields(one.attributes).status_report_id) === text(report.id),
    )
    .map((one) => fields(one.attributes))
    .map((one) => ({ at: time(one.published_at, one.created_at), state: null, text: text(one.message) }));
}

function componentsOf(given: Fields, all: readonly Fields[]): readonly string[] {
  const named = new Map(
    all
      .filter((one) => text(one.type) === 'status_page_resource')
      .map((one) => [text(one.id), text(fields(one.attributes).public_name)] as const),
  );
  return rows(given.affected_resources).map(
    (one) => named.get(text(one.status_page_resource_id)) ?? text(one.public_name, one.name),
  );
}

/** One incident of a monitor, as the outgoing webhook sends it. */
function monitorIncident(data: Fields, { words }: ParseContext): ParseResult {
  const given = fields(data.attributes);
  if (/\btest\b/i.test(text(given.cause)) && text(given.name) === '')
    return noEvent('test', 'Test received: Better Stack’s test button was pressed.');
  const sourceId = keyOf(text(data.id));
  const title = line(given.name, given.cause, given.url);
  if (sourceId === '' || title === '') return refuse('missing-field', 'data.id and name must be there.');
  const resolved = time(given.resolved_at);
  const status = word(given.status);
  const state = resolved !== null ? 'resolved' : (stateOf(status, words) ?? 'unknown');
  const startedAt = time(given.started_at);
  const updatedAt = latest(startedAt, time(given.acknowledged_at), resolved);
  const labels = { ...labelled(given.metadata), ...labelled(given.tags) };
  return events([
    eventFrom({
      sourceId,
      title,
      state,
      severity: severityGiven(text(labels.severity, given.urgency), words) ?? 'major',
      startedAt,
      updatedAt,
      resolvedAt: resolved,
      affected: { ...affectedByLabels(labels), components: [text(given.name)] },
      updates: [{ at: updatedAt, state, text: text(given.cause) }],
      url: webAddress(given.origin_url, given.incident_url),
    }),
  ]);
}
