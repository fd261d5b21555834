/** Shapes that senders really publish, with fictional companies: what each one opens, ends, or leaves alone. */
import assert from 'node:assert/strict';
import { mappingOf } from '../../../../bot/outages/parsers/mapping.js';
import { parseOutage } from '../../../../bot/outages/parsers/registry.js';
import { brief, notes, read } from '../../../helpers/sender-bodies.js';

const AT = '2026-03-10T09:00:00Z';

describe('the parsers of published shapes', () => {
  describe('of Better Stack’s status pages', () => {
    const page = { id: '77', status_indicator: 'downtime', status_description: 'Some services are down' };
    const incident = (body: string) => ({
      event_type: 'incident',
      page,
      incident: {
        ...{ id: '501', name: 'Bookings fail', created_at: AT, updated_at: '2026-03-10T10:00:00Z' },
        shortlink: 'https://status.alpineskihouse.example/501',
        incident_updates: [{ id: '1', status_report_id: '501', body, created_at: '2026-03-10T10:00:00Z' }],
      },
    });

    it('read the state from the newest update, because the webhook has no state', () => {
      const states = (body: string) => read('auto', incident(body)).events.map((event) => event.state);
      assert.deepEqual(states('We have identified the cause.'), ['identified']);
      assert.deepEqual(states('Bookings have been restored.'), ['resolved']);
      assert.deepEqual(states('Bookings have not been restored.'), ['unknown']);
      assert.deepEqual(states('Lift tickets are valid for one more day.'), ['unknown']);
      const [ended] = read('better-stack', incident('The issue has been resolved.')).events;
      assert.equal(ended?.resolvedAt, Date.parse('2026-03-10T10:00:00Z'));
    });

    it('let the clock decide about a maintenance with a window', () => {
      const maintenance = (starts_at: string, ends_at: string) => ({
        event_type: 'maintenance',
        page,
        maintenance: { id: '9', name: 'New lift gates', starts_at, ends_at, created_at: AT },
      });
      const seen = (from: string, to: string) =>
        read('auto', maintenance(from, to)).events.map((event) => [event.state, event.severity]);
      assert.deepEqual(seen('2026-03-12T00:00:00Z', '2026-03-12T02:00:00Z'), [['scheduled', 'maintenance']]);
      assert.deepEqual(seen('2026-03-10T11:00:00Z', '2026-03-10T13:00:00Z'), [
        ['in-maintenance', 'maintenance'],
      ]);
      assert.deepEqual(seen('2026-03-10T08:00:00Z', '2026-03-10T09:00:00Z'), [['completed', 'maintenance']]);
    });

    it('read the change of a component', () => {
      const component = (status: string, previous_status: string) => ({
        event_type: 'component_update',
        component: { id: '7', name: 'Bookings', status, previous_status, updated_at: AT },
      });
      assert.deepEqual(brief('better-stack', component('downtime', 'operational')), [
        ['7', 'investigating', 'major', 'Bookings', 'Bookings'],
      ]);
      assert.deepEqual(brief('better-stack', component('operational', 'downtime')), [
        ['7', 'resolved', 'none', 'Bookings', 'Bookings'],
      ]);
    });
  });

  describe('of Azure’s topic for health resources', () => {
    const info = (properties: object) => ({
      resourceInfo: {
        type: 'Microsoft.ResourceHealth/availabilityStatuses',
        properties: { targetResourceId: '/subscriptions/s/virtualMachines/ledger-1', ...properties },
      },
      operationalInfo: { resourceEventTime: AT },
    });
    const down = info({ availabilityState: 'Unavailable', reasonType: 'PlatformInitiated', title: 'Down' });
    const annotation = info({ annotationName: 'HostRebooted', context: 'Platform Initiated' });
    const cloudEvent = (data: object) => ({ specversion: '1.0', id: '1', source: '/s', type: 't', data });
    const gridEvent = (id: string, data: object) => ({
      id,
      topic: '/s',
      eventType: 't',
      eventTime: AT,
      data,
    });

    it('read a change of health in an Event Grid event and in a CloudEvent', () => {
      const expected = [
        '/subscriptions/s/virtualMachines/ledger-1',
        'investigating',
        'major',
        'ledger-1: Down',
        'ledger-1',
      ];
      assert.deepEqual(brief('cloudevents', cloudEvent(down)), [expected]);
      assert.deepEqual(brief('event-grid', [gridEvent('1', down)]), [expected]);
    });

    it('set an annotation aside, and keep the other events of its batch', () => {
      assert.deepEqual(notes('cloudevents', cloudEvent(annotation)), ['set-aside']);
      const batch = read('event-grid', [gridEvent('1', annotation), gridEvent('2', down)]);
      assert.deepEqual([batch.events.length, batch.notes?.map((note) => note.kind)], [1, ['set-aside']]);
    });

    it('keep the readable events of a batch, and refuse a batch without any', () => {
      const odd = gridEvent('3', { colour: 'blue' });
      const batch = read('event-grid', [odd, gridEvent('2', down)]);
      assert.deepEqual([batch.events.length, batch.notes?.map((note) => note.kind)], [1, ['unread']]);
      assert.equal(parseOutage('event-grid', JSON.stringify([odd])).kind, 'error');
    });
  });

  describe('of AWS Health', () => {
    const change = (detail: object) => ({
      source: 'aws.health',
      detail: {
        ...{ eventArn: 'arn:aws:health:::event/1', service: 'ECS', eventTypeCode: 'AWS_ECS_TASK_PATCHING' },
        ...{ eventTypeCategory: 'scheduledChange', ...detail },
      },
    });
    const states = (detail: object) => read('aws', change(detail)).events.map((event) => event.state);

    it('let the clock decide about a planned change without a status', () => {
      const window = { startTime: 'Tue, 10 Mar 2026 08:00:00 GMT' };
      assert.deepEqual(states({ ...window, endTime: 'Tue, 10 Mar 2026 14:00:00 GMT' }), ['in-maintenance']);
      assert.deepEqual(states({ ...window, endTime: 'Tue, 10 Mar 2026 10:00:00 GMT' }), ['completed']);
      assert.deepEqual(states({ startTime: 'Wed, 11 Mar 2026 08:00:00 GMT' }), ['scheduled']);
    });

    it('read the description as a list and as an object', () => {
      const texts = (eventDescription: unknown) =>
        read('aws', change({ eventDescription })).events.map((event) => event.updates[0]?.text);
      assert.deepEqual(texts([{ language: 'en_US', latestDescription: 'Tasks restart.' }]), [
        'Tasks restart.',
      ]);
      assert.deepEqual(texts({ latestDescription: 'Tasks restart.' }), ['Tasks restart.']);
    });
  });

  describe('of Azure Service Health', () => {
    const alert = (incidentType: string) => ({
      schemaId: 'Microsoft.Insights/activityLogs',
      data: {
        context: {
          activityLog: {
            ...{
              eventSource: 'ServiceHealth',
              operationName: 'Microsoft.ServiceHealth/x/action',
              status: 'Active',
            },
            properties: { trackingId: 'T-1', title: 'Old TLS ends', incidentType, stage: 'Active' },
          },
        },
      },
    });
    const row = (name: string, eventType: string) => ({
      name,
      type: 'Microsoft.ResourceHealth/events',
      properties: { title: 'Old TLS ends', eventType, status: 'Active', impactStartTime: AT },
    });

    it('open an outage for an incident, and set advisories aside', () => {
      assert.equal(read('azure', alert('Incident')).events[0]?.state, 'investigating');
      for (const kind of ['Informational', 'ActionRequired', 'Security'])
        assert.deepEqual(notes('azure', alert(kind)), ['set-aside'], kind);
    });

    it('open outages for the issues of a list, and leave its advisories out', () => {
      const list = (...value: readonly object[]) => read('azure', { value });
      const both = list(row('A', 'HealthAdvisory'), row('B', 'ServiceIssue'), row('C', 'SecurityAdvisory'));
      assert.deepEqual(
        both.events.map((event) => [event.sourceId, event.state]),
        [['B', 'investigating']],
      );
      assert.deepEqual(
        list(row('A', 'HealthAdvisory')).notes?.map((note) => note.kind),
        ['set-aside'],
      );
    });
  });

  it('read the state of Datadog from the mark of its title, with and without a group', () => {
    const states = (title: string) =>
      read('auto', { id: '1', title, event_type: 'query_alert_monitor', body: 'monitors#7' }).events.map(
        (event) => [event.state, event.title],
      );
    assert.deepEqual(states('[Triggered] Mail queue is long'), [['investigating', 'Mail queue is long']]);
    assert.deepEqual(states('[Triggered on {host:web-1,env:prod}] Mail queue is long'), [
      ['investigating', 'Mail queue is long'],
    ]);
    assert.deepEqual(states('[Recovered on {host:web-1}] Mail queue is long'), [
      ['resolved', 'Mail queue is long'],
    ]);
  });

  it('read the oldest messages of PagerDuty, with the incident inside data', () => {
    const message = (type: string) => ({
      messages: [
        {
          ...{ id: 'm', type, created_on: AT },
          data: {
            incident: {
              ...{ id: 'PX1', status: type.replace('incident.', ''), created_on: AT },
              ...{ service: { name: 'Ledger' }, trigger_summary_data: { subject: 'Ledger is down' } },
            },
          },
        },
      ],
    });
    assert.deepEqual(brief('pagerduty', message('incident.trigger')), [
      ['PX1', 'investigating', 'minor', 'Ledger is down', 'Ledger'],
    ]);
    assert.deepEqual(brief('pagerduty', message('incident.resolve')), [
      ['PX1', 'resolved', 'minor', 'Ledger is down', 'Ledger'],
    ]);
  });

  it('tell a certificate notice of Uptime Kuma from its test button', () => {
    const message = (msg: string) => ({ heartbeat: null, monitor: null, msg });
    assert.deepEqual(notes('uptime-kuma', message('Offer desk Testing')), ['test']);
    const certificate =
      '[Ledger][https://ledger.example] server certificate ledger.example will expire in 7 days';
    assert.deepEqual(notes('uptime-kuma', message(certificate)), ['set-aside']);
  });

  describe('of senders without a format of their own', () => {
    const mapping = mappingOf({ id: 'Monitor', title: 'Name', state: 'Status' });
    assert.ok(typeof mapping !== 'string');
    const mapped = (raw: string) => {
      const result = parseOutage('mapped', raw, { mapping });
      assert.ok(result.kind === 'events', JSON.stringify(result));
      return result.events.map((event) => [event.sourceId, event.state, event.title]);
    };

    it('read the fields of a form through a mapping', () => {
      assert.deepEqual(mapped('Monitor=m-1&Name=Alpine+bookings&Status=Down&Tags=a%2Cb'), [
        ['m-1', 'investigating', 'Alpine bookings'],
      ]);
      const refused = parseOutage('auto', 'Monitor=m-1&Name=Alpine+bookings&Status=Down');
      assert.ok(refused.kind === 'error' && refused.code === 'unknown-format');
      assert.match(refused.reason, /Its fields: Monitor, Name, Status\./);
      assert.doesNotMatch(refused.reason, /Alpine/);
    });

    it('keep ids apart that are larger than a JavaScript number can hold', () => {
      const ids = ['107164000000025001', '107164000000025003'].map((id) =>
        mapped(`{"Name":"id 107164000000025009 \\" 1","Monitor":${id},"Status":"Up"}`),
      );
      assert.deepEqual(ids, [
        [['107164000000025001', 'resolved', 'id 107164000000025009 " 1']],
        [['107164000000025003', 'resolved', 'id 107164000000025009 " 1']],
      ]);
    });

    it('refuse an incident object of another sender as an unknown format, with its fields', () => {
      const refused = parseOutage('auto', JSON.stringify({ version: '1.2', incident: { incident_id: '4' } }));
      assert.ok(refused.kind === 'error');
      assert.deepEqual(
        [refused.code, refused.reason.includes('Its fields: version, incident.')],
        ['unknown-format', true],
      );
    });
  });
});
