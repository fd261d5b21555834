/** The outage menu shows the worst outages first, page by page. A toast contains no markup and no sender's address. */
import assert from 'node:assert/strict';
import { oneLine } from '../../../cards/kit/sentence.js';
import { outageMenuCard } from '../../../cards/outages/outage-menu-card.js';
import type { Severity } from '../../../core/incident/types.js';
import { cardContext } from '../../helpers/card-fixtures.js';
import { affects, incident, NOON } from '../../helpers/incidents.js';

describe('the menu of open outages', () => {
  const severities: readonly Severity[] = [
    'minor',
    'critical',
    'unknown',
    'major',
    'minor',
    'critical',
    'major',
  ];
  const open = severities.map((severity, n) => ({
    ...incident(),
    id: `inc-${String(n)}`,
    title: `Outage ${String(n)}`,
    severity,
    startedAt: NOON + n,
    affected: affects({ offers: ['contoso.backup'] }),
  }));
  const names = { offer: () => 'Contoso Backup', publisher: (id: string) => id };
  const shown = (from?: number): string =>
    JSON.stringify(
      outageMenuCard({ open, recipient: undefined, silences: [], names, zone: '', from }, cardContext()).card,
    );
  const order = (card: string): readonly string[] => [...new Set(card.match(/Outage \d/g))];

  it('shows the worst outages first, then the newest, with their offers', () => {
    assert.deepEqual(order(shown()), ['Outage 5', 'Outage 1', 'Outage 6', 'Outage 3', 'Outage 4']);
    assert.match(shown(), /Contoso Backup/);
    assert.match(shown(), /2 more open outages/);
  });

  it('shows the other outages on the next page', () => {
    assert.deepEqual(order(shown(5)), ['Outage 2', 'Outage 0']);
    assert.doesNotMatch(shown(5), /more open outages/);
  });
});

describe('the summary in a toast', () => {
  it('has no markup and no raw link from the sender', () => {
    assert.equal(
      oneLine('Outage: **Mail** is [down](https://evil.example/x) <b>now</b>'),
      'Outage: Mail is down now',
    );
    assert.doesNotMatch(oneLine('See https://evil.example/x for more'), /evil/);
  });
});
