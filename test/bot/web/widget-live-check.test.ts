/** Looking at a partner's live page: the script line, the policy, the origin, and this installation from there. */
import assert from 'node:assert/strict';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { liveProblems } from '../../../bot/web/widget/live-check.js';
import { allowsFrame, allowsScript, policiesOf } from '../../../bot/web/widget/policy-match.js';
import { registerWidget } from '../../../bot/web/widget/routes.js';
import { type HostPage, startHostPage } from '../../helpers/widget-page.js';
import { ROOT } from '../../helpers/chromium.js';
import { startWebServer, type WebServer } from '../../helpers/web-server.js';

const BASE = 'https://desk.contoso.com';
const PAGE = 'https://www.contoso.com/shop';

describe('a page’s content security policy', () => {
  const rows: readonly [policy: string, script: boolean, frame: boolean][] = [
    ['', true, true],
    ["default-src 'none'", false, false],
    [`default-src 'none'; script-src ${BASE}/widget.js; frame-src ${BASE}`, true, true],
    [`script-src ${BASE}; frame-src ${BASE}/`, true, true],
    [`script-src ${BASE}/other.js; frame-src ${BASE}/frame`, false, false],
    ["script-src 'self' https:; child-src https:", true, true],
    ["script-src 'self'; frame-src 'self'", false, false],
    ['script-src *.contoso.com; frame-src *', true, true],
    ['script-src *.desk.contoso.com; frame-src contoso.com', false, false],
    [`script-src http://desk.contoso.com; frame-src desk.contoso.com:443`, true, true],
    [`script-src ${BASE}:8443; frame-src ${BASE}:*`, false, true],
    [`script-src 'nonce-abc'; default-src ${BASE}`, true, true],
    [`script-src 'nonce-other' 'strict-dynamic' ${BASE}`, false, true],
    [`script-src-elem ${BASE}; script-src 'none'`, true, true],
    [`script-src ${BASE}, default-src 'self'`, false, false],
    [`SCRIPT-SRC ${BASE}; script-src 'none'`, true, true],
  ];
  for (const [policy, script, frame] of rows)
    it(`${script ? 'runs' : 'stops'} the launcher and ${frame ? 'shows' : 'stops'} the chat under "${policy}"`, () => {
      const policies = policiesOf(policy);
      const of = (url: string) => ({ url, page: PAGE, nonce: 'abc' });
      assert.equal(
        policies.every((one) => allowsScript(one, of(`${BASE}/widget.js`))),
        script,
      );
      assert.equal(
        policies.every((one) => allowsFrame(one, of(`${BASE}/widget/frame`))),
        frame,
      );
    });

  it('is read whatever it says', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const one of policiesOf(`script-src ${text}`)) allowsScript(one, { url: BASE, page: PAGE });
      }),
    );
  });
});

describe('a partner’s live page', () => {
  let host: HostPage;
  let web: WebServer;
  const origins: string[] = [];
  before(async () => {
    host = await startHostPage();
    web = await startWebServer({
      more: (http) =>
        registerWidget(http, {
          rootDir: ROOT,
          files: { assets: '/assets/v-1', webChat: undefined },
          settings: { partnerId: 'contoso', origins, keepDays: 30 },
          brand: () => ({ name: 'Contoso' }),
          defaultLanguage: 'en',
          local: false,
        }),
    });
  });
  beforeEach(() => origins.splice(0, 9, host.origin));
  after(() => Promise.all([host.close(), web.close()]));
  const found = (page = host.origin) =>
    liveProblems({ page, base: web.url, settings: { partnerId: 'contoso', origins } });
  const line = (more = 'data-partner="contoso"') =>
    `<script async src="${web.url}/widget.js" ${more}></script>`;

  it('passes with the line, the documented directives and a listed origin', async () => {
    const policy = `default-src 'none'; script-src ${web.url}/widget.js; frame-src ${web.url}`;
    host.serve(`<!doctype html><title>Shop</title>${line()}`, { 'content-security-policy': policy });
    assert.deepEqual(await found(), []);
  });

  it('fails with each mistake in the line', async () => {
    host.serve(`<!-- ${line()} --><script src="https://desk.other.example/widget.js"></script>`);
    assert.match((await found()).join(), /not in the page as the server sends it/);
    host.serve(`${line("data-partner='fabrikam' type=module")}${line()}`);
    const problems = await found();
    assert.deepEqual(
      [/2 times/, /data-partner="fabrikam"/, /type="module"/].map((one) =>
        problems.some((text) => one.test(text)),
      ),
      [true, true, true],
    );
  });

  it('fails with the missing directive, in the header or in the page', async () => {
    host.serve(`<meta http-equiv="Content-Security-Policy" content="frame-src 'self'">${line()}`, {
      'content-security-policy': "script-src 'self'",
    });
    assert.deepEqual(await found(), [
      `the page's content security policy does not allow it: script-src ${web.url}/widget.js`,
      `the page's content security policy does not allow it: frame-src ${web.url}`,
    ]);
  });

  it('fails if its origin is not listed', async () => {
    host.serve(line());
    origins.splice(0, 9, 'https://www.contoso.com');
    const problems = await found();
    assert.match(problems[0] ?? '', new RegExp(`${host.origin} is not in OFFER_DESK_WIDGET_ORIGINS`));
    assert.match(problems[1] ?? '', /widget\/frame\?.* answers 403/);
  });

  it('reads the beginning of a page without an end', async () => {
    const endless = http.createServer((_req, res) => void res.write('x'.repeat(5_000_000)));
    await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
    const { port } = endless.address() as AddressInfo;
    assert.match((await found(`http://127.0.0.1:${port}`)).join(), /script line is not in the page/);
    endless.closeAllConnections();
    endless.close();
  });

  it('fails if the page does not answer', async () => {
    const gone = await startHostPage();
    await gone.close();
    assert.match((await found(gone.origin)).join(), /cannot be reached \(ECONNREFUSED\)/);
    assert.match((await found('nonsense')).join(), /cannot be reached/);
    assert.match((await found(`${web.url}/nothing`)).join(), /answers 404/);
  });
});
