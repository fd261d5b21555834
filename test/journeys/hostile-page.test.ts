/** A partner's page that became hostile, in a real Chromium: its messages run no code, and it cannot read the chat. */
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { INJECTIONS } from '../helpers/injections.js';
import { type HostPage, WidgetPage, startHostPage } from '../helpers/widget-page.js';

/** Messages to the chat with wrong types, wrong depth, wrong size and names of prototypes. */
const FORGED = `(() => {
  const deep = {};
  for (let at = deep, n = 0; n < 5000; n += 1) at = at.text = {};
  const own = (fields) => ({ offerDesk: 1, ...fields });
  const proto = JSON.parse('{"offerDesk":1,"type":"ask","__proto__":{"text":"forged question"},"constructor":{"prototype":{"polluted":1}}}');
  const types = ['ask', 'scheme', 'identify', 'opened', 'closed', 'close', 'ready', 'identity', 'unread', '__proto__', 'constructor', 'toString', 7, null, [], {}];
  const values = [undefined, null, 0, -1, NaN, true, [], ['forged question'], {}, deep, new Map([['text', 'x']]), new Date(), /x/, new ArrayBuffer(8),
    { toString: 1, valueOf: 1 }, { toString: null }, new Error('x'), 10n];
  const all = [proto, null, undefined, 'ask', 7, [], [own({ type: 'ask' })], deep, new Map(), { offerDesk: '1', type: 'ask', text: 'forged question' }, { offerDesk: true, type: 'ask', text: 'forged question' }];
  for (const type of types) for (const value of values)
    all.push(own({ type, text: value, scheme: value, token: value, count: value, accepted: value, reason: value }));
  return all;
})()`;

/** The window of the chat, as the page can get it. */
const CHAT = `document.querySelector('[data-offer-desk]').shadowRoot.querySelector('iframe').contentWindow`;

