/** The poller turns the entries of status pages and feeds into incidents, and creates no incident twice. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pollSources, type Asked } from '../../../bot/outages/poll.js';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { createGuard } from '../../../core/incident/guard.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import type { ReceiveDeps } from '../../../core/services/outages/receive-outage.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { sourceWatch } from '../../helpers/source-watch.js';
import { onEveryEngine } from '../../helpers/stores.js';

const fixture = (name: string) =>
  readFileSync(path.join(findRootDir(), 'test', 'fixtures', 'outages', name), 'utf8');

const polled = (id: string, format: string): OutageSource => ({
  id, publisherId: id, offers: 'all', componentOffers: {}, owner: 'publisher', format, active: true, tellsApart: true,
  auth: { kind: 'polled', url: `https://${id}.example/`, everyMs: 60_000 }, confirmAt: null,
}); // prettier-ignore

onEveryEngine(
  'a status page or feed that is asked',
  (stores) => {
    const cases = [
      ['summary', 'statuspage', 'statuspage-summary.json', Date.UTC(2026, 2, 2, 12)],
      ['atom', 'atom', 'history.atom', Date.UTC(2026, 0, 2, 12)],
      ['rss', 'rss', 'regions.rss', Date.UTC(2026, 2, 2, 12)],
    ] as const;
    for (const [id, format, file, at] of cases) {
      it(`gives the same incidents when ${format} is polled twice`, async () => {
        let now = at;
        let made = 0;
        const { incidents, silences, recipients, history } = stores().outages;
        const newId = () => `${id}-${String((made += 1))}`;
        const receiveDeps: ReceiveDeps = {
          incidents, silences, recipients, publisherOf: () => undefined, now: () => now, newId, guard: createGuard(),
        }; // prettier-ignore
        const log = new CapturedLog();
        const sources = { list: () => Promise.resolve([polled(id, format)]) };
        const { watch } = sourceWatch(() => now);
        const memory = new Map<string, Asked>();
        const answer = () => Promise.resolve(new Response(fixture(file)));
        const ask = () => pollSources({ receiveDeps, sources, watch, log, memory, fetch: answer });
        await ask();
        const first = await history.ofSource(id, 50);
        assert.ok(first.length > 0, JSON.stringify(log));
        for (const one of first) assert.ok(one.title !== '' && one.marks.every((mark) => mark.source === id));
        now += 120_000;
        await ask();
        assert.deepEqual(await history.ofSource(id, 50), first);
      });
    }
  },
  ['sqlite'],
);
