/** The launcher and the chat page over plain HTTP: size, headers, who may embed them, and what a bad address gets. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import vm from 'node:vm';
import { gzipSync } from 'node:zlib';
import { contrast, readableAccent, readableOnDark } from '../../../core/colour.js';
import { oneFile } from '../../../bot/web/widget/one-file.js';
import { registerWidget } from '../../../bot/web/widget/routes.js';
import { exactOrigin, snippet, snippetProblems } from '../../../bot/web/widget/settings.js';
import { call } from '../../helpers/direct-line.js';
import { isCode } from '../../helpers/errors.js';
import { ROOT } from '../../helpers/chromium.js';
import { startWebServer, type WebServer } from '../../helpers/web-server.js';

const SHOP = 'https://shop.contoso.com';
const settings = { partnerId: 'contoso', origins: [SHOP], keepDays: 30 };
const files = { assets: '/assets/v-1', webChat: '/webchat/webchat.js' };
const deps = {
  rootDir: ROOT,
  files,
  settings,
  brand: () => ({ name: '<Contoso> & "Sons"' }),
  defaultLanguage: 'en',
} as const;

describe('the widget over HTTP', () => {
  let web: WebServer;
  let local: WebServer;
  before(async () => {
    web = await startWebServer({ more: (http) => registerWidget(http, { ...deps, local: false }) });
    local = await startWebServer({ more: (http) => registerWidget(http, { ...deps, local: true }) });
  });
  after(async () => {
    await web.close();
    await local.close();
  });
  const frame = (query: string) => call(`${web.url}/widget/frame?${query}`, 'GET');
  const asShop = `partner=contoso&origin=${encodeURIComponent(SHOP)}`;

  it('has a launcher of at most 7 KB in all languages that any page may load', async () => {
    const answer = await call(`${web.url}/widget.js`, 'GET');
    assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
    assert.match(answer.headers.get('content-type') ?? '', /javascript/);
    assert.ok(gzipSync(answer.text).length <= 7_168, `${gzipSync(answer.text).length} bytes`);
    assert.match(answer.text, /線上協助/);
  });

  it('may be framed by the configured origins and by nobody else', async () => {
    const policy = (await frame(asShop)).headers.get('content-security-policy') ?? '';
    assert.match(policy, new RegExp(`frame-ancestors ${SHOP}$`));
    assert.ok(!/unsafe|\*/.test(policy));
    assert.equal((await frame(asShop)).headers.get('x-frame-options'), null);
  });

  it('refuses a page it does not know and a line for another partner, and lets neither frame the refusal', async () => {
    for (const [query, status] of [
      ['partner=contoso&origin=https%3A%2F%2Fevil.example', 403],
      [`partner=contoso&origin=${encodeURIComponent(`${SHOP}.evil.example`)}`, 403],
      ['partner=contoso&origin=', 403],
      ['partner=fabrikam', 404],
      ['', 404],
    ] as const) {
      const answer = await frame(query);
      assert.equal(answer.status, status, query);
      assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    }
  });

  it('names this very server as a possible page only in local mode, and shows the demo only there', async () => {
    const own = `partner=contoso&origin=${encodeURIComponent(local.url)}`;
    const answer = await call(`${local.url}/widget/frame?${own}`, 'GET');
    assert.match(answer.headers.get('content-security-policy') ?? '', /frame-ancestors 'self' https:/);
    assert.equal((await frame(`partner=contoso&origin=${encodeURIComponent(web.url)}`)).status, 403);
    assert.equal((await call(`${local.url}/demo`, 'GET')).status, 200);
    assert.equal((await call(`${web.url}/demo`, 'GET')).status, 404);
  });

  it('writes names and colours into the page as text and as colours only', async () => {
    const { text } = await frame(
      `${asShop}&accent=${encodeURIComponent('red}</style><script>alert(1)</script>')}&lang=%3Cb%3E`,
    );
    assert.match(text, /&lt;Contoso&gt; &amp; &quot;Sons&quot; help/);
    assert.ok(!text.includes('alert(1)') && !text.includes('<Contoso>') && !text.includes('<b>'));
    assert.match(text, /:root\{--accent-light:#0f5c8c;--accent-dark:#[\da-f]{6};--bar:#0f5c8c\}/);
  });

  it('is light or dark as the page asked, and otherwise as the device is', async () => {
    for (const look of ['light', 'dark']) {
      const { text } = await frame(`${asShop}&scheme=${look}`);
      assert.match(text, new RegExp(`<html lang="en" data-scheme="${look}">`));
      assert.match(
        text,
        new RegExp(`scheme=${look}[^"]*" lang="zh-Hant"`),
        'the other language keeps the look',
      );
    }
    for (const other of ['', '&scheme=', '&scheme=%22%3E']) {
      const { text } = await frame(`${asShop}${other}`);
      assert.match(text, /<html lang="en">/);
      assert.match(text, /name="color-scheme" content="light dark"/);
    }
  });

  it('lets the page talk to the configured Direct Line and to nothing else', async () => {
    const directLine = 'https://directline.botframework.com/v3/directline';
    const azure = await startWebServer({
      more: (http) => registerWidget(http, { ...deps, local: false, directLine }),
    });
    const answer = await call(`${azure.url}/widget/frame?${asShop}`, 'GET');
    await azure.close();
    const connect =
      /connect-src ([^;]+);/.exec(answer.headers.get('content-security-policy') ?? '')?.[1] ?? '';
    assert.match(connect, /https:\/\/directline\.botframework\.com wss:\/\/directline\.botframework\.com$/);
  });
});

