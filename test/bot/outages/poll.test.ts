/** Asking the sources that do not send: when their time has come, with the ETag, one failing alone. */
import assert from 'node:assert/strict';
import { pollSources } from '../../../bot/outages/poll.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { createGuard } from '../../../core/incident/guard.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { onEveryEngine } from '../../helpers/stores.js';

const polled = (id: string): OutageSource => ({
  id,
  publisherId: 'contoso',
  offers: 'all',
  componentOffers: {},
  owner: 'publisher',
  format: 'own',
  active: true,
  tellsApart: true,
  auth: { kind: 'polled', url: `https://${id}.example/api`, everyMs: 60_000 },
  confirmAt: null,
});

onEveryEngine(
  'polled sources',
  (stores) => {
    it('are asked when their time has come, with their ETag, and one that fails does not stop the next', async () => {
      let now = Date.UTC(2026, 2, 2);
      const asked: { host: string; etag: string | null }[] = [];
      const fetch = (url: string, init: RequestInit): Promise<Response> => {
        const host = new URL(url).hostname;
        const etag = new Headers(init.headers).get('if-none-match');
        asked.push({ host, etag });
        if (host === 'bad.example') return Promise.reject(new Error('no route'));
        if (etag === '"1"') return Promise.resolve(new Response(null, { status: 304 }));
        const body = {
          id: 'P-1',
          title: 'Down',
          state: 'investigating',
          severity: 'major',
          updated: new Date(now).toISOString(),
        };
        return Promise.resolve(new Response(JSON.stringify(body), { headers: { etag: '"1"' } }));
      };
      const { incidents, silences, readers } = stores().outages;
      const desk = {
        incidents,
        silences,
        readers,
        publisherOf: () => undefined,
        now: () => now,
        newId: () => 'polled-1',
        guard: createGuard(),
      };
      const log = new CapturedLog();
      const sources = {
        list: () => Promise.resolve([polled('bad'), polled('good'), { ...polled('off'), active: false }]),
      };
      const deps = {
        desk,
        sources,
        log,
        memory: new Map<string, { at: number; etag?: string }>(),
        fetch: fetch as typeof globalThis.fetch,
      };
      await pollSources(deps);
      assert.equal((await incidents.byId('polled-1'))?.title, 'Down');
      now += 59_000;
      await pollSources(deps);
      assert.equal(asked.length, 2, 'too early to ask again');
      now += 2_000;
      await pollSources(deps);
      assert.deepEqual(asked.slice(2), [
        { host: 'bad.example', etag: null },
        { host: 'good.example', etag: '"1"' },
      ]);
    });
  },
  ['sqlite'],
);
