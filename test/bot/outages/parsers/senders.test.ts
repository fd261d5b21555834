/** The parsers read the JSON of each sender correctly. The payloads are small and their companies fictional. */
import assert from 'node:assert/strict';
import { formatNamed, FORMATS, parseOutage } from '../../../../bot/outages/parsers/registry.js';
import { at, brief, notes, read } from '../../../helpers/sender-bodies.js';

describe('the parsers of senders', () => {
  it('read the summary of an incident.io page, with maintenances', () => {
    const body = {
      page_title: 'Fabrikam',
      ongoing_incidents: [
        {
          id: 'i1',
          name: 'Sign-in fails',
          status: 'identified',
          current_worst_impact: 'full_outage',
          affected_components: [{ name: 'Sign-in' }],
        },
      ],
      in_progress_maintenances: [
        { id: 'm1', name: 'Disks', status: 'maintenance_in_progress', started_at: '2026-03-10T11:00:00Z' },
      ],
      scheduled_maintenances: [
        { id: 'm2', name: 'Network', status: 'maintenance_scheduled', starts_at: '2026-03-11T11:00:00Z' },
      ],
    };
    assert.deepEqual(brief('incident-io', body), [
      ['i1', 'identified', 'critical', 'Sign-in fails', 'Sign-in'],
      ['m1', 'in-maintenance', 'maintenance', 'Disks', ''],
      ['m2', 'scheduled', 'maintenance', 'Network', ''],
    ]);
    assert.deepEqual(read('incident-io', body).coverage, { since: null, ids: ['i1', 'm1', 'm2'] });
  });

  it('read an incident.io webhook, which names its object by the type', () => {
    const type = 'public_incident.incident_status_updated_v2';
    const incident = {
      id: 'i1',
      name: 'Sign-in fails',
      severity: { name: 'Major' },
      updated_at: '2026-03-10T10:00:00Z',
    };
    const body = (category: string, name: string) => ({
      event_type: type,
      [type]: { incident, new_status: { category, name } },
    });
    assert.deepEqual(brief('incident-io', body('live', 'Fixing')), [
      ['i1', 'identified', 'major', 'Sign-in fails', ''],
    ]);
    assert.deepEqual(brief('incident-io', body('closed', 'Closed')), [
      ['i1', 'resolved', 'major', 'Sign-in fails', ''],
    ]);
  });

  it('read the summary of an Instatus page with and without incidents', () => {
    const incident = {
      id: 'a1',
      name: 'Exports fail',
      status: 'INVESTIGATING',
      impact: 'MAJOROUTAGE',
      started: '2026-03-10T09:00:00Z',
    };
    const work = {
      id: 'a2',
      name: 'Database',
      status: 'NOTSTARTEDYET',
      start: '2026-03-11T09:00:00Z',
      duration: '60',
    };
    const page = { name: 'Fabrikam', url: 'https://fabrikam.example' };
    assert.deepEqual(
      brief('instatus', {
        page: { ...page, status: 'HASISSUES' },
        activeIncidents: [incident],
        activeMaintenances: [work],
      }),
      [
        ['a1', 'investigating', 'critical', 'Exports fail', ''],
        ['a2', 'scheduled', 'maintenance', 'Database', ''],
      ],
    );
    assert.deepEqual(read('instatus', { page: { ...page, status: 'UP' } }).coverage, {
      since: null,
      ids: [],
    });
  });

  it('read the reports of a Better Stack page, and use the start and end times for their states', () => {
    const report = (id: string, attributes: object) => ({ id, type: 'status_report', attributes });
    const body = {
      data: {
        id: '9',
        type: 'status_page',
        attributes: { company_name: 'Fabrikam', aggregate_state: 'degraded' },
      },
      included: [
        report('1', {
          title: 'Search slow',
          report_type: 'manual',
          starts_at: '2026-03-10T09:00:00Z',
          ends_at: null,
          aggregate_state: 'degraded',
          affected_resources: [{ status_page_resource_id: '5', status: 'degraded' }],
        }),
        report('2', {
          title: 'Mail down',
          report_type: 'automatic',
          starts_at: '2026-03-10T08:00:00Z',
          ends_at: '2026-03-10T09:00:00Z',
          aggregate_state: 'downtime',
          affected_resources: [],
        }),
        report('3', {
          title: 'Upgrade',
          report_type: 'maintenance',
          starts_at: '2026-03-12T08:00:00Z',
          ends_at: '2026-03-12T09:00:00Z',
          aggregate_state: 'maintenance',
          affected_resources: [],
        }),
        { id: '5', type: 'status_page_resource', attributes: { public_name: 'Search' } },
        {
          id: '7',
          type: 'status_update',
          attributes: {
            message: 'We look into it.',
            published_at: '2026-03-10T09:05:00Z',
            status_report_id: 1,
          },
        },
      ],
    };
    assert.deepEqual(brief('better-stack', body), [
      ['1', 'investigating', 'minor', 'Search slow', 'Search'],
      ['2', 'resolved', 'major', 'Mail down', ''],
      ['3', 'scheduled', 'maintenance', 'Upgrade', ''],
    ]);
    assert.equal(read('better-stack', body).events[0]?.updates[0]?.text, 'We look into it.');
  });

  it('read an incident of a Better Stack monitor', () => {
    const body = (more: object) => ({
      data: {
        id: '4',
        type: 'incident',
        attributes: {
          name: 'shop',
          cause: 'Timeout',
          started_at: '2026-03-10T09:00:00Z',
          resolved_at: null,
          status: 'started',
          ...more,
        },
      },
    });
    assert.deepEqual(brief('better-stack', body({})), [['4', 'investigating', 'major', 'shop', 'shop']]);
    assert.deepEqual(
      brief('better-stack', body({ resolved_at: '2026-03-10T09:30:00Z', status: 'resolved' })),
      [['4', 'resolved', 'major', 'shop', 'shop']],
    );
  });

  it('read Cachet 2 and 3', () => {
    const two = { data: [
      { id: 3, component_id: 1, name: 'API slow', status: 1, human_status: 'Investigating', message: 'm', occurred_at: '2026-03-10 09:00:00', created_at: '2026-03-10 09:00:00', updated_at: '2026-03-10 09:10:00' },
      { id: 2, component_id: 1, name: 'API down', status: 4, human_status: 'Fixed', message: 'm', occurred_at: '2026-03-09 09:00:00', created_at: '2026-03-09 09:00:00', updated_at: '2026-03-09 10:00:00' },
    ] }; // prettier-ignore
    assert.deepEqual(brief('cachet', two), [
      ['3', 'investigating', 'minor', 'API slow', ''],
      ['2', 'resolved', 'minor', 'API down', ''],
    ]);
    const three = {
      data: [
        {
          id: '8',
          type: 'incidents',
          attributes: {
            id: 8,
            guid: 'g',
            name: 'API slow',
            status: { human: 'Watching', value: 3 },
            occurred: { string: '2026-03-10 09:00:00' },
          },
        },
      ],
    };
    assert.deepEqual(brief('cachet', three), [['8', 'monitoring', 'minor', 'API slow', '']]);
    const schedule = {
      data: [
        {
          id: '8',
          type: 'schedules',
          attributes: {
            id: 8,
            name: 'Upgrade',
            status: { human: 'Upcoming', value: 0 },
            scheduled_at: '2026-03-12 09:00:00',
          },
        },
      ],
    };
    assert.deepEqual(brief('cachet', schedule), [['schedule|8', 'scheduled', 'maintenance', 'Upgrade', '']]);
  });

  it('read Google Cloud incidents: open until an end is given, and an outage is worse than a disruption', () => {
    const incident = (id: string, more: object) => ({
      id,
      external_desc: 'Disks fail',
      begin: '2026-03-10T09:00:00Z',
      end: null,
      modified: '2026-03-10T10:00:00Z',
      severity: 'high',
      status_impact: 'SERVICE_DISRUPTION',
      affected_products: [{ title: 'Disks' }],
      ...more,
    });
    assert.deepEqual(
      brief('google-cloud', [
        incident('a', {}),
        incident('b', { status_impact: 'SERVICE_OUTAGE' }),
        incident('c', { end: '2026-03-10T10:00:00Z', severity: 'low' }),
      ]),
      [
        ['a', 'investigating', 'major', 'Disks fail', 'Disks'],
        ['b', 'investigating', 'critical', 'Disks fail', 'Disks'],
        ['c', 'resolved', 'minor', 'Disks fail', 'Disks'],
      ],
    );
  });

  it('read AWS messages: a Health event in an SNS envelope, a CloudWatch alarm, and the handshake', () => {
    const envelope = (message: unknown) => ({
      Type: 'Notification',
      MessageId: 'm-1',
      TopicArn: 'arn:aws:sns:eu-west-1:1:t',
      Message: JSON.stringify(message),
    });
    const health = (detail: object) => ({
      source: 'aws.health',
      time: '2026-03-10T10:00:00Z',
      region: 'eu-west-1',
      detail: {
        eventArn: 'arn:1',
        service: 'EC2',
        eventTypeCode: 'AWS_EC2_OPERATIONAL_ISSUE',
        eventTypeCategory: 'issue',
        startTime: 'Tue, 10 Mar 2026 09:00:00 GMT',
        statusCode: 'open',
        ...detail,
      },
    });
    assert.deepEqual(brief('aws', envelope(health({}))), [
      ['arn:1', 'investigating', 'major', 'EC2: operational issue', 'EC2'],
    ]);
    assert.deepEqual(brief('aws', health({ statusCode: 'closed' })), [
      ['arn:1', 'resolved', 'major', 'EC2: operational issue', 'EC2'],
    ]);
    assert.deepEqual(notes('aws', health({ eventTypeCategory: 'accountNotification' })), ['set-aside']);
    const alarm = (value: string) =>
      envelope({
        AlarmName: 'shop 5xx',
        AlarmArn: 'arn:2',
        NewStateValue: value,
        StateChangeTime: '2026-03-10T10:00:00.000+0000',
      });
    assert.deepEqual(brief('aws', alarm('ALARM')), [['arn:2', 'investigating', 'major', 'shop 5xx', '']]);
    assert.deepEqual(brief('aws', alarm('OK')), [['arn:2', 'resolved', 'major', 'shop 5xx', '']]);
    const confirm = (url: string) => ({ Type: 'SubscriptionConfirmation', TopicArn: 't', SubscribeURL: url });
    const url = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription';
    assert.deepEqual(read('aws', confirm(url)).handshake, { kind: 'visit', url });
    assert.equal(parseOutage('aws', JSON.stringify(confirm('https://evil.example/'))).kind, 'error');
  });

  it('read the active incidents of Slack, and no incident while Slack reports none', () => {
    const incident = {
      id: 5,
      date_created: '2026-03-10T01:00:00-08:00',
      date_updated: '2026-03-10T02:00:00-08:00',
      title: 'Messages are late',
      type: 'incident',
      status: 'active',
      services: ['Messaging'],
      notes: [{ date_created: '2026-03-10T02:00:00-08:00', body: 'We work on it.' }],
    };
    assert.deepEqual(brief('slack', { status: 'active', date_created: 'x', active_incidents: [incident] }), [
      ['5', 'investigating', 'major', 'Messages are late', 'Messaging'],
    ]);
    assert.deepEqual(read('slack', { status: 'ok', date_created: 'x', active_incidents: [] }), {
      kind: 'events',
      events: [],
      coverage: { since: null, ids: [] },
    });
    assert.deepEqual(brief('slack', [{ ...incident, status: 'resolved' }])[0], [
      '5',
      'resolved',
      'major',
      'Messages are late',
      'Messaging',
    ]);
  });

  it('read any other JSON with a mapping', () => {
    const mapping = {
      items: 'issues',
      id: 'key',
      title: 'what.name',
      state: 'phase',
      severity: 'rank',
      startedAt: 'since',
      components: 'parts.*.name',
      states: { kaputt: 'investigating', heil: 'resolved' },
      severities: { arg: 'major' },
    } as const;
    const body = {
      issues: [
        {
          key: 1,
          what: { name: 'Shop' },
          phase: 'kaputt',
          rank: 'arg',
          since: '2026-03-10T09:00:00Z',
          parts: [{ name: 'cart' }, { name: 'till' }],
        },
        { key: 2, what: { name: 'Mail' }, phase: 'odd' },
      ],
    };
    const result = parseOutage('mapped', JSON.stringify(body), { mapping });
    assert.ok(result.kind === 'events');
    assert.deepEqual(
      result.events.map((e) => [
        e.sourceId,
        e.title,
        e.state,
        e.severity,
        e.startedAt,
        e.affected.components,
      ]),
      [
        ['1', 'Shop', 'investigating', 'major', at('09:00'), ['cart', 'till']],
        ['2', 'Mail', 'unknown', 'minor', null, []],
      ],
    );
    assert.deepEqual(
      result.notes?.map((note) => note.kind),
      ['unread'],
    );
  });

  it('name the real sender of a wrong body, and name the fields but no values of an unknown body', () => {
    const reason = (format: string, body: unknown): string => {
      const result = parseOutage(format, JSON.stringify(body));
      return result.kind === 'error' ? result.reason : 'read';
    };
    assert.match(
      reason('statuspage', { ongoing_incidents: [], in_progress_maintenances: [] }),
      /body of incident-io, not of statuspage/,
    );
    assert.match(reason('statuspage', { page: { id: 'p' }, status: { indicator: 'none' } }), /status\.json/);
    const unknown = reason('auto', { zorg: 'secret-value', blip: 1 });
    assert.match(unknown, /Its fields: zorg, blip/);
    assert.doesNotMatch(unknown, /secret-value/);
  });

  it('have names and aliases that each mean one format', () => {
    const fold = (name: string) => name.replace(/[._-]/g, '');
    const names = FORMATS.flatMap((name) => [
      ...new Set([name, ...(formatNamed(name)?.aliases ?? [])].map(fold)),
    ]);
    assert.deepEqual(
      names.filter((name, n) => names.indexOf(name) !== n),
      [],
    );
  });
});