describe('the chat page’s one file', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-modules-'));
  after(() => rmSync(folder, { recursive: true }));
  const write = (files: Record<string, string>) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
  };

  it('runs each module once, in the order of their needs, with names of its own', () => {
    write({
      'a/main.js': `import { twice as double, said } from '../b/twice.js';\nimport { Box } from './box.js';\nconst hidden = 3;\nsaid.push(new Box(double(hidden)).held);\nresult = said;\n`,
      'a/box.js': `import { said } from '../b/twice.js';\nconst hidden = 'box';\nsaid.push(hidden);\nexport class Box { constructor(held) { this.held = held; } }\n`,
      'b/twice.js': `const hidden = 2;\nexport const said = [];\nsaid.push('twice');\nexport function twice(x) { return x * hidden; }\nexport async function later() {}\n`,
    });
    const context = { result: [] };
    vm.runInNewContext(oneFile(folder, 'a/main.js'), context);
    assert.deepEqual([...context.result], ['twice', 'box', 6]);
  });

  it('is refused where a module is written in a way it does not know', () => {
    for (const text of [
      'export default 1;',
      "import all from './b.js';",
      "import './b.js';",
      "export { a } from './b.js';",
    ]) {
      write({ 'x.js': `${text}\n` });
      assert.throws(() => oneFile(folder, 'x.js'), isCode('invariant'), text);
    }
  });

  it('is the page’s own scripts, whole', () => {
    const text = oneFile(path.join(ROOT, 'widget'), 'frame/frame.js');
    assert.doesNotThrow(() => new vm.Script(text));
    assert.equal((text.match(/^const module\d+ = /gm) ?? []).length, 21);
  });
});

describe('the partner’s colour', () => {
  it('keeps its shade where it can be read, and becomes darker until it can', () => {
    assert.equal(readableAccent('#0f5c8c'), '#0f5c8c');
    for (const colour of ['#ffffff', '#ffee00', '#e8a33d', '#00ffff', '#ff0000', '#000000'])
      assert.ok(contrast(readableAccent(colour), '#e3f0f8') >= 4.5, colour);
  });

  it('becomes lighter until it can be read on every dark ground', () => {
    assert.equal(readableOnDark('#7fc1f2'), '#7fc1f2');
    for (const colour of ['#000000', '#0f5c8c', '#7a0019', '#0000ff', '#ffffff'])
      for (const ground of ['#0f1921', '#1b2934', '#22323e', '#263a49', '#2b3d4a'])
        assert.ok(contrast(readableOnDark(colour), ground) >= 4.5, `${colour} on ${ground}`);
  });
});

describe('the script line', () => {
  const fine = { publicUrl: 'https://desk.contoso.com', registered: true };

  it('names the partner and only what was chosen', () => {
    assert.equal(
      snippet('https://desk.contoso.com', 'contoso', { accent: '#aa0000' }),
      '<script async src="https://desk.contoso.com/widget.js" data-partner="contoso" data-accent="#aa0000"></script>',
    );
  });

  it('is fine when everything is set, and says each thing that is not', () => {
    assert.deepEqual(snippetProblems(settings, fine), []);
    const problems = snippetProblems(
      { ...settings, origins: [] },
      { registered: false, language: 'xx', accent: 'red', position: 'top', scheme: 'blue' },
    );
    assert.equal(problems.length, 7);
    assert.equal(snippetProblems({ ...settings, origins: ['http://shop.contoso.com'] }, fine).length, 1);
  });

  it('takes an origin only as browsers write it', () => {
    assert.equal(exactOrigin(SHOP), SHOP);
    for (const wrong of [
      `${SHOP}/`,
      `${SHOP}/a`,
      'shop.contoso.com',
      'https://Shop.contoso.com',
      'https://*.contoso.com/',
      "'self'",
      'https://a.com:443',
      'file:///x',
    ])
      assert.equal(exactOrigin(wrong), undefined, wrong);
  });
});
