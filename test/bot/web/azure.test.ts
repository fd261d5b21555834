/** Azure Direct Line by configuration alone, against a loopback server of the documented token API. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { createExchange } from '../../../bot/web/azure/exchange.js';
import { DeskError } from '../../../core/errors.js';
import { textIn } from '../../../locales/text.js';
import { startAzure, type AzureDirectLine } from '../../helpers/azure-direct-line.js';
import { launchChromium, missingWebChat, skipWithout } from '../../helpers/chromium.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { call } from '../../helpers/direct-line.js';
import { isCode } from '../../helpers/errors.js';
import { WidgetPage } from '../../helpers/widget-page.js';

const SECRET = 'canary-direct-line-secret.0123456789abcdefABCDEF';

describe('Azure Direct Line by configuration', function () {
  let azure: AzureDirectLine;
  let desk: Desk;
  /** Everything the desk answered, and everything it logged. */
  const served: string[] = [];
  before(async () => {
    // Fetches the bundle in a fresh clone, so that no other test file has to run first.
    await missingWebChat();
    azure = await startAzure(SECRET);
    desk = await startDesk({ OFFER_DESK_DIRECT_LINE_SECRET: SECRET, OFFER_DESK_DIRECT_LINE_URL: azure.url });
  });
  after(async () => {
    await desk.close();
    await azure.close();
  });
  const post = async (path: string, body: object) => {
    const answer = await call(desk.url + path, 'POST', { body });
    served.push(answer.text, JSON.stringify([...answer.headers]));
    return answer;
  };

  it('exchanges the secret for a token of a user the server chose, bound to the page’s own origin', async () => {
    const answer = await post('/api/token', { audience: 'partner', user: { id: 'dl_chosen-by-me' } });
    assert.equal(answer.status, 200);
    assert.deepEqual([answer.body.audience, answer.body.expires_in], ['customer', 1800]);
    const { authorization, body } = azure.calls.at(-1) ?? {};
    assert.equal(authorization, `Bearer ${SECRET}`);
    assert.match(body?.user?.id ?? '', /^dl_[\w-]{22}$/);
    assert.deepEqual(body?.trustedOrigins, [desk.url]);
    const claims = JSON.parse(
      Buffer.from(answer.body.token.split('.')[1] ?? '', 'base64url').toString(),
    ) as object;
    assert.deepEqual({ ...claims, exp: 0 }, { ...claims, exp: 0, user: body?.user?.id });
  });

  it('gives another user to every visitor', async () => {
    await Promise.all(Array.from({ length: 20 }, () => post('/api/token', {})));
    const users = azure.calls.flatMap((one) => one.body.user?.id ?? []);
    assert.equal(new Set(users).size, users.length);
  });

  it('renews the token of a conversation, and of no other', async () => {
    const first = (await post('/api/token', {})).body;
    const again = await post('/api/token/resume', { resume: first.resume });
    assert.equal(again.body.conversationId, first.conversationId);
    assert.equal((await post('/api/token/resume', { resume: first.token })).status, 403);
    assert.equal((await post('/api/token/resume', {})).status, 403);
  });

  it('does not renew what was forgotten', async () => {
    const { resume } = (await post('/api/token', {})).body;
    assert.equal((await post('/api/token/forget', { resume })).status, 200);
    assert.equal((await post('/api/token/resume', { resume })).status, 404);
  });

  const names = [
    'to the secret',
    'and quotes the secret',
    'and how long to wait',
    'and quotes the secret',
    '',
    'and no JSON',
    'and no token',
    'and sends elsewhere',
  ];
  for (const [at, [said, status, code, headers, body]] of (
    [
      [401, 502, 'channel.refused', {}, `Unauthorized ${SECRET}`],
      [403, 502, 'channel.refused', {}, `{"error":{"message":"${SECRET}"}}`],
      [429, 429, 'rate.limited', { 'retry-after': '7' }, ''],
      [500, 503, 'channel.unavailable', {}, SECRET],
      [502, 503, 'channel.unavailable', {}, 'bot timed out'],
      [200, 503, 'channel.unavailable', {}, '<html>'],
      [200, 503, 'channel.unavailable', {}, '{"conversationId":"a"}'],
      [302, 503, 'channel.unavailable', { location: 'http://127.0.0.1:1/elsewhere' }, ''],
    ] as const
  ).entries())
    it(`answers ${status} ${code} when Direct Line says ${said} ${names[at]}`, async () => {
      azure.failNext(said, headers, body);
      const answer = await post('/api/token', {});
      assert.deepEqual([answer.status, answer.body.error.code], [status, code]);
      if (said === 429) assert.equal(answer.headers.get('retry-after'), '7');
    });

  for (const [said, status, code] of [
    [403, 502, 'channel.refused'],
    [404, 404, 'conversation.unknown'],
    [500, 503, 'channel.unavailable'],
  ] as const)
    it(`answers ${status} ${code} when Direct Line says ${said} to a kept conversation`, async () => {
      const { resume } = (await post('/api/token', {})).body;
      azure.failNext(said, {}, SECRET);
      const answer = await post('/api/token/resume', { resume });
      assert.deepEqual([answer.status, answer.body.error.code], [status, code]);
      assert.equal(
        (await post('/api/token/resume', { resume })).status,
        200,
        'and goes on when it is well again',
      );
    });

  it('waits for a silent Direct Line only so long', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const exchange = createExchange({ secret: SECRET, url, patienceMs: 50 });
    await assert.rejects(exchange.reconnect('c'), isCode('channel.unavailable'));
    silent.closeAllConnections();
    await new Promise((resolve) => silent.close(resolve));
  });

  it('says so when nobody is there', async () => {
    const exchange = createExchange({ secret: SECRET, url: 'http://127.0.0.1:1' });
    await assert.rejects(exchange.generate('dl_x', []), (error) => {
      assert.ok(error instanceof DeskError && error.code === 'channel.unavailable');
      return !JSON.stringify([error.message, String(error.cause)]).includes(SECRET);
    });
  });

  it('shows the secret in no page, no script, no answer and no log line', async () => {
    const paths = [
      '/',
      '/demo',
      '/widget.js',
      '/widget/frame?partner=partner',
      '/healthz',
      '/readyz',
      '/nothing',
    ];
    const page = await call(`${desk.url}/widget/frame?partner=partner`, 'GET');
    const files = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(files.length >= 4);
    for (const path of [...paths, ...files]) {
      const answer = await call(desk.url + path, 'GET');
      served.push(answer.text, JSON.stringify([...answer.headers]));
    }
    const all = [...served, JSON.stringify(desk.entries)].join('\n');
    assert.ok(all.includes('channel.refused'), 'the failures above are among it');
    for (const form of [
      SECRET,
      SECRET.slice(7, 30),
      encodeURIComponent(SECRET),
      Buffer.from(SECRET).toString('base64'),
    ])
      assert.ok(!all.includes(form));
  });

  it('does not serve the embedded endpoint beside it', async () => {
    assert.equal((await post('/v3/directline/tokens/generate', {})).status, 404);
  });

  describe('in a browser', () => {
    let browser: Browser;
    before(async function () {
      skipWithout(this, await missingWebChat());
      browser = await launchChromium(this);
    });
    after(() => browser?.close());

    it('lets the page talk to the configured address, under its policy, and come back after a reload', async () => {
      const widget = await WidgetPage.open(browser, `${desk.url}/demo`);
      await widget.start();
      await widget.sees('Welcome, customer.');
      await widget.say('hello there');
      await widget.sees('You said: hello there');
      await widget.page.reload();
      await widget.start();
      await widget.sees('You said: hello there');
      const en = textIn('en', 'customer');
      await widget.choose(en('widget.forget'));
      await widget.click(en('widget.forget.yes'));
      await widget.sees(en('widget.forget.done.elsewhere'));
      assert.ok(widget.requests.some((url) => url.startsWith(`${azure.url}/conversations`)));
      assert.ok(!widget.requests.some((url) => url.startsWith(`${desk.url}/v3/directline`)));
      assert.deepEqual(widget.faults, []);
      await widget.context.close();
    });
  });
});
