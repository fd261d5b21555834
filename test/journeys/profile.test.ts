/** The partner's languages, logo and colour, from the profile to the chat, the pages and the cards. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { contrast } from '../../core/colour.js';
import type { Live } from '../../bot/app/live-values.js';
import type { PartnerProfile } from '../../core/directory/profile.js';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { buttonsOf, startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { call } from '../helpers/direct-line.js';

const LOGO = 'https://cdn.northwind.example/logo.png';
/** An image of one red pixel. */
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';
const COLOUR = '#a4262c';

/** The ground of cards in the dark look (`--paper` of the palette). */
const DARK_PAPER = '#1b2934';
/** Reads the look of the page in the browser. */
const SEEN = `({
  ground: getComputedStyle(document.querySelector('header')).backgroundColor,
  light: getComputedStyle(document.documentElement).getPropertyValue('--accent-light'),
  dark: getComputedStyle(document.documentElement).getPropertyValue('--accent-dark'),
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})`;

async function deskWith(looks: Partial<PartnerProfile>): Promise<{ desk: Desk; end: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-profile-'));
  const file = path.join(folder, 'profile.json');
  const sample = JSON.parse(
    await readFile(path.join(findRootDir(), 'data', 'partner-profile.json'), 'utf8'),
  ) as PartnerProfile;
  await writeFile(file, JSON.stringify({ ...sample, name: 'Northwind Cloud', ...looks }));
  const desk = await startDesk({ OFFER_DESK_PROFILE: file });
  return {
    desk,
    end: async () => {
      await desk.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe('a desk that answers in one language', function () {
  let desk: Desk;
  let end: () => Promise<void>;
  before(
    async () => void ({ desk, end } = await deskWith({ languages: ['zh-Hant'], logo: LOGO, colour: COLOUR })),
  );
  after(() => end?.());

  it('answers a person of another language in the desk’s language, and offers no other language', async () => {
    const visitor = await Visitor.join(desk.url, 'customer', 'en-US');
    const first = JSON.stringify(visitor.first);
    assert.match(first, /[\u4e00-\u9fff]{4}/);
    assert.ok(!buttonsOf(visitor.first).some((one) => one.title.includes('English')), first);
  });

  it('says that the desk does not answer in the language that the visitor requests', async () => {
    const visitor = await Visitor.join(desk.url, 'customer', 'en-US');
    const told = JSON.stringify(await visitor.say('English'));
    assert.match(told, /本服務台不提供English的回覆/);
    assert.match(JSON.stringify(await visitor.say('help')), /[\u4e00-\u9fff]{4}/);
  });

  it('shows its pages and the launcher in that language, without a choice of languages', async () => {
    for (const page of ['/?lang=en', '/widget/frame?partner=partner&lang=en']) {
      const { text } = await call(`${desk.url}${page}`, 'GET');
      assert.match(text, /<html lang="zh-Hant">/, page);
      assert.doesNotMatch(text, /hreflang/, page);
    }
    const launcher = (await call(`${desk.url}/widget.js`, 'GET')).text;
    assert.match(launcher, /線上協助/);
    assert.doesNotMatch(launcher, /"en":/);
  });

  it('answers in every language after the profile no longer limits the languages, without a restart', async () => {
    const profile = await desk.app.stores.profile.load();
    assert.ok(profile);
    const { languages: _languages, ...rest } = profile;
    await desk.app.stores.profile.save(rest, 'cli:test', Date.now());
    await (desk.app.services.profile as Live<PartnerProfile>).refresh();
    const visitor = await Visitor.join(desk.url, 'customer', 'en-US');
    assert.match(JSON.stringify(await visitor.say('help')), /Ask/);
    assert.match((await call(`${desk.url}/?lang=en`, 'GET')).text, /<html lang="en">/);
    await desk.app.stores.profile.save(profile, 'cli:test', Date.now());
    await (desk.app.services.profile as Live<PartnerProfile>).refresh();
  });
});

describe('a desk with a logo and a colour', function () {
  let desk: Desk;
  let end: () => Promise<void>;
  before(async () => void ({ desk, end } = await deskWith({ logo: LOGO, colour: COLOUR })));
  after(() => end?.());

  it('shows both on the chat page and the local page, and allows only the logo’s origin in the policy', async () => {
    for (const page of ['/', '/widget/frame?partner=partner']) {
      const { text, headers } = await call(`${desk.url}${page}`, 'GET');
      assert.match(text, new RegExp(`<img class="logo" src="${LOGO}" alt=""`), page);
      assert.match(text, /--accent-light:#a4262c/, page);
      const policy = headers.get('content-security-policy') ?? '';
      assert.match(policy, /img-src 'self' data: blob: https:\/\/cdn\.northwind\.example;/, page);
    }
  });

  it('gives the launcher the colour, and lets the script line choose another colour for its page', async () => {
    assert.match((await call(`${desk.url}/widget.js`, 'GET')).text, /COLOUR = "#a4262c"/);
    const { text } = await call(`${desk.url}/widget/frame?partner=partner&accent=%230f5c8c`, 'GET');
    assert.match(text, /--bar:#0f5c8c/);
  });

  it('shows the logo in the head of an answer', async () => {
    const visitor = await Visitor.join(desk.url, 'customer', 'en-US');
    const [answer] = await visitor.say('Contoso Backup for Azure crashes with an error when a backup runs');
    const body = (answer?.attachments?.[0]?.content.body ?? []) as Record<string, unknown>[];
    assert.deepEqual(
      [body[0]?.type, body[0]?.url, body[0]?.altText],
      ['Image', LOGO, 'Northwind Cloud'],
      JSON.stringify(answer),
    );
  });
});

describe('the pages with a logo and a colour in Chromium', function () {
  let browser: Browser;
  let desk: Desk;
  let end: () => Promise<void>;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
    ({ desk, end } = await deskWith({ logo: PIXEL, colour: COLOUR }));
  });
  after(async () => {
    await browser?.close();
    await end?.();
  });

  for (const width of [1280, 360])
    for (const address of ['/', '/widget/frame?partner=partner'])
      it(`show the logo and a readable bar at ${width} px: ${address}`, async () => {
        const page = await browser.newPage({ viewport: { width, height: 720 } });
        const broken: string[] = [];
        page.on('console', (message) => void (message.type() === 'error' && broken.push(message.text())));
        try {
          await page.goto(`${desk.url}${address}`);
          const logo = page.locator('img.logo');
          await logo.waitFor();
          assert.equal(await page.evaluate("document.querySelector('img.logo').naturalWidth"), 1);
          const seen: { ground: string; light: string; dark: string; overflow: number } =
            await page.evaluate(SEEN);
          assert.ok(seen.overflow <= 0, `${seen.overflow} px wider than the window`);
          assert.ok(contrast(seen.light, '#ffffff') >= 4.5, seen.light);
          assert.ok(contrast(seen.dark, DARK_PAPER) >= 4.5, seen.dark);
          if (address !== '/') assert.equal(seen.ground, 'rgb(164, 38, 44)');
          const folder = process.env.OFFER_DESK_SCREENSHOTS;
          if (folder)
            await page.screenshot({ path: path.join(folder, `profile-${address.length}-${width}.png`) });
          assert.deepEqual(broken, []);
        } finally {
          await page.close();
        }
      });
});
