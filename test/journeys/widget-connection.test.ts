/** The widget without storage, without third-party cookies, without a connection and without a server. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';
import { textIn } from '../../locales/text.js';
import {
  CHROMIUM_FLAGS,
  findChromium,
  launchChromium,
  missingWebChat,
  skipWithout,
} from '../helpers/chromium.js';
import { ASKS_HOW_BOUGHT, startDesk, type Desk } from '../helpers/desk.js';
import { type HostPage, WidgetPage, startHostPage } from '../helpers/widget-page.js';

const en = textIn('en', 'customer');
const QUESTION = 'billing problem with Contoso Backup for Azure';
/** The value of Chromium's setting that blocks cookies and all other storage. */
const BLOCK = 2;

describe('the widget on a difficult connection', function () {
  let browser: Browser;
  let desk: Desk;
  let host: HostPage;
  /** The shop and the desk are different sites: one is `shop.localhost`, the other an address. */
  let shop: string;
  const cleanups: (() => Promise<void> | void)[] = [];
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    host = await startHostPage();
    shop = host.origin.replace('127.0.0.1', 'shop.localhost');
    desk = await startDesk({ ...ASKS_HOW_BOUGHT, OFFER_DESK_WIDGET_ORIGINS: shop });
    host.serve(
      `<!doctype html><html lang="en"><title>Shop</title><script async src="${desk.url}/widget.js" data-partner="partner"></script><main>Our shop</main>`,
      {
        'content-security-policy': `default-src 'none'; script-src ${desk.url}/widget.js; frame-src ${desk.url}; require-trusted-types-for 'script'`,
      },
    );
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
    await host?.close();
  });
  afterEach(async () => {
    for (const clean of cleanups.splice(0).reverse()) await clean();
  });

  /** Starts a separate browser with these settings, as if a person had set them. */
  const browserWith = async (profile: object): Promise<BrowserContext> => {
    const dir = mkdtempSync(path.join(os.tmpdir(), 'offer-desk-profile-'));
    mkdirSync(path.join(dir, 'Default'));
    writeFileSync(path.join(dir, 'Default', 'Preferences'), JSON.stringify({ profile }));
    const context = await chromium.launchPersistentContext(dir, {
      executablePath: findChromium({ windows: true }),
      args: CHROMIUM_FLAGS,
      locale: 'en-US',
    });
    cleanups.push(async () => {
      await context.close();
      rmSync(dir, { recursive: true, force: true });
    });
    return context;
  };
  const opened = async (context?: BrowserContext): Promise<WidgetPage> => {
    const page = await WidgetPage.open(browser, shop, { context });
    cleanups.push(() => {
      assert.deepEqual(page.faults, []);
      if (!context) return page.context.close();
    });
    await page.start();
    return page;
  };
  /** How often the chat shows the visitor's message. */
  const said = (page: WidgetPage, text: string) =>
    page.frame.locator('.webchat__bubble--from-user').filter({ hasText: text }).count();
  const settles = (page: WidgetPage) => page.frame.locator('#offline').waitFor({ state: 'hidden' });

  it('works when the browser denies all storage and locks, and says once that the conversation ends with the page', async () => {
    const context = await browserWith({ default_content_setting_values: { cookies: BLOCK } });
    const page = await opened(context);
    const frame = page.page.frames()[1];
    const denied = `(async () => { try { localStorage; return 'given' } catch {} return navigator.locks.request('x', () => 'given').catch(() => 'denied') })()`;
    assert.equal(await frame?.evaluate(denied), 'denied', 'the browser really denies both');
    await page.sees(en('widget.noStorage'));
    await page.say(QUESTION);
    await page.click(en('channel.customer.partner'));
    await page.sees('billing@alpineskihouse.com');
    // A new connection continues the same conversation, from memory.
    await frame?.evaluate(`dispatchEvent(new Event('online'))`);
    await page.say('help');
    await page.sees(en('help.title'));
    assert.equal(await said(page, QUESTION), 1);
    assert.equal(await page.frame.getByText(en('widget.noStorage')).count(), 0, 'it was said once');
  });

  it('works on another site without third-party cookies, also after the visitor closes and opens the chat', async () => {
    const context = await browserWith({ block_third_party_cookies: true, cookie_controls_mode: 1 });
    const page = await opened(context);
    await page.say(QUESTION);
    await page.sees(en('channel.title'));
    await page.launcher.click();
    await page.panel.waitFor({ state: 'hidden' });
    await page.launcher.click();
    await page.click(en('channel.customer.partner'));
    await page.sees('billing@alpineskihouse.com');
    assert.equal(await said(page, QUESTION), 1);
    assert.deepEqual(await context.cookies(), []);
  });

  it('loads by itself when the connection comes after the visitor has opened the chat', async () => {
    const page = await WidgetPage.open(browser, shop);
    cleanups.push(() => page.context.close());
    await page.launcher.waitFor();
    await page.context.setOffline(true);
    await page.launcher.click();
    await page.panel.getByRole('button').first().waitFor();
    await page.context.setOffline(false);
    await page.frame.locator('.webchat__bubble__content').first().waitFor();
    await page.say(QUESTION);
    await page.sees(en('channel.title'));
  });

  it('says soon that the connection is gone, and sends the waiting message once when the connection is back', async () => {
    const page = await opened();
    await page.context.setOffline(true);
    await page.frame.getByText(en('widget.offline')).waitFor({ timeout: 10_000 });
    await page.say('what can you do');
    await page.page.waitForTimeout(3_000);
    await page.context.setOffline(false);
    await settles(page);
    await page.sees(en('help.title'));
    const sent = await desk.app.stores.database.kysely
      .selectFrom('conversation_activities')
      .select('body')
      .execute();
    assert.equal(sent.filter(({ body }) => body.includes('"text":"what can you do"')).length, 1);
    assert.equal(await said(page, 'what can you do'), 1);
    assert.equal(await page.frame.getByText('Send failed').count(), 0);
  });

  it('notices a server restart, keeps the text in the box, and continues', async () => {
    const page = await opened();
    await page.box.fill('start over');
    const notice = page.frame.getByText(en('widget.offline')).waitFor();
    await desk.app.stop();
    await notice;
    await desk.restart();
    await settles(page);
    assert.equal(await page.box.inputValue(), 'start over');
    await page.box.press('Enter');
    await page.sees(en('start.product'));
  });
});
