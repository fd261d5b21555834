/** The running poller follows a page's redirects on its own site over a real TLS connection, and no others. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { askSite } from '../../../bot/outages/poll-request.js';
import { outsideFetch } from '../../../bot/runtime/outside-fetch.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { outageSource } from '../../helpers/outages.js';

const SUMMARY = JSON.stringify({
  page: { id: 'p' },
  status: { indicator: 'major' },
  incidents: [
    {
      id: 'r1',
      name: 'Bookings fail',
      status: 'investigating',
      impact: 'major',
      created_at: new Date().toISOString(),
      updated_at: new Date().toISOString(),
    },
  ],
  scheduled_maintenances: [],
});

describe('a polled page that redirects', function () {
  this.timeout(60_000);
  const trust = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  const servers: Server[] = [];
  let dir = '';
  let desk: Desk | undefined;
  let home = '';
  let elsewhere = '';
  /** What the page and the other server were asked for. */
  const asked: string[] = [];
  let reached = 0;

  before(async function () {
    if (spawnSync('openssl', ['version']).status !== 0) {
      process.stderr.write('      openssl is not installed: these tests are left out\n');
      return this.skip();
    }
    dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-page-'));
    const [keyFile, certFile] = [path.join(dir, 'page.key'), path.join(dir, 'page.pem')];
    const out = ['-keyout', keyFile, '-out', certFile, '-subj', '/CN=localhost', '-days', '2'];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...out], { stdio: 'ignore' });
    const tls = { key: readFileSync(keyFile), cert: readFileSync(certFile) };
    const listen = async (server: Server) => {
      servers.push(server.listen(0));
      await once(server, 'listening');
      return String((server.address() as AddressInfo).port);
    };
    const other = createServer(tls, (_req, res) => {
      reached += 1;
      res.end('secret');
    });
    elsewhere = `https://127.0.0.1:${await listen(other)}/`;
    const targets: Readonly<Record<string, () => string>> = {
      '/old': () => '/api/v2/summary.json',
      '/away': () => elsewhere,
      '/metadata': () => 'http://169.254.169.254/latest/meta-data/',
      '/again': () => '/again',
      '/inner': () => 'https://inner.fabrikam.example/api/v2/summary.json',
    };
    const page = createServer(tls, (req, res) => {
      asked.push(req.url ?? '');
      const target = targets[req.url ?? '']?.();
      if (target === undefined) return void res.end(SUMMARY);
      res.writeHead(302, { location: target });
      res.end();
    });
    home = `https://localhost:${await listen(page)}`;
    // The certificate is made for this test, so no authority knows it.
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
  });
  after(async () => {
    if (trust === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    else process.env.NODE_TLS_REJECT_UNAUTHORIZED = trust;
    for (const server of servers) server.close();
    await desk?.close();
    if (dir !== '') rmSync(dir, { recursive: true, force: true });
  });

  it('is not read when no authority vouches for its certificate', async () => {
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    try {
      const before = asked.length;
      const untrusted = (error: unknown) =>
        /^(DEPTH_ZERO_)?SELF_SIGNED_CERT/.test((error as { code: string }).code);
      await assert.rejects(outsideFetch(['localhost'])(home), untrusted);
      await assert.rejects(fetch(home), (error: Error) => untrusted(error.cause));
      assert.equal(asked.length, before);
    } finally {
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    }
  });

  it('is followed on its own site, and refused with the reason elsewhere', async () => {
    desk = await startDesk({ OFFER_DESK_PRIVATE_HOSTS: 'localhost' });
    const source = (id: string): OutageSource =>
      outageSource({
        id,
        format: 'statuspage',
        auth: { kind: 'polled', url: `${home}/${id}`, everyMs: 3_600_000 },
      });
    const ids = ['old', 'away', 'metadata', 'again'];
    for (const id of ids) await desk.app.stores.outages.sources.save(source(id), 'test', 1);
    await desk.restart();
    const { sources, history } = desk.app.stores.outages;
    let health = await sources.health();
    while (!ids.every((id) => health.has(id))) {
      await setImmediate();
      health = await sources.health();
    }
    const reasons = ids.map((id) => health.get(id)?.reason ?? null);
    assert.deepEqual(reasons, [
      null,
      'it redirects to another site, 127.0.0.1: register that address',
      'it redirects to an address that is not https',
      'it redirects more than 3 times',
    ]);
    assert.deepEqual(
      (await history.ofSource('old', 10)).map((one) => one.title),
      ['Bookings fail'],
    );
    assert.deepEqual([asked.filter((one) => one === '/again').length, reached], [4, 0]);
  });

  it('is refused where a name of its own site leads to a private address', async () => {
    const toPrivate = ((_host: string, _options: unknown, done: (error: null, found: object[]) => void) => {
      done(null, [{ address: '10.0.0.7', family: 4 }]);
    }) as unknown as Parameters<typeof outsideFetch>[1];
    const [own, outside] = [outsideFetch(['localhost']), outsideFetch([], toPrivate)];
    const start = 'https://status.fabrikam.example/inner';
    // The first name stands for the page of this test. Every other name is resolved and checked.
    const fetch = ((url: string, init: RequestInit) =>
      url === start ? own(`${home}/inner`, init) : outside(url, init)) as typeof globalThis.fetch;
    const deps = { fetch, receiveDeps: { now: () => 0 } };
    await assert.rejects(
      askSite(deps, start, { token: undefined }),
      /inner\.fabrikam\.example leads to 10\.0\.0\.7, not a public address/,
    );
  });
});
