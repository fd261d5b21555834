/** The menu of outages names the worst first, page by page; a toast carries no markup and no address of a sender. */
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

  it('shows the worst first, then the newest, with the offers they concern', () => {
    assert.deepEqual(order(shown()), ['Outage 5', 'Outage 1', 'Outage 6', 'Outage 3', 'Outage 4']);
    assert.match(shown(), /Contoso Backup/);
    assert.match(shown(), /2 more open outages/);
  });

  it('shows the others on the next page', () => {
    assert.deepEqual(order(shown(5)), ['Outage 2', 'Outage 0']);
    assert.doesNotMatch(shown(5), /more open outages/);
  });
});

describe('the summary in a toast', () => {
  it('has no markup and no raw link of the sender', () => {
    assert.equal(
      oneLine('Outage: **Mail** is [down](https://evil.example/x) <b>now</b>'),
      'Outage: Mail is down now',
    );
    assert.doesNotMatch(oneLine('See https://evil.example/x for more'), /evil/);
  });
});
