/** Opsgenie and Jira Service Management: webhooks about one alert. */
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
  word,
} from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven } from './words.js';

export const opsgenie: OutageFormat = {
  name: 'opsgenie',
  aliases: ['ops-genie', 'jira-service-management'],
  media: 'json',
  detect: (given) => {
    const { action, alert } = fields(given);
    return typeof action === 'string' && isFields(alert) && ('alertId' in alert || 'tinyId' in alert);
  },
  parse: parseOpsgenie,
  monitor: true,
};

/** Actions that open, end or comment on an alert. */
const STATES: Readonly<Record<string, OutageState>> = {
  create: 'investigating', acknowledge: 'investigating', unacknowledge: 'investigating', escalate: 'investigating', takeownership: 'investigating',
  updatepriority: 'investigating', updatemessage: 'investigating', close: 'resolved', delete: 'resolved',
}; // prettier-ignore

/** Actions that add words or people to an alert. They give no state. */
const REMARKS =
  /^(?:add|remove|update|assign|snooze|custom)(?:note|tags?|recipient|team|responder|attachment|description|details|ownership|ended|action)?$/;

function parseOpsgenie(body: unknown, { words }: ParseContext): ParseResult {
  const { action, alert: given } = fields(body);
  const alert = fields(given);
  const sourceId = keyOf(text(alert.alertId, alert.id));
  const title = line(alert.message);
  if (!isFields(given)) return refuse('wrong-shape', 'There is no alert.');
  if (sourceId === '') return refuse('missing-field', 'alert.alertId must be there.');
  if (/^test(?:[ _-](?:alert|notification|message))?$/i.test(title))
    return noEvent('test', 'Test received: Opsgenie’s test alert.');
  const state = STATES[word(action)] ?? 'unknown';
  const updatedAt = time(alert.updatedAt) ?? time(alert.createdAt);
  const labels = { ...labelled(alert.tags), ...labelled(alert.details) };
  const severity = severityGiven(text(alert.priority, labels.severity), words);
  const event = eventFrom({
    sourceId,
    title,
    state,
    severity: severity ?? 'minor',
    startedAt: time(alert.createdAt),
    updatedAt,
    resolvedAt: updatedAt,
    affected: { ...affectedByLabels(labels), components: [text(alert.entity, labels.service)] },
    updates: [{ at: updatedAt, state, text: text(alert.note, alert.description) }],
    ...((title === '' || severity === undefined) && {
      omitted: [
        ...(title === '' ? ['title' as const] : []),
        ...(severity === undefined ? ['severity' as const] : []),
      ],
    }),
  });
  return events([event], { statesNoted: REMARKS.test(word(action)) });
}
