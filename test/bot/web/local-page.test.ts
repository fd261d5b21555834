/** The local page in real Chromium with real Web Chat, before a bot that repeats what it is told. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { registerPages } from '../../../bot/web/pages/routes.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import {
  ChatPage,
  type ChatPageOptions,
  ROOT,
  launchChromium,
  missingWebChat,
  skipWithout,
} from '../../helpers/chromium.js';
import { MemoryConversationLog } from '../../helpers/conversation-log.js';
import { startWebServer, type WebServer, type WebServerOptions } from '../../helpers/web-server.js';

const PAGES = { log: new CapturedLog(), rootDir: ROOT, defaultLanguage: 'en', chooseAudience: true } as const;

describe('the local page in Chromium', function () {
  let browser: Browser | undefined;
  let web: WebServer;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    web = await startWebServer({ more: (http) => registerPages(http, PAGES) });
  });
  after(async () => {
    await browser?.close();
    if (web) await web.close();
  });

  const openedHere: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of openedHere.splice(0).reverse()) await one.close();
  });
  const start = async (options: WebServerOptions = {}) => {
    const server = await startWebServer({ ...options, more: (http) => registerPages(http, PAGES) });
    openedHere.push(server);
    return server;
  };
  const open = async (more: Partial<ChatPageOptions> = {}) => {
    assert.ok(browser);
    const chat = await ChatPage.open(browser, { url: web.url, ...more });
    openedHere.push(chat);
    return chat;
  };

  it('opens, sends, gets the answer, keeps the conversation over a reload, breaks no rule and reaches no other host', async () => {
    const chat = await open();
    await chat.sees('Welcome, customer.');
    await chat.say('hello');
    await chat.sees('You said: hello');
    await chat.page.reload();
    await chat.sees('You said: hello');
    await chat.say('again');
    await chat.sees('You said: again');
    const bubbles = await chat.bubbles();
    assert.deepEqual(bubbles, ['Welcome, customer.', 'hello', 'You said: hello', 'again', 'You said: again']);
    assert.equal(await chat.page.getByText('Sending').count(), 0);
    assert.equal(await chat.page.locator('input[type=file]').count(), 0, 'no way to send files is offered');
    assert.deepEqual(chat.faults, []);
    assert.deepEqual(chat.foreign, []);
  });

  it('speaks as customer or as partner staff, each with a conversation of its own', async () => {
    const chat = await open();
    await chat.sees('Welcome, customer.');
    await chat.say('as a customer');
    await chat.sees('You said: as a customer');
    await chat.page.getByLabel('Partner staff').check();
    await chat.sees('Welcome, partner.');
    await chat.page.reload();
    await chat.sees('Welcome, partner.');
    await chat.page.getByLabel('Customer').check();
    await chat.sees('You said: as a customer');
    await chat.page.getByRole('button', { name: 'New conversation' }).click();
    await chat.page.getByText('You said: as a customer').waitFor({ state: 'detached' });
    await chat.sees('Welcome, customer.');
  });

  it('is in the language of the visitor, greets in it, and keeps what was said when the language changes', async () => {
    const chat = await open({ locale: 'zh-TW', width: 320, height: 640 });
    await chat.sees('Welcome, customer.');
    assert.equal(await chat.page.locator('html').getAttribute('lang'), 'zh-Hant');
    await chat.page.getByPlaceholder('輸入您的訊息').waitFor();
    const greeted = web.delivered.at(-1);
    assert.equal(greeted?.activity.locale, 'zh-TW');
    assert.equal(await chat.page.evaluate('document.documentElement.scrollWidth'), 320, 'nothing is cut off');

    const choose = async (name: string) => {
      await chat.page.locator('details.languages summary').click();
      await chat.page.getByRole('link', { name }).click();
    };
    await choose('English');
    await chat.page.getByPlaceholder('Type your message').waitFor();
    await chat.sees('Welcome, customer.');
    assert.equal(web.delivered.at(-1)?.activity.locale, 'en-US', 'an unused conversation begins again');
    await chat.say('kept');
    await chat.sees('You said: kept');
    await choose('繁體中文');
    await chat.page.getByPlaceholder('輸入您的訊息').waitFor();
    await chat.sees('You said: kept');
    await chat.page.goto(web.url);
    assert.equal(await chat.page.locator('html').getAttribute('lang'), 'zh-Hant', 'the choice is kept');
    assert.deepEqual(chat.faults, []);
  });

  it('shows the same conversation in two tabs, to both at once', async () => {
    const first = await open();
    await first.sees('Welcome, customer.');
    const second = await open({ context: first.context });
    await second.say('from the second tab');
    await first.sees('You said: from the second tab');
    assert.deepEqual(await first.bubbles(), await second.bubbles());
  });

  it('keeps a too long text in the box and says what to do', async () => {
    const chat = await open();
    await chat.sees('Welcome, customer.');
    const long = '字'.repeat(14_000);
    await chat.say(long);
    await chat.notices('Your message is too long');
    assert.equal(await chat.box.inputValue(), long);
    await chat.say('shorter');
    await chat.sees('You said: shorter');
    await chat.page.getByText('Your message is too long').first().waitFor({ state: 'detached' });
  });

  it('waits and sends by itself when messages come too fast', async () => {
    const begun = Date.now();
    // A clock thirty times as fast: one message a minute becomes one every two seconds.
    const slow = await start({
      limits: { messagesPerMinute: 1 },
      now: () => begun + (Date.now() - begun) * 30,
    });
    const chat = await open({ url: slow.url });
    await chat.say('one');
    await chat.sees('You said: one');
    await chat.say('two');
    await chat.sees('You said: two');
    assert.equal(slow.delivered.filter(({ activity }) => activity.text === 'two').length, 1);
  });

  it('continues by itself after a restart of the server', async () => {
    const kept = { keys: [randomBytes(32)] as [Buffer], conversations: new MemoryConversationLog() };
    const first = await start(kept);
    const chat = await open({ url: first.url });
    await chat.say('before');
    await chat.sees('You said: before');
    await first.close();
    await start({ ...kept, port: first.port });
    await chat.say('after');
    await chat.sees('You said: after', 25_000);
    assert.deepEqual(await chat.bubbles(), [
      'Welcome, customer.',
      'before',
      'You said: before',
      'after',
      'You said: after',
    ]);
  });

  it('begins again, and says so, when the server no longer knows the conversation', async () => {
    const first = await start();
    const chat = await open({ url: first.url });
    await chat.say('before');
    await chat.sees('You said: before');
    await first.close();
    await start({ port: first.port });
    await chat.page.reload();
    await chat.notices('The earlier conversation is no longer kept');
    await chat.sees('Welcome, customer.');
    await chat.say('after');
    await chat.sees('You said: after');
  });
});
