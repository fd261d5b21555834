/** The parsers read the JSON of each monitor correctly. The payloads are small and their companies fictional. */
import assert from 'node:assert/strict';
import { parseOutage } from '../../../../bot/outages/parsers/registry.js';
import { at, brief, notes, read } from '../../../helpers/sender-bodies.js';

describe('the parsers of monitors', () => {
  it('read PagerDuty events: triggered, acknowledged, resolved, a note, and the test', () => {
    const body = (type: string, data: object = {}) => ({
      event: {
        id: 'e',
        event_type: type,
        occurred_at: '2026-03-10T10:00:00Z',
        data: {
          id: 'PD1',
          type: 'incident',
          title: 'Shop down',
          status: 'triggered',
          service: { summary: 'Shop' },
          priority: { summary: 'P1' },
          urgency: 'high',
          created_at: '2026-03-10T09:00:00Z',
          ...data,
        },
      },
    });
    assert.deepEqual(brief('pagerduty', body('incident.triggered')), [
      ['PD1', 'investigating', 'critical', 'Shop down', 'Shop'],
    ]);
    assert.deepEqual(brief('pagerduty', body('incident.acknowledged')), [
      ['PD1', 'investigating', 'critical', 'Shop down', 'Shop'],
    ]);
    assert.deepEqual(brief('pagerduty', body('incident.resolved')), [
      ['PD1', 'resolved', 'critical', 'Shop down', 'Shop'],
    ]);
    const note = body('incident.annotated', {
      id: 'N1',
      incident: { id: 'PD1' },
      content: 'A disk is full.',
      title: undefined,
      priority: undefined,
      urgency: undefined,
      status: undefined,
    });
    assert.deepEqual(
      read('pagerduty', note).events.map((e) => [e.sourceId, e.state, e.omitted, e.updates[0]?.text]),
      [['PD1', 'unknown', ['title', 'severity'], 'A disk is full.']],
    );
    assert.deepEqual(
      notes('pagerduty', { event: { event_type: 'pagey.ping', data: { message: 'Hello' } } }),
      ['test'],
    );
  });

  it('read Opsgenie alerts: created and closed, with offers in the details', () => {
    const body = (action: string) => ({
      action,
      alert: {
        alertId: 'o1',
        message: 'Shop down',
        priority: 'P2',
        createdAt: 1773133200000,
        updatedAt: 1773136800000000000,
        tags: ['region:West Europe'],
        details: { offer: 'Contoso.Shop' },
        entity: 'web-1',
      },
    });
    assert.deepEqual(brief('opsgenie', body('Create')), [
      ['o1', 'investigating', 'major', 'Shop down', 'web-1'],
    ]);
    assert.deepEqual(brief('opsgenie', body('Close')), [['o1', 'resolved', 'major', 'Shop down', 'web-1']]);
    const [event] = read('opsgenie', body('Close')).events;
    assert.deepEqual(
      [event?.affected.offers, event?.affected.regions, event?.startedAt, event?.updatedAt],
      [['contoso.shop'], ['West Europe'], at('09:00'), at('10:00')],
    );
  });

  it('read Datadog events: a monitor that fails and recovers, no data, and a test', () => {
    const body = (more: object) => ({
      id: '77',
      alert_id: '12',
      title: '[Triggered] Shop is slow',
      alert_transition: 'Triggered',
      alert_type: 'error',
      priority: 'normal',
      date: 1773136800000,
      tags: 'service:shop,offer:contoso.shop',
      ...more,
    });
    assert.deepEqual(brief('datadog', body({})), [['12', 'investigating', 'major', 'Shop is slow', 'shop']]);
    assert.deepEqual(
      brief(
        'datadog',
        body({
          id: '78',
          title: '[Recovered] Shop is slow',
          alert_transition: 'Recovered',
          alert_type: 'success',
        }),
      ).map((one) => (one as string[]).slice(0, 2)),
      [['12', 'resolved']],
    );
    assert.deepEqual(notes('datadog', body({ alert_transition: 'No Data' })), ['set-aside']);
    assert.deepEqual(notes('datadog', body({ title: '[TEST] Shop is slow' })), ['test']);
    const plain = (mark: string, id: string) => ({
      id,
      event_type: 'query_alert_monitor',
      title: `[${mark}] Shop is slow`,
      date: '1773136800000',
      org: { id: '1' },
      body: 'See https://app.datadoghq.example/monitors/12?x',
    });
    assert.deepEqual(
      brief('datadog', plain('Triggered', '1')).map((one) => (one as string[]).slice(0, 2)),
      [['12', 'investigating']],
    );
    assert.deepEqual(
      brief('datadog', plain('Recovered', '2')).map((one) => (one as string[]).slice(0, 2)),
      [['12', 'resolved']],
    );
  });

  it('read New Relic notices: a workflow, an older channel, and the test', () => {
    const issue = (state: string) => ({
      id: 'n1',
      issueUrl: 'https://one.newrelic.example/n1',
      title: 'Shop is slow',
      priority: 'CRITICAL',
      state,
      createdAt: 1773136800000,
      updatedAt: 1773136800000,
      impactedEntities: ['shop'],
    });
    assert.deepEqual(brief('new-relic', issue('ACTIVATED')), [
      ['n1', 'investigating', 'critical', 'Shop is slow', 'shop'],
    ]);
    assert.deepEqual(brief('new-relic', issue('CLOSED')), [
      ['n1', 'resolved', 'critical', 'Shop is slow', 'shop'],
    ]);
    const channel = (state: string) => ({
      incident_id: 4,
      condition_name: 'Errors',
      current_state: state,
      severity: 'WARNING',
      timestamp: 1773136800000,
      targets: [{ name: 'shop' }],
    });
    assert.deepEqual(brief('new-relic', channel('open')), [
      ['4', 'investigating', 'minor', 'Errors', 'shop'],
    ]);
    assert.deepEqual(notes('new-relic', channel('test')), ['test']);
  });

  it('read Sentry messages: an issue alert, a resolved issue, a metric alert, and an info message', () => {
    const alert = (level: string) => ({
      action: 'triggered',
      data: {
        event: {
          issue_id: '3',
          title: 'TypeError in checkout',
          level,
          datetime: '2026-03-10T10:00:00Z',
          web_url: 'https://sentry.example/3',
          tags: [['offer', 'contoso.shop']],
        },
        triggered_rule: 'Many errors',
      },
    });
    assert.deepEqual(brief('sentry', alert('error')), [
      ['3', 'investigating', 'major', 'TypeError in checkout', ''],
    ]);
    assert.deepEqual(read('sentry', alert('error')).events[0]?.affected.offers, ['contoso.shop']);
    assert.deepEqual(notes('sentry', alert('info')), ['set-aside']);
    const issue = {
      action: 'resolved',
      data: { issue: { id: '3', title: 'TypeError in checkout', level: 'error', status: 'resolved' } },
    };
    assert.deepEqual(brief('sentry', issue), [['3', 'resolved', 'major', 'TypeError in checkout', '']]);
    const metric = (action: string) => ({
      action,
      data: {
        metric_alert: { id: '9', alert_rule: { name: 'Errors' }, date_started: '2026-03-10T10:00:00Z' },
        description_text: '200 events',
      },
    });
    assert.deepEqual(brief('sentry', metric('critical')), [['9', 'investigating', 'critical', 'Errors', '']]);
    assert.deepEqual(
      brief('sentry', metric('resolved')).map((one) => (one as string[])[1]),
      ['resolved'],
    );
  });

  it('read Grafana alerts: legacy alerts with their test, and unified alerts by group', () => {
    const legacy = (more: object) => ({
      ruleId: 6,
      ruleName: 'Shop is slow',
      state: 'alerting',
      title: '[Alerting] Shop is slow',
      ruleUrl: 'https://grafana.example/6',
      tags: { severity: 'sev1', offer: 'contoso.shop' },
      evalMatches: [{ metric: 'latency' }],
      ...more,
    });
    assert.deepEqual(brief('grafana', legacy({})), [
      ['6||', 'investigating', 'critical', 'Shop is slow', 'latency'],
    ]);
    assert.deepEqual(brief('grafana', legacy({ state: 'ok' })), [
      ['6||', 'resolved', 'critical', 'Shop is slow', 'latency'],
    ]);
    assert.deepEqual(notes('grafana', legacy({ state: 'no_data' })), ['set-aside']);
    assert.deepEqual(notes('grafana', legacy({ ruleId: 0, ruleName: 'Test notification' })), ['test']);
  });

  it('read Event Grid events: the handshake, the health of a resource, and an event in another format', () => {
    const one = (eventType: string, data: unknown) => [
      {
        id: 'g1',
        topic: '/t',
        subject: '/s',
        eventType,
        eventTime: '2026-03-10T10:00:00Z',
        data,
        dataVersion: '1',
      },
    ];
    assert.deepEqual(
      read('event-grid', one('Microsoft.EventGrid.SubscriptionValidationEvent', { validationCode: 'abc' }))
        .handshake,
      { kind: 'answer', body: { validationResponse: 'abc' } },
    );
    const health = {
      resourceInfo: {
        properties: { targetResourceId: '/subscriptions/1/vm-1', availabilityState: 'Unavailable' },
      },
    };
    assert.deepEqual(
      brief(
        'event-grid',
        one('Microsoft.ResourceNotifications.HealthResources.AvailabilityStatusChanged', health),
      ),
      [['/subscriptions/1/vm-1', 'investigating', 'major', 'vm-1: Unavailable', 'vm-1']],
    );
    assert.deepEqual(brief('event-grid', one('Contoso.Outage', { id: 'x', title: 'Down', state: 'open' })), [
      ['x', 'investigating', 'minor', 'Down', ''],
    ]);
  });

  it('read Uptime Kuma inside a form', () => {
    const json = JSON.stringify({
      heartbeat: { status: 0, time: '2026-03-10 09:00:00', msg: 'timeout' },
      monitor: { id: 1, name: 'shop' },
      msg: 'x',
    });
    const form = `--b1\r\nContent-Disposition: form-data; name="data"\r\n\r\n${json}\r\n--b1--\r\n`;
    for (const raw of [form, `data=${encodeURIComponent(json)}`]) {
      const result = parseOutage('uptime-kuma', raw);
      assert.deepEqual(result.kind === 'events' && result.events.map((e) => [e.state, e.title]), [
        ['investigating', 'shop'],
      ]);
    }
  });

  it('ignore Azure budgets, policies and old metric rules, and read the offer from customProperties', () => {
    const common = (essentials: object, alertContext: object, more: object = {}) => ({
      schemaId: 'azureMonitorCommonAlertSchema',
      data: {
        essentials: {
          alertId: '/a/1',
          alertRule: 'Rule',
          monitorCondition: 'Fired',
          severity: 'Sev1',
          firedDateTime: '2026-03-10T10:00:00Z',
          ...essentials,
        },
        alertContext,
        ...more,
      },
    });
    assert.deepEqual(notes('azure', { schemaId: 'AIP Budget Notification', data: { BudgetName: 'b' } }), [
      'set-aside',
    ]);
    assert.deepEqual(
      notes('azure', { status: 'Activated', context: { name: 'cpu', condition: {}, resourceId: '/r' } }),
      ['set-aside'],
    );
    assert.deepEqual(
      notes(
        'azure',
        common(
          { monitoringService: 'Activity Log - Administrative' },
          { operationName: 'Microsoft.Compute/write' },
        ),
      ),
      ['set-aside'],
    );
    assert.deepEqual(notes('azure', common({ monitoringService: 'Activity Log - Policy' }, {})), [
      'set-aside',
    ]);
    const metric = read(
      'azure',
      common({ monitoringService: 'Platform' }, {}, { customProperties: { offer: 'contoso.shop' } }),
    );
    assert.deepEqual([metric.events[0]?.affected.offers, metric.notes], [['contoso.shop'], undefined]);
    assert.deepEqual(
      read('azure', common({ monitoringService: 'Platform' }, {})).notes?.map((note) => note.kind),
      ['set-aside'],
    );
  });

  it('read Alertmanager groups: a test, a heartbeat, a truncated group, and each alert separately', () => {
    const alert = (status: string, labels: object, summary = 'Down') => ({
      status,
      labels: { alertname: 'Down', ...labels },
      annotations: { summary },
      startsAt: '2026-03-10T09:00:00Z',
      endsAt: status === 'resolved' ? '2026-03-10T09:30:00Z' : '0001-01-01T00:00:00Z',
      fingerprint: 'f',
    });
    const group = (alerts: readonly object[], more: object = {}) => ({
      version: '4',
      groupKey: 'k',
      status: 'firing',
      receiver: 'desk',
      commonLabels: {},
      commonAnnotations: {},
      truncatedAlerts: 0,
      alerts,
      ...more,
    });
    assert.deepEqual(notes('alertmanager', group([alert('firing', { alertname: 'TestAlert' })])), ['test']);
    assert.deepEqual(notes('alertmanager', group([alert('firing', { alertname: 'Watchdog' })])), [
      'set-aside',
    ]);
    assert.deepEqual(notes('alertmanager', group([alert('firing', { alertname: 'DatasourceNoData' })])), [
      'set-aside',
    ]);
    assert.deepEqual(
      brief('alertmanager', group([alert('resolved', { severity: 'critical' })], { truncatedAlerts: 3 })),
      [['k', 'investigating', 'critical', 'Down', '']],
    );
    const mixed = group([
      alert('resolved', { offer: 'contoso.backup' }, 'Backup is down'),
      alert('firing', { offer: 'contoso.crm' }, 'CRM is down'),
      alert('firing', { offer: 'fabrikam.desk' }, 'Desk is down'),
    ]);
    const result = parseOutage('alertmanager', JSON.stringify(mixed), {
      mayName: ({ offers }) => !offers.includes('fabrikam.desk'),
    });
    assert.ok(result.kind === 'events');
    assert.deepEqual(
      result.events.map((e) => [e.title, e.affected.offers]),
      [['CRM is down', ['contoso.crm']]],
    );
    assert.deepEqual(
      result.notes?.map((note) => note.kind),
      ['outside'],
    );
  });
});
