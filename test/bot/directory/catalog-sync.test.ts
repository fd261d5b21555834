/** The marketplace catalog as a source, against a server that answers well, badly, slowly or not at all. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runDue, runSource } from '../../../bot/app/directory.js';
import { catalogRows } from '../../../bot/directory/catalog-source.js';
import { openConfiguredSources } from '../../../bot/directory/configured-sources.js';
import { retryAfter } from '../../../bot/directory/json-pages.js';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { DeskError } from '../../../core/errors.js';
import {
  detailOf,
  type DirectorySource,
  type SyncOutcome,
} from '../../../core/services/directory/sync-source.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import {
  KEY,
  product,
  send,
  startCatalog,
  type CatalogServer,
  type Misbehave,
} from '../../helpers/catalog-server.js';

const TEN = Array.from({ length: 10 }, (_, at) => product(at));
const HTML = '<!DOCTYPE html><html><title>Sign in</title></html>';

describe('the catalog as a source', () => {
  let folder: string;
  let server: CatalogServer;
  let stores: Stores;
  let now = Date.parse('2026-11-22T10:00:00Z');
  const waits: number[] = [];

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
  });
  beforeEach(async () => {
    server = await startCatalog(TEN);
    const dataDir = mkdtempSync(path.join(folder, 'data-'));
    stores = await openStores({ dataDir, now: () => now, log: new CapturedLog() });
    waits.length = 0;
  });
  afterEach(async () => {
    await stores.close();
    await server.close();
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** As the product reads it, but with waits that take no time and short limits. */
  const source = (
    more: {
      readonly everyMinutes?: number;
      readonly markets?: readonly string[];
      readonly languages?: readonly string[];
      readonly apiKey?: string;
    } = {},
  ): DirectorySource => ({
    name: 'catalog:us',
    fingerprint: 'one',
    ...(more.everyMinutes === undefined ? {} : { everyMinutes: more.everyMinutes }),
    read: async (_cursor, signal) => ({
      mode: 'full',
      rows: await catalogRows(
        {
          url: server.url,
          apiVersion: '2025-05-01',
          apiKey: more.apiKey ?? KEY,
          markets: more.markets ?? ['US'],
          languages: more.languages ?? ['en'],
        },
        {
          fetch,
          signal,
          now: () => now,
          timeoutMs: 200,
          tries: 3,
          maxPages: 20,
          maxBytes: 100_000,
          maxWaitMs: 60_000,
          wait: (milliseconds) => {
            waits.push(milliseconds);
            return Promise.resolve();
          },
        },
      ),
    }),
  });
  const desk = () => ({ stores, sources: [source({ everyMinutes: 60 })], now: () => now });
  const sync = async (one = source(), dryRun = false): Promise<SyncOutcome> => {
    const outcome = await runSource(desk(), one, { actor: 'tester', dryRun });
    assert.ok(outcome);
    return outcome;
  };
  const offers = async () => (await stores.directory.load()).offers;

  it('reads every page, with the key, the market and the language', async () => {
    const outcome = await sync();
    assert.equal(outcome.kind, 'done');
    assert.equal((await offers()).size, 10);
    assert.equal(server.requests.length, 4);
    assert.match(server.requests[0] ?? '', /^\/products\?api-version=2025-05-01&market=US&language=en$/);
    assert.deepEqual((await offers()).get('contoso.offer1'), {
      id: 'contoso.offer1',
      publisherId: 'contoso',
      name: 'Contoso Offer 1',
      aliases: [],
      summary: 'What offer 1 does',
      supportTier: 'publisher',
      hosting: 'saas',
      categories: ['backup'],
      plans: [{ id: 'basic', name: 'Basic', cspState: 'opt-in' }],
      links: {
        support: 'https://contoso.com/support/1',
        privacy: 'https://contoso.com/privacy',
        terms: 'https://contoso.com/terms',
      },
      contacts: [],
      withdrawn: false,
    });
  });

  it('writes nothing when nothing changed, and nothing on a dry run', async () => {
    assert.equal((await sync(source(), true)).kind, 'done');
    assert.equal(await stores.directory.version(), 0);
    assert.equal(await stores.syncs.load('catalog:us'), undefined);
    await sync();
    const outcome = await sync();
    assert.deepEqual(outcome.kind === 'done' && outcome.report.outcome, { kind: 'unchanged', version: 1 });
  });

  it('says what is withdrawn and whose it is, and leaves out what is private or in preview', async () => {
    server.products = [
      product(1, { isStopSell: true, productType: 'VirtualMachine', publisherType: 'Microsoft' }),
      product(2, { isPrivate: true }),
      product(3, { publishingStage: 'Preview' }),
      product(4, {
        uniqueProductId: 'WA200000001',
        plans: [{ planId: 'p', displayName: 'P', isPrivate: true }],
      }),
    ];
    await sync();
    const found = await offers();
    assert.deepEqual([...found.keys()].sort(), ['WA200000001', 'contoso.offer1']);
    const { withdrawn, hosting, supportTier } = found.get('contoso.offer1') ?? {};
    assert.deepEqual([withdrawn, hosting, supportTier], [true, 'azure', 'microsoft']);
    assert.deepEqual(found.get('WA200000001')?.plans, []);
  });

  it('takes one offer of two markets for one, its other name for an alias', async () => {
    server.misbehave = (request, response) => {
      const market = new URL(request.url ?? '', server.url).searchParams.get('market');
      send(response, 200, {
        items: [product(1, market === 'DE' ? { displayName: 'Contoso Angebot 1' } : {})],
      });
      return true;
    };
    await sync(source({ markets: ['US', 'DE'] }));
    const offer = (await offers()).get('contoso.offer1');
    assert.deepEqual([offer?.name, offer?.aliases], ['Contoso Offer 1', ['Contoso Angebot 1']]);
  });

  it('takes the name of another language for the name in it, and keeps it out of the aliases', async () => {
    server.misbehave = (request, response) => {
      const language = new URL(request.url ?? '', server.url).searchParams.get('language');
      const names: Record<string, string> = { de: 'Contoso Angebot 1', sv: 'Contoso Erbjudande 1' };
      const displayName = names[language ?? ''];
      send(response, 200, { items: [product(1, displayName === undefined ? {} : { displayName })] });
      return true;
    };
    await sync(source({ languages: ['en', 'de', 'fr', 'sv'] }));
    const offer = (await offers()).get('contoso.offer1');
    assert.equal(offer?.name, 'Contoso Offer 1');
    assert.deepEqual(offer.inLanguages, { de: { name: 'Contoso Angebot 1' } }, 'French has the same name');
    assert.deepEqual(offer.aliases, ['Contoso Erbjudande 1'], 'a language that the product does not have');
  });

  it('waits as long as the server asks, then goes on', async () => {
    server.misbehave = (_request, response, at) => {
      if (at === 2) send(response, 429, {}, { 'retry-after': '7' });
      else if (at === 3) send(response, 503, {});
      return at === 2 || at === 3;
    };
    assert.equal((await sync()).kind, 'done');
    assert.deepEqual(waits, [7000, 2000]);
  });

  const failures: readonly (readonly [string, Misbehave, string, RegExp])[] = [
    ['401', (_q, response) => (send(response, 401, {}), true), 'source.refused', /key is not accepted/],
    ['403', (_q, response) => (send(response, 403, {}), true), 'source.refused', /may not read/],
    [
      '429 without an end',
      (_q, response) => (send(response, 429, {}, { 'retry-after': '1' }), true),
      'source.unavailable',
      /429/,
    ],
    [
      '429 for longer than anybody waits',
      (_q, response) => (send(response, 429, {}, { 'retry-after': '86400' }), true),
      'source.unavailable',
      /429/,
    ],
    [
      '500 in the middle of the pages',
      (_q, response, at) => at > 2 && (send(response, 500, {}), true),
      'source.unavailable',
      /500/,
    ],
    [
      'a log-in page',
      (_q, response) => (send(response, 200, HTML, { 'content-type': 'text/html' }), true),
      'source.shape',
      /log-in page/,
    ],
    [
      'a redirect to one',
      (_q, response) => (send(response, 302, '', { location: '/login' }), true),
      'source.shape',
      /302/,
    ],
    [
      'half an answer',
      (_q, response) => (send(response, 200, '{"items":[{"offerId":'), true),
      'source.shape',
      /no JSON/,
    ],
    [
      'another shape',
      (_q, response) => (send(response, 200, { products: [] }), true),
      'source.shape',
      /items/,
    ],
    [
      'a page of absurd size',
      (_q, response) => (send(response, 200, { items: [], x: 'x'.repeat(200_000) }), true),
      'source.shape',
      /bytes/,
    ],
    [
      'a next page elsewhere',
      (_q, response) => (send(response, 200, { items: TEN, nextPageLink: 'http://127.0.0.1:9/x' }), true),
      'source.shape',
      /another host/,
    ],
    [
      'the same page again and again',
      (q, response) => (
        send(response, 200, {
          items: [],
          nextPageLink: `${server.url}?api-version=2025-05-01&market=US&language=en`,
        }),
        q.url !== ''
      ),
      'source.shape',
      /no end/,
    ],
    [
      'an endless chain',
      (_q, response, at) => (
        send(response, 200, { items: [], nextPageLink: `${server.url}?n=${String(at)}` }),
        true
      ),
      'source.shape',
      /more than 20 pages/,
    ],
    ['nothing for too long', () => true, 'source.unavailable', /200 ms/],
    [
      'an answer that never ends',
      (_q, response) => (response.writeHead(200), response.write('{"items":['), true),
      'source.unavailable',
      /200 ms/,
    ],
    [
      'a broken connection',
      (request) => (request.socket.destroy(), true),
      'source.unavailable',
      /connection/,
    ],
  ];
  for (const [name, misbehave, code, message] of failures) {
    it(`keeps the last good state when it answers ${name}, says why, and recovers by itself`, async () => {
      await sync();
      server.requests.length = 0;
      server.misbehave = misbehave;
      const outcome = await sync();
      assert.equal(outcome.kind, 'failed', detailOf(outcome));
      assert.equal(outcome.kind === 'failed' && outcome.code, code);
      assert.match(detailOf(outcome), message);
      assert.equal((await offers()).size, 10);
      const state = await stores.syncs.load('catalog:us');
      assert.deepEqual([state?.outcome, state?.succeededAt], ['failed', now]);
      server.misbehave = undefined;
      assert.equal((await sync()).kind, 'done');
    });
  }

  const refusals: readonly (readonly [string, typeof TEN, RegExp])[] = [
    ['gives half the rows', TEN.slice(0, 5), /more than a fifth/],
    ['gives nothing', [], /no usable row/],
    [
      'renames a column every row needs',
      TEN.map(({ displayName, ...rest }) => ({ ...rest, title: displayName })),
      /no usable row/,
    ],
    [
      'renames a column',
      TEN.map(({ supportUri, ...rest }) => ({ ...rest, supportUrl: supportUri })),
      /lost: links\.support/,
    ],
    [
      'gives too many broken rows',
      TEN.map((one, at) => (at < 4 ? product(at, { displayName: '' }) : one)),
      /too many rows cannot be read/,
    ],
  ];
  for (const [name, products, why] of refusals) {
    it(`keeps the last good state when it ${name}`, async () => {
      await sync();
      server.products = products;
      const outcome = await sync();
      assert.equal(outcome.kind, 'refused', detailOf(outcome));
      assert.match(detailOf(outcome), why);
      const kept = await offers();
      assert.deepEqual(
        [kept.size, kept.get('contoso.offer1')?.links.support],
        [10, 'https://contoso.com/support/1'],
      );
      server.products = TEN;
      assert.equal((await sync()).kind, 'done');
    });
  }

  it('takes the second name of one id as an alias', async () => {
    server.products = [...TEN, product(3, { displayName: 'Something else' })];
    const outcome = await sync();
    assert.equal(outcome.kind === 'done' && outcome.report.badRecords, 0);
    const offer = (await offers()).get('contoso.offer3');
    assert.deepEqual([offer?.name, offer?.aliases], ['Contoso Offer 3', ['Something else']]);
  });

  it('runs on its schedule, sooner after a failure, and tells the log', async () => {
    const log = new CapturedLog();
    const due = () => runDue(desk(), log, new AbortController().signal);
    await due();
    await due();
    assert.equal(log.entries.filter((one) => one.event === 'directory.synced').length, 1);
    now += 61 * 60_000;
    server.misbehave = (_request, response) => (send(response, 401, {}), true);
    await due();
    assert.match(JSON.stringify(log.entries.at(-1)), /directory\.not-synced.*source\.refused/);
    now += 10 * 60_000;
    const asked = server.requests.length;
    await due();
    assert.equal(server.requests.length, asked);
    now += 6 * 60_000;
    server.misbehave = undefined;
    await due();
    assert.equal(log.entries.at(-1)?.event, 'directory.synced');
  });

  it('is read by one process at a time', async () => {
    server.misbehave = (_request, response, at) => {
      if (at === 1)
        setTimeout(() => {
          send(response, 200, { items: TEN });
        }, 100);
      return at === 1;
    };
    const [one, two] = await Promise.all([1, 2].map(() => runSource(desk(), source(), { actor: 'tester' })));
    assert.deepEqual([one?.kind, two?.kind].sort(), ['done', undefined]);
  });

  it('never puts the key into what it says or logs', async () => {
    const outcome = await sync(source({ apiKey: 'wrong-secret' }));
    assert.equal(outcome.kind, 'failed');
    assert.doesNotMatch(JSON.stringify(outcome), /wrong-secret/);
  });
});

