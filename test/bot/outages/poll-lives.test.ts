/** A page that is polled again and again opens each outage once, ends it, and never ends what the answer does not cover. */
import assert from 'node:assert/strict';
import { pollSources, type Asked } from '../../../bot/outages/poll.js';
import { createGuard } from '../../../core/incident/guard.js';
import type { ReceiveDeps } from '../../../core/services/outages/receive-outage.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { outageSource } from '../../helpers/outages.js';
import { sourceWatch } from '../../helpers/source-watch.js';
import { onEveryEngine } from '../../helpers/stores.js';

const NOW = Date.UTC(2026, 2, 10, 12);
const MINUTE = 60_000;

interface Item {
  readonly guid: string;
  readonly title: string;
  readonly minutesAgo: number;
  readonly html?: string;
  readonly link?: string;
}

const rss = (...items: readonly Item[]): string =>
  `<rss><channel><link>https://status.example/</link>${items
    .map(
      ({ guid, title, minutesAgo, html = title, link = 'https://status.example/' }) =>
        `<item><guid isPermaLink="false">${guid}</guid><title>${title}</title><link>${link}</link>` +
        `<pubDate>${new Date(NOW - minutesAgo * MINUTE).toUTCString()}</pubDate><description>${html}</description></item>`,
    )
    .join('')}</channel></rss>`;

const summary = (...incidents: readonly object[]): string =>
  JSON.stringify({ page: { id: 'p' }, status: { indicator: 'none' }, components: [], incidents });
const incident = (id: string, status: string, more: object = {}) => ({
  ...{ id, name: `Mail fails ${id}`, status, impact: 'major' },
  ...{ created_at: '2026-03-10T11:00:00Z', updated_at: '2026-03-10T11:30:00Z', ...more },
});

onEveryEngine('the life of an outage on a polled page', (stores) => {
  /** Polls the answers one after another, two minutes apart. Gives the state of every incident after each poll. */
  async function lives(id: string, format: string, ...answers: readonly string[]) {
    let now = NOW;
    let made = 0;
    const { incidents, silences, recipients, history, sources } = stores().outages;
    const newId = () => `${id}-${String((made += 1))}`;
    const receiveDeps: ReceiveDeps = {
      incidents, silences, recipients, publisherOf: () => undefined, now: () => now, newId, guard: createGuard(),
    }; // prettier-ignore
    const auth = { kind: 'polled', url: `https://${id}.example/`, everyMs: MINUTE } as const;
    const { watch } = sourceWatch(() => now, sources);
    const memory = new Map<string, Asked>();
    const seen: string[][] = [];
    for (const answer of answers) {
      const list = () => Promise.resolve([outageSource({ id, format, auth })]);
      const fetch = () => Promise.resolve(new Response(answer));
      await pollSources({ receiveDeps, sources: { list }, watch, log: new CapturedLog(), memory, fetch });
      seen.push((await history.ofSource(id, 50)).map((one) => one.state).sort());
      now += 2 * MINUTE;
    }
    return { seen, reason: (await sources.health()).get(id)?.reason ?? null };
  }

  it('ends with a feed item of its own that says the end', async () => {
    const down = { guid: 'a', title: 'Booking site went down', minutesAgo: 60 };
    const up = { guid: 'b', title: 'Booking site recovered', minutesAgo: 1 };
    assert.deepEqual((await lives('own-item', 'rss', rss(down), rss(up, down), rss(up, down))).seen, [
      ['investigating'],
      ['resolved'],
      ['resolved'],
    ]);
  });

  it('ends when the first item has left the feed before the end was polled', async () => {
    const page = 'https://status.example/i/7';
    const first = {
      guid: 'a',
      title: 'Mail is late',
      html: 'We are investigating.',
      minutesAgo: 60,
      link: page,
    };
    const fix = {
      guid: 'b',
      title: 'Mail is late',
      html: 'A fix has been deployed.',
      minutesAgo: 30,
      link: page,
    };
    const end = {
      guid: 'c',
      title: 'Mail is late',
      html: 'The issue is resolved.',
      minutesAgo: 1,
      link: page,
    };
    assert.deepEqual((await lives('short-feed', 'rss', rss(first), rss(fix, first), rss(end, fix))).seen, [
      ['investigating'],
      ['monitoring'],
      ['resolved'],
    ]);
  });

  it('stays open while the page writes an unknown state, and lists the source with the reason', async () => {
    const life = await lives(
      'odd-word',
      'statuspage',
      summary(incident('1', 'investigating')),
      summary(incident('1', 'wobbling', { updated_at: '2026-03-10T11:50:00Z' })),
    );
    assert.deepEqual(life.seen, [['investigating'], ['investigating']]);
    assert.equal(life.reason, 'The state of 1 of 1 entries could not be read.');
  });

  it('ends after two answers without it, and opens again when the page lists it again', async () => {
    const one = summary(incident('1', 'investigating'));
    const again = summary(incident('1', 'investigating', { updated_at: '2026-03-10T12:09:00Z' }));
    assert.deepEqual((await lives('comes-back', 'statuspage', one, summary(), summary(), again)).seen, [
      ['investigating'],
      ['investigating'],
      ['resolved'],
      ['investigating'],
    ]);
  });

  it('goes on while the page answers with a web page instead of a feed', async () => {
    const open = rss({ guid: 'a', title: 'Booking site went down', minutesAgo: 60 });
    const life = await lives(
      'web-page',
      'rss',
      open,
      '<html><body>Moved</body></html>',
      '<!DOCTYPE html><html></html>',
    );
    assert.deepEqual(life.seen, [['investigating'], ['investigating'], ['investigating']]);
    assert.match(life.reason ?? '', /web page \(HTML\), not a feed/);
  });

  it('goes on when it began before the oldest item of the feed', async () => {
    const old = { guid: 'a', title: 'Booking site went down', minutesAgo: 600 };
    const other = { guid: 'z', title: 'Search recovered', minutesAgo: 5, link: 'https://status.example/i/9' };
    assert.deepEqual((await lives('cut-feed', 'rss', rss(old), rss(other), rss(other))).seen, [
      ['investigating'],
      ['investigating', 'resolved'],
      ['investigating', 'resolved'],
    ]);
  });
});
