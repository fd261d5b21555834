/** The parsers read the special cases of each format correctly. The payloads are small and their senders fictional. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS, formatNamed, parseOutage } from '../../../../bot/outages/parsers/registry.js';
import type { ParseContext } from '../../../../bot/outages/parsers/types.js';
import type { OutageEvent } from '../../../../core/incident/types.js';
import { short, type ShortEvent } from '../../../helpers/outages.js';

const folder = join(import.meta.dirname, '../../../fixtures/outages');

function read(format: string, file: string, context?: ParseContext): readonly OutageEvent[] {
  const result = parseOutage(format, readFileSync(join(folder, file)), context);
  assert.ok(result.kind === 'events', JSON.stringify(result));
  return result.events;
}

/** Parses in the named format, and checks that detection gives the same result. */
function shorts(format: string, file: string): readonly ShortEvent[] {
  const named = read(format, file);
  assert.deepEqual(read('auto', file), named, 'detected as another format');
  return named.map((event) => short(event));
}

const utc = (rest: string): string => `2026-03-02T${rest}`;

describe('the parsers of outage formats', () => {
  it('read own JSON with times in UTC and each name once', () => {
    assert.deepEqual(shorts('own', 'own-outage.json'), [
      {
        sourceId: 'CON-2041',
        title: 'Sign-in to Contoso Ledger fails',
        state: 'identified',
        severity: 'major',
        started: utc('07:15:00.000Z'),
        updated: utc('07:40:00.000Z'),
        resolved: null,
        components: ['Sign-in'],
        regions: ['West Europe'],
        updates: [
          {
            at: utc('07:40:00.000Z'),
            state: 'identified',
            text: 'A certificate ran out; a new one is on its way.',
          },
          { at: utc('07:20:00.000Z'), state: 'investigating', text: 'We are looking into failed sign-ins.' },
        ],
      },
    ]);
    const [event] = read('own', 'own-outage.json');
    assert.deepEqual(event?.affected.offers, ['contoso.ledger']);
    assert.equal(event?.url, 'https://status.contoso.example/CON-2041');
  });

  it('unwrap a Standard Webhooks envelope, and read its message as the newest update', () => {
    const [event] = shorts('standard-webhooks', 'standard-webhooks-envelope.json');
    assert.equal(event?.state, 'resolved');
    assert.equal(event?.resolved, utc('09:01:00.000Z'));
    assert.equal(event?.updated, utc('09:05:00.000Z'));
    assert.deepEqual(event?.updates, [
      { at: utc('09:05:00.000Z'), state: 'resolved', text: 'All sign-ins work again.' },
    ]);
  });

  it('read one outage from each CloudEvent of a batch, also from base64 data, with source and id as the key', () => {
    const found = read('cloudevents', 'cloudevents-batch.json');
    assert.deepEqual(
      found.map((e) => [e.sourceId, e.state, e.dedupeKey]),
      [
        ['FAB-7', 'investigating', '/fabrikam/status|e-1|'],
        ['FAB-8', 'monitoring', '/fabrikam/status|e-2|'],
      ],
    );
  });

  it('read a CloudEvent in binary mode with its id from the headers and any known body', () => {
    const headers = { 'ce-specversion': '1.0', 'ce-id': 'b%201', 'ce-source': '/nw', 'ce-type': 'x' };
    const [event] = read('auto', 'statuspage-incident.json', { headers });
    assert.equal(event?.sourceId, 'nw7k2');
    assert.equal(event?.dedupeKey, '/nw|b 1|');
  });

  it('read a Statuspage incident with null components, null updates and unknown fields', () => {
    assert.deepEqual(shorts('statuspage', 'statuspage-incident.json'), [
      {
        sourceId: 'nw7k2',
        title: 'Orders cannot be placed',
        state: 'monitoring',
        severity: 'major',
        started: utc('09:00:00.000Z'),
        updated: utc('10:00:00.000Z'),
        resolved: null,
        components: ['Order desk'],
        regions: [],
        updates: [
          { at: utc('09:58:00.000Z'), state: 'monitoring', text: 'A fix is out & we watch it.' },
          { at: utc('09:00:00.000Z'), state: 'investigating', text: 'We look into it.' },
        ],
      },
    ]);
  });

  it('read a Statuspage component back from maintenance as completed work, not as a resolved outage', () => {
    const [event] = shorts('statuspage', 'statuspage-component.json');
    assert.deepEqual([event?.sourceId, event?.state, event?.severity], ['c9', 'completed', 'none']);
    assert.deepEqual([event?.started, event?.resolved], [null, utc('04:00:00.000Z')]);
  });

  it('read a Statuspage summary as incidents, maintenances and failing components without an incident', () => {
    const found = shorts('statuspage', 'statuspage-summary.json');
    assert.deepEqual(
      found.map((e) => [e.sourceId, e.state, e.severity, e.started]),
      [
        ['nw7k2', 'identified', 'major', utc('08:55:00.000Z')],
        ['nwm1', 'scheduled', 'maintenance', '2026-03-09T01:00:00.000Z'],
        ['c2', 'investigating', 'minor', utc('09:30:00.000Z')],
      ],
    );
  });

  it('resolve an open outage of a component that a polled summary shows as working', () => {
    const found = read('statuspage', 'statuspage-summary.json', { openSourceIds: new Set(['c3']) });
    assert.deepEqual(
      found.filter((e) => e.sourceId === 'c3').map((e) => e.state),
      ['resolved'],
    );
  });

  it('read a group of alerts as one outage: open while one alert fires, with the worst firing severity', () => {
    const [event, ...rest] = read('alertmanager', 'alertmanager-mixed.json');
    assert.equal(rest.length, 0);
    assert.deepEqual(
      [event?.title, event?.state, event?.severity, event?.resolvedAt],
      ['HighLatency', 'investigating', 'minor', null],
    );
    assert.equal(event?.startedAt, Date.parse(utc('09:10:00.000Z')), 'what still fires began then');
    assert.equal(
      event?.updatedAt,
      Date.parse(utc('09:30:00.000Z')),
      'a firing alert ends in the future: no news',
    );
    assert.deepEqual(event?.affected, {
      offers: ['tailspin.toys'],
      publishers: ['tailspin'],
      components: [],
      regions: ['West US'],
    });
    assert.deepEqual(
      event?.updates.map((u) => u.state),
      ['resolved', 'investigating'],
    );
  });

  it('read a resolved Azure incident as resolved while its alert is still Fired', () => {
    assert.deepEqual(shorts('azure-service-health', 'azure-fired-resolved.json'), [
      {
        sourceId: 'ZZ9-PL0',
        title: 'Storage - West Europe',
        state: 'resolved',
        severity: 'major',
        started: utc('08:00:00.000Z'),
        updated: utc('12:00:00.765Z'),
        resolved: utc('11:30:00.000Z'),
        components: ['Storage', 'Backup'],
        regions: ['West Europe', 'North Europe'],
        updates: [
          {
            at: utc('12:00:00.765Z'),
            state: 'resolved',
            text: 'Summary: Between 08:00 & 11:30 UTC requests failed. All is well.'.slice(0, 60),
          },
        ],
      },
    ]);
    assert.equal(read('azure', 'azure-fired-resolved.json')[0]?.owner, 'microsoft');
  });

  it('read Azure services from a list, numeric levels and maintenance in progress', () => {
    const [event] = shorts('azure-service-health', 'azure-impacted-as-list.json');
    assert.deepEqual(
      [event?.state, event?.severity, event?.components, event?.regions, event?.resolved],
      ['in-maintenance', 'maintenance', ['Network Infrastructure'], ['UK South'], null],
    );
  });

  it('merge two Azure events with one tracking id: the newer decides, and the affected parts add up', () => {
    const [event, ...rest] = shorts('azure-service-health', 'azure-rest.json');
    assert.equal(rest.length, 0);
    assert.deepEqual(
      [event?.state, event?.severity, event?.resolved, event?.components, event?.regions],
      [
        'resolved',
        'critical',
        utc('03:00:00.000Z'),
        ['Key Vault', 'Certificates'],
        ['Japan East', 'Japan West'],
      ],
    );
    assert.deepEqual(
      event?.updates.map((u) => u.text),
      ['Requests work.', 'Requests fail.'],
    );
  });

  it('read Instatus words in capitals and Instatus maintenances', () => {
    const [incident] = shorts('instatus', 'instatus-incident.json');
    assert.deepEqual([incident?.state, incident?.severity], ['identified', 'major']);
    const [work] = shorts('instatus', 'instatus-maintenance.json');
    assert.deepEqual(
      [work?.state, work?.severity, work?.started],
      ['scheduled', 'maintenance', '2026-03-08T22:00:00.000Z'],
    );
  });

  it('read an Uptime Kuma heartbeat in UTC, with the offer and the region from tags', () => {
    const [event] = read('uptime-kuma', 'uptime-kuma-down.json');
    assert.deepEqual([event?.sourceId, event?.state, event?.severity], ['12', 'investigating', 'major']);
    assert.equal(event?.startedAt, Date.parse(utc('05:06:07.089Z')));
    assert.deepEqual(event?.affected.offers, ['litware.portal']);
    assert.deepEqual(event?.affected.regions, ['Germany']);
  });

  it('ignore an Uptime Kuma test message', () => {
    assert.deepEqual(parseOutage('kuma', '{"heartbeat":null,"monitor":null,"msg":"Testing"}'), {
      kind: 'events',
      events: [],
      notes: [{ kind: 'test', text: 'Test received: the monitor’s test button sends no heartbeat.' }],
    });
  });

  it('read Graph statuses in camelCase, PascalCase and capitals', () => {
    const found = shorts('graph', 'graph-issues.json');
    assert.deepEqual(
      found.map((e) => [e.sourceId, e.state, e.severity]),
      [
        ['EX900001', 'investigating', 'critical'],
        ['TM900002', 'monitoring', 'minor'],
        ['SP900003', 'resolved', 'minor'],
      ],
    );
    assert.equal(found[0]?.updates[0]?.text, 'Title: Mail waits Current status: We look into it.');
  });

  it('read only the issues from Graph health overviews', () => {
    const [issue] = (
      JSON.parse(readFileSync(join(folder, 'graph-issues.json'), 'utf8')) as { value: object[] }
    ).value;
    const overviews = {
      value: [
        { id: 'Exchange', service: 'Exchange Online', status: 'x', issues: [issue] },
        { id: 'Teams', status: 'y' },
      ],
    };
    const result = parseOutage('graph', JSON.stringify(overviews));
    assert.ok(result.kind === 'events');
    assert.deepEqual(
      result.events.map((e) => e.sourceId),
      ['EX900001'],
    );
  });

  it('read the state of an Atom entry from the newest paragraph with a heading, and the year from the entry', () => {
    const [event, work] = shorts('atom', 'history.atom');
    assert.deepEqual(event, {
      sourceId: 'tag:status.adventure.example,2005:Incident/7',
      title: 'Bookings & payments are slow',
      state: 'monitoring',
      severity: 'minor',
      started: '2025-12-31T22:50:00.000Z',
      updated: '2026-01-02T00:10:00.000Z',
      resolved: null,
      components: [],
      regions: [],
      updates: [
        { at: '2026-01-01T00:10:00.000Z', state: 'monitoring', text: "It's faster now." },
        { at: '2025-12-31T23:05:00.000Z', state: null, text: 'Still looking.' },
        { at: '2025-12-31T22:50:00.000Z', state: 'investigating', text: 'We look into it.' },
      ],
    });
    assert.deepEqual([work?.state, work?.severity], ['scheduled', 'maintenance']);
    assert.equal(read('atom', 'history.atom')[0]?.url, 'https://status.adventure.example/incidents/abc');
  });

  it('read the start of scheduled work in a feed from its maintenance window', () => {
    assert.equal(shorts('atom', 'history.atom')[1]?.started, '2026-01-10T22:00:00.000Z');
  });

  it('read RSS items without headings as open unless the title says otherwise, with any RFC 822 zone', () => {
    assert.deepEqual(
      shorts('rss', 'regions.rss').map((e) => [
        e.sourceId,
        e.state,
        e.updated,
        e.components,
        e.updates[0]?.text,
      ]),
      [
        [
          'PW-31',
          'investigating',
          utc('07:08:00.000Z'),
          ['Storage', 'East US'],
          'Uploads are slow & may fail.',
        ],
        ['PW-30', 'resolved', utc('07:30:00.000Z'), [], 'Over.'],
      ],
    );
  });

  it('give two deliveries of one notice the same dedupe key, and two notices different keys', () => {
    const files = [
      'own-outage.json',
      'statuspage-incident.json',
      'alertmanager-mixed.json',
      'azure-fired-resolved.json',
    ];
    for (const file of files) {
      const raw = readFileSync(join(folder, file), 'utf8');
      const again = JSON.stringify(JSON.parse(raw));
      const changed = raw.replace(
        /"(state|status)": "(identified|monitoring|firing|Resolved)"/g,
        '"$1": "investigating"',
      );
      const key = (text: string): string | undefined => {
        const result = parseOutage('auto', text);
        return result.kind === 'events' ? result.events[0]?.dedupeKey : undefined;
      };
      assert.equal(key(again), key(raw), file);
      if (file.startsWith('own') || file.startsWith('statuspage'))
        assert.notEqual(key(changed), key(raw), file);
    }
  });

  it('group the alerts of monitors by offer, and keep the incidents of status pages apart', () => {
    const monitors = FORMATS.filter((name) => formatNamed(name)?.monitor);
    assert.deepEqual(monitors, [
      'grafana',
      'alertmanager',
      'uptime-kuma',
      'pagerduty',
      'opsgenie',
      'datadog',
      'new-relic',
      'sentry',
    ]);
  });

  it('find format names and aliases in any case', () => {
    for (const name of [...FORMATS, 'Azure', ' STATUSPAGE ', 'graph service health']) {
      const result = parseOutage(name, 'x');
      assert.ok(result.kind === 'error' && result.code !== 'unknown-format', name);
    }
  });
});
