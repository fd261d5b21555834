/** Uptime Kuma webhooks: one heartbeat of one monitor. */
import type { OutageEvent, OutageState, Severity } from '../../../core/incident/types.js';
import { affected, history, isFields, keyOf, line, names, rows, text, word } from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseResult } from './types.js';

export const uptimeKuma: OutageFormat = {
  name: 'uptime-kuma',
  aliases: ['kuma', 'uptimekuma'],
  media: 'json',
  detect: (body) => isFields(body) && 'heartbeat' in body && 'monitor' in body,
  parse: parseUptimeKuma,
  monitor: true,
};

/** By Kuma's number: down, up, pending (failed, but Kuma still retries), maintenance. */
const MEANING: readonly (readonly [OutageState, Severity])[] = [
  ['investigating', 'major'],
  ['resolved', 'none'],
  ['investigating', 'minor'],
  ['in-maintenance', 'maintenance'],
];

/** Reads one notification. A test message has no heartbeat and gives no events. */
function parseUptimeKuma(body: unknown): ParseResult {
  if (!isFields(body) || !('heartbeat' in body || 'monitor' in body)) {
    return refuse('wrong-shape', 'Neither heartbeat nor monitor is there.');
  }
  const { heartbeat, monitor } = body;
  if (!isFields(heartbeat) || !isFields(monitor)) return withoutHeartbeat(text(body.msg));
  const meaning = MEANING[Number(heartbeat.status)];
  if (!meaning) return refuse('wrong-shape', 'heartbeat.status is none of 0, 1, 2 and 3.');
  const sourceId = keyOf(text(monitor.id, heartbeat.monitorID, heartbeat.monitor_id));
  if (sourceId === '') return refuse('missing-field', 'monitor.id must be there.');
  return events([eventOf(sourceId, heartbeat, monitor, meaning)]);
}

/** The test button and the notice about a certificate both send only a message. */
function withoutHeartbeat(message: string): ParseResult {
  return /\bexpires?\b|\bcertificate\b/i.test(message)
    ? noEvent('set-aside', 'A notice about a certificate that will expire is no outage.')
    : noEvent('test', 'Test received: the monitor’s test button sends no heartbeat.');
}

function eventOf(
  sourceId: string,
  heartbeat: Fields,
  monitor: Fields,
  [state, severity]: readonly [OutageState, Severity],
): OutageEvent {
  const at = time(heartbeat.time);
  const title = line(monitor.name, monitor.hostname, sourceId);
  return {
    sourceId,
    dedupeKey: keyOf(sourceId, at, text(heartbeat.status)),
    title,
    state,
    severity,
    startedAt: state === 'resolved' ? null : at,
    updatedAt: at,
    resolvedAt: state === 'resolved' ? at : null,
    affected: affected({ ...taggedIn(monitor), components: [title] }),
    updates: history([{ at, state, text: text(heartbeat.msg) }]),
    url: null,
    owner: null,
  };
}

/** The tags `offer`, `publisher` and `region` tell what a monitor watches. */
function taggedIn(monitor: Fields): Partial<OutageEvent['affected']> {
  const tags = rows(monitor.tags);
  const valued = (name: string): readonly string[] =>
    names(tags.filter((tag) => word(tag.name) === name).map((tag) => tag.value));
  return { offers: valued('offer'), publishers: valued('publisher'), regions: valued('region') };
}