describe('a wait the server asks for', () => {
  it('is seconds or a date', () => {
    const now = Date.parse('2026-11-22T10:00:00Z');
    assert.equal(retryAfter('5', now), 5000);
    assert.equal(retryAfter('Sun, 22 Nov 2026 10:00:30 GMT', now), 30_000);
    assert.equal(retryAfter('Sun, 22 Nov 2026 09:00:00 GMT', now), 0);
    assert.equal(retryAfter('soon', now), undefined);
    assert.equal(retryAfter(null, now), undefined);
  });
});

describe('the file that names the sources', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const open = (sources: readonly object[]) => {
    const file = path.join(folder, 'sources.json');
    writeFileSync(file, JSON.stringify({ sources }));
    return openConfiguredSources(file, { fetch, now: Date.now });
  };
  const catalog = { name: 'catalog:us', type: 'catalog', markets: ['US'], languages: ['en'] };

  it('makes a source of each entry', async () => {
    const sharepoint = {
      name: 'list:contacts',
      type: 'sharepoint',
      site: 's',
      list: 'l',
      fields: { offer_id: 'OfferId' },
    };
    const sources = await open([
      catalog,
      sharepoint,
      { name: 'file:a', type: 'file', path: 'a.csv', everyMinutes: 60 },
    ]);
    assert.deepEqual(
      sources.map((one) => [one.name, one.everyMinutes]),
      [
        ['catalog:us', undefined],
        ['list:contacts', undefined],
        ['file:a', 60],
      ],
    );
  });

  it('reads files beside it, and says when a key is missing', async () => {
    writeFileSync(path.join(folder, 'a.csv'), 'offer_id,offer_name,publisher_name\ncontoso.a,A,Contoso\n');
    const [file, market] = await open([{ name: 'file:a', type: 'file', path: 'a.csv' }, catalog]);
    const reading = await file?.read(undefined, new AbortController().signal);
    assert.equal(reading?.mode, 'full');
    await assert.rejects(
      async () => market?.read(undefined, new AbortController().signal),
      /OFFER_DESK_CATALOG_KEY/,
    );
  });

  for (const [why, entries, place] of [
    ['a name used twice', [catalog, catalog], /named twice/],
    ['a name of the product’s own', [{ ...catalog, name: 'admin' }], /product's own/],
    ['a field that is unknown', [{ ...catalog, key: 'x' }], /key/],
    [
      'a list mapped to no column',
      [{ name: 'list:a', type: 'sharepoint', site: 's', list: 'l', fields: { colour: 'x' } }],
      /colour/,
    ],
  ] as const) {
    it(`is refused for ${why}`, async () => {
      await assert.rejects(open(entries), (error) => error instanceof DeskError && place.test(error.message));
    });
  }
});