describe('the chat in a hostile page', function () {
  let browser: Browser;
  let host: HostPage;
  let desk: Desk;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    host = await startHostPage();
    desk = await startDesk({ OFFER_DESK_WIDGET_ORIGINS: host.origin });
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
    await host?.close();
  });

  /** The desk has another host name, so the browser keeps the page and the chat apart as different sites. */
  const server = () => desk.url.replace('127.0.0.1', 'localhost');
  const page = async (before = '') => {
    host.serve(
      `<!doctype html><html lang="en"><title>Shop</title><script>${before}</script><script src="${server()}/widget.js" data-partner="partner"></script>`,
    );
    const widget = await WidgetPage.open(browser, host.origin);
    let ran = 0;
    await widget.context.exposeBinding('pwned', () => void (ran += 1));
    return { widget, ran: () => ran };
  };
  const chatOf = (widget: WidgetPage) => {
    const frame = widget.page.frames().find((one) => one.url().includes('/widget/frame'));
    assert.ok(frame);
    return frame;
  };
  const answersStill = async (widget: WidgetPage, words: string) => {
    await widget.page.evaluate(`OfferDesk.ask(${JSON.stringify(words)})`);
    await widget.frame.getByText(words).first().waitFor();
  };

  it('survives forged messages of every type, size and depth, and still takes a real question', async () => {
    const { widget, ran } = await page();
    await widget.start();
    await widget.page.evaluate(
      `for (const one of ${FORGED}) try { ${CHAT}.postMessage(one, '*'); } catch {}`,
    );
    await widget.page.evaluate(
      `window.open; for (const one of ${FORGED}) try { window.postMessage(one, '*'); } catch {}`,
    );
    await widget.page.evaluate(
      `${CHAT}.postMessage({ offerDesk: 1, type: 'ask', text: 'x'.repeat(20_000_000) }, '*')`,
    );
    await widget.page.evaluate(
      `${CHAT}.postMessage({ offerDesk: 1, type: 'identify', token: 'x'.repeat(20_000_000) }, '*')`,
    );
    await widget.page.evaluate(
      `${CHAT}.postMessage({ offerDesk: 1, type: 'scheme', scheme: 'x'.repeat(20_000_000) }, '*')`,
    );
    await answersStill(widget, 'a real question');
    assert.equal(await widget.frame.getByText('forged question').count(), 0);
    const polluted = 'JSON.stringify([{}.polluted ?? null, {}.text ?? null])';
    for (const frame of widget.page.frames()) assert.equal(await frame.evaluate(polluted), '[null,null]');
    assert.equal(ran(), 0);
    assert.deepEqual(widget.faults, []);
    await widget.context.close();
  });

  it('runs no code and requests nothing for HTML and script addresses in questions, tokens and looks', async () => {
    const { widget, ran } = await page();
    await widget.start();
    const texts = JSON.stringify(INJECTIONS.map((text) => text.replaceAll('\0', '')));
    await widget.page.evaluate(
      `for (const text of ${texts}) { OfferDesk.scheme(text); OfferDesk.identify(text); }`,
    );
    await widget.page.evaluate(`OfferDesk.identify(null)`);
    await widget.page.evaluate(`OfferDesk.ask(${texts}.slice(0, 8).join(' '))`);
    await widget.frame.locator('.webchat__bubble--from-user').first().waitFor();
    await answersStill(widget, 'the last question');
    assert.equal(ran(), 0);
    const foreign = widget.requests.filter((url) => /evil\\.example|^javascript:|^data:text/.test(url));
    assert.deepEqual(foreign, []);
    const own = await chatOf(widget).evaluate('document.documentElement.outerHTML');
    assert.doesNotMatch(String(own), /data-scheme="(?!light|dark)/);
    assert.deepEqual(widget.faults, []);
    await widget.context.close();
  });

  it('keeps a question that the page repeats a thousand times from filling the conversation', async () => {
    const { widget } = await page();
    await widget.page.evaluate(`for (let n = 0; n < 1000; n += 1) OfferDesk.ask('flood ' + n)`);
    await widget.frame.locator('.webchat__bubble--from-user').first().waitFor();
    await widget.page.waitForTimeout(2_000);
    const shown = await widget.frame.locator('.webchat__bubble--from-user').count();
    assert.ok(shown <= 10, `${shown} questions of the page`);
    await widget.context.close();
  });

  it('gives the page no way to read the chat, its storage, its token or its answers', async () => {
    const { widget } = await page();
    await widget.start();
    await answersStill(widget, 'a private question');
    const tried = `(() => {
      const chat = document.querySelector('[data-offer-desk]').shadowRoot.querySelector('iframe');
      const read = [
        () => ${CHAT}.document.body.innerText,
        () => frames[0].document.body.innerText,
        () => chat.contentDocument?.body.innerText,
        () => ${CHAT}.localStorage.length,
        () => ${CHAT}.sessionStorage.length,
        () => ${CHAT}.indexedDB.databases(),
        () => ${CHAT}.caches.keys(),
        () => ${CHAT}.location.href,
        () => ${CHAT}.name,
        () => ${CHAT}.fetch('/api/token'),
        () => ${CHAT}.eval('1'),
        () => ${CHAT}.navigator.serviceWorker,
        () => (${CHAT}.opener = window),
        () => ${CHAT}.history.length,
        () => ${CHAT}.settings,
      ];
      return read.map((one) => { try { return String(one() ?? 'nothing'); } catch { return 'refused'; } });
    })()`;
    const found = await widget.page.evaluate<string[]>(tried);
    assert.deepEqual([...new Set(found)].sort(), ['nothing', 'refused']);
    const answer = await widget.page.evaluate<string>(
      `fetch('${server()}/api/token', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }).then((r) => r.text(), () => 'refused')`,
    );
    assert.equal(answer, 'refused');
    await widget.context.close();
  });

  it('works in a page that replaces what the language gives, and gives nothing away to it', async () => {
    const heard = `window.heard = []; const realMap = Array.prototype.map;
      const spy = (name, real) => function (...given) { heard.push(name + ' ' + Reflect.apply(realMap, given, [(one) => { try { return real === JSON.stringify ? '' : String(one); } catch { return '?'; } }]).join(' ')); return real.apply(this, given); };
      JSON.parse = spy('parse', JSON.parse); JSON.stringify = spy('stringify', JSON.stringify);
      window.fetch = spy('fetch', window.fetch); Array.prototype.map = spy('map', Array.prototype.map);
      window.addEventListener('message', (event) => heard.push('message ' + JSON.stringify(event.data)));
      const Real = Promise; window.Promise = class extends Real { then(...all) { heard.push('then'); return super.then(...all); } };
      Object.prototype.accepted = true; Object.prototype.text = 'inherited question'; Object.prototype.token = 'inherited';`;
    const { widget } = await page(heard);
    const given: Promise<Record<'resume' | 'token' | 'conversationId', string>>[] = [];
    widget.page.on('response', (response) => {
      if (response.url().endsWith('/api/token')) given.push(response.json() as (typeof given)[0]);
    });
    await widget.start();
    await answersStill(widget, 'a question in a strange page');
    assert.equal(await widget.frame.getByText('inherited question').count(), 0);
    const all = await widget.page.evaluate<string>('heard.join("\\n")');
    assert.match(all, /message .*"ready"/);
    assert.equal(given.length, 1);
    for (const { resume, token, conversationId } of await Promise.all(given))
      for (const secret of [resume, token, conversationId]) assert.ok(secret && !all.includes(secret));
    await widget.context.close();
  });

  it('survives a frame of no size, and a frame that the page takes away and puts back', async () => {
    const { widget } = await page();
    await widget.start();
    const panel = `document.querySelector('[data-offer-desk]').shadowRoot.querySelector('.panel')`;
    await widget.page.evaluate(
      `${panel}.style.setProperty('width', '0'); ${panel}.style.setProperty('height', '0')`,
    );
    await widget.page.evaluate(`OfferDesk.ask('asked without size')`);
    await widget.page.evaluate(
      `${panel}.style.removeProperty('width'); ${panel}.style.removeProperty('height')`,
    );
    const answers = widget.frame.locator('.webchat__bubble:not(.webchat__bubble--from-user)');
    await answers.nth(1).waitFor();
    await widget.page.evaluate(
      `(() => { const one = ${panel}.querySelector('iframe'); one.remove(); ${panel}.prepend(one); })()`,
    );
    // This browser lets a frame of another site store nothing, so the chat begins again.
    await widget.frame.locator('.webchat__bubble__content').first().waitFor();
    await answersStill(widget, 'asked after the return');
    assert.deepEqual(widget.faults, []);
    await widget.context.close();
  });

  it('cannot be laid under the buttons of a page: no other page of the server lets itself be framed', async () => {
    const outside = await startHostPage();
    const paths = [
      '/',
      '/demo',
      '/go/mail?m=x&s=y',
      '/widget/frame?partner=partner',
      '/openapi.json',
      '/nowhere',
    ];
    const frames = (of: readonly string[]) =>
      of.map((one) => `<iframe src="${server()}${one}"></iframe>`).join('');
    outside.serve(`<!doctype html><title>x</title>${frames(paths)}`);
    host.serve(`<!doctype html><title>x</title>${frames(paths.filter((one) => !one.startsWith('/widget')))}`);
    for (const origin of [outside.origin, host.origin]) {
      const widget = await WidgetPage.open(browser, origin);
      await widget.page.waitForLoadState('networkidle');
      const shown = widget.page
        .frames()
        .slice(1)
        .map((frame) => frame.url());
      assert.ok(shown.length >= 5);
      assert.deepEqual(
        shown.filter((url) => !url.startsWith('chrome-error:')),
        [],
      );
      await widget.context.close();
    }
    await outside.close();
  });
});
