/** The main job in a real Chromium with real Web Chat, as a person does it. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { textIn } from '../../locales/text.js';
import { ChatPage, launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { startDesk, type Desk } from '../helpers/desk.js';

const OFFER = 'Contoso Backup for Azure';
const en = textIn('en', 'customer');
const zh = textIn('zh-Hant', 'customer');
/** OFFER_DESK_SCREENSHOTS=folder saves a screenshot of the end of every journey. */
const SHOTS = process.env.OFFER_DESK_SCREENSHOTS;

describe('the chat in a browser', function () {
  let browser: Browser;
  let desk: Desk;
  let chat: ChatPage | undefined;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    desk = await startDesk();
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
  });
  afterEach(async function () {
    if (SHOTS && chat) {
      mkdirSync(SHOTS, { recursive: true });
      const name = `${this.currentTest?.title.replace(/[^a-z]+/gi, '-').slice(0, 60)}.png`;
      await chat.page.screenshot({ path: path.join(SHOTS, name), fullPage: true });
    }
    assert.deepEqual(chat?.faults ?? [], []);
    assert.deepEqual(chat?.foreign ?? [], []);
    await chat?.close();
    chat = undefined;
  });

  const open = async (options: { locale?: string; width?: number; staff?: boolean } = {}) => {
    const { staff, ...rest } = options;
    chat = await ChatPage.open(browser, { url: `${desk.url}/`, height: 1200, ...rest });
    const say = options.locale?.startsWith('zh') ? zh : en;
    await chat.sees(say('start.product'));
    if (!staff) return chat;
    await chat.page.getByRole('radio', { name: say('page.asker.partner') }).check();
    await chat.sees(/Offer Desk/);
    return chat;
  };

  it('tells a customer that the partner is responsible, and how to reach the partner', async () => {
    const page = await open();
    await page.say(`billing problem with ${OFFER}`);
    await page.sees(/Responsible: Alpine Ski House Cloud/);
    await page.sees('billing@alpineskihouse.com');
    assert.equal(await page.page.getByText(/partner\.microsoft\.com/).count(), 0);
  });

  it('tells partner staff that Microsoft is responsible, and why', async () => {
    const page = await open({ staff: true });
    await page.say(`billing problem with ${OFFER}`);
    await page.sees(/Responsible: Microsoft/);
    await page.click(en('button.more'));
    await page.sees(/billing\.partner/);
  });

  it('speaks Traditional Chinese with a customer from the first card to the last', async () => {
    const page = await open({ locale: 'zh-TW' });
    await page.say(`${OFFER} 發票上的金額不對，多收了錢`);
    await page.click(zh('button.more'));
    await page.sees(/Alpine Ski House Cloud/);
    const words = (await page.bubbles())
      .join('\n')
      .replaceAll(OFFER, '')
      .replaceAll('Alpine Ski House Cloud', '');
    assert.doesNotMatch(words, /\b(Responsible|Contact first|Have this at hand|Another offer)\b/);
  });

  it('speaks Traditional Chinese with partner staff', async () => {
    const page = await open({ locale: 'zh-TW', staff: true });
    await page.say(OFFER);
    await page.sees(zh('issues.title'));
  });

  it('asks which offer of a publisher the customer means, and continues with the chosen offer', async () => {
    const page = await open({ staff: true });
    await page.say('Contoso');
    await page.click(/^Contoso, Ltd/);
    await page.click(/^Contoso Backup/);
    await page.sees(en('issues.title'));
  });

  it('says how to continue when there is no contact', async () => {
    const page = await open({ staff: true });
    await page.say("error 500 when I open Margie's Travel Booking");
    await page.sees(/Responsible/);
    await page.click(en('button.more'));
    await page.sees(/Partner Center/);
  });

  it('continues after a reload in the middle of a question', async () => {
    const page = await open();
    await page.say(`I want a refund for ${OFFER}`);
    await page.sees(en('channel.title'));
    await page.page.reload();
    await page.sees(en('channel.title'));
    await page.click(en('channel.customer.partner'));
    await page.click(en('refund.open'));
    await page.sees(/Responsible: Alpine Ski House Cloud/);
  });

  it('continues after a server restart in the middle of a question', async () => {
    const page = await open();
    await page.say(`I want a refund for ${OFFER}`);
    await page.sees(en('channel.title'));
    await desk.restart();
    await page.page.waitForTimeout(500);
    await page.click(en('channel.customer.partner'));
    await page.click(en('refund.open'));
    await page.page
      .locator('.ac-adaptiveCard')
      .getByText(/Responsible: Alpine Ski House Cloud/)
      .last()
      .waitFor();
  });

  it('fits a phone', async () => {
    const page = await open({ width: 360 });
    await page.say(`billing problem with ${OFFER}`);
    await page.sees(/Responsible: Alpine Ski House Cloud/);
    const overflow = await page.page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    assert.ok(Number(overflow) <= 0);
  });
});
