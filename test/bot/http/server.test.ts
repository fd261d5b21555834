/** The HTTP server itself: how it fails, what headers it sends, how it begins and ends. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import net, { connect } from 'node:net';
import { request } from 'node:http';
import { DeskError } from '../../../core/errors.js';
import { addressOf, namesLoopback } from '../../../bot/http/hosts.js';
import { registerHealth, createHttpServer, newReference, type HttpServer } from '../../../bot/http/server.js';
import { depthOf } from '../../../bot/http/json-body.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { call } from '../../helpers/direct-line.js';

describe('the HTTP server', () => {
  const log = new CapturedLog();
  let http: HttpServer;
  let url: string;
  let ready = async (): Promise<Record<string, boolean>> => Promise.resolve({ store: true });
  before(async () => {
    http = createHttpServer({ log, localOnly: true, closeGraceMs: 100 });
    registerHealth(http, { ready: () => ready() });
    http.server.post(
      '/echo',
      ...http.json({ limitBytes: 1_000 }),
      http.handle((req, res) => void res.send(200, req.body)),
    );
    http.server.get(
      '/throws',
      http.handle(() => {
        throw new Error('secret detail 4711');
      }),
    );
    http.server.get(
      '/breaks/:id',
      http.handle(() => Promise.reject(new DeskError('conversation.unknown', 'for the log only'))),
    );
    http.server.get(
      '/returns',
      http.handle((_req, res) => res.send(200, { ok: true }) as undefined),
    );
    url = `http://127.0.0.1:${String((await http.listen('127.0.0.1', 0)).port)}`;
  });
  after(() => http.close());

  it('answers a failure with its code, a remedy and a reference found in the log, and nothing of its cause', async () => {
    const crash = await call(`${url}/throws`, 'GET');
    assert.equal(crash.status, 500);
    assert.ok(!crash.text.includes('4711'));
    const entry = log.withReference(crash.body.error.reference);
    assert.equal(entry?.level, 'error');
    assert.match(log.text, /secret detail 4711/);
    const known = await call(`${url}/breaks/token-in-path`, 'GET');
    assert.deepEqual([known.status, known.body.error.code], [404, 'conversation.unknown']);
    assert.equal(log.withReference(known.body.error.reference)?.fields.route, '/breaks/:id');
    assert.ok(!log.text.includes('token-in-path'));
  });

  it('logs nothing of a response that a handler returns', async () => {
    const entries = log.entries.length;
    await call(`${url}/returns`, 'GET', { headers: { authorization: 'Bearer canary-token' } });
    assert.ok(!log.text.includes('canary-token'));
    assert.ok(log.entries.length <= entries + 1);
  });

  it('answers unknown addresses and methods, also broken ones, in the same shape', async () => {
    for (const [method, path, status] of [
      ['GET', '/nothing', 404],
      ['GET', '/%E0%A4%A', 404],
      ['GET', '/..%2f..%2fetc/passwd', 404],
      ['DELETE', '/echo', 405],
      ['GET', '/api/token', 404],
    ] as const) {
      const answer = await call(url + path, method);
      assert.equal(answer.status, status, path);
      assert.ok(log.withReference(answer.body.error.reference), path);
    }
  });

  it('sends the security headers with every answer, errors included', async () => {
    for (const path of ['/healthz', '/nothing', '/throws']) {
      const { headers } = await call(url + path, 'GET');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.equal(headers.get('server'), null);
      assert.equal(headers.get('strict-transport-security'), null);
    }
  });

  it('takes JSON up to the limit, chunked too, and refuses one byte more', async () => {
    const fits = JSON.stringify({ a: 'x'.repeat(992) });
    assert.equal(fits.length, 1_000);
    assert.equal((await call(`${url}/echo`, 'POST', { body: fits })).status, 200);
    assert.equal((await call(`${url}/echo`, 'POST', { body: `${fits} ` })).status, 413);
    const chunked = (body: string) =>
      new Promise((resolve) => {
        const headers = { 'content-type': 'application/json' };
        const sent = request(`${url}/echo`, { method: 'POST', headers }, (res) =>
          resolve(res.resume().statusCode),
        );
        sent.write(body.slice(0, 10));
        sent.end(body.slice(10));
      });
    assert.equal(await chunked(fits), 200);
    assert.equal(await chunked(`${fits} `), 413);
    assert.equal((await call(`${url}/echo`, 'POST')).status, 400, 'a body is required');
  });

  it('keeps keys such as __proto__ data', async () => {
    const answer = await call(`${url}/echo`, 'POST', {
      body: '{"__proto__":{"polluted":1},"constructor":{}}',
    });
    assert.equal(answer.status, 200);
    assert.equal(({} as { polluted?: number }).polluted, undefined);
  });

  it('says whether it is alive without asking anybody, and ready only when every part is', async () => {
    assert.deepEqual((await call(`${url}/readyz`, 'GET')).text, '{"status":"ready","parts":{"store":true}}');
    ready = async () => Promise.resolve({ store: true, directory: false });
    assert.equal((await call(`${url}/readyz`, 'GET')).status, 503);
    ready = () => Promise.reject(new Error('no store'));
    assert.equal((await call(`${url}/readyz`, 'GET')).status, 503);
    assert.equal((await call(`${url}/healthz`, 'GET')).status, 200);
  });

  /** Two servers on the way may read these requests differently, and take a part of one for a request of their own. */
  const SMUGGLED: Readonly<Record<string, string>> = {
    'a length and chunks': 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
    'two lengths': 'Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}',
    'a list of lengths': 'Content-Length: 2, 40\r\n\r\n{}',
    'a length with a sign': 'Content-Length: +2\r\n\r\n{}',
    'an unknown transfer coding': 'Transfer-Encoding: xchunked\r\n\r\n{}',
    'a coding on a folded line': 'Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n',
    'two codings': 'Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n',
    'a space before the colon': 'Content-Length : 2\r\n\r\n{}',
    'a bare line feed': 'Content-Length: 2\n\n{}',
    'a negative chunk': 'Transfer-Encoding: chunked\r\n\r\n-1\r\n{}\r\n0\r\n\r\n',
    'a chunk size with a prefix': 'Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n',
    'a zero byte in a header': 'X: a\0b\r\nContent-Length: 2\r\n\r\n{}',
  };
  for (const [name, rest] of Object.entries(SMUGGLED))
    it(`refuses a request with ${name}, and answers nothing that follows it`, async () => {
      const head = 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n';
      const answer = await new Promise<string>((resolve) => {
        let told = '';
        const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
        socket.on('data', (bytes) => (told += bytes.toString()));
        socket.on('error', () => undefined).on('close', () => resolve(told));
        socket.write(`${head}${rest}GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
      });
      assert.match(answer, /^HTTP\/1\.1 400 /);
      assert.equal(answer.split('HTTP/1.1 ').length, 2, answer);
    });

  it('survives what is no HTTP at all', async () => {
    for (const bytes of [
      '\r\n\r\n',
      'GET / HTTP/1.1\r\n\r\n',
      'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n',
      '\0'.repeat(100),
    ]) {
      await new Promise<void>((resolve) => {
        const socket = net.connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes));
        socket.on('error', () => undefined);
        socket.resume().on('close', () => resolve());
      });
    }
    assert.equal((await call(`${url}/healthz`, 'GET')).status, 200);
  });

  it('gives clients a limited time', () => {
    const { headersTimeout, requestTimeout } = http.server.server as unknown as Record<string, number>;
    assert.deepEqual([headersTimeout, requestTimeout], [10_000, 30_000]);
  });
});

describe('beginning and ending', () => {
  it('closes connections of one address above its limit, and takes new ones when old ones have ended', async () => {
    const limit = { log: new CapturedLog(), localOnly: true, connectionsPerAddress: 2, closeGraceMs: 100 };
    const http = createHttpServer(limit);
    http.server.get(
      '/here',
      http.handle((_req, res) => void res.send(200, {})),
    );
    const { port } = await http.listen('127.0.0.1', 0);
    const open = async () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    };
    try {
      const [first, second] = [await open(), await open()];
      const third = await open();
      await once(third, 'close');
      first.destroy();
      second.destroy();
      // The server notices the end of a connection a moment later.
      let status = 0;
      while (status !== 200)
        status = await call(`http://127.0.0.1:${String(port)}/here`, 'GET').then(
          (answer) => answer.status,
          () => 0,
        );
    } finally {
      await http.close();
    }
  });

  it('asks browsers for https for a year and for every subdomain, when the public address is https', async () => {
    const http = createHttpServer({ log: new CapturedLog(), localOnly: false, https: true });
    const { port } = await http.listen('127.0.0.1', 0);
    const answer = await call(`http://127.0.0.1:${String(port)}/nothing`, 'GET');
    await http.close();
    assert.equal(answer.headers.get('strict-transport-security'), 'max-age=31536000; includeSubDomains');
  });

  it('names the address when it is in use', async () => {
    const first = createHttpServer({ log: new CapturedLog(), localOnly: true });
    const { port } = await first.listen('127.0.0.1', 0);
    const second = createHttpServer({ log: new CapturedLog(), localOnly: true });
    await assert.rejects(second.listen('127.0.0.1', port), { code: 'http.address-in-use' });
    await first.close();
  });

  it('cleans up last first, goes on after a failure, and lets an open request end', async () => {
    const log = new CapturedLog();
    const http = createHttpServer({ log, localOnly: true, closeGraceMs: 2_000 });
    const order: string[] = [];
    http.onClose(() => void order.push('first'));
    http.onClose(() => Promise.reject(new Error('stuck')));
    http.onClose(() => void order.push('last'));
    let finish = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      http.server.get(
        '/slow',
        http.handle(async (_req, res) => {
          resolve();
          await new Promise<void>((done) => (finish = done));
          res.send(200, { done: true });
        }),
      );
    });
    const { port } = await http.listen('127.0.0.1', 0);
    const answer = call(`http://127.0.0.1:${String(port)}/slow`, 'GET');
    await begun;
    const closed = http.close();
    finish();
    assert.equal((await answer).status, 200);
    await closed;
    assert.deepEqual(order, ['last', 'first']);
    assert.match(log.text, /http\.cleanup-failed.*stuck/);
  });
});

