/**
 * Prometheus Alertmanager webhooks, version 4, and Grafana's alerts in the same shape: one group of alerts is one
 * outage.
 */
import {
  compareSeverity,
  type OutageEvent,
  type OutageState,
  type OutageUpdate,
  type Severity,
} from '../../../core/incident/types.js';
import {
  affectedByLabels,
  earliest,
  eventFrom,
  fields,
  isFields,
  keyOf,
  latest,
  line,
  names,
  rows,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { time } from './times.js';
import {
  events,
  noEvent,
  refuse,
  type OutageFormat,
  type ParseContext,
  type ParseNote,
  type ParseResult,
  type SenderWords,
} from './types.js';
import { ownWord, severityGiven } from './words.js';

export const alertmanager: OutageFormat = {
  name: 'alertmanager',
  aliases: ['prometheus', 'prometheus-alertmanager'],
  media: 'json',
  detect: (body) => Array.isArray(fields(body).alerts),
  parse: parseAlertmanager,
  monitor: true,
};

/**
 * Reads one notification. One group (`groupKey`) is one outage: Alertmanager groups alerts for this purpose, and so
 * forty alerts do not become forty cards. The outage is open while at least one alert fires. Each alert is checked
 * separately: an alert outside the sender's scope is left out and noted. The title, the start and the affected items
 * describe the alerts that still fire.
 */
export function parseAlertmanager(body: unknown, context: ParseContext): ParseResult {
  if (!isFields(body) || !Array.isArray(body.alerts))
    return refuse('wrong-shape', 'There is no list of alerts.');
  const all = rows(body.alerts);
  if (all.length === 0) return events([]);
  const test = testOf(body, all);
  if (test !== undefined) return noEvent('test', test);
  const sourceId = keyOf(text(body.groupKey, all[0]?.fingerprint));
  if (sourceId === '') return refuse('missing-field', 'groupKey must be there.');
  const told = all.filter((alert) => !isHeartbeat(alert));
  const within = told.filter((alert) => mayTell(alert, body, context));
  const notes = notesOf(all.length - told.length, told.length - within.length);
  if (within.length === 0) return events([], { notes });
  return events([groupEvent(sourceId, body, within, context.words)], { ...(notes.length > 0 && { notes }) });
}

/** Test buttons of Alertmanager's clients and of Grafana. */
function testOf(group: Fields, alerts: readonly Fields[]): string | undefined {
  const isTest = (alert: Fields): boolean => {
    const labels = fields(alert.labels);
    const name = word(labels.alertname);
    const button = /^(?:testalert|testnotification|alertmanagertest|test)$/.test(name);
    return button || word(labels.test) === 'true';
  };
  const button = text(group.groupKey).startsWith('test-') && word(group.receiver) === 'test';
  return button || alerts.every(isTest) ? 'Test received: the sender’s test button was pressed.' : undefined;
}

/** Alerts that always fire, or that report a rule without data. They describe the monitor, not an outage. */
const HEARTBEATS = new Set([
  'watchdog',
  'deadmansswitch',
  'deadmanswitch',
  'heartbeat',
  'infoinhibitor',
  'datasourcenodata',
  'datasourceerror',
  'alwaysfiring',
]);

function isHeartbeat(alert: Fields): boolean {
  const labels = fields(alert.labels);
  return HEARTBEATS.has(word(labels.alertname)) || word(labels.grafana_state_reason) === 'nodata';
}

function mayTell(alert: Fields, group: Fields, { mayName }: ParseContext): boolean {
  if (!mayName) return true;
  const own = affectedByLabels(fields(alert.labels));
  const common = affectedByLabels(fields(group.commonLabels));
  const either = (key: 'offers' | 'publishers') => names(own[key]?.length ? own[key] : common[key]);
  return mayName({ offers: either('offers'), publishers: either('publishers') });
}

function notesOf(heartbeats: number, outside: number): readonly ParseNote[] {
  return [
    ...(heartbeats > 0
      ? [
          {
            kind: 'set-aside',
            text: `${String(heartbeats)} heartbeat or no-data alerts were set aside.`,
          } as const,
        ]
      : []),
    ...(outside > 0
      ? [
          {
            kind: 'outside',
            text: `${String(outside)} alerts name what this sender may not speak of.`,
          } as const,
        ]
      : []),
  ];
}

function groupEvent(
  sourceId: string,
  group: Fields,
  alerts: readonly Fields[],
  words?: SenderWords,
): OutageEvent {
  const firing = alerts.filter((alert) => stateOfAlert(alert) === 'investigating');
  // The state of truncated alerts is unknown, so the group's own status counts.
  const truncated = Number(group.truncatedAlerts) > 0;
  const cut = truncated && word(group.status) === 'firing';
  const isRead = alerts.every((alert) => stateOfAlert(alert) !== 'unknown');
  const speaking = firing.length > 0 ? firing : alerts;
  const ends = alerts.map(endOf);
  const starts = speaking.map((alert) => time(alert.startsAt));
  return eventFrom({
    sourceId,
    title: titleOf(group, speaking),
    state: firing.length > 0 || cut ? 'investigating' : isRead ? 'resolved' : 'unknown',
    severity: worstOf(speaking, group, words),
    startedAt: earliest(...starts),
    updatedAt: latest(...alerts.map((alert) => time(alert.startsAt)), ...ends),
    resolvedAt: latest(...ends),
    affected: affectedBy(group, speaking),
    // A truncated list does not name everything that fires.
    ...(!truncated && { whole: true }),
    updates: alerts.map(updateOf),
    url: linkOf(group, speaking),
  });
}

/** The words for the state of one alert, from Alertmanager and from Grafana. */
const STATES: Readonly<Record<string, OutageState>> = {
  firing: 'investigating', alerting: 'investigating', active: 'investigating', resolved: 'resolved', normal: 'resolved', ok: 'resolved',
}; // prettier-ignore

function stateOfAlert(alert: Fields): OutageState {
  return ownWord(STATES, word(alert.status)) ?? 'unknown';
}

function isResolved(alert: Fields): boolean {
  return stateOfAlert(alert) === 'resolved';
}

/** A firing alert's `endsAt` is its expiry time, not an end. `0001-01-01` means no time. */
function endOf(alert: Fields): number | null {
  return isResolved(alert) ? time(alert.endsAt) : null;
}

function titleOf(group: Fields, alerts: readonly Fields[]): string {
  const annotations = fields(group.commonAnnotations);
  const first = alerts[0] ?? {};
  return line(
    annotations.summary,
    annotations.title,
    fields(first.annotations).summary,
    fields(first.annotations).title,
    fields(group.commonLabels).alertname,
    fields(first.labels).alertname,
    text(group.groupKey),
  );
}

/** The labels in which monitors write a severity. */
const SEVERITY_LABELS = ['severity', 'priority', 'level', 'criticality'] as const;

function worstOf(alerts: readonly Fields[], group: Fields, words?: SenderWords): Severity {
  const given = [...alerts.map((alert) => fields(alert.labels)), fields(group.commonLabels)]
    .map((labels) => severityGiven(text(...SEVERITY_LABELS.map((key) => labels[key])), words))
    .filter((severity) => severity !== undefined);
  if (given.length === 0) return 'minor';
  return given.reduce((a, b) => (compareSeverity(b, a) > 0 ? b : a));
}

function affectedBy(group: Fields, alerts: readonly Fields[]): Partial<OutageEvent['affected']> {
  const labels = alerts.map((alert) => ({ ...fields(group.commonLabels), ...fields(alert.labels) }));
  const components = labels.map((label) =>
    text(label.component, label.service, label.host, label.instance, label.job),
  );
  return { ...affectedByLabels(...labels), components };
}

function updateOf(alert: Fields): OutageUpdate {
  const annotations = fields(alert.annotations);
  return {
    at: endOf(alert) ?? time(alert.startsAt),
    state: stateOfAlert(alert),
    text: text(annotations.description, annotations.message, annotations.summary),
  };
}

/** Prefers the page that the rule names for people. Often only its owner can reach Alertmanager's own address. */
function linkOf(group: Fields, alerts: readonly Fields[]): string | null {
  const annotations = [fields(group.commonAnnotations), ...alerts.map((alert) => fields(alert.annotations))];
  const given = annotations.map((a) => text(a.runbook_url, a.dashboard_url, a.status_page));
  return webAddress(...given, group.externalURL);
}
