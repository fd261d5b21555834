/** The outage menu shows the worst outages first, page by page. A toast contains no markup and no sender's address. */
import assert from 'node:assert/strict';
import { oneLine } from '../../../cards/kit/sentence.js';
import { outageDigestCard } from '../../../cards/outages/outage-notice-cards.js';
import { outageMenuCard } from '../../../cards/outages/outage-menu-card.js';
import type { Severity } from '../../../core/incident/types.js';
import { cardContext, everyContext } from '../../helpers/card-fixtures.js';
import { lintCard } from '../../helpers/card-lint.js';
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

describe('the menu with the longest names', () => {
  const words = (count: number, word: string): string => `${word} `.repeat(count).slice(0, count).trimEnd();
  const names = { offer: () => words(256, 'Northwind'), publisher: () => words(256, 'Tailspin') };
  const incidents = Array.from({ length: 12 }, (_, n) => ({
    ...incident({ severity: 'critical' }),
    id: `00000000-0000-4000-8000-0000000000${String(n + 10)}`,
    title: words(300, `Outage${String(n + 10)}`),
    affected: affects({ offers: ['a.b', 'a.c', 'a.d'] }),
  }));
  const topics = Array.from({ length: 40 }, (_, n) => `contoso.${'x'.repeat(190)}${String(n + 10)}`);
  const subscriptions = topics.map((offerId) => ({
    what: { kind: 'offer', offerId } as const,
    from: 'minor' as const,
    by: 'reader' as const,
  }));
  const silences = Array.from({ length: 40 }, (_, n) => ({
    id: `11111111-0000-4000-8000-0000000000${String(n + 10)}`,
    name: words(256, 'Fabrikam'),
    reason: words(200, 'reason'),
    until: NOON,
  }));
  const quiet = { from: 0, to: 60, days: [1, 2, 3], override: 'critical', zone: 'America/Los_Angeles' };
  const recipient = {
    id: 'ann',
    kind: 'person',
    subscriptions,
    quiet,
    optedOut: false,
    reachable: true,
  } as never;
  const whole = { open: incidents, recipient, silences, names, zone: 'UTC' };

  it('stays within the weight of a card, in every language and host, for any of the lists and for all', () => {
    const none = { ...whole, open: [], recipient: undefined, silences: [] };
    const menus = [{ ...none, open: incidents }, { ...none, recipient }, { ...none, silences }, whole];
    for (const ctx of everyContext())
      for (const menu of menus) assert.deepEqual(lintCard(outageMenuCard(menu, ctx), ctx.host), []);
  });

  const jsonOf = (data: Parameters<typeof outageMenuCard>[0]): string =>
    JSON.stringify(outageMenuCard(data, cardContext({ host: 'teams' })).card);

  it('shortens names after whole words, and keeps five outages where only their names are long', () => {
    const json = jsonOf({ ...whole, recipient: undefined, silences: [] });
    const texts = [...json.matchAll(/"text":"([^"]*)"/g)].map(([, text = '']) => text).join('\n');
    assert.equal(new Set(texts.match(/Outage\d\d/g)).size, 5);
    assert.match(texts, /Outage\d\d(?: Outage\d\d)+…/);
    assert.doesNotMatch(texts, /(?:Outage\d?|Northw?i?n?)…/);
    assert.match(texts, /7 more open outages/);
  });

  it('still leads to every entry, page by page', () => {
    const seen = { from: new Set<string>(), follows: new Set<string>(), silences: new Set<string>() };
    let pages: Record<string, number> = {};
    for (let left = true; left;) {
      const json = jsonOf({ ...whole, pages });
      for (const [id] of json.matchAll(/00000000-[\w-]+/g)) seen.from.add(id);
      for (const [id] of json.matchAll(/contoso\.x+\d+/g)) seen.follows.add(id);
      for (const [id] of json.matchAll(/11111111-[\w-]+/g)) seen.silences.add(id);
      const places = [...json.matchAll(/"action":\{"verb":"outage-list",([^}]*)}/g)].flatMap(([, all = '']) =>
        Object.entries(JSON.parse(`{${all}}`) as Record<string, number>),
      );
      const later = places.filter(([list, place]) => place > (pages[list] ?? 0));
      pages = { ...pages, ...Object.fromEntries(later) };
      left = later.length > 0;
    }
    assert.deepEqual([seen.from.size, seen.follows.size, seen.silences.size], [12, 40, 40]);
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
