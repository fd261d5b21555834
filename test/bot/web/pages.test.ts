/** The local page and its files over plain HTTP: headers, codings, caching, languages, and what is not served. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { brandName } from '../../../bot/web/pages/brand.js';
import { sentenceWithName } from '../../../bot/web/pages/html.js';
import { codingFor } from '../../../bot/web/pages/assets.js';
import { contentSecurityPolicy } from '../../../bot/web/pages/csp.js';
import { registerPages, WEB_CHAT_VERSION } from '../../../bot/web/pages/routes.js';
import { rawText } from '../../../locales/text.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { call } from '../../helpers/direct-line.js';
import { ROOT, missingWebChat } from '../../helpers/chromium.js';
import { startWebServer, type WebServer } from '../../helpers/web-server.js';

const log = new CapturedLog();
const start = (rootDir: string, chooseAudience = true) =>
  startWebServer({
    more: (http) => registerPages(http, { log, rootDir, defaultLanguage: 'en', chooseAudience }),
  });

/** Like `call`, but nothing is unpacked. */
function raw(url: string, method: string, headers: Record<string, string>) {
  return new Promise<{ status: number; headers: Record<string, unknown>; bytes: Buffer }>((resolve) => {
    request(url, { method, headers }, (res) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: Buffer) => chunks.push(chunk));
      res.on('end', () =>
        resolve({ status: res.statusCode ?? 0, headers: res.headers, bytes: Buffer.concat(chunks) }),
      );
    }).end();
  });
}

describe('a name on a page', () => {
  const brand = {
    name: 'A & B',
    languages: ['en', 'de', 'fr'],
    inLanguages: { de: { name: 'A & C' } },
  } as const;

  it('is the one in the page’s language, else the plain one with its language', () => {
    assert.deepEqual(brandName(brand, 'de'), { name: 'A & C' });
    assert.deepEqual(brandName(brand, 'fr'), { name: 'A & B', lang: 'en' });
    assert.deepEqual(brandName(brand, 'en'), { name: 'A & B' });
    assert.deepEqual(brandName({ ...brand, language: 'fr' }, 'fr'), { name: 'A & B' });
    assert.deepEqual(brandName({ name: '' }, 'fr'), { name: '' });
  });

  it('is escaped inside a sentence, with its language around it and nothing else', () => {
    const say = (name: string) => `<${name}> help, Inc..`;
    assert.equal(sentenceWithName(say, { name: 'A & B' }), '&lt;A &amp; B&gt; help, Inc..');
    assert.equal(
      sentenceWithName(say, { name: 'A & B', lang: 'en' }),
      '&lt;<bdi lang="en">A &amp; B</bdi>&gt; help, Inc..',
    );
  });
});

