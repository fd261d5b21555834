/** The nginx and Caddy configurations of docs/reverse-proxy.md in real proxies: pages, a chat over wss, limits by address. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ConnectionOptions } from 'node:tls';
import WebSocket, { type ClientOptions } from 'ws';
import { startDesk, type Desk } from '../helpers/desk.js';
import { blocksOf, readDocument } from '../helpers/documents.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, startKeyServer, type KeyServer } from '../helpers/key-server.js';

const HOST = 'desk.contoso.com';
const PUBLIC = `https://${HOST}`;
const isThere = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

interface Proxy {
  readonly isThere: () => boolean;
  /** Runs the proxy in the foreground with the document's configuration, its own port, certificate and upstream. */
  readonly start: (place: Place) => ChildProcess;
}
interface Place {
  readonly dir: string;
  readonly port: number;
  readonly upstream: string;
  readonly key: string;
  readonly certificate: string;
}
const PROXIES: Readonly<Record<string, Proxy>> = {
  nginx: { isThere: () => isThere('nginx', '-v'), start: startNginx },
  caddy: { isThere: () => isThere('caddy', 'version'), start: startCaddy },
};

for (const [name, proxy] of Object.entries(PROXIES))
  describe(`the server behind ${name}`, function () {
    let dir = '';
    let port = 0;
    let desk: Desk | undefined;
    let connector: FakeConnector | undefined;
    let keys: KeyServer | undefined;
    let running: ChildProcess | undefined;

    before(async function () {
      if (!proxy.isThere() || !isThere('openssl', 'version')) {
        process.stderr.write(`      ${name} or openssl is not installed: this journey is left out\n`);
        return this.skip();
      }
      dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-proxy-'));
      [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
      const settings = { ...REGISTERED, OFFER_DESK_PUBLIC_URL: PUBLIC, OFFER_DESK_PROXIES: '1' };
      desk = await startDesk(
        { ...settings, OFFER_DESK_TOKENS_PER_MINUTE: '3' },
        { sdk: keys.sdk(connector.url) },
      );
      port = await freePort();
      running = proxy.start({ dir, port, upstream: new URL(desk.url).host, ...certificateIn(dir) });
      await listening(running, port);
    });
    after(async () => {
      if (running) {
        const ended = once(running, 'exit');
        running.kill('SIGTERM');
        await ended;
      }
      await desk?.close();
      await Promise.all([connector?.close(), keys?.close()]);
      if (dir !== '') rmSync(dir, { recursive: true, force: true });
    });

    const ask = (method: string, address: string, body?: object, token?: string) =>
      new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
        const headers = {
          host: HOST,
          origin: PUBLIC,
          ...(body && { 'content-type': 'application/json' }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
        };
        const to = {
          host: '127.0.0.1',
          port,
          path: address,
          method,
          headers,
          servername: HOST,
          rejectUnauthorized: false,
        };
        const sent = request(to, (answer) => {
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (chunk: string) => (text += chunk));
          answer.on('end', () =>
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
          );
        });
        sent.once('error', reject);
        sent.end(body && JSON.stringify(body));
      });

    it('serves the page, its policy and its files', async () => {
      const page = await ask('GET', '/');
      assert.equal(page.status, 200);
      assert.match(String(page.headers['content-security-policy']), / wss:\/\/desk\.contoso\.com[ ;]/);
      assert.ok(page.headers['strict-transport-security']);
      assert.equal((await ask('GET', '/readyz')).status, 200);
    });

    it('opens a chat for a visitor, and sends the answer over wss', async () => {
      const made = JSON.parse((await ask('POST', '/api/token', {})).body) as { token: string };
      const opened = await ask('POST', '/v3/directline/conversations', { locale: 'en' }, made.token);
      assert.equal(opened.status, 201, opened.body);
      const { streamUrl = '', token, conversationId } = JSON.parse(opened.body) as Record<string, string>;
      assert.ok(streamUrl.startsWith(`wss://${HOST}/v3/directline/`), streamUrl);
      const to: ClientOptions & ConnectionOptions = {
        headers: { host: HOST },
        origin: PUBLIC,
        servername: HOST,
        rejectUnauthorized: false,
      };
      const socket = new WebSocket(streamUrl.replace(HOST, `127.0.0.1:${port}`), to);
      try {
        const heard = hears(socket, /billing desk|Billing/i);
        await once(socket, 'open');
        const words = {
          type: 'message',
          text: 'billing problem with Contoso Backup for Azure, bought from you',
        };
        const sent = await ask(
          'POST',
          `/v3/directline/conversations/${conversationId ?? ''}/activities`,
          words,
          token,
        );
        assert.equal(sent.status, 200, sent.body);
        await heard;
      } finally {
        socket.terminate();
      }
    });

    it('counts requests for the limits by the client address from the proxy', async () => {
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await ask('POST', '/api/token', {})).status);
      assert.ok(statuses.includes(429), statuses.join());
      const elsewhere = await fetch(`${desk?.url ?? ''}/api/token`, {
        method: 'POST',
        headers: { 'x-forwarded-for': '203.0.113.9', origin: PUBLIC },
      });
      assert.equal(elsewhere.status, 200, 'another address has a limit of its own');
    });
  });

