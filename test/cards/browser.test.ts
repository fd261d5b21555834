/** Cards in a real browser with the real renderer: usable by keyboard, named, narrow enough for a phone, and safe. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { cardContext, HOSTILE } from '../helpers/card-fixtures.js';
import { everyView } from '../helpers/card-gallery.js';
import { LONG } from '../helpers/answer-views.js';
import { ChatWindow } from '../helpers/chat-window.js';
import { launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { drawCard } from '../helpers/render-card-page.js';

/** For each address on the card: the text that a copy gives, and the two signs around each end of a line. */
const ADDRESSES = `[...document.querySelectorAll('.ac-textRun.address')].map((run) => {
  getSelection().selectAllChildren(run);
  const places = [...run.childNodes].flatMap((node) =>
    [...(node.data ?? '')].map((sign, at) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return { sign, top: range.getBoundingClientRect().top };
    }),
  );
  const ends = places.flatMap((one, at) => (at > 0 && one.top > places[at - 1].top + 4 ? places[at - 1].sign + one.sign : []));
  return { copied: getSelection().toString(), ends };
})`;

describe('cards in a browser', function () {
  let browser: Browser;

  before(async function () {
    browser = await launchChromium(this);
  });
  after(async () => browser?.close());

  const draw = (view: string, text?: string, asker: 'partner' | 'customer' = 'partner', width = 360) =>
    drawCard(browser, everyView(asker, text)[view]?.(cardContext({ asker })).card, width);

  it('have choices for keyboard and screen reader, and Enter presses a choice', async () => {
    const page = await draw('offers');
    // The first tab stop is the whole card.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    const focused = page
      .getByRole('button', { name: 'Contoso Backup 1 – by Fabrikam' })
      .and(page.locator(':focus'));
    assert.equal(await focused.count(), 1);
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('globalThis.pressed.length'), 1);
    await page.close();
  });

  it('show and hide the rest of the answer by keyboard', async () => {
    const page = await draw('answer');
    const source = page.getByText(/^Rule technical\.partner/);
    assert.equal(await source.isVisible(), false);
    await page.getByRole('button', { name: 'More details' }).press('Enter');
    assert.equal(await source.isVisible(), true);
    await page.getByRole('button', { name: 'More details' }).press('Enter');
    assert.equal(await source.isVisible(), false);
    await page.close();
  });

  it('have a heading for the screen reader', async () => {
    const page = await draw('answer', undefined, 'customer');
    const headings = await page.getByRole('heading').allTextContents();
    assert.equal(headings[0], 'Contact Northwind Cloud');
    await page.close();
  });

  it('break a long address only after its signs, and give the whole address to a copy', async function () {
    skipWithout(this, await missingWebChat());
    const window = await ChatWindow.open(browser, 'en');
    await window.show(everyView('customer')['answer-long']?.(cardContext({ asker: 'customer' })).card);
    const found = (await window.run(ADDRESSES)) as readonly { copied: string; ends: readonly string[] }[];
    assert.deepEqual(found.map(({ copied }) => copied.trim()).sort(), [LONG.url, LONG.email].sort());
    for (const { copied, ends } of found) {
      assert.ok(ends.length > 0, `${copied} has more than one line`);
      for (const around of ends) assert.match(around, /^[^a-z0-9]|[^a-z0-9]$/i, copied);
    }
    await window.close();
  });

  it('stay within a phone’s width and run no script, for any data', async () => {
    for (const text of [undefined, HOSTILE.unbroken, HOSTILE.html, HOSTILE.markdownLink, HOSTILE.rtl]) {
      const page = await draw('answer', text);
      const dialogs: string[] = [];
      page.on('dialog', (dialog) => dialogs.push(dialog.message()));
      assert.ok(
        Number(await page.evaluate('document.documentElement.scrollWidth')) <= 360,
        text?.slice(0, 20),
      );
      assert.equal(await page.locator('#card script, #card img').count(), 0);
      assert.deepEqual(dialogs, []);
      await page.close();
    }
  });
});
