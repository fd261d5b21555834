/** A state word that the parsers do not know opens nothing and ends nothing, in any format, and the operator hears of it. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FORMATS, parseOutage } from '../../../../bot/outages/parsers/registry.js';
import { foldWord, severityOf, stateOf } from '../../../../bot/outages/parsers/words.js';
import { mappingOf } from '../../../../bot/outages/parsers/mapping.js';

const AT = '2026-03-10T10:00:00Z';
const NOW = Date.parse('2026-03-10T12:00:00Z');

/** One body of a format with a place for the state, and a word of the sender that opens an outage. */
interface Template {
  readonly format: string;
  readonly name: string;
  readonly opens: string;
  readonly body: (word: string) => unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = (format: string, name: string, opens: string, body: (word: string) => unknown): Template => ({
  format,
  name,
  opens,
  body,
});
const azure = (essentials: object, alertContext: object) => ({
  schemaId: 'azureMonitorCommonAlertSchema',
  data: {
    essentials: { alertId: '/alerts/1', alertRule: 'Errors', firedDateTime: AT, ...essentials },
    alertContext,
  },
});
const health = (word: string) => ({
  resourceInfo: {
    properties: { targetResourceId: '/vm/mail-1', availabilityState: word, occurredTime: AT },
  },
});
const betterStack = (word: string) => ({
  data: { id: 'b1', type: 'incident', attributes: { name: 'Portal', status: word, started_at: AT } },
});

const TEMPLATES: readonly Template[] = [
  json('alertmanager', 'a group', 'firing', (status) => ({
    groupKey: 'g',
    status: 'firing',
    alerts: [{ status, labels: { alertname: 'MailDown' }, startsAt: AT, endsAt: '0001-01-01T00:00:00Z' }],
  })),
  json('grafana', 'a group', 'firing', (status) => ({
    groupKey: 'g',
    orgId: 1,
    alerts: [{ status, labels: { alertname: 'MailDown' }, startsAt: AT }],
  })),
  json('grafana', 'a legacy rule', 'alerting', (state) => ({ ruleId: 4, ruleName: 'Mail', state, tags: {} })),
  json('uptime-kuma', 'a heartbeat', '0', (status) => ({
    heartbeat: { status, time: AT, msg: 'x' },
    monitor: { id: 1, name: 'Portal' },
  })),
  json('azure-service-health', 'a metric rule', 'Fired', (monitorCondition) =>
    azure({ monitorCondition, monitoringService: 'Platform' }, {}),
  ),
  json('azure-service-health', 'a service event', 'Active', (stage) =>
    azure(
      { monitorCondition: 'Fired' },
      {
        operationName: 'Microsoft.ServiceHealth/incident/action',
        properties: { trackingId: 'T-1', title: 'Networking', stage },
      },
    ),
  ),
  json('azure-service-health', 'a resource', 'Unavailable', (currentHealthStatus) =>
    azure(
      { monitorCondition: 'Fired' },
      {
        operationName: 'Microsoft.Resourcehealth/healthevent/action',
        resourceId: '/vm/mail-1',
        properties: { title: 'Mail', currentHealthStatus },
      },
    ),
  ),
  json('azure-service-health', 'a list of events', 'Active', (status) => ({
    value: [
      {
        name: 'E-1',
        type: 'Microsoft.ResourceHealth/events',
        properties: { title: 'Networking', status, eventType: 'ServiceIssue', impactStartTime: AT },
      },
    ],
  })),
  json('azure-service-health', 'a health notification', 'Unavailable', health),
  json('event-grid', 'a health notification', 'Unavailable', (word) => [
    { id: 'e', topic: 't', eventType: 'AvailabilityStatusChanged', eventTime: AT, data: health(word) },
  ]),
  json('cloudevents', 'a health notification', 'Unavailable', (word) => ({
    ...{ specversion: '1.0', id: 'e', source: 's', type: 'AvailabilityStatusChanged' },
    data: health(word),
  })),
  json('aws', 'a health event', 'open', (statusCode) => ({
    source: 'aws.health',
    detail: {
      ...{ eventArn: 'arn:1', service: 'EC2', eventTypeCode: 'AWS_EC2_ISSUE', eventTypeCategory: 'issue' },
      ...{ startTime: AT, statusCode },
    },
  })),
  json('aws', 'an alarm', 'ALARM', (NewStateValue) => ({ AlarmName: 'Mail', NewStateValue })),
  json('pagerduty', 'an incident', 'triggered', (status) => ({
    event: { event_type: `incident.${status}`, occurred_at: AT, data: { id: 'P1', title: 'Mail', status } },
  })),
  json('opsgenie', 'an alert', 'Create', (action) => ({
    action,
    alert: { alertId: 'o1', message: 'Mail', createdAt: NOW },
  })),
  json('datadog', 'a transition', 'Triggered', (alert_transition) => ({
    ...{ id: '1', alert_id: '7', title: 'Mail', alert_transition },
  })),
  json('new-relic', 'an issue', 'ACTIVATED', (state) => ({
    ...{ id: 'n1', issueUrl: 'https://nr.example/1', title: 'Mail', state, updatedAt: NOW },
  })),
  json('new-relic', 'an incident of a channel', 'open', (current_state) => ({
    ...{ incident_id: 1, condition_name: 'Mail', current_state, timestamp: NOW },
  })),
  json('sentry', 'an issue', 'unresolved', (word) => ({
    action: word,
    data: { issue: { id: '1', title: 'Crash', level: 'error', status: word } },
  })),
  json('sentry', 'an issue alert', 'triggered', (action) => ({
    action,
    data: { event: { issue_id: '1', title: 'Crash', level: 'error' } },
  })),
  json('sentry', 'a metric alert', 'critical', (action) => ({
    action,
    data: { metric_alert: { id: '1', alert_rule: { name: 'Crash rate' } } },
  })),
  json('google-cloud', 'an incident', 'SERVICE_OUTAGE', (status) => [
    { id: 'g1', external_desc: 'Storage', begin: AT, most_recent_update: { status, when: AT } },
  ]),
  json('slack', 'an incident', 'active', (status) => ({
    active_incidents: [{ id: 1, title: 'Search', type: 'incident', status, date_created: AT, notes: [] }],
  })),
  json('better-stack', 'an incident of a monitor', 'started', betterStack),
  json('better-stack', 'a report', 'downtime', (aggregate_state) => ({
    data: { type: 'status_page' },
    included: [
      { type: 'status_report', id: 'r', attributes: { title: 'Mail', starts_at: AT, aggregate_state } },
    ],
  })),
  json('better-stack', 'a component of a page', 'downtime', (status) => ({
    event_type: 'component_update',
    component: { id: 'c', name: 'Mail', status, updated_at: AT },
  })),
  json('cachet', 'an incident', 'Investigating', (human_status) => ({
    data: [{ id: 1, name: 'Mail', human_status, status: human_status, created_at: AT }],
  })),
  json('graph', 'an issue', 'serviceDegradation', (status) => ({
    value: [{ id: 'EX1', title: 'Mail', status, impactDescription: 'x', lastModifiedDateTime: AT }],
  })),
  json('incident-io', 'a summary', 'investigating', (status) => ({
    ongoing_incidents: [{ id: 'i1', name: 'Mail', status, last_update_at: AT }],
  })),
  json('incident-io', 'a webhook', 'Investigating', (name) => ({
    event_type: 'public_incident.incident_updated_v2',
    'public_incident.incident_updated_v2': {
      id: 'i1',
      name: 'Mail',
      incident_status: { name, category: name },
    },
  })),
  json('instatus', 'a summary', 'INVESTIGATING', (status) => ({
    page: { status: 'HASISSUES' },
    activeIncidents: [{ id: 'n', name: 'Mail', status, started: AT }],
  })),
  json('instatus', 'a webhook', 'INVESTIGATING', (status) => ({
    page: {},
    maintenance: { id: 'n', name: 'Mail', status, updated_at: AT },
  })),
  json('statuspage', 'an incident', 'investigating', (status) => ({
    incident: { id: 's', name: 'Mail', status, updated_at: AT },
  })),
  json('statuspage', 'a component', 'major_outage', (new_status) => ({
    component: { id: 'c', name: 'Mail', status: new_status },
    component_update: { component_id: 'c', new_status, old_status: 'operational', created_at: AT },
  })),
  json('statuspage', 'a summary', 'investigating', (status) => ({
    ...{ page: { id: 'p' }, status: { indicator: 'major' }, components: [] },
    incidents: [{ id: 's', name: 'Mail', status, updated_at: AT }],
  })),
  json(
    'atom',
    'a headed update',
    'Investigating',
    (word) =>
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>a</id><title>Mail</title><updated>${AT}</updated>` +
      `<content type="html">&lt;p&gt;&lt;small&gt;Mar 10, 10:00 UTC&lt;/small&gt;&lt;br&gt;&lt;strong&gt;${word}&lt;/strong&gt; - x&lt;/p&gt;</content></entry></feed>`,
  ),
  json(
    'rss',
    'a labelled status',
    'Investigating',
    (word) =>
      `<rss><channel><item><guid>r</guid><title>Mail</title><pubDate>Tue, 10 Mar 2026 10:00:00 GMT</pubDate>` +
      `<description>Status: ${word}</description></item></channel></rss>`,
  ),
  json('own', 'a notice', 'investigating', (state) => ({ id: '1', title: 'Mail', state })),
  json('standard-webhooks', 'a notice', 'investigating', (state) => ({
    type: 'outage',
    data: { id: '1', title: 'Mail', state },
  })),
  json('mapped', 'a mapped body', 'DOWN', (STATUS) => ({ MONITOR: 'm', NAME: 'Mail', STATUS })),
];

function readAs({ format, body }: Template, word: string) {
  const given = body(word);
  const raw = typeof given === 'string' ? given : JSON.stringify(given);
  const mapping = mappingOf({ id: 'MONITOR', title: 'NAME', state: 'STATUS' });
  assert.ok(typeof mapping !== 'string');
  return parseOutage(format, raw, { now: NOW, mapping });
}

/** Words of letters that neither the table of states nor the table of severities knows. */
const unknownWord = fc
  .string({ unit: fc.constantFrom(...'bcdfgkqvwxz'), minLength: 4, maxLength: 12 })
  .filter((word) => stateOf(foldWord(word)) === undefined && severityOf(word) === undefined);

describe('an unread state', () => {
  it('is tried in every format', () => {
    const tried = new Set(TEMPLATES.map((one) => one.format));
    assert.deepEqual(
      FORMATS.filter((format) => !tried.has(format)),
      [],
    );
  });

  for (const template of TEMPLATES) {
    it(`opens and ends nothing: ${template.format}, ${template.name}`, () => {
      const known = readAs(template, template.opens);
      assert.ok(known.kind === 'events', JSON.stringify(known));
      assert.deepEqual(
        known.events.map((event) => event.state === 'unknown' || event.state === 'resolved'),
        [false],
        'the known word opens an outage',
      );
      fc.assert(
        fc.property(unknownWord, (word) => {
          const result = readAs(template, word);
          if (result.kind === 'error') return;
          assert.deepEqual(
            result.events.filter((event) => event.state !== 'unknown'),
            [],
          );
          const kinds = (result.notes ?? []).map((note) => note.kind);
          assert.ok(kinds.includes('unread'), 'the operator hears of it');
        }),
        { numRuns: 25 },
      );
    });
  }

  it('of one alert keeps its group open and unended', () => {
    const group = (...statuses: readonly string[]) => {
      const alerts = statuses.map((status) => ({ status, labels: { alertname: 'MailDown' }, startsAt: AT }));
      const result = parseOutage('alertmanager', JSON.stringify({ groupKey: 'g', alerts }), { now: NOW });
      return result.kind === 'events' ? result.events.map((event) => event.state) : result.reason;
    };
    assert.deepEqual(group('firing', 'zzqq'), ['investigating']);
    assert.deepEqual(group('resolved', 'zzqq'), ['unknown']);
    assert.deepEqual(group('resolved', 'resolved'), ['resolved']);
  });

  it('is not reported for events that carry no state by design', () => {
    const reference = { id: 'P1', type: 'incident_reference', summary: 'Mail' };
    const bodies: readonly (readonly [string, unknown])[] = [
      [
        'pagerduty',
        { event: { event_type: 'incident.annotated', data: { incident: reference, content: 'x' } } },
      ],
      ['pagerduty', { event: { event_type: 'incident.responder.added', data: { incident: reference } } }],
      ['opsgenie', { action: 'AddNote', alert: { alertId: 'o1', message: 'Mail', note: 'x' } }],
      ['azure-service-health', health('Unknown')],
    ];
    for (const [format, body] of bodies) {
      const result = parseOutage(format, JSON.stringify(body), { now: NOW });
      assert.ok(result.kind === 'events', JSON.stringify(result));
      assert.deepEqual([result.events[0]?.state, result.notes ?? []], ['unknown', []], format);
    }
  });
});
