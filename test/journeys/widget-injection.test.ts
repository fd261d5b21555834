/** Injection in a real Chromium: names, cards, messages and addresses run no code and send no request. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { call } from '../helpers/direct-line.js';
import { affects, incident, NOON } from '../helpers/incidents.js';
import { INJECTIONS } from '../helpers/injections.js';
import { WidgetPage } from '../helpers/widget-page.js';

const FIELDS = ['offer_id', 'offer_name', 'aliases', 'publisher_id', 'publisher_name', 'summary'] as const;
const CONTACT = ['support_name', 'support_email', 'support_hours', 'support_contact_url'] as const;

/** A spreadsheet with an offer and a publisher for every string. The string is in every text that a card may show. */
function spreadsheet(): string {
  // The import refuses a whole file with a zero byte.
  const cell = (text: string) => `"${text.replaceAll('"', '""').replaceAll('\0', '')}"`;
  const rows = INJECTIONS.map((text, n) => {
    const offer = [
      `pub${n}.zeta${n}`,
      `Zetaphone${n} ${text}`,
      `Zetaphone${n}`,
      `pub${n}`,
      `Pub${n} ${text}`,
      text,
    ];
    return [...offer, text, `s${n}@contoso.com`, text, 'https://support.contoso.com/', 'publisher', 'saas'];
  });
  const head = [...FIELDS, ...CONTACT, 'support_tier', 'hosting'];
  return [head, ...rows].map((row) => row.map(cell).join(',')).join('\n');
}

/** Reports an outage for every offer, with the same strings in its texts. */
async function reportOutages({ app }: Desk): Promise<void> {
  for (const [n, text] of INJECTIONS.entries()) {
    const event = {
      title: `Outage${n} ${text}`,
      affected: affects({
        offers: [`pub${n}.zeta${n}`],
        publishers: [`pub${n}`],
        components: [text],
        regions: [text],
      }),
      updates: [{ at: NOON, state: null, text }],
    };
    await app.stores.outages.incidents.commit({
      seen: [],
      incident: incident(event, { newId: `inc-${n}` }),
      before: undefined,
      plan: undefined,
      announce: 'none',
      at: NOON,
    });
  }
}

