/** The chat page's service worker: it keeps the page and its files, and lets everything else pass untouched. */
import assert from 'node:assert/strict';
import vm from 'node:vm';
import { registerWidget } from '../../../bot/web/widget/routes.js';
import { call } from '../../helpers/direct-line.js';
import { ROOT } from '../../helpers/chromium.js';
import { startWebServer, type WebServer } from '../../helpers/web-server.js';

const ORIGIN = 'https://desk.contoso.com';
const FRAME = `${ORIGIN}/widget/frame?partner=contoso`;
const DAY_MS = 86_400_000;

/** A browser's cache, as far as the worker uses it. */
class FakeCache {
  readonly kept = new Map<string, Response>();
  constructor(private readonly get: (url: string) => Promise<Response>) {}
  match = (url: string) => Promise.resolve(this.kept.get(url)?.clone());
  put = (url: string, answer: Response) => Promise.resolve(void this.kept.set(url, answer));
  delete = (url: string) => Promise.resolve(this.kept.delete(url));
  addAll = async (paths: readonly string[]) => {
    for (const path of paths) this.kept.set(ORIGIN + path, await this.get(ORIGIN + path));
  };
}

type Listener = (event: object) => void;

/** Runs the worker as the server gives it, with a network that answers as told. */
function browser(source: string) {
  const listeners = new Map<string, Listener>();
  const stores = new Map<string, FakeCache>();
  const network = {
    asked: [] as string[],
    answer: (): Response | undefined => new Response('from the network'),
  };
  const fetch = (request: { url: string } | string) => {
    network.asked.push(typeof request === 'string' ? request : request.url);
    const answer = network.answer();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no network'));
  };
  const self = {
    addEventListener: (name: string, listener: Listener) => void listeners.set(name, listener),
    skipWaiting: () => Promise.resolve(),
    clients: { claim: () => Promise.resolve() },
  };
  const caches = {
    open: (name: string) => {
      if (!stores.has(name)) stores.set(name, new FakeCache(fetch));
      return Promise.resolve(stores.get(name));
    },
    keys: () => Promise.resolve([...stores.keys()]),
    delete: (name: string) => Promise.resolve(stores.delete(name)),
  };
  vm.runInNewContext(source, { self, caches, fetch, location: { origin: ORIGIN }, URL, Promise, Set, Date });
  const run = async (name: string, more: object = {}): Promise<Response | undefined> => {
    const later: Promise<unknown>[] = [];
    let answer: Promise<Response> | undefined;
    listeners.get(name)?.({
      ...more,
      waitUntil: (work: Promise<unknown>) => void later.push(work),
      respondWith: (given: Promise<Response>) => (answer = given),
    });
    const given = await answer;
    await Promise.all(later);
    return given;
  };
  const get = (url: string, more: object = {}) =>
    run('fetch', { request: { url, method: 'GET', mode: 'cors', ...more } });
  return { stores, network, run, get, visit: (url = FRAME) => get(url, { mode: 'navigate' }) };
}

