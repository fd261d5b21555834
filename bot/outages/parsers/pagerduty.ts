/** PagerDuty webhooks: version 3 with one event per request, versions 1 and 2 with a list of messages. */
import type { OutageEvent, OutageState } from '../../../core/incident/types.js';
import {
  affectedByLabels,
  eventFrom,
  fields,
  isFields,
  keyOf,
  labelled,
  line,
  rows,
  text,
  webAddress,
  type Fields,
} from './fields.js';
import { time } from './times.js';
import { events, noEvent, refuse, type OutageFormat, type ParseContext, type ParseResult } from './types.js';
import { severityGiven, stateOf } from './words.js';

export const pagerduty: OutageFormat = {
  name: 'pagerduty',
  aliases: ['pagerduty-v3', 'pager-duty'],
  media: 'json',
  detect: (given) => {
    const { event, messages } = fields(given);
    return (
      (isFields(event) && 'event_type' in event) ||
      rows(messages).some((one) => isFields(incidentOf(one)) && ('event' in one || 'type' in one))
    );
  },
  parse: parsePagerduty,
  monitor: true,
  authentication: 'pagerduty',
};

/** Version 1 puts the incident into `data`. */
function incidentOf(message: Fields): unknown {
  return message.incident ?? fields(message.data).incident;
}

function parsePagerduty(body: unknown, context: ParseContext): ParseResult {
  const { event, messages } = fields(body);
  if (isFields(event)) return versionThree(event, context);
  const found = rows(messages).flatMap(
    (one) =>
      incidentEvent(
        fields(incidentOf(one)),
        { type: text(one.event, one.type), at: time(one.created_on), remark: '' },
        context,
      ) ?? [],
  );
  return found.length > 0 ? events(found) : refuse('wrong-shape', 'Neither event nor messages is there.');
}

function versionThree(event: Fields, context: ParseContext): ParseResult {
  const type = text(event.event_type);
  if (type === 'pagey.ping') return noEvent('test', 'Test received: PagerDuty’s test button was pressed.');
  const data = fields(event.data);
  const incident = isFields(data.incident) ? { ...data.incident, type: 'incident_reference' } : data;
  if (!type.startsWith('incident.')) return noEvent('set-aside', 'The event is not about an incident.');
  const found = incidentEvent(
    incident,
    { type, at: time(event.occurred_at), remark: text(data.content, data.message) },
    context,
  );
  if (!found) return refuse('missing-field', 'event.data.id must be there.');
  return events([found], { statesNoted: REMARKS.test(type) });
}

interface About {
  readonly type: string;
  readonly at: number | null;
  readonly remark: string;
}

/** Events that give the state of the incident. Other events (a note, a responder) add a remark. */
const STATES: Readonly<Record<string, OutageState>> = {
  triggered: 'investigating', trigger: 'investigating', reopened: 'investigating', escalated: 'investigating', acknowledged: 'investigating',
  acknowledge: 'investigating', unacknowledged: 'investigating', delegated: 'investigating', resolved: 'resolved', resolve: 'resolved',
}; // prettier-ignore

/** Events that change people, fields or words. Some of them carry only a reference, without a state. */
const REMARKS =
  /^incident\.(?:annotated|status_update_published|priority_updated|service_updated|conference_bridge|custom_field|incident_type|responder|role|task|workflow|action_invocation)/;

function incidentEvent(incident: Fields, about: About, { words }: ParseContext): OutageEvent | undefined {
  const sourceId = keyOf(text(incident.id));
  if (sourceId === '') return undefined;
  const title = line(
    incident.title,
    incident.summary,
    incident.description,
    fields(incident.trigger_summary_data).subject,
    fields(incident.trigger_summary_data).description,
  );
  const state = STATES[about.type.replace(/^incident\./, '')] ?? stateOf(incident.status, words) ?? 'unknown';
  const severity = severityGiven(text(fields(incident.priority).summary, incident.urgency), words);
  const labels = labelled(fields(incident.body).details ?? incident.custom_details ?? incident.custom_fields);
  const omitted = [
    ...(title === '' ? ['title' as const] : []),
    ...(severity === undefined ? ['severity' as const] : []),
  ];
  return eventFrom({
    sourceId,
    title,
    state,
    severity: severity ?? 'minor',
    startedAt: time(incident.created_at, incident.created_on),
    updatedAt: about.at ?? time(incident.last_status_change_at),
    resolvedAt: about.at ?? time(incident.resolved_at),
    affected: {
      ...affectedByLabels(labels),
      components: [text(fields(incident.service).summary, fields(incident.service).name)],
    },
    updates: [{ at: about.at, state, text: about.remark }],
    url: webAddress(incident.html_url),
    ...(omitted.length > 0 && { omitted }),
  });
}
