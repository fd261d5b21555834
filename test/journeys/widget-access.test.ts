/** The widget for everybody: axe-core in every state, 320 px, right to left, high contrast and reduced motion. */
import assert from 'node:assert/strict';
import type { Browser, Frame } from 'playwright-core';
import { HANDOVER_FIELDS } from '../../cards/handover/handover-words.js';
import type { Language } from '../../core/terms.js';
import { textIn } from '../../locales/text.js';
import { violationsIn } from '../helpers/axe.js';
import { ChatPage, comesIntoView, launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { ASKS_HOW_BOUGHT, startDesk, textOf, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { until } from '../helpers/handover.js';
import { clickOf, TeamsChat } from '../helpers/teams-chat.js';
import { WidgetPage } from '../helpers/widget-page.js';

const PARTNER = 'Alpine Ski House Cloud';
const QUESTION = 'billing problem with Contoso Backup for Azure';

const violations = (frame: Frame, contrast = true): Promise<string[]> => violationsIn(frame, { contrast });

const isForced = (frame: Frame): Promise<boolean> =>
  frame.evaluate(`matchMedia('(forced-colors: active)').matches`);

/** The member of the browser that the tests use on an element. */
interface Styles {
  getComputedStyle(element: unknown): { readonly borderTopColor: string; readonly backgroundColor: string };
}

describe('the widget for everybody', function () {
  let browser: Browser;
  let desk: Desk;
  let connector: FakeConnector;
  let channel: TeamsChat;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    [desk, connector] = await Promise.all([startDesk(ASKS_HOW_BOUGHT), startConnector()]);
    channel = new TeamsChat(desk, connector, {
      id: '19:customers@thread.tacv2',
      conversationType: 'channel',
    });
    await channel.say('hand over here');
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
    await connector?.close();
  });

  const open = async (query = '', size: { width?: number; height?: number } = {}) =>
    WidgetPage.open(browser, `${desk.url}/demo${query}`, size);
  const clean = async (widget: WidgetPage, state: string) => {
    for (const frame of widget.page.frames())
      assert.deepEqual(await violations(frame, !(await isForced(frame))), [], state);
  };

  /** From the button on the answer to the end of the conversation with a member of staff. */
  const handOver = async (widget: WidgetPage, language: Language) => {
    const say = textIn(language, 'customer');
    await widget.click(say('button.talk'));
    await widget.sees(say('handover.field.contact-why'));
    await clean(widget, 'form for a person');
    channel.news();
    await widget.click(say('handover.button.send'));
    await widget.sees(say('handover.visitor.waiting', { partner: PARTNER }));
    await clean(widget, 'waiting for a person');
    const card = await until(
      () =>
        channel.news().find((one) => textOf(one).includes(textIn('en', 'customer')('handover.staff.title'))),
      () => connector.messages(),
    );
    await channel.execute(card, clickOf(card.attachments, 'handover-take'));
    await widget.sees(say('handover.visitor.taken', { partner: PARTNER, name: 'Ada' }));
    await clean(widget, 'a person answers');
    const name = say('launcher.name');
    await widget.page.evaluate('OfferDesk.close()');
    const reply = clickOf(card.attachments, 'handover-reply');
    const data = { ...(reply.data as object), [HANDOVER_FIELDS.reply]: 'The invoice is corrected.' };
    await channel.execute(card, { ...reply, data });
    const unread = `${name} – ${say('launcher.unread')} 1`;
    await widget.page.getByRole('button', { name: unread, exact: true }).click();
    await widget.sees('The invoice is corrected.');
    await widget.page.getByRole('button', { name, exact: true }).waitFor();
    await widget.click(say('handover.button.end'));
    await widget.sees(say('handover.visitor.closed.visitor', { partner: PARTNER }));
    await clean(widget, 'the person is gone');
  };

  const LOOKS = {
    light: { colorScheme: 'light', forcedColors: 'none' },
    dark: { colorScheme: 'dark', forcedColors: 'none' },
    'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
  } as const;
  for (const [language, look] of [
    ['en', 'light'],
    ['zh-Hant', 'light'],
    ['en', 'dark'],
    ['zh-Hant', 'forced colours'],
  ] as const)
    it(`has no violation of WCAG 2.2 AA in any state, in ${language}, ${look}`, async () => {
      const say = textIn(language, 'customer');
      const widget = await open(`?lang=${language}&accent=%23e8a33d`, { width: 360, height: 740 });
      await widget.page.emulateMedia(LOOKS[look]);
      await widget.launcher.waitFor();
      await clean(widget, 'closed');
      await widget.start();
      await clean(widget, 'greeting');
      await widget.say(QUESTION);
      await widget.sees(say('channel.title'));
      await clean(widget, 'question');
      await widget.click(say('channel.customer.partner'));
      await widget.sees('billing@alpineskihouse.com');
      await clean(widget, 'answer');
      await handOver(widget, language);
      await widget.frame.locator('#menu-button').click();
      await clean(widget, 'menu');
      await widget.page.keyboard.press('Escape');
      await widget.context.setOffline(true);
      await widget.sees(say('widget.offline'));
      await clean(widget, 'offline');
      await widget.context.setOffline(false);
      await widget.choose(say('widget.forget'));
      await widget.sees(say('widget.forget.ask'));
      await clean(widget, 'asked whether to forget');
      await widget.click(say('widget.forget.yes'));
      await widget.sees(say('widget.forget.done'));
      await clean(widget, 'forgotten');
      await widget.context.close();
    });

  it('is dark as the device is, and takes the look that the page asks for while the chat is open', async () => {
    const widget = await open();
    await widget.page.emulateMedia({ colorScheme: 'dark' });
    await widget.start();
    const ground = () =>
      widget.frame
        .locator('.webchat__bubble__content')
        .first()
        .evaluate((element) => (globalThis as unknown as Styles).getComputedStyle(element).backgroundColor);
    const dark = 'rgb(27, 41, 52)';
    const light = 'rgb(255, 255, 255)';
    assert.equal(await ground(), dark);
    for (const [look, colour] of [
      ['light', light],
      ['dark', dark],
    ] as const) {
      await widget.page.evaluate(`OfferDesk.scheme('${look}')`);
      await widget.frame.locator(`html[data-scheme="${look}"]`).waitFor({ state: 'attached' });
      assert.equal(await ground(), colour);
    }
    await widget.page.emulateMedia({ colorScheme: 'light' });
    assert.equal(await ground(), dark, 'the page decides, not the device');
    await widget.page.evaluate(`OfferDesk.scheme('auto')`);
    await widget.frame.locator('html:not([data-scheme])').waitFor({ state: 'attached' });
    assert.equal(await ground(), light);
    await widget.context.close();
  });

  it('has no violation on the local page as partner staff, in light, dark and forced colours', async () => {
    const say = textIn('en', 'customer');
    const page = await ChatPage.open(browser, { url: desk.url });
    for (const look of Object.values(LOOKS)) {
      await page.page.emulateMedia(look);
      await page.page.getByRole('radio', { name: say('page.asker.partner') }).check();
      await page.page.getByRole('button', { name: say('page.new') }).click();
      await page.sees(say('welcome.title'));
      await page.say('admin');
      await page.sees(say('admin.menu.title'));
      assert.deepEqual(await violations(page.page.mainFrame(), look.forcedColors === 'none'), []);
    }
    await page.close();
  });

  it('folds an answered question to one line, and moves the keyboard to the newest card', async () => {
    const say = textIn('en', 'customer');
    const page = await ChatPage.open(browser, { url: desk.url });
    const cards = () => page.page.locator('.ac-adaptiveCard');
    await page.sees(say('start.product'));
    await page.say(QUESTION);
    await page.sees(say('channel.title'));
    assert.equal(await cards().first().getByRole('button').count(), 0);
    assert.equal(
      await page.page.locator('[data-id="webchat-sendbox-input"]:focus').count(),
      1,
      'who writes, writes on',
    );
    const choice = say('channel.customer.partner');
    await page.page.getByRole('button', { name: choice }).press('Enter');
    await page.sees('billing@alpineskihouse.com');
    const newest = page.page.locator('.ac-adaptiveCard:focus');
    await newest.getByText('billing@alpineskihouse.com').waitFor();
    const folded = `${say('channel.title')} ${choice}`;
    await cards().getByText(folded).waitFor();
    assert.equal(await cards().nth(1).getByRole('button').count(), 0);
    await page.page.reload();
    await cards().getByText(folded).waitFor();
    await page.close();
  });

  it('reaches the first contact from the input box with at most six keys', async () => {
    const page = await ChatPage.open(browser, { url: desk.url });
    await page.sees(textIn('en', 'customer')('start.product'));
    await page.say('Contoso Backup for Azure crashes, we bought it from our partner');
    await page.sees(/Responsible: /);
    await page.page.locator('[data-id="webchat-sendbox-input"]').focus();
    const contact = page.page.locator('.style-positive:focus');
    let keys = 0;
    for (const key of ['Shift+Tab', 'Shift+Tab', 'Enter', 'Tab', 'Tab', 'Tab']) {
      if ((await contact.count()) > 0) break;
      keys += 1;
      await page.page.keyboard.press(key);
    }
    assert.equal(await contact.count(), 1, `${keys} keys`);
    await page.close();
  });

  for (const language of ['en', 'zh-Hant'] as const)
    it(`shows who is responsible and the first action on a phone without scrolling, in ${language}`, async () => {
      const say = textIn(language, 'customer');
      const widget = await open(`?lang=${language}`, { width: 360, height: 640 });
      await widget.start();
      await widget.say(QUESTION);
      await widget.sees(say('channel.title'));
      await widget.click(say('channel.customer.partner'));
      const answer = widget.frame.locator('.ac-adaptiveCard').last();
      const action = answer.locator('.style-positive').first();
      const responsible = answer.getByText(say('answer.responsible.your-partner', { name: PARTNER }));
      await action.waitFor();
      for (const part of [responsible, action]) await comesIntoView(part);
      await widget.page.emulateMedia({ media: 'print' });
      await widget.launcher.waitFor({ state: 'hidden' });
      await widget.panel.waitFor({ state: 'hidden' });
      await widget.context.close();
    });

  it('opens on the left side of a right-to-left page, from right to left like the page', async () => {
    const widget = await open('?dir=rtl&lang=ar', { width: 360, height: 740 });
    await widget.launcher.waitFor();
    assert.ok(((await widget.launcher.boundingBox())?.x ?? 999) < 100);
    await widget.start();
    const frame = widget.page.frames()[1];
    assert.deepEqual(
      await frame?.evaluate('[document.documentElement.lang, getComputedStyle(document.body).direction]'),
      ['ar', 'rtl'],
    );
    assert.equal(await frame?.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    await clean(widget, 'right to left');
    // Prove that the check works: it finds a button without a name, in the page and in the frame.
    for (const frame of widget.page.frames()) {
      await frame.evaluate(`document.querySelector('main').append(document.createElement('button'))`);
      assert.match((await violations(frame)).join(), /button-name/);
    }
    await widget.context.close();
  });

  it('has no violation while it says that the server cannot be reached', async () => {
    const widget = await open();
    await widget.page.route('**/widget/frame*', (route) => route.abort());
    await widget.page.evaluate(`Object.defineProperty(navigator, 'onLine', { get: () => false })`);
    await widget.launcher.click();
    const retry = widget.panel.getByRole('button', { name: textIn('en', 'customer')('launcher.retry') });
    await retry.waitFor();
    const [host] = widget.page.frames();
    assert.ok(host);
    assert.deepEqual(await violations(host), []);
    await widget.page.unroute('**/widget/frame*');
    await retry.click();
    await widget.frame.locator('.webchat__bubble__content').first().waitFor();
    await widget.context.close();
  });

  it('fits 320 px without scrolling sideways, and has no button smaller than 24 px', async () => {
    const widget = await open('', { width: 320, height: 600 });
    await widget.start();
    await widget.say(QUESTION);
    await widget.sees(textIn('en', 'customer')('channel.title'));
    const frame = widget.page.frames()[1];
    assert.equal(await frame?.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
    const small = await frame?.evaluate(
      `[...document.querySelectorAll('header button, #chat button, .ac-selectable')].filter((b) => b.offsetParent && (b.offsetWidth < 24 || b.offsetHeight < 24)).map((b) => b.outerHTML.slice(0, 120))`,
    );
    assert.deepEqual(small, []);
    await widget.context.close();
  });

  it('keeps outlines in forced colours and shows no motion when the visitor prefers none', async () => {
    const widget = await open();
    await widget.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
    await widget.start();
    const border = (element: unknown) =>
      String((globalThis as unknown as Styles).getComputedStyle(element).borderTopColor);
    const edges = [
      widget.launcher,
      widget.frame.locator('#menu-button'),
      widget.frame.locator('.ac-selectable').first(),
    ];
    for (const edge of edges) {
      await edge.waitFor();
      assert.doesNotMatch(await edge.evaluate(border), /rgba\(.*, 0\)|transparent/);
    }
    const moving = `document.getAnimations().filter((a) => a.playState === 'running').length`;
    await widget.page.waitForTimeout(400);
    for (const frame of widget.page.frames()) assert.equal(await frame.evaluate(moving), 0);
    await widget.context.close();
  });
});