describe('the service worker of the chat page', () => {
  let web: WebServer;
  let source: string;
  let cache: string;
  let files: readonly string[];
  before(async () => {
    const settings = { partnerId: 'contoso', origins: ['https://shop.contoso.com'], keepDays: 30 };
    web = await startWebServer({
      more: (http) =>
        registerWidget(http, {
          rootDir: ROOT,
          files: { assets: '/assets/v-1', webChat: '/webchat/webchat.js' },
          settings,
          brand: () => ({ name: 'Contoso' }),
          defaultLanguage: 'en',
          local: false,
        }),
    });
    const answer = await call(`${web.url}/widget/worker.js`, 'GET');
    source = answer.text;
    assert.equal(
      answer.headers.get('content-security-policy'),
      "default-src 'none'; connect-src 'self'; frame-ancestors 'none'",
    );
    ({ cache, files } = JSON.parse(/KEPT = (\{.*?\]\})/.exec(source)?.[1] ?? '{}') as {
      cache: string;
      files: string[];
    });
  });
  after(() => web.close());

  const page = (status = 200, of = cache, date = new Date()) =>
    new Response('page', { status, headers: { 'offer-desk-cache': of, date: date.toUTCString() } });
  const installed = async () => {
    const one = browser(source);
    await one.run('install');
    await one.run('activate');
    one.network.asked.length = 0;
    return one;
  };

  it('keeps every file the page names, and the page says which version it is of', async () => {
    const frame = await call(`${web.url}/widget/frame?partner=contoso`, 'GET');
    const named = [...frame.text.matchAll(/(?:src|href)="(\/[^"?]+)"/g)].map((match) => match[1] ?? '');
    assert.deepEqual([...new Set(named)].sort(), [...files].sort());
    assert.equal(frame.headers.get('offer-desk-cache'), cache);
    assert.ok(!/nonce|token|secret/i.test(source.replace(/\/\*[^]*?\*\//g, '')));
  });

  it('answers for its files without the network, and for nothing of the server’s', async () => {
    const { get, network } = await installed();
    for (const file of files) assert.equal(await (await get(ORIGIN + file))?.text(), 'from the network');
    assert.deepEqual(network.asked, []);
    for (const url of [
      '/api/token',
      '/v3/directline/conversations',
      '/widget.js',
      '/',
      '/go/mail',
      '/widget/worker.js',
    ])
      assert.equal(await get(ORIGIN + url), undefined, url);
    assert.equal(await get(FRAME), undefined, 'only a visit to the page, not a script that reads it');
    assert.equal(await get(ORIGIN + files[0], { method: 'POST' }), undefined);
    assert.equal(await get(`https://evil.example${files[0]}`), undefined);
  });

  it('shows the kept page at once and takes the new one for the next time', async () => {
    const { visit, network, stores } = await installed();
    network.answer = () => page();
    await visit();
    network.answer = () => undefined;
    assert.equal(await (await visit())?.text(), 'page', 'without a connection');
    network.answer = () => new Response('newer', { headers: { 'offer-desk-cache': cache } });
    assert.equal(await (await visit())?.text(), 'page');
    assert.equal(await stores.get(cache)?.kept.get(FRAME)?.clone().text(), 'newer');
  });

  it('asks for a page that is older than a day, and shows it only where nobody answers', async () => {
    const { visit, network } = await installed();
    network.answer = () => page(200, cache, new Date(Date.now() - 2 * DAY_MS));
    await visit();
    network.answer = () => new Response('newer');
    assert.equal(await (await visit())?.text(), 'newer');
    network.answer = () => page(200, cache, new Date(Date.now() - 2 * DAY_MS));
    await visit();
    network.answer = () => undefined;
    assert.equal(await (await visit())?.text(), 'page');
  });

  for (const [what, answer] of [
    ['of another version', () => page(200, 'offer-desk.other')],
    ['that was refused', () => page(403)],
    ['that is gone', () => page(404)],
  ] as const)
    it(`forgets a page ${what}`, async () => {
      const { visit, network, stores } = await installed();
      network.answer = () => page();
      await visit();
      network.answer = answer;
      await visit();
      assert.equal(stores.get(cache)?.kept.has(FRAME), false);
    });

  it('keeps its page while the server fails, and throws away what an earlier version kept', async () => {
    const one = browser(source);
    one.stores.set('offer-desk.earlier', new FakeCache(() => Promise.resolve(page())));
    one.stores.set('of-somebody-else', new FakeCache(() => Promise.resolve(page())));
    await one.run('install');
    await one.run('activate');
    assert.deepEqual([...one.stores.keys()], ['of-somebody-else', cache]);
    one.network.answer = () => page();
    await one.visit();
    one.network.answer = () => page(503);
    await one.visit();
    assert.equal(one.stores.get(cache)?.kept.has(FRAME), true);
  });
});