describe('who asks', () => {
  it('knows the names of this machine from those that only look like them', () => {
    for (const host of [
      'localhost',
      'localhost:3978',
      '127.0.0.1:1',
      '[::1]:3978',
      'LOCALHOST',
      'app.localhost',
      '127.9.9.9',
    ])
      assert.ok(namesLoopback(host), host);
    for (const host of [
      undefined,
      '',
      'evil.example',
      'localhost.evil.example',
      '127.0.0.1.nip.io',
      '10.0.0.1',
      'localhost@evil.example',
    ])
      assert.ok(!namesLoopback(host), String(host));
  });

  it('believes as many proxies as are ours', () => {
    const from = (forwarded: string | undefined, proxies: number) =>
      addressOf(
        { socket: { remoteAddress: '10.0.0.9' }, headers: { 'x-forwarded-for': forwarded } } as never,
        proxies,
      );
    assert.equal(from('1.1.1.1', 0), '10.0.0.9');
    assert.equal(from('6.6.6.6, 1.1.1.1', 1), '1.1.1.1');
    assert.equal(from('6.6.6.6, 1.1.1.1, 10.0.0.1', 2), '1.1.1.1');
    assert.equal(from(undefined, 1), '10.0.0.9');
    assert.equal(from('1.1.1.1', 3), '10.0.0.9');
  });

  it('takes a client for the same whatever port it comes from, and a home’s IPv6 addresses for one', () => {
    const of = (hop: string) =>
      addressOf(
        { socket: { remoteAddress: '::ffff:10.0.0.9' }, headers: { 'x-forwarded-for': hop } } as never,
        1,
      );
    for (const same of ['1.1.1.1', '1.1.1.1:5000', '::ffff:1.1.1.1', '[::ffff:1.1.1.1]:5001'])
      assert.equal(of(`9.9.9.9, ${same}`), '1.1.1.1', same);
    for (const same of [
      '2001:db8:0:7::1',
      '[2001:0DB8::7:1:2:3:4]:443',
      '2001:db8:0:7:ffff:1:1:1',
      '2001:db8:0:7::%eth0',
    ])
      assert.equal(of(same), '2001:db8:0:7::/64', same);
    assert.equal(of('::1'), '0:0:0:0::/64');
    assert.equal(of('2001:db8:0:8::1'), '2001:db8:0:8::/64');
    for (const none of ['unknown', '_hidden', '1.1.1', '<script>', ''])
      assert.equal(of(none), '10.0.0.9', none);
  });

  it('counts depth without recursion', () => {
    assert.equal(depthOf('x'), 0);
    assert.equal(depthOf({ a: [{ b: 1 }] }), 3);
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    assert.equal(depthOf(deep, 65), 65);
  });

  it('makes references people can read out', () => {
    const many = new Set(Array.from({ length: 1_000 }, newReference));
    assert.equal(many.size, 1_000);
    for (const reference of many) assert.match(reference, /^[2-9A-HJ-NP-Z]{8}$/);
  });
});
