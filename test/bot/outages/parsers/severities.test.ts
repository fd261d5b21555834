/** Each sender's word for a severity: a usual word, an unreadable word, and a word that the operator explained. */
import assert from 'node:assert/strict';
import { parseOutage } from '../../../../bot/outages/parsers/registry.js';

/** One open outage of each format, with this word as its severity. */
const BODIES: Readonly<Record<string, (severity: string) => unknown>> = {
  'better-stack': (status) => ({
    data: { id: '1', type: 'status_page', attributes: { company_name: 'Fabrikam' } },
    included: [
      {
        id: '7',
        type: 'status_report',
        attributes: { title: 'Slow', starts_at: '2026-03-10T11:00:00Z', aggregate_state: status },
      },
    ],
  }),
  cachet: (severity) => ({
    data: [{ id: 7, name: 'Slow', status: 1, human_status: 'Investigating', severity }],
  }),
  'google-cloud': (severity) => [
    { id: 'g7', external_desc: 'Slow', begin: '2026-03-10T11:00:00Z', severity, updates: [] },
  ],
  azure: (severity) => ({
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: {
        alertId: '/subscriptions/1/alerts/7',
        alertRule: 'Slow',
        severity,
        monitorCondition: 'Fired',
        monitoringService: 'Platform',
        firedDateTime: '2026-03-10T11:00:00Z',
      },
      alertContext: {},
    },
  }),
};
const NOW = Date.parse('2026-03-10T12:00:00Z');

describe('a sender’s word for a severity', () => {
  for (const [format, body] of Object.entries(BODIES)) {
    const severity = (given: string, words?: { severities: { chartreuse: 'critical' } }) => {
      const result = parseOutage(format, JSON.stringify(body(given)), { now: NOW, words });
      assert.ok(result.kind === 'events', JSON.stringify(result));
      return result.events.map((event) => event.severity);
    };
    it(`is read from the table, unknown where nobody explained it, and adjustable per source (${format})`, () => {
      assert.deepEqual(severity('critical'), ['critical']);
      assert.deepEqual(severity('chartreuse'), ['unknown']);
      assert.deepEqual(severity('chartreuse', { severities: { chartreuse: 'critical' } }), ['critical']);
      assert.deepEqual(severity('constructor'), ['unknown']);
    });
  }
});
