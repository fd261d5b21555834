/** The nginx configuration of docs/reverse-proxy.md in a real nginx: pages, a chat over wss, and the limits by address. */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import { startDesk, type Desk } from '../helpers/desk.js';
import { blocksOf, readDocument } from '../helpers/documents.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, startKeyServer, type KeyServer } from '../helpers/key-server.js';

const HOST = 'desk.contoso.com';
const PUBLIC = `https://${HOST}`;
const isThere = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

describe('the server behind nginx', function () {
  this.timeout(60_000);
  let dir = '';
  let port = 0;
  let desk: Desk | undefined;
  let connector: FakeConnector | undefined;
  let keys: KeyServer | undefined;
  let nginx: ChildProcess | undefined;

  before(async function () {
    if (!isThere('nginx', '-v') || !isThere('openssl', 'version')) {
      process.stderr.write('      nginx or openssl is not installed: this journey is left out\n');
      return this.skip();
    }
    dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-nginx-'));
    [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
    const settings = { ...REGISTERED, OFFER_DESK_PUBLIC_URL: PUBLIC, OFFER_DESK_PROXIES: '1' };
    desk = await startDesk(
      { ...settings, OFFER_DESK_TOKENS_PER_MINUTE: '3' },
      { sdk: keys.sdk(connector.url) },
    );
    port = await freePort();
    nginx = startNginx(dir, port, new URL(desk.url).host);
    await listening(nginx, port);
  });
  after(async () => {
    if (nginx) {
      const ended = once(nginx, 'exit');
      nginx.kill('SIGTERM');
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
    const socket = new WebSocket(streamUrl.replace(HOST, `127.0.0.1:${port}`), {
      headers: { host: HOST },
      origin: PUBLIC,
      rejectUnauthorized: false,
    });
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

  it('counts requests for the limits by the client address from nginx', async () => {
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

/** Runs nginx in the foreground with the document's server block, its own port, certificate and upstream. */
function startNginx(dir: string, port: number, upstream: string): ChildProcess {
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
  const block =
    blocksOf(readDocument('docs/reverse-proxy.md')).find((one) => one.info[0] === 'nginx')?.text ?? '';
  const server = block
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

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** nginx prints nothing when it starts to listen. Ask until nginx answers or ends. */
async function listening(nginx: ChildProcess, port: number): Promise<void> {
  while (nginx.exitCode === null) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const sent = request(
        { host: '127.0.0.1', port, path: '/healthz', rejectUnauthorized: false },
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
  assert.fail('nginx ended');
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
