/** The poller reads Microsoft's service health from a local server: token, pages of a list, waiting time. */
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import sinon from 'sinon';
import { graphToken } from '../../../bot/directory/graph-client.js';
import { pollTokens } from '../../../bot/app/outages.js';
import { pollSources, type PollDeps } from '../../../bot/outages/poll.js';
import { createGuard } from '../../../core/incident/guard.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { startDesk } from '../../helpers/desk.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { sourceWatch } from '../../helpers/source-watch.js';
import { outageSource } from '../../helpers/outages.js';
import { onEveryEngine } from '../../helpers/stores.js';

const GRAPH = 'https://graph.microsoft.com';
const ISSUES = `${GRAPH}/v1.0/admin/serviceAnnouncement/issues`;
const START = Date.UTC(2026, 2, 2);

const source = (over: Partial<OutageSource> = {}, url = ISSUES) =>
  outageSource({
    id: 'm365',
    publisherId: null,
    owner: 'microsoft',
    format: 'graph',
    auth: { kind: 'polled', url, everyMs: 60_000 },
    ...over,
  });
const issue = (id: string) => ({
  id,
  title: `${id} is slow`,
  service: 'Exchange Online',
  status: 'serviceDegradation',
  classification: 'incident',
  startDateTime: new Date(START - 3_600_000).toISOString(),
  lastModifiedDateTime: new Date(START).toISOString(),
  isResolved: false,
});
interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

onEveryEngine(
  'service health of Microsoft Graph',
  (stores) => {
    const asked: { path: string; authorization: string | undefined }[] = [];
    let replies: Reply[] = [];
    let graph: http.Server;
    let log: CapturedLog;
    let now = START;
    let ids = 0;
    before(async () => {
      graph = http.createServer((req, res) => {
        asked.push({ path: req.url ?? '', authorization: req.headers.authorization });
        const { status = 200, headers = {}, body = { value: [] } } = replies.shift() ?? {};
        res.writeHead(status, { 'content-type': 'application/json', ...headers });
        res.end(JSON.stringify(body));
      });
      await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve));
    });
    after(() => void graph.close());

    /** Returns a function that polls once. Each poller has a separate memory. */
    function poller(one: OutageSource, token = () => Promise.resolve<string | undefined>('T')) {
      asked.length = 0;
      log = new CapturedLog();
      const here = `http://127.0.0.1:${String((graph.address() as AddressInfo).port)}`;
      const { incidents, silences, recipients } = stores().outages;
      const deps: PollDeps = {
        receiveDeps: {
          incidents,
          silences,
          recipients,
          publisherOf: () => undefined,
          now: () => now,
          newId: () => `health-${String((ids += 1))}`,
          guard: createGuard(),
        },
        sources: { list: () => Promise.resolve([one]) },
        watch: sourceWatch(() => now, undefined, log).watch,
        log,
        memory: new Map(),
        fetch: ((url: string, init: RequestInit) => fetch(url.replace(GRAPH, here), init)) as typeof fetch,
        tokenFor: pollTokens({ registration: undefined }, token),
      };
      return () => pollSources(deps);
    }
    const titles = async () => (await stores().outages.incidents.open()).map((one) => one.title).sort();

    it('sends the bot’s token with the request for each page, and reads every page', async () => {
      replies = [
        {
          body: { value: [issue('EX1')], '@odata.nextLink': `${ISSUES}?$skip=100` },
          headers: { etag: '"1"' },
        },
        { body: { value: [issue('EX2')] } },
      ];
      await poller(source())();
      assert.deepEqual(asked, [
        { path: '/v1.0/admin/serviceAnnouncement/issues', authorization: 'Bearer T' },
        { path: '/v1.0/admin/serviceAnnouncement/issues?$skip=100', authorization: 'Bearer T' },
      ]);
      assert.deepEqual(await titles(), ['EX1 is slow', 'EX2 is slow']);
    });

    it('sends the token to no other host, also not for a next page', async () => {
      const other = source({}, 'https://graph.microsoft.com.contoso.example/issues');
      const tokenFor = pollTokens({ registration: undefined }, () => Promise.resolve('T'));
      assert.equal(await tokenFor(other), undefined);
      assert.equal(await tokenFor(source({ auth: { kind: 'staff' } })), undefined);
      assert.equal(await tokenFor(source({}, 'http://graph.microsoft.com/issues')), undefined);
      replies = [{ body: { value: [issue('EX3')], '@odata.nextLink': 'https://contoso.example/next' } }];
      await poller(source())();
      assert.equal(asked.length, 1);
      assert.match(log.text, /next page is on another host/);
    });

    it('waits as long as Graph asks, and then reads again', async () => {
      const ask = poller(source());
      replies = [{ status: 429, headers: { 'retry-after': '300' } }, { body: { value: [issue('EX4')] } }];
      await ask();
      assert.match(log.text, /status 429/);
      now += 240_000;
      await ask();
      assert.equal(asked.length, 1, 'its own rhythm would have been a minute');
      now += 61_000;
      await ask();
      assert.equal(asked.length, 2);
      assert.ok((await titles()).includes('EX4 is slow'));
    });

    it('logs that Graph refuses the token, keeps the token out of the log, and tries again on schedule', async () => {
      const ask = poller(source(), () => Promise.resolve('very-secret'));
      replies = [{ status: 401 }, { status: 403 }];
      await ask();
      now += 60_000;
      await ask();
      assert.equal(asked.length, 2);
      assert.match(log.text, /status 401 with a token/);
      assert.match(log.text, /status 403 with a token/);
      assert.doesNotMatch(log.text, /very-secret/);
    });

    it('sends no request when signing in fails, and logs the failure', async () => {
      await poller(source(), () => Promise.reject(new Error('AADSTS7000215')))();
      assert.equal(asked.length, 0);
      assert.match(log.text, /AADSTS7000215/);
    });
  },
  ['sqlite'],
);

