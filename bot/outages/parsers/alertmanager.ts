/** Prometheus Alertmanager webhooks, version 4: one notification about a group of alerts is one outage. */
import {
  compareSeverity,
  type OutageEvent,
  type OutageUpdate,
  type Severity,
} from '../../../core/incident/types.js';
import {
  affected,
  contentKey,
  earliest,
  fields,
  history,
  isFields,
  keyOf,
  latest,
  line,
  names,
  rows,
} from './fields.js';
import { text, webAddress, word } from './fields.js';
import type { Fields } from './fields.js';
import { time } from './times.js';
import { events, refuse, type ParseResult } from './types.js';
import { severityOf } from './words.js';

/**
 * Reads one notification. The group (`groupKey`) is the outage: that is what Alertmanager groups for, and what keeps
 * forty alerts from becoming forty cards. It is open while one alert fires. Alerts name what they concern in the
 * labels `offer`, `publisher` and `region`.
 */
export function parseAlertmanager(body: unknown): ParseResult {
  if (!isFields(body) || !Array.isArray(body.alerts))
    return refuse('wrong-shape', 'There is no list of alerts.');
  const alerts = rows(body.alerts);
  const sourceId = keyOf(text(body.groupKey, alerts[0]?.fingerprint));
  if (alerts.length === 0) return events([]);
  if (sourceId === '') return refuse('missing-field', 'groupKey must be there.');
  const event = groupEvent(sourceId, body, alerts);
  return events([{ ...event, dedupeKey: contentKey(event) }]);
}

function groupEvent(sourceId: string, group: Fields, alerts: readonly Fields[]): OutageEvent {
  const firing = alerts.filter((alert) => !isResolved(alert));
  const over = word(group.status) === 'resolved' || firing.length === 0;
  const ends = alerts.map(endOf);
  return {
    sourceId,
    dedupeKey: '',
    title: titleOf(group, alerts),
    state: over ? 'resolved' : 'investigating',
    severity: worstOf(over ? alerts : firing, group),
    startedAt: earliest(...alerts.map((alert) => time(alert.startsAt))),
    updatedAt: latest(...alerts.map((alert) => time(alert.startsAt)), ...ends),
    resolvedAt: over ? latest(...ends) : null,
    affected: affectedBy(group, alerts),
    updates: history(alerts.map(updateOf)),
    url: linkOf(group, alerts),
    owner: null,
  };
}

function isResolved(alert: Fields): boolean {
  return word(alert.status) === 'resolved';
}

/** A firing alert's `endsAt` is when it would be given up for lost, not an end; `0001-01-01` is none. */
function endOf(alert: Fields): number | null {
  return isResolved(alert) ? time(alert.endsAt) : null;
}

function titleOf(group: Fields, alerts: readonly Fields[]): string {
  const annotations = fields(group.commonAnnotations);
  const labels = fields(group.commonLabels);
  const first = alerts[0] ?? {};
  return line(
    annotations.summary,
    annotations.title,
    fields(first.annotations).summary,
    labels.alertname,
    fields(first.labels).alertname,
    text(group.groupKey),
  );
}

function worstOf(alerts: readonly Fields[], group: Fields): Severity {
  const given = [...alerts.map((alert) => fields(alert.labels)), fields(group.commonLabels)]
    .map((labels) => severityOf(labels.severity))
    .filter((severity) => severity !== undefined);
  return given.length === 0 ? 'minor' : given.reduce((a, b) => (compareSeverity(b, a) > 0 ? b : a));
}

function affectedBy(group: Fields, alerts: readonly Fields[]): OutageEvent['affected'] {
  const labels = [fields(group.commonLabels), ...alerts.map((alert) => fields(alert.labels))];
  const all = (...keys: readonly string[]): readonly string[] =>
    names(labels.map((label) => text(...keys.map((key) => label[key]))));
  return affected({
    offers: all('offer', 'offer_id', 'offerId'),
    publishers: all('publisher', 'publisher_id', 'publisherId'),
    components: all('component', 'service', 'host', 'instance', 'job'),
    regions: all('region', 'location'),
  });
}

function updateOf(alert: Fields): OutageUpdate {
  const annotations = fields(alert.annotations);
  return {
    at: endOf(alert) ?? time(alert.startsAt),
    state: isResolved(alert) ? 'resolved' : 'investigating',
    text: text(annotations.description, annotations.message, annotations.summary),
  };
}

/** A page for people where the rule names one; Alertmanager's own address is often reachable to its owner alone. */
function linkOf(group: Fields, alerts: readonly Fields[]): string | null {
  const annotations = [fields(group.commonAnnotations), ...alerts.map((alert) => fields(alert.annotations))];
  const given = annotations.map((a) => text(a.runbook_url, a.dashboard_url, a.status_page));
  return webAddress(...given, group.externalURL);
}
