/** The poller asks the polled sources on schedule with the ETag, and one failing source does not stop the others. */
import assert from 'node:assert/strict';
import { pollSources } from '../../../bot/outages/poll.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { createGuard } from '../../../core/incident/guard.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { sourceWatch } from '../../helpers/source-watch.js';
import { onEveryEngine } from '../../helpers/stores.js';
import { outageSource } from '../../helpers/outages.js';

const polled = (id: string): OutageSource =>
  outageSource({ id, auth: { kind: 'polled', url: `https://${id}.example/api`, everyMs: 60_000 } });

onEveryEngine(
  'polled sources',
  (stores) => {
    it('get requests on schedule with their ETag, and a failing source does not stop the next source', async () => {
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
      const { incidents, silences, recipients } = stores().outages;
      const receiveDeps = {
        incidents,
        silences,
        recipients,
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
        receiveDeps,
        sources,
        watch: sourceWatch(() => now).watch,
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

onEveryEngine('a polled page', (stores) => {
  const NOW = Date.UTC(2026, 2, 10, 12);
  const incident = (id: string, over: object = {}) => ({
    id,
    name: `Orders fail ${id}`,
    status: 'investigating',
    impact: 'major',
    created_at: '2026-03-10T11:00:00Z',
    updated_at: '2026-03-10T11:00:00Z',
    incident_updates: [],
    components: [],
    ...over,
  });
  const summary = (...incidents: readonly object[]) =>
    new Response(
      JSON.stringify({
        page: { id: 'p' },
        status: { indicator: 'none' },
        incidents,
        scheduled_maintenances: [],
      }),
    );

  /** A page that gives these answers one after another, with a minute between the polls. */
  function page(id: string, ...answers: readonly (() => Response)[]) {
    let now = NOW;
    let next = 0;
    const asked: string[] = [];
    const { incidents, silences, recipients, sources } = stores().outages;
    const log = new CapturedLog();
    const { watch, told } = sourceWatch(() => now, sources, log);
    const deps = {
      receiveDeps: {
        incidents,
        silences,
        recipients,
        publisherOf: () => undefined,
        now: () => now,
        newId: () => `${id}-${String((next += 1))}`,
        guard: createGuard(),
      },
      sources: {
        list: () => Promise.resolve([{ ...polled(id), format: 'statuspage' }]),
      },
      watch,
      log,
      memory: new Map(),
      fetch: ((url: string) => {
        asked.push(url);
        const answer = answers[Math.min(asked.length, answers.length) - 1];
        return answer ? Promise.resolve(answer()) : Promise.reject(new Error('no answer'));
      }) as typeof fetch,
    };
    const open = async () =>
      (await incidents.open())
        .filter((one) => one.marks.some((mark) => mark.source === id))
        .map((one) => one.title);
    const polls = async (count: number) => {
      for (let n = 0; n < count; n += 1) {
        await pollSources(deps);
        now += 61_000;
      }
    };
    return { open, polls, asked, told, log, incidents };
  }

  it('ends an outage after two answers in a row without that outage', async () => {
    const one = page(
      'gone',
      () => summary(incident('x1')),
      () => summary(),
    );
    await one.polls(2);
    assert.deepEqual(await one.open(), ['Orders fail x1'], 'one answer proves nothing');
    await one.polls(1);
    assert.deepEqual(await one.open(), []);
    const [ended] = await one.incidents.candidates('gone', 'x1', []);
    assert.deepEqual(
      [ended?.state, ended?.title, ended?.updates[0]?.remark],
      ['resolved', 'Orders fail x1', 'no-longer-listed'],
    );
  });

  it('opens an outage that began weeks ago, and ignores an outage that ended last month', async () => {
    const old = { created_at: '2026-02-10T11:00:00Z', updated_at: '2026-02-11T11:00:00Z' };
    const one = page('long', () =>
      summary(incident('w1', old), incident('w2', { ...old, status: 'resolved' })),
    );
    await one.polls(1);
    assert.deepEqual(await one.open(), ['Orders fail w1']);
    assert.deepEqual(await one.incidents.candidates('long', 'w2', []), []);
  });

  it('has a recorded time and reason of a failure, and a log entry when the page answers again', async () => {
    const one = page(
      'dead',
      () => new Response('no', { status: 403 }),
      () => new Response('no', { status: 403 }),
      () => summary(),
    );
    await one.polls(2);
    assert.deepEqual((await stores().outages.sources.health()).get('dead'), {
      okAt: null,
      failingSince: NOW,
      reason: 'status 403',
    });
    await one.polls(1);
    assert.equal((await stores().outages.sources.health()).get('dead')?.failingSince, null);
    assert.ok(one.log.entries.some((entry) => entry.event === 'outages.source-answers-again'));
  });

  it('is told to administrators at the third failed poll, once, and when the page answers again', async () => {
    const no = () => new Response('no', { status: 403 });
    const one = page('quiet', no, no, no, no, no, () => summary());
    await one.polls(2);
    assert.deepEqual(one.told, [], 'a page may fail for a moment');
    await one.polls(1);
    assert.deepEqual(one.told, [{ source: 'quiet', kind: 'silent', since: NOW, reason: 'status 403' }]);
    await one.polls(3);
    assert.deepEqual(
      one.told.slice(1).map(({ kind, since }) => [kind, since]),
      [['answers-again', NOW]],
    );
  });

  it('can redirect the poller to the same site but not to another site', async () => {
    const to = (location: string) => () => new Response(null, { status: 301, headers: { location } });
    const moved = page('moved', to('https://www.moved.example/api/v2'), () => summary(incident('r1')));
    await moved.polls(1);
    assert.deepEqual(
      [moved.asked.at(-1), await moved.open()],
      ['https://www.moved.example/api/v2', ['Orders fail r1']],
    );
    for (const elsewhere of ['https://127.0.0.1/', 'https://evil.example/', 'http://moved2.example/']) {
      const stolen = page('moved2', to(elsewhere));
      await stolen.polls(1);
      assert.equal(stolen.asked.length, 1, elsewhere);
      assert.match((await stores().outages.sources.health()).get('moved2')?.reason ?? '', /redirects/);
    }
  });
});
