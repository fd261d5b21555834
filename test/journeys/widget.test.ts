/** The widget on a partner's page in a real Chromium: embedding, history, tabs, forgetting, and no connection. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { textIn } from '../../locales/text.js';
import { launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { ASKS_HOW_BOUGHT, startDesk, type Desk } from '../helpers/desk.js';
import { until } from '../helpers/outage-sender.js';
import { type HostPage, WidgetPage, startHostPage } from '../helpers/widget-page.js';

const en = textIn('en', 'customer');
const zh = textIn('zh-Hant', 'customer');
const QUESTION = 'billing problem with Contoso Backup for Azure';
const SHOTS = process.env.OFFER_DESK_SCREENSHOTS;
const IDENTITY_SECRET = 'a-shared-secret-of-the-partner-0123456789';
/** A token in which the partner says that the customer owns one offer. */
const identity = (subject: string) =>
  new SignJWT({ offers: ['contoso.backup'] })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setAudience('partner')
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(new TextEncoder().encode(IDENTITY_SECRET));
/** CSS rules that break other widgets. */
const HOSTILE = `*{all:unset!important;display:none!important;opacity:.1!important;position:static!important}
  html,body,main,p{display:block!important} button{transform:scale(3)!important}`;

const HISTORY_HAS_ANSWER =
  "Object.values(localStorage).some((text) => text.includes('activities') && text.includes('billing@alpineskihouse.com'))";