/** A self-signed certificate for the public name. Only this test trusts it. */
function certificateIn(dir: string): Pick<Place, 'key' | 'certificate'> {
  const names = ['desk.key', 'desk.pem'].map((name) => path.join(dir, name));
  const [key = '', certificate = ''] = names;
  const subject = ['-subj', `/CN=${HOST}`, '-days', '2'];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject],
    {
      stdio: 'ignore',
    },
  );
  return { key, certificate };
}

/** The configuration in the document. */
const documented = (language: string): string =>
  blocksOf(readDocument('docs/reverse-proxy.md')).find((one) => one.info[0] === language)?.text ?? '';

function startNginx({ dir, port, upstream, key, certificate }: Place): ChildProcess {
  const server = documented('nginx')
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('/etc/ssl/desk.pem', certificate)
    .replace('/etc/ssl/desk.key', key)
    .replace('127.0.0.1:3978', upstream);
  assert.match(server, new RegExp(`proxy_pass http://${upstream.replaceAll('.', '\\.')}`));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${dir}/${name};`,
  );
  const file = path.join(dir, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${dir}/nginx.pid; error_log stderr; events {}\nhttp { access_log off; ${temporary.join(' ')}\n${server}}\n`,
  );
  return spawn('nginx', ['-c', file, '-p', dir], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function startCaddy({ dir, port, upstream, key, certificate }: Place): ChildProcess {
  const site = documented('caddy')
    .replace(`${HOST} {`, `https://${HOST}:${port} {\n  bind 127.0.0.1\n  tls ${certificate} ${key}`)
    .replace('127.0.0.1:3978', upstream);
  assert.match(site, new RegExp(`reverse_proxy ${upstream.replaceAll('.', '\\.')}`));
  const file = path.join(dir, 'Caddyfile');
  writeFileSync(
    file,
    `{\n  admin off\n  auto_https disable_redirects\n  log {\n    level ERROR\n  }\n}\n${site}`,
  );
  // Caddy keeps its state in the user's folders.
  const env = { ...process.env, HOME: dir, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir };
  const args = ['run', '--adapter', 'caddyfile', '--config', file];
  return spawn('caddy', args, { env, stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** nginx prints nothing when it starts to listen. Ask until the proxy answers or ends. */
async function listening(proxy: ChildProcess, port: number): Promise<void> {
  while (proxy.exitCode === null) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const sent = request(
        { host: '127.0.0.1', port, path: '/healthz', servername: HOST, rejectUnauthorized: false },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode !== undefined);
        },
      );
      sent.once('error', () => resolve(false));
      sent.end();
    });
    if (isOpen) return;
    await pause(20);
  }
  assert.fail('the proxy ended');
}

function hears(socket: WebSocket, words: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      if (words.test(data.toString('utf8'))) resolve();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the socket closed before the answer')));
  });
}
