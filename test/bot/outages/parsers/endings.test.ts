/** Which alerts end by age because their sender may never report the end, and which notices name everything. */
import assert from 'node:assert/strict';
import { read } from '../../../helpers/sender-bodies.js';

const DAY = 24 * 3_600_000;
const only = (format: string, body: unknown) => {
  const [event, ...others] = read(format, body).events;
  assert.ok(event && others.length === 0);
  return event;
};

describe('the parsers of senders that may report no end', () => {
  const azure = (monitoringService: string, essentials: object = {}, alertContext: object = {}) => ({
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: {
        alertId: '/alerts/1',
        alertRule: 'Too many errors',
        alertTargetIDs: ['/subscriptions/s/providers/microsoft.insights/components/shop'],
        monitorCondition: 'Fired',
        severity: 'Sev1',
        firedDateTime: '2026-03-10T10:00:00Z',
        monitoringService,
        ...essentials,
      },
      alertContext,
      customProperties: { offer: 'contoso.shop' },
    },
  });

  it('let stateless Azure log alerts end after a day, and take a new alert of the rule as the same outage', () => {
    const first = only('azure', azure('Log Analytics'));
    const second = only('azure', azure('Log Analytics', { alertId: '/alerts/2' }));
    assert.deepEqual([first.endsAfterMs, second.sourceId === first.sourceId], [DAY, true]);
    assert.equal(only('azure', azure('Application Insights')).endsAfterMs, DAY);
  });

  it('let Azure rules that may be stateless end after a week', () => {
    for (const service of ['Platform', 'Log Alerts V2', 'Prometheus'])
      assert.equal(only('azure', azure(service)).endsAfterMs, 7 * DAY, service);
    const other = only('azure', azure('Platform', { alertId: '/alerts/2' }));
    assert.equal(other.sourceId, '/alerts/2');
  });

  it('give service health no age, because it reports its end', () => {
    const service = azure(
      'ServiceHealth',
      {},
      {
        operationName: 'Microsoft.ServiceHealth/incident/action',
        properties: { trackingId: 'VVDQ-VHG', title: 'Active - Networking', stage: 'Active' },
      },
    );
    assert.equal(only('azure', service).endsAfterMs, undefined);
  });

  it('let an issue alert of Sentry end after a day, and no issue', () => {
    const event = { issue_id: '3', title: 'TypeError', level: 'error', datetime: '2026-03-10T10:00:00Z' };
    assert.equal(only('sentry', { action: 'triggered', data: { event } }).endsAfterMs, DAY);
    const issue = { id: '3', title: 'TypeError', level: 'error', status: 'unresolved' };
    assert.equal(only('sentry', { action: 'unresolved', data: { issue } }).endsAfterMs, undefined);
  });
});

describe('the parser of Alertmanager groups', () => {
  it('says that a group names everything, except a truncated group', () => {
    const group = (truncatedAlerts: number) => ({
      version: '4',
      groupKey: 'k',
      status: 'firing',
      truncatedAlerts,
      alerts: [{ status: 'firing', labels: { alertname: 'Down' }, startsAt: '2026-03-10T09:00:00Z' }],
    });
    assert.equal(only('alertmanager', group(0)).whole, true);
    assert.equal(only('alertmanager', group(2)).whole, undefined);
  });
});