describe('the local page', () => {
  let web: WebServer;
  let bare: string;
  before(async () => {
    bare = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-page-'));
    symlinkSync(path.join(ROOT, 'widget'), path.join(bare, 'widget'), 'dir');
    web = await start(bare);
  });
  after(async () => {
    await web.close();
    rmSync(bare, { recursive: true, force: true });
  });

  it('carries a policy without inline script or eval, with a new nonce each time, and cannot be framed', async () => {
    const [first, second] = await Promise.all([call(`${web.url}/`, 'GET'), call(`${web.url}/`, 'GET')]);
    const policy = first.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'.*script-src 'self';.*frame-ancestors 'none'/);
    assert.ok(!/unsafe|\*/.test(policy));
    const nonce = /'nonce-([\w-]{22})'/.exec(policy)?.[1] ?? '?';
    assert.ok(first.text.includes(`"nonce":"${nonce}"`));
    assert.ok(!(second.headers.get('content-security-policy') ?? '').includes(nonce));
    assert.equal(first.headers.get('x-frame-options'), 'DENY');
    assert.ok(
      !/<script>|<style(?! nonce="[\w-]{22}")|\son\w+=|javascript:/.test(first.text),
      'no inline code',
    );
    assert.equal(first.headers.get('cache-control'), 'no-store');
  });

  it('names no other host in the policy when the Host header is no host', () => {
    const policy = contentSecurityPolicy({
      nonce: 'n',
      host: "x; script-src 'unsafe-inline'",
      frameAncestors: [],
    });
    assert.ok(!policy.includes('unsafe') && !policy.includes('ws:'));
  });

  it('is in the language asked for, then kept, then accepted, then the default', async () => {
    const languageOf = async (pathAndQuery: string, headers: Record<string, string> = {}) =>
      /<html lang="([\w-]+)"/.exec((await call(web.url + pathAndQuery, 'GET', { headers })).text)?.[1];
    const zh = { 'accept-language': 'sv-SE, zh-HK;q=0.8, en;q=0.5' };
    assert.equal(await languageOf('/'), 'en');
    assert.equal(await languageOf('/', zh), 'zh-Hant');
    assert.equal(await languageOf('/', { ...zh, cookie: 'a=b; offer-desk-language=en' }), 'en');
    assert.equal(await languageOf('/?lang=zh-TW', { cookie: 'offer-desk-language=en' }), 'zh-Hant');
    assert.equal(await languageOf('/?lang="><script>alert(1)</script>'), 'en');
    const asked = await call(`${web.url}/?lang=zh-Hant`, 'GET');
    assert.match(asked.headers.get('set-cookie') ?? '', /^offer-desk-language=zh-Hant; .*SameSite=Lax$/);
    assert.equal((await call(`${web.url}/`, 'GET')).headers.get('set-cookie'), null);
  });

  it('says in words that the chat is missing when the bundle could not be fetched', async () => {
    const { text } = await call(`${web.url}/`, 'GET');
    assert.ok(text.includes('"hasWebChat":false') && !text.includes('/webchat/'));
    assert.match(log.text, /page\.web-chat-missing/);
  });

  it('offers the choice of who asks in local mode only', async () => {
    assert.match((await call(`${web.url}/`, 'GET')).text, /name="audience" value="partner"/);
    const open = await start(bare, false);
    try {
      assert.ok(!(await call(`${open.url}/`, 'GET')).text.includes('name="audience"'));
    } finally {
      await open.close();
    }
  });

  it('serves every file the page names, and asks browsers to look again', async () => {
    const { text } = await call(`${web.url}/`, 'GET');
    const named = [...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(named.length >= 4);
    for (const address of named) {
      const { status, headers } = await call(web.url + address, 'GET');
      assert.equal(status, 200, address);
      assert.equal(headers.get('cache-control'), 'no-cache');
      const etag = headers.get('etag') ?? '';
      assert.equal(
        (await call(web.url + address, 'GET', { headers: { 'if-none-match': etag } })).status,
        304,
      );
    }
    for (const address of [
      '/assets/',
      '/assets/tsconfig.json',
      '/assets/../package.json',
      '/assets/local/..%2f..%2fpackage.json',
    ])
      assert.equal((await raw(web.url + address, 'GET', {})).status, 404, address);
  });

  it('has sentences for everything its scripts say', () => {
    const said = ['chat', 'local'].flatMap((dir) =>
      readdirSync(path.join(ROOT, 'widget', dir))
        .filter((file) => file.endsWith('.js'))
        .flatMap((file) => {
          const source = readFileSync(path.join(ROOT, 'widget', dir, file), 'utf8');
          return [...source.matchAll(/strings\.(\w+)|strings\['(\w+)'\]/g)].map(
            (match) => match[1] ?? match[2],
          );
        }),
    );
    assert.ok(said.length >= 4);
    for (const key of said) assert.ok(`page.${String(key)}` in rawText('en'), key);
  });
});

describe('the Web Chat bundle', () => {
  let web: WebServer;
  before(async function () {
    const missing = await missingWebChat();
    if (missing) {
      process.stdout.write(`      (left out: ${missing})\n`);
      this.skip();
    }
    web = await start(ROOT);
  });
  after(async () => {
    if (web) await web.close();
  });

  it('is sent compressed, cacheable for ever, and equal in each coding', async () => {
    const address = `${web.url}/webchat/${WEB_CHAT_VERSION}/webchat.js`;
    const sizes: Record<string, number> = {};
    for (const [accept, coding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['', undefined],
    ] as const) {
      const { status, headers, bytes } = await raw(address, 'GET', { 'accept-encoding': accept });
      assert.equal(status, 200);
      assert.equal(headers['content-encoding'], coding);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(headers.vary, 'Accept-Encoding');
      sizes[coding ?? 'identity'] = bytes.length;
    }
    assert.ok(
      (sizes.br ?? 0) < 750_000 && (sizes.gzip ?? 0) < 1_000_000 && (sizes.identity ?? 0) > 3_500_000,
    );
    const head = await raw(address, 'HEAD', {});
    assert.deepEqual([head.status, head.bytes.length], [200, 0]);
  });
});

describe('the coding of an answer', () => {
  for (const [accepted, chosen] of [
    ['br, gzip', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['*', 'identity'],
    ['deflate', 'identity'],
    [undefined, 'identity'],
    ['BR', 'br'],
  ] as const)
    it(`is ${chosen} for ${String(accepted)}`, () => {
      assert.equal(codingFor(accepted, ['br', 'gzip', 'identity']), chosen);
    });
});