describe('the widget in a browser', function () {
  let browser: Browser;
  let desk: Desk;
  let host: HostPage;
  let widget: WidgetPage | undefined;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    host = await startHostPage();
    desk = await startDesk({
      ...ASKS_HOW_BOUGHT,
      OFFER_DESK_WIDGET_ORIGINS: `${host.origin},https://second.contoso.com`,
      OFFER_DESK_IDENTITY_SECRET: IDENTITY_SECRET,
    });
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
    await host?.close();
  });
  afterEach(async function () {
    if (SHOTS && widget) {
      mkdirSync(SHOTS, { recursive: true });
      const name = `widget-${this.currentTest?.title.replace(/[^a-z]+/gi, '-').slice(0, 60)}.png`;
      await widget.page.screenshot({ path: path.join(SHOTS, name) });
    }
    assert.deepEqual(widget?.faults ?? [], []);
    await widget?.context.close();
    widget = undefined;
  });

  const line = (attributes = '', { url } = desk) =>
    `<script async src="${url}/widget.js" data-partner="partner" ${attributes}></script>`;
  const policy = ({ url } = desk) =>
    `default-src 'none'; script-src ${url}/widget.js; frame-src ${url}; style-src 'nonce-host'; require-trusted-types-for 'script'`;
  const embedded = async (
    options: { css?: string; attributes?: string; html?: string; strict?: boolean; of?: Desk } = {},
  ) => {
    const {
      css = '',
      attributes = '',
      html = '<main><p>Our shop</p></main>',
      strict = true,
      of = desk,
    } = options;
    host.serve(
      `<!doctype html><html lang="en"><title>Shop</title><style nonce="host">${css}</style>${line(attributes, of)}${html}`,
      strict ? { 'content-security-policy': policy(of) } : {},
    );
    widget = await WidgetPage.open(browser, host.origin);
    return widget;
  };

  it('loads one file before it opens, moves nothing on the page, and works under a strict policy and hostile styles', async () => {
    const page = await embedded({ css: HOSTILE });
    await page.launcher.waitFor();
    await page.page.waitForTimeout(300);
    assert.deepEqual(
      page.requests.filter((url) => url.startsWith(desk.url)),
      [`${desk.url}/widget.js`],
    );
    const box = await page.launcher.boundingBox();
    assert.deepEqual([box?.width, box?.height, box?.x, box?.y], [56, 56, 924, 724]);
    await page.start();
    await page.sees(/Alpine Ski House Cloud help/);
    const shift = await page.page.evaluate(
      `new Promise((done) => { let sum = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) sum += e.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 200); })`,
    );
    assert.equal(shift, 0);
  });

  it('begins with a search field, and answers about the bill by one press', async () => {
    const page = await embedded();
    await page.start();
    const field = page.frame.getByRole('combobox', { name: en('widget.find') });
    await field.fill('contoso back');
    await page.frame
      .getByRole('option', { name: /^Contoso Backup/ })
      .first()
      .waitFor();
    await field.press('ArrowDown');
    await page.frame.locator('#product-search li[aria-selected="true"]').waitFor();
    assert.equal(
      await page.frame.locator('#product-search [lang]').count(),
      0,
      'names in the page’s language',
    );
    await field.press('Enter');
    await page.sees(en('issues.title'));
    await field.waitFor({ state: 'hidden' });
    await page.choose(en('widget.new'));
    await field.waitFor();
    await page.click(en('start.bill'));
    await page.sees('billing@alpineskihouse.com');
    assert.equal(await page.frame.locator('.webchat__bubble--from-user').count(), 0, 'nothing was typed');
    await field.waitFor({ state: 'hidden' });
  });

  it('works with the keyboard alone, and returns the focus', async () => {
    const page = await embedded();
    await page.launcher.waitFor();
    await page.page.keyboard.press('Tab');
    await page.page.keyboard.press('Enter');
    await page.frame.locator('.webchat__bubble__content').first().waitFor();
    await page.frame.locator('[data-id="webchat-sendbox-input"]:focus').waitFor();
    await page.page.keyboard.type(QUESTION);
    await page.page.keyboard.press('Enter');
    await page.sees(en('channel.title'));
    await page.page.keyboard.press('Escape');
    await page.panel.waitFor({ state: 'hidden' });
    const focused = await page.page.evaluate(
      `document.activeElement.shadowRoot.activeElement.getAttribute('aria-label')`,
    );
    assert.equal(focused, en('launcher.name'));
  });

  it('opens and asks a question once when the page calls ask', async () => {
    const page = await embedded({ strict: false });
    await page.launcher.waitFor();
    await page.page.evaluate(`OfferDesk.ask(${JSON.stringify(QUESTION)})`);
    await page.sees(en('channel.title'));
    assert.equal(await page.frame.locator('.webchat__bubble--from-user').count(), 1);
    await page.page.evaluate('OfferDesk.close()');
    await page.panel.waitFor({ state: 'hidden' });
  });

  it('learns from the page who the customer is, and reports the result to the page', async () => {
    const verdict = `window.verdicts = []; addEventListener('offer-desk:identity', (e) => verdicts.push(e.detail))`;
    const token = await identity('customer-7');
    const page = await embedded({ strict: false, attributes: `data-identity="${token}"` });
    await page.page.evaluate(verdict);
    await page.start();
    await page.sees(en('start.issue', { offer: 'Contoso Backup' }));
    const verdicts = (count: number) =>
      page.page.waitForFunction(`verdicts.length === ${count} && JSON.stringify(verdicts)`);
    const last = async (count: number) =>
      (JSON.parse(String(await (await verdicts(count)).jsonValue())) as object[]).at(-1);
    assert.deepEqual(await last(1), { accepted: true });
    assert.ok(!page.requests.some((url) => url.includes(token)), 'the token is in no address');
    await page.say('the invoice is too high');
    await page.sees(en('channel.title'));
    await page.page.evaluate(`OfferDesk.identify(${JSON.stringify(await identity('customer-8'))})`);
    assert.deepEqual(await last(2), { accepted: true });
    await page.sees(en('start.issue', { offer: 'Contoso Backup' }));
    assert.equal(
      await page.frame.getByText('the invoice is too high').count(),
      0,
      'another customer’s words',
    );
    const warning = page.page.waitForEvent('console', (one) =>
      one.text().startsWith(en('launcher.identity')),
    );
    await page.page.evaluate(`OfferDesk.identify('no.token.atall')`);
    const { reference, ...refused } = (await last(3)) as { reference: string };
    assert.deepEqual(refused, { accepted: false, reason: 'malformed' });
    assert.ok((await warning).text().includes(reference));
    await page.sees(en('start.product'));
  });

  it('ignores messages from other windows and for other origins', async () => {
    const page = await embedded({ strict: false });
    await page.start();
    await page.page.evaluate(`window.postMessage({ offerDesk: 1, type: 'close' }, '*')`);
    // The frame ignores a page that may embed the frame but names another origin.
    const src = `${desk.url}/widget/frame?partner=partner&origin=${encodeURIComponent('https://second.contoso.com')}`;
    await page.page.evaluate(
      `new Promise((done) => { const f = document.createElement('iframe'); f.src = ${JSON.stringify(src)}; f.id = 'forged';
        f.onload = () => { f.contentWindow.postMessage({ offerDesk: 1, type: 'ask', text: 'forged question' }, '*'); done(); };
        document.body.append(f); })`,
    );
    await page.page.frameLocator('#forged').locator('.webchat__bubble__content').first().waitFor();
    await page.page.waitForTimeout(500);
    assert.equal(await page.page.frameLocator('#forged').getByText('forged question').count(), 0);
    assert.equal(await page.panel.isVisible(), true);
  });

  it('cannot be framed by a page that is not configured', async () => {
    const other = await startHostPage();
    other.serve(
      `<!doctype html><title>x</title><iframe src="${desk.url}/widget/frame?partner=partner"></iframe>`,
    );
    const page = await WidgetPage.open(browser, other.origin);
    await page.page.waitForTimeout(500);
    assert.ok(page.faults.some((fault) => fault.includes('frame-ancestors')));
    assert.match(page.page.frames()[1]?.url() ?? '', /^chrome-error:/);
    await page.context.close();
    await other.close();
  });

  it('keeps the conversation on the next page, in another tab and after the browser closes', async () => {
    const page = await embedded();
    await page.start();
    await page.say(QUESTION);
    await page.sees(en('channel.title'));
    await page.page.goto(`${host.origin}/second-page`);
    await page.start();
    await page.sees(QUESTION);
    const tab = await WidgetPage.open(browser, host.origin, { context: page.context });
    await tab.start();
    await tab.click(en('channel.customer.partner'));
    await page.sees('billing@alpineskihouse.com');
    const storageState = await page.context.storageState();
    const later = await browser.newContext({ storageState });
    const again = await WidgetPage.open(browser, host.origin, { context: later });
    await again.start();
    await again.sees('billing@alpineskihouse.com');
    await later.close();
  });

  it('gives one conversation to two tabs that open together', async () => {
    const page = await embedded();
    const tab = await WidgetPage.open(browser, host.origin, { context: page.context });
    await Promise.all([page.start(), tab.start()]);
    await page.say(QUESTION);
    await tab.sees(en('channel.title'));
  });

  it('deletes the conversation on request: here, in the other tab, and on the server', async () => {
    const page = await embedded();
    await page.start();
    await page.say(QUESTION);
    await page.sees(en('channel.title'));
    const tab = await WidgetPage.open(browser, host.origin, { context: page.context });
    await tab.start();
    const kept = (await page.context.storageState()).origins.flatMap((one) => one.localStorage);
    const { conversationId } = JSON.parse(
      kept.find((one) => one.name.startsWith('offer-desk.conversation'))?.value ?? '{}',
    ) as { conversationId: string };
    await page.choose(en('widget.forget'));
    await page.click(en('widget.forget.yes'));
    await page.sees(en('widget.forget.done'));
    await tab.sees(en('widget.forget.done'));
    const { conversations, database } = desk.app.stores;
    assert.equal(await conversations.get(conversationId), undefined);
    const states = await database.kysely.selectFrom('bot_state').select(['key', 'body']).execute();
    assert.ok(!states.some((one) => one.key.includes(conversationId)));
    const left = (await page.context.storageState()).origins.flatMap((one) => one.localStorage);
    assert.deepEqual(
      left.filter((one) => /offer-desk\.(conversation|saved)/.test(one.name)),
      [],
    );
    await page.click(en('widget.begin'));
    await page.frame.locator('.webchat__bubble__content').first().waitFor();
    assert.equal(await page.frame.getByText(QUESTION).count(), 0);
  });

  it('stays readable without a connection, and continues when the connection is back', async () => {
    const page = await embedded();
    await page.start();
    await page.say(QUESTION);
    await page.click(en('channel.customer.partner'));
    await page.sees('billing@alpineskihouse.com');
    await page.context.setOffline(true);
    await page.sees(en('widget.offline'));
    await page.frame.getByText('billing@alpineskihouse.com').last().waitFor();
    await page.context.setOffline(false);
    await page.frame.locator('#offline').waitFor({ state: 'hidden' });
    await page.say('help');
    await page.sees(en('help.title'));
  });

  it('opens in another tab from what this device keeps, while the server cannot be reached', async () => {
    const other = await startDesk({ ...ASKS_HOW_BOUGHT, OFFER_DESK_WIDGET_ORIGINS: host.origin });
    try {
      const page = await embedded({ of: other });
      await page.start();
      await page.say(QUESTION);
      await page.click(en('channel.customer.partner'));
      await page.sees('billing@alpineskihouse.com');
      const tab = await WidgetPage.open(browser, host.origin, { context: page.context });
      await tab.launcher.waitFor();
      // The page and its history are stored a moment after they are shown. The other tab reads both once.
      const holds = (expression: string, what: string) =>
        until(async () => {
          const is = await page.page.frames()[1]?.evaluate<boolean>(expression);
          return is === true ? true : undefined;
        }, what);
      await holds('caches.match(location.href).then((kept) => kept !== undefined)', 'the stored page');
      await holds(HISTORY_HAS_ANSWER, 'the history');
      await other.close();
      // The tab opens the chat for the first time, so the page and its text come from the browser's storage.
      await tab.page.bringToFront();
      await tab.start();
      await tab.sees('billing@alpineskihouse.com');
      await tab.sees(en('widget.offline'));
      assert.deepEqual(tab.faults, []);
    } finally {
      await other.close();
    }
  });

  it('shows the contacts of the last answer when the page opens while the server is down', async () => {
    const page = await embedded();
    await page.start();
    await page.say(QUESTION);
    await page.click(en('channel.customer.partner'));
    await page.sees('billing@alpineskihouse.com');
    await page.say('help');
    await page.sees(en('help.title'));
    const said = await page.frame.getByText('billing@alpineskihouse.com').count();
    await page.page.route('**/api/token/**', (route) => route.abort());
    await page.page.reload();
    await page.start();
    await page.sees('billing@alpineskihouse.com');
    await page.sees(en('widget.offline'));
    // The visitor writes without a connection. The server gets the message when the connection is back.
    await page.say('start over');
    await page.frame.locator('#retry').click();
    await page.page.unroute('**/api/token/**');
    await page.frame.locator('#offline').waitFor({ state: 'hidden' });
    await page.sees(en('start.product'));
    assert.equal(
      await page.frame.getByText('billing@alpineskihouse.com').count(),
      said,
      'nothing is drawn twice',
    );
  });

  it('lets the visitor download the conversation as a text file', async () => {
    const page = await embedded();
    await page.start();
    await page.say(QUESTION);
    await page.sees(en('channel.title'));
    const download = page.page.waitForEvent('download');
    await page.choose(en('widget.transcript'));
    const text = readFileSync(await (await download).path(), 'utf8');
    assert.match(text, new RegExp(`\\] You\n${QUESTION}`));
    assert.match(text, new RegExp(en('channel.title').replace('?', '\\?')));
  });

  it('tells the desk the visitor’s time zone, so that the desk shows hours in that time zone', async () => {
    host.serve(`<!doctype html><html lang="en"><title>Shop</title>${line()}<main>Our shop</main>`);
    const context = await browser.newContext({ timezoneId: 'Asia/Taipei', locale: 'en-US' });
    widget = await WidgetPage.open(browser, host.origin, { context });
    await widget.start();
    await widget.say(QUESTION);
    await widget.sees(en('channel.title'));
    const rows = await desk.app.stores.database.kysely
      .selectFrom('conversation_activities')
      .select('body')
      .execute();
    assert.ok(rows.some(({ body }) => body.includes('"localTimezone":"Asia/Taipei"')));
  });

  it('uses the language of the script line in the page and in the chat', async () => {
    const page = await embedded({ attributes: 'data-language="zh-Hant"' });
    await page.start();
    await page.sees(/線上協助/);
    assert.equal(await page.box.getAttribute('placeholder'), '輸入您的訊息');
    await page.say('Contoso Backup for Azure 發票金額不對');
    await page.sees(zh('channel.title'));
  });

  it('reads the script from the country of the page’s language', async () => {
    const page = await embedded({ attributes: 'data-language="zh-CN"' });
    await page.start();
    await page.sees(/在线协助/);
  });
});