describe('the chat with text that tries to become code', function () {
  let browser: Browser;
  let desk: Desk;
  let folder: string;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    folder = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-inject-'));
    const sample = JSON.parse(
      await readFile(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8'),
    ) as { desks: { billing: object; technical: object } };
    const hostile = { name: '<svg onload=pwned()> [x](javascript:pwned())' };
    const desks = Object.fromEntries(
      Object.entries(sample.desks).map(([key, one]) => [key, { ...one, ...hostile }]),
    );
    const name = `Alpine <img src=x onerror=pwned()> [x](javascript:pwned())`;
    await writeFile(path.join(folder, 'profile.json'), JSON.stringify({ ...sample, name, desks }));
    await writeFile(path.join(folder, 'directory.csv'), spreadsheet());
    desk = await startDesk({
      OFFER_DESK_DIRECTORY: path.join(folder, 'directory.csv'),
      OFFER_DESK_PROFILE: path.join(folder, 'profile.json'),
      OFFER_DESK_OUTAGE_RELEASE_FROM: 'minor',
    });
    await reportOutages(desk);
  });
  after(async () => {
    await browser?.close();
    await desk?.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  /** Counts the scripts that ran, on the page and in the frame. */
  const watched = async (widget: WidgetPage) => {
    let ran = 0;
    await widget.context.exposeBinding('pwned', () => void (ran += 1));
    widget.page.on('dialog', (dialog) => {
      ran += 1;
      void dialog.dismiss();
    });
    return () => ran;
  };
  /** Finds links that are not allowed, and images that send a request. */
  const harm = `[...document.querySelectorAll('a[href],area[href],form[action],iframe,object,embed,base,meta[http-equiv],img,svg image')]
    .filter((e) => !(e.tagName === 'IMG' && /^(data:image\\/(png|gif|svg)|blob:)/.test(e.src) && !/onload/.test(e.src)))
    .filter((e) => !(e.tagName === 'A' && (/^(mailto:|tel:)/.test(e.href) || /^https:\\/\\/(support\\.contoso\\.com|support\\.alpineskihouse\\.com|learn\\.microsoft\\.com)/.test(e.href) || e.origin === location.origin)))
    .map((e) => e.outerHTML.slice(0, 200))`;

  it(`runs no code and sends no request for ${INJECTIONS.length} strings in spreadsheets, outages, the profile and messages, in the chat and in the kept history`, async () => {
    assert.ok(INJECTIONS.length >= 60);
    const widget = await WidgetPage.open(browser, `${desk.url}/demo`);
    const ran = await watched(widget);
    await widget.start();
    const kept = (await widget.context.storageState()).origins.flatMap((one) => one.localStorage);
    const { resume } = JSON.parse(
      kept.find((one) => one.name.startsWith('offer-desk.conversation'))?.value ?? '{}',
    ) as { resume: string };
    const { token, conversationId } = (
      await call(`${desk.url}/api/token/resume`, 'POST', { body: { resume } })
    ).body;
    const say = (text: string) =>
      call(`${desk.url}/v3/directline/conversations/${conversationId}/activities`, 'POST', {
        token,
        body: { type: 'message', text, locale: 'en-US' },
      });
    for (const text of INJECTIONS) assert.equal((await say(text)).status, 200, text);
    assert.equal((await say('cancel')).status, 200);
    for (const n of INJECTIONS.keys())
      assert.equal((await say(`pub${n}.zeta${n} shows an error`)).status, 200);
    await widget.sees(new RegExp(`Zetaphone${INJECTIONS.length - 1}`));
    await say('The last question');
    await widget.frame.getByText('The last question').last().waitFor();
    await widget.page.waitForTimeout(1_500);
    const shown = await widget.frame.locator('#chat').innerText();
    const seen = INJECTIONS.filter((_, n) => new RegExp(`Zetaphone${n}\\b`).test(shown));
    assert.ok(seen.length >= 60, `only ${seen.length} names reached the page`);
    const told = INJECTIONS.filter((_, n) => new RegExp(`Outage${n}\\b`).test(shown));
    assert.ok(told.length >= 60, `only ${told.length} outages reached the page`);
    assert.deepEqual(await widget.page.frames()[1]?.evaluate(harm), []);

    // Show the preview from the stored text: remove the history, which Web Chat would draw instead.
    await widget.page.frames()[1]?.evaluate(`localStorage.removeItem('offer-desk.history.partner')`);
    await widget.page.route('**/api/token/**', (route) => route.abort());
    await widget.page.reload();
    await widget.launcher.click();
    await widget.frame.locator('.preview').waitFor();
    assert.deepEqual(await widget.page.frames()[1]?.evaluate(harm), []);
    assert.equal(ran(), 0);
    const hosts = new Set(widget.requests.map((url) => new URL(url).host || 'inline'));
    assert.deepEqual(
      [...hosts].filter((host) => host !== new URL(desk.url).host && host !== 'inline'),
      [],
    );
    assert.deepEqual(widget.faults, []);
    await widget.context.close();
  });

  it('obeys no other frame of a hostile page, neither as its page nor as its chat', async () => {
    const widget = await WidgetPage.open(browser, `${desk.url}/demo`);
    await widget.start();
    await widget.page.evaluate(`(() => {
      const other = document.createElement('iframe');
      other.name = 'other';
      document.body.append(other);
    })()`);
    const other = widget.page.frame('other');
    assert.ok(other);
    // The other frame has the origin of the page, so that only the sender's window tells it from the chat.
    await other.evaluate(`(() => {
      for (const type of ['close', 'ready', 'identity', 'ask'])
        parent.postMessage({ offerDesk: 1, type, accepted: true, text: 'forged question' }, '*');
    })()`);
    for (const frame of widget.page.frames())
      await frame.evaluate(`(() => {
        const all = [{ type: 'ask', text: 'forged question' }, { offerDesk: '1', type: 'ask', text: 'forged question' }, 'ask', null, 7];
        for (const one of all) window.postMessage(one, '*');
        window.postMessage({ offerDesk: 1, type: 'ask', text: 'forged question' }, '*');
      })()`);
    await widget.page.evaluate(`OfferDesk.ask('a real question')`);
    await widget.frame.getByText('a real question').first().waitFor();
    assert.equal(await widget.frame.getByText('forged question').count(), 0);
    await widget.context.close();
  });

  it('runs no code from the script line, the frame’s address or the page’s messages', async () => {
    const widget = await WidgetPage.open(browser, `${desk.url}/demo`);
    const ran = await watched(widget);
    await widget.start();
    for (const text of INJECTIONS) {
      const query = new URLSearchParams({ partner: 'partner', lang: text, accent: text });
      const answer = await call(`${desk.url}/widget/frame?${query.toString()}`, 'GET');
      assert.equal(answer.status, 200);
      assert.ok(!answer.text.includes('evil.example') && !answer.text.includes('pwned()<'), text);
      assert.equal(
        (
          await call(
            `${desk.url}/widget/frame?${new URLSearchParams({ partner: 'partner', origin: text }).toString()}`,
            'GET',
          )
        ).status,
        403,
      );
    }
    await widget.page.evaluate(`OfferDesk.ask(${JSON.stringify(INJECTIONS.slice(0, 6).join(' '))})`);
    await widget.frame.locator('.webchat__bubble--from-user').waitFor();
    await widget.page.waitForTimeout(500);
    assert.equal(ran(), 0);
    assert.deepEqual(widget.faults, []);
    await widget.context.close();
  });
});
