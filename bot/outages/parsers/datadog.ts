/** Datadog's webhooks, with Datadog's default payload or with `$ALERT_…` variables. */
import type { OutageState } from '../../../core/incident/types.js';
import {
  affectedByLabels,
  eventFrom,
  fields,
  isFields,
  keyOf,
  labelled,
  line,
  text,
  webAddress,
  word,
  type Fields,
} from './fields.js';
import { plainTitle, titleState } from './state-text.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven } from './words.js';

export const datadog: OutageFormat = {
  name: 'datadog',
  aliases: ['data-dog'],
  media: 'json',
  detect: (given) => {
    const body = fields(given);
    const transition = ['alert_transition', 'alertTransition', 'transition'].some(
      (key) => key in body && 'id' in body,
    );
    return (
      'alert_transition' in body ||
      'alertTransition' in body ||
      transition ||
      /_alert_monitor$|^service_check$|synthetics_alert/.test(text(body.event_type, body.eventType))
    );
  },
  parse: parseDatadog,
  monitor: true,
};

const TRANSITIONS: Readonly<Record<string, OutageState>> = {
  triggered: 'investigating', retriggered: 'investigating', warn: 'investigating', rewarn: 'investigating', renotify: 'investigating',
  alert: 'investigating', recovered: 'resolved', recovery: 'resolved', ok: 'resolved', resolved: 'resolved',
}; // prettier-ignore

function parseDatadog(body: unknown, { words }: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  const given = line(body.title, body.event_title, body.alert_title, body.alertTitle, body.monitor_name);
  // `[Recovered on {host:web-1}] …`: the group stands inside the mark.
  const titled = given.replace(/ on \{[^}]{0,200}\}(?=\])/g, '');
  if (/^\[?test\]?\b/i.test(titled))
    return noEvent('test', 'Test received: Datadog’s test button was pressed.');
  const transition = word(body.alert_transition, body.alertTransition, body.transition);
  if (transition.includes('nodata'))
    return noEvent('set-aside', 'The monitor has no data: that tells of no outage.');
  const state = TRANSITIONS[transition] ?? typeState(body) ?? titleState(titled) ?? 'unknown';
  const sourceId = keyOf(idOf(body, titled));
  const title = line(plainTitle(titled)) || titled;
  if (sourceId === '' || title === '') return refuse('missing-field', 'alert_id and title must be there.');
  const labels = labelled(body.tags);
  const at = time(body.last_updated, body.lastUpdated, body.date, body.timestamp);
  const severity = severityGiven(text(labels.severity, body.alert_priority, priorityOf(body)), words);
  return events([
    eventFrom({
      sourceId,
      title,
      state,
      severity: severity ?? byType(body),
      startedAt: state === 'resolved' ? null : at,
      updatedAt: at,
      resolvedAt: at,
      affected: {
        ...affectedByLabels(labels),
        components: [text(labels.service, body.hostname, labels.host)],
      },
      updates: [
        {
          at,
          state,
          text: text(body.event_message, body.event_msg, body.text, body.body).replace(/^%%%|%%%$/g, ''),
        },
      ],
      url: webAddress(body.url, body.link),
    }),
  ]);
}

/** The monitor and its scope. The payload's `id` identifies only one message. */
function idOf(body: Fields, title: string): string {
  const monitor = text(
    body.alert_id,
    body.alertId,
    body.monitor_id,
    /monitors[/#](\d{1,20})/.exec(`${text(body.body)} ${text(body.url)} ${text(body.link)}`)?.[1],
  );
  const scope = text(body.alert_scope, body.alertScope, body.aggreg_key, body.aggregate);
  return monitor === ''
    ? scope === ''
      ? plainTitle(title)
      : scope
    : [monitor, scope].filter((part) => part !== '').join('|');
}

function typeState(body: Fields): OutageState | undefined {
  return word(body.alert_type, body.alertType) === 'success' ? 'resolved' : undefined;
}

/** Every event has `normal`, so it says nothing. A monitor's own priority is P1 to P5. */
function priorityOf(body: Fields): string {
  const given = text(body.priority);
  return given.toLowerCase() === 'normal' ? '' : given;
}

function byType(body: Fields): 'major' | 'minor' {
  return word(body.alert_type, body.alertType) === 'error' ? 'major' : 'minor';
}
