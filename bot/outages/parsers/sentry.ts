/** Sentry: issue alerts, metric alerts and issue changes from its integrations, and the older webhooks plug-in. */
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
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven } from './words.js';

export const sentry: OutageFormat = {
  name: 'sentry',
  aliases: ['sentry-issue-alert'],
  media: 'json',
  detect: (given) => {
    const body = fields(given);
    const data = fields(body.data);
    const hook =
      typeof body.action === 'string' &&
      ['event', 'issue', 'metric_alert', 'error'].some((key) => isFields(data[key]));
    return (
      hook || ('project_slug' in body && isFields(body.event)) || ('culprit' in body && 'project' in body)
    );
  },
  parse: parseSentry,
  monitor: true,
};

function parseSentry(body: unknown, context: ParseContext): ParseResult {
  if (!isFields(body)) return refuse('wrong-shape', 'The body is not a JSON object.');
  const data = fields(body.data);
  const action = word(body.action);
  if (isFields(data.metric_alert)) return metricAlert(data.metric_alert, data, action, context);
  if (isFields(data.issue))
    return issueEvent(
      data.issue,
      { state: ISSUE_STATES[word(action)] ?? ISSUE_STATES[word(data.issue.status)] ?? 'unknown', rule: '' },
      context,
    );
  const event = isFields(data.event) ? data.event : fields(body.event);
  const id = text(event.issue_id, event.groupID, body.id, event.event_id);
  const given = {
    ...event,
    id,
    title: line(event.title, body.message, fields(event.metadata).title, event.message),
    level: text(event.level, body.level),
    permalink: text(event.web_url, event.issue_web_url, body.url),
  };
  return issueEvent(
    given,
    {
      state: EVENT_ACTIONS.has(action) ? 'investigating' : 'unknown',
      rule: text(data.triggered_rule, body.triggering_rules),
      endsAfterMs: STATELESS_MS,
    },
    context,
  );
}

/** An issue alert, an error of the older integrations, and the plug-in, which sends no action. */
const EVENT_ACTIONS = new Set(['triggered', 'created', '']);

/** An issue alert has no end of its own. A webhook about the issue itself may report the end earlier. */
const STATELESS_MS = 24 * 3_600_000;

const ISSUE_STATES: Readonly<Record<string, OutageState>> = {
  created: 'investigating', unresolved: 'investigating', assigned: 'investigating', resolved: 'resolved', ignored: 'resolved', archived: 'resolved',
}; // prettier-ignore

/** A debug or info message is not an outage. */
function issueEvent(
  issue: Fields,
  about: { readonly state: OutageState; readonly rule: string; readonly endsAfterMs?: number },
  { words }: ParseContext,
): ParseResult {
  const sourceId = keyOf(text(issue.id));
  const title = line(issue.title);
  if (sourceId === '' || title === '')
    return refuse('missing-field', 'An issue id and a title must be there.');
  if (/^this is an example \S+ exception/i.test(title))
    return noEvent('test', 'Test received: Sentry’s example event.');
  const severity = severityGiven(issue.level, words) ?? 'minor';
  if (severity === 'none') return noEvent('set-aside', 'The issue is a message, not an error.');
  const tags = labelled(issue.tags);
  const at = time(issue.datetime, issue.lastSeen, issue.timestamp);
  return events([
    eventFrom({
      sourceId,
      title,
      state: about.state,
      severity,
      startedAt: time(issue.firstSeen) ?? (about.state === 'resolved' ? null : at),
      updatedAt: at,
      resolvedAt: at,
      affected: {
        ...affectedByLabels(tags),
        components: [text(tags.service, fields(issue.project).slug, issue.project_name)],
      },
      updates: [{ at, state: about.state, text: about.rule }],
      url: webAddress(issue.permalink, issue.web_url),
      ...(about.endsAfterMs !== undefined && { endsAfterMs: about.endsAfterMs }),
    }),
  ]);
}

function metricAlert(alert: Fields, data: Fields, action: string, { words }: ParseContext): ParseResult {
  const sourceId = keyOf(text(alert.id, alert.identifier));
  const title = line(fields(alert.alert_rule).name, alert.title, data.description_title);
  if (sourceId === '' || title === '')
    return refuse('missing-field', 'metric_alert.id and a title must be there.');
  const over = action === 'resolved';
  const startedAt = time(alert.date_started, alert.date_detected, alert.date_created);
  const resolvedAt = time(alert.date_closed);
  const state = over
    ? 'resolved'
    : ['critical', 'warning', 'open', 'triggered'].includes(action)
      ? 'investigating'
      : 'unknown';
  return events([
    eventFrom({
      sourceId,
      title,
      state,
      severity: over ? 'minor' : (severityGiven(action, words) ?? 'minor'),
      startedAt,
      updatedAt: resolvedAt ?? startedAt,
      resolvedAt,
      affected: {},
      updates: [{ at: resolvedAt ?? startedAt, state, text: text(data.description_text) }],
      url: webAddress(data.web_url),
      ...(over && { omitted: ['severity'] as const }),
    }),
  ]);
}