describe('the token for Graph', () => {
  it('is undefined when the registration has no credentials', async () => {
    assert.equal(await graphToken({ type: 'SingleTenant', appId: 'a', tenantId: 't' })(), undefined);
    assert.equal(await graphToken({ type: 'MultiTenant', appId: 'a', password: 'p' })(), undefined);
    assert.equal(await pollTokens({ registration: undefined })(source()), undefined);
  });
});

describe('a desk with a registration', () => {
  it('polls Graph with the token of that registration', async () => {
    const asked: { url: string | undefined; authorization: string | undefined }[] = [];
    const graph = http.createServer((request, answer) => {
      asked.push({ url: request.url, authorization: request.headers.authorization });
      answer.setHeader('content-type', 'application/json').end(JSON.stringify({ value: [issue('EX9')] }));
    });
    await new Promise<void>((resolve) => graph.listen(0, '127.0.0.1', resolve));
    const { port } = graph.address() as AddressInfo;
    // The server asks at public addresses only: the test leads the connection to Graph to its own server.
    const stub = sinon.stub(https, 'request').callsFake(((url: URL, options: object, done: () => void) => {
      assert.equal(url.origin, new URL(GRAPH).origin);
      const { pathname: path } = url;
      return http.request({ ...options, lookup: undefined, host: '127.0.0.1', port, path }, done);
    }) as typeof https.request);
    const desk = await startDesk({}, { graphToken: () => Promise.resolve('of-this-desk') });
    try {
      await desk.app.stores.outages.sources.save(source(), 'test', 1);
      // The desk polls its sources at the start, and then every few seconds.
      await desk.restart();
      for (let tries = 0; asked.length === 0 && tries < 200; tries += 1) await pause(20);
      assert.deepEqual(asked[0], {
        url: new URL(ISSUES).pathname,
        authorization: 'Bearer of-this-desk',
      });
    } finally {
      await desk.close();
      stub.restore();
      graph.close();
    }
  });
});
