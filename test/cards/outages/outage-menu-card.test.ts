/** The outage menu shows the worst outages first, page by page. A toast contains no markup and no sender's address. */
import assert from 'node:assert/strict';
import { oneLine } from '../../../cards/kit/sentence.js';
import { outageDigestCard } from '../../../cards/outages/outage-notice-cards.js';
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
      outageMenuCard(
        { open, recipient: undefined, silences: [], names, zone: '', pages: { from } },
        cardContext(),
      ).card,
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

describe('long lists of outages', () => {
  const names = { offer: (id: string) => id, publisher: (id: string) => id };

  it('in the menu show five silences a page, count the others, and offer to end each of them', () => {
    const silences = Array.from({ length: 12 }, (_, n) => ({
      id: `s${String(n)}`,
      name: `Product ${String(n)}`,
      reason: 'we move',
      until: NOON,
    }));
    const card = outageMenuCard({ open: [], recipient: undefined, silences, names, zone: '' }, cardContext());
    assert.match(card.text, /7 more silences are not shown here/);
    assert.doesNotMatch(card.text, /Product 11/);
    assert.match(JSON.stringify(card.card), /Product 11/, 'the form ends it');
    assert.match(JSON.stringify(card.card), /"verb":"outage-list","silences":5/);
    const data = { open: [], recipient: undefined, silences, names, zone: '' };
    const last = outageMenuCard({ ...data, pages: { silences: 10 } }, cardContext());
    assert.match(last.text, /Product 10[^]*Product 11/);
    assert.doesNotMatch(last.text, /Product 9|more silences/);
  });

  it('in the menu let a person stop following a topic that the card only counts', () => {
    const subscriptions = Array.from({ length: 20 }, (_, n) => ({
      what: { kind: 'offer', offerId: `contoso.p${String(n)}` } as const,
      from: 'minor' as const,
      by: 'reader' as const,
    }));
    const recipient = {
      id: 'ann',
      kind: 'person',
      subscriptions,
      quiet: null,
      optedOut: false,
      reachable: true,
    } as never;
    const card = outageMenuCard({ open: [], recipient, silences: [], names, zone: '' }, cardContext());
    assert.match(card.text, /15 more choices are not shown here/);
    assert.match(JSON.stringify(card.card), /contoso\.p19"/, 'the form stops it');
    const data = { open: [], recipient, silences: [], names, zone: '' };
    const second = outageMenuCard({ ...data, pages: { follows: 15, from: 0 } }, cardContext());
    assert.match(second.text, /contoso\.p15[^]*contoso\.p19/);
    assert.doesNotMatch(second.text, /contoso\.p14\b|more choices/);
  });

  it('in the morning digest count the outages that are not listed', () => {
    const over = Array.from({ length: 23 }, (_, n) => ({
      ...incident({ state: 'resolved' }),
      id: `inc-${String(n)}`,
      title: `Outage ${String(n)}`,
    }));
    const digest = { readerId: 'ann', open: [], over };
    const card = outageDigestCard({ digest, zone: 'UTC' }, cardContext());
    assert.match(card.text, /18 more outages are not shown here/);
    assert.doesNotMatch(card.text, /Outage 5/);
    assert.match(JSON.stringify(card.card), /"verb":"outage-digest","incidentIds":\["inc-5","inc-6"/);
    const few = outageDigestCard(
      { digest: { ...digest, over: over.slice(0, 5) }, zone: 'UTC' },
      cardContext(),
    );
    assert.doesNotMatch(few.text, /more outages/);
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
