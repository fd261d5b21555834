/** Addresses that others named never lead into the server's own network: not by name, by redirect or by a second look. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { isPublicAddress, outsideFetch } from '../../../bot/runtime/outside-fetch.js';
import { askSite, limited } from '../../../bot/outages/poll-request.js';
import { jsonPages } from '../../../bot/directory/json-pages.js';
import { clientWith } from '../../../bot/directory/graph-client.js';
import { readSharePointList } from '../../../bot/directory/sharepoint-source.js';
import { parseMapping } from '../../../core/directory/parse/mapping.js';
import { isCode } from '../../helpers/errors.js';

type Resolve = NonNullable<Parameters<typeof outsideFetch>[1]>;

/** A name server that gives these addresses, one list for each question. */
function names(...answers: readonly (readonly string[])[]): { resolve: Resolve; asked: () => number } {
  let asked = 0;
  const resolve = ((_host: string, _options: unknown, done: (error: null, found: object[]) => void) => {
    const found = answers[Math.min(asked, answers.length - 1)] ?? [];
    asked += 1;
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as Resolve;
  return { resolve, asked: () => asked };
}

const mapping = parseMapping({ fields: { offer_id: 'OfferId' }, ignore: ['*'] });
/** The Graph client puts every failure into an error of its own, and keeps the message. */
const isRefused = (error: Error): boolean =>
  /not a public address|is not Microsoft Graph/.test(error.message);

describe('an address that others named', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  const serve = (listener: RequestListener) =>
    new Promise<number>((resolve) => {
      const server = createServer(listener).listen(0, '127.0.0.1', () =>
        resolve((server.address() as AddressInfo).port),
      );
      servers.push(server);
    });

  it('is public or not, for every kind of private, local, mapped and reserved address', () => {
    for (const address of ['8.8.8.8', '20.50.2.1', '172.32.0.1', '2606:4700::1111', '2a01:111::1'])
      assert.ok(isPublicAddress(address), address);
    for (const address of [
      ...['127.0.0.1', '10.0.0.5', '172.16.9.9', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
      ...['0.0.0.0', '100.64.0.1', '198.18.0.1', '224.0.0.1', '255.255.255.255', '168.63.129.16.'],
      ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:8.8.8.8'],
      ...['64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', '2001::1', 'localhost', ''],
    ])
      assert.ok(!isPublicAddress(address), address);
  });

  it('is refused when it is private in any spelling, before a connection is made', async () => {
    let reached = 0;
    const port = await serve((_req, res) => void ((reached += 1), res.end('secret')));
    const ask = outsideFetch([]);
    for (const host of [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f.1',
      '017700000001',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ])
      await assert.rejects(ask(`http://${host}:${port}/`), isCode('source.refused'), host);
    await assert.rejects(ask(`http://localhost:${port}/`), isCode('source.refused'));
    assert.equal(reached, 0);
  });

  it('is refused when one of the addresses of its name is private', async () => {
    const { resolve } = names(['8.8.8.8', '169.254.169.254']);
    const ask = outsideFetch([], resolve);
    await assert.rejects(ask('https://status.contoso.com/'), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, /status\.contoso\.com leads to 169\.254\.169\.254/);
      return isCode('source.refused')(error);
    });
  });

  it('is resolved once: a name server that answers differently the second time changes nothing', async () => {
    const rebinding = names(['8.8.8.8'], ['127.0.0.1']);
    const ask = outsideFetch([], rebinding.resolve);
    const stop = new AbortController();
    const asking = ask('http://rebind.contoso.example:9/', { signal: stop.signal });
    // The test reaches nobody: only the number of questions counts.
    setImmediate(() => stop.abort());
    await assert.rejects(asking);
    assert.equal(rebinding.asked(), 1);
    await assert.rejects(ask('http://rebind.contoso.example:9/'), isCode('source.refused'));
  });

  it('may be private when the operator named the host, and only that host', async () => {
    const port = await serve((_req, res) => void res.end('{"ok":true}'));
    const ask = outsideFetch(['127.0.0.1']);
    assert.deepEqual(await (await ask(`http://127.0.0.1:${port}/`)).json(), { ok: true });
    await assert.rejects(ask(`http://localhost:${port}/`), isCode('source.refused'));
  });

  it('is not left by a redirect to a private address', async () => {
    const inner = await serve((_req, res) => void res.end('secret'));
    const outer = await serve((_req, res) => {
      res.writeHead(302, { location: `http://127.0.0.1:${inner}/` });
      res.end();
    });
    const fetch = outsideFetch(['127.0.0.1']);
    const deps = { fetch, receiveDeps: { now: () => 0 } };
    await assert.rejects(askSite(deps, `http://127.0.0.1:${outer}/`, { token: undefined }), /not https/);
    await assert.rejects(fetch(`http://127.0.0.1:${outer}/`, { redirect: 'error' }), /redirect/);
  });

  it('is refused as an address of Microsoft Graph when its name leads to a private address', async () => {
    const { resolve, asked } = names(['10.0.0.7']);
    let tokens = 0;
    const getToken = () => Promise.resolve({ token: 'graph-token', expiresOnTimestamp: ++tokens });
    const client = await clientWith({ getToken }, outsideFetch([], resolve));
    await assert.rejects(client.api('/sites').get(), isRefused);
    assert.deepEqual([asked(), tokens], [1, 1]);
    const list = {
      site: 'contoso',
      list: 'offers',
      mapping,
      today: '2026-11-30',
      timeoutMs: 5_000,
      maxPages: 2,
    };
    const { signal } = new AbortController();
    await assert.rejects(readSharePointList(client, list, undefined, signal), (error) => {
      assert.match((error as Error).message, /graph\.microsoft\.com leads to 10\.0\.0\.7/);
      return isCode('source.refused')(error);
    });
  });

  it('gets no request of the Graph client when it is not Graph, also not by a redirect', async () => {
    const sent: string[] = [];
    const send = (url: URL, init?: RequestInit) => {
      sent.push(`${url.href} ${new Headers(init?.headers).get('authorization') ?? ''}`);
      const headers = { location: 'https://status.contoso.example/token' };
      return Promise.resolve(new Response(null, { status: 302, headers }));
    };
    const getToken = () => Promise.resolve({ token: 'graph-token', expiresOnTimestamp: 1 });
    const client = await clientWith({ getToken }, send as typeof fetch);
    for (const address of [
      'https://graph.contoso.example/v1.0/sites',
      'https://169.254.169.254/v1.0/metadata',
    ])
      await assert.rejects(client.api(address).get(), isRefused);
    assert.deepEqual(sent, []);
    await assert.rejects(client.api('/sites').get(), { statusCode: 302 });
    assert.deepEqual(sent, ['https://graph.microsoft.com/v1.0/sites Bearer graph-token']);
  });

  it('ends the reading of a page that is small when packed and huge when unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a'));
    const port = await serve((_req, res) => {
      res.writeHead(200, { 'content-encoding': 'gzip' });
      res.end(bomb);
    });
    const answer = await outsideFetch(['127.0.0.1'])(`http://127.0.0.1:${port}/`);
    const before = process.memoryUsage().rss;
    await assert.rejects(limited(answer), /too large/);
    assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024);
  });

  it('of a catalog is refused at once, without further attempts', async () => {
    let waits = 0;
    const options = {
      ...{
        timeoutMs: 1_000,
        tries: 4,
        maxPages: 2,
        maxBytes: 1_000,
        maxWaitMs: 1_000,
        now: () => 0,
        headers: {},
      },
      ...{ signal: new AbortController().signal, fetch: outsideFetch([], names(['10.1.2.3']).resolve) },
      wait: () => Promise.resolve(void (waits += 1)),
    };
    const read = async () => {
      for await (const page of jsonPages(new URL('https://catalog.contoso.com/'), () => undefined, options))
        assert.ok(page);
    };
    await assert.rejects(read(), isCode('source.refused'));
    assert.equal(waits, 0);
  });

  it('takes a text by POST, and no other method or body', async () => {
    const port = await serve((req, res) => {
      const parts: Buffer[] = [];
      req.on('data', (part: Buffer) => parts.push(part));
      req.on('end', () => res.end(`${req.method} ${Buffer.concat(parts).toString()}`));
    });
    const ask = outsideFetch(['127.0.0.1']);
    const at = `http://127.0.0.1:${port}/`;
    assert.equal(
      await (await ask(at, { method: 'POST', body: 'three words ✓' })).text(),
      'POST three words ✓',
    );
    await assert.rejects(ask(at, { method: 'DELETE' }), /only GET/);
    await assert.rejects(ask(at, { method: 'POST', body: new Uint8Array(3) }), /only GET/);
  });

  it('ends with the reason of the caller when the caller stops waiting', async () => {
    const port = await serve(() => undefined);
    const signal = AbortSignal.timeout(50);
    await assert.rejects(outsideFetch(['127.0.0.1'])(`http://127.0.0.1:${port}/`, { signal }), {
      name: 'TimeoutError',
    });
  });
});
