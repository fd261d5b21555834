/** The mail page: opens only what this server signed, runs nothing from it, and works on a phone. */
import assert from 'node:assert/strict';
import { hmacSigner } from '../../../cards/kit/actions.js';
import { mailLinks } from '../../../bot/web/go-mail.js';
import { LANGUAGES } from '../../../core/terms.js';
import { launchChromium } from '../../helpers/chromium.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { startConnector, type FakeConnector } from '../../helpers/fake-connector.js';
import { TeamsChat } from '../../helpers/teams-chat.js';

const PUBLIC = 'https://desk.contoso.com';
/** #0f5c8c, the colour of the sample partner's profile. */
const COLOUR_OF_SAMPLE = 'rgb(15, 92, 140)';
const NASTY = `"><script>alert(1)</script>' onclick='x' \${1} &amp; 你好 https://evil.example`;

describe('the mail page', () => {
  let desk: Desk;
  let connector: FakeConnector;
  let link: (to: string, subject: string, body: string) => string;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk({ OFFER_DESK_PUBLIC_URL: PUBLIC }), startConnector()]);
    link = mailLinks(desk.url, hmacSigner(await desk.app.stores.secrets.getOrCreate('mail-links')));
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });

  it('stands behind the email button of a Teams card, on the public address', async () => {
    const chat = new TeamsChat(desk, connector, { id: 'a:mail', conversationType: 'personal' });
    const [answer] = await chat.say('Contoso Backup for Azure crashes with an error when a backup runs');
    const json = JSON.stringify(answer);
    const url = /https:\/\/desk\.contoso\.com\/go\/mail\?[^"]+/.exec(json)?.[0];
    assert.ok(url, json.slice(0, 3_000));
    const page = await fetch(url.replace(PUBLIC, desk.url));
    assert.equal(page.status, 200);
    assert.match(await page.text(), /href="mailto:[^"]+@[^"]+\?subject=[^"]+body=/);
  });

  it('opens the mail program and Outlook on the web with address, subject and text, in every language', async () => {
    for (const lang of LANGUAGES) {
      const page = await fetch(`${link('help@fabrikam.com', '退款', 'Line 1\nLine 2')}&lang=${lang}`);
      const html = await page.text();
      assert.match(html, new RegExp(`<html lang="${lang}"[ >]`));
      assert.ok(
        html.includes(
          `mailto:help@fabrikam.com?subject=${encodeURIComponent('退款')}&amp;body=Line%201%0ALine%202`,
        ),
      );
      assert.ok(html.includes('https://outlook.office.com/mail/deeplink/compose?to=help%40fabrikam.com'));
      assert.equal(html.match(/data-copy="/g)?.length, 3);
      assert.doesNotMatch(html, /mail-page\./);
    }
  });

  it('shows the partner’s name and logo, and breaks a long address only after its signs', async () => {
    const html = await (await fetch(link('first.last_name-team@support.fabrikam.com', 'a', 'b'))).text();
    assert.match(html, /<header>\s*<img class="logo"[^>]+>\s*<p>Alpine Ski House Cloud<\/p>/);
    assert.ok(html.includes('>first.<wbr>last_<wbr>name-<wbr>team@<wbr>support.<wbr>fabrikam.<wbr>com</p>'));
  });

  it('tells screen readers the language of the partner’s name on a page in another language', async () => {
    for (const [lang, element] of [
      ['en', '<p>Alpine Ski House Cloud</p>'],
      ['de', '<p lang="en">Alpine Ski House Cloud</p>'],
      ['ar', '<p lang="en">Alpine Ski House Cloud</p>'],
    ] as const) {
      const html = await (await fetch(`${link('help@fabrikam.com', 'a', 'b')}&lang=${lang}`)).text();
      assert.ok(html.includes(element), lang);
    }
  });

  it('runs nothing of what it shows', async () => {
    const page = await fetch(link('help@fabrikam.com', NASTY, NASTY));
    const html = await page.text();
    assert.equal(html.match(/<script/g)?.length, 1);
    assert.doesNotMatch(html, /<script>|onclick='/);
    assert.ok(html.includes('&quot;&gt;&lt;script&gt;alert(1)'));
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
  });

  const changed: readonly [name: string, change: (url: URL) => void][] = [
    ['another letter', (url) => url.searchParams.set('m', `${url.searchParams.get('m')}A`)],
    ['another signature', (url) => url.searchParams.set('s', 'A'.repeat(43))],
    ['no signature', (url) => url.searchParams.delete('s')],
    ['no letter', (url) => url.searchParams.delete('m')],
  ];
  for (const [name, change] of changed) {
    it(`does not exist for ${name}`, async () => {
      const url = new URL(link('help@fabrikam.com', 'a', 'b'));
      change(url);
      assert.equal((await fetch(url)).status, 404);
    });
  }

  it('does not exist for a letter to several people, even if we had signed it', async () => {
    assert.equal((await fetch(link('a@fabrikam.com,b@evil.example', 'a', 'b'))).status, 404);
  });

  it('does not exist for a letter of absurd size', async () => {
    assert.equal((await fetch(link('a@fabrikam.com', 'a', 'b'.repeat(100_000)))).status, 404);
  });

  it('fits a card’s button even with long names in Chinese', () => {
    const url = mailLinks(PUBLIC, hmacSigner('k'))(
      'help@fabrikam.com',
      '產'.repeat(170),
      '品名很長'.repeat(60),
    );
    assert.ok(url.length < 2_000, String(url.length));
  });

  it('fits a phone of 320 px, and copies each part by its button', async function () {
    const browser = await launchChromium(this);
    try {
      const context = await browser.newContext({ viewport: { width: 320, height: 640 }, locale: 'en-US' });
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await context.newPage();
      const faults: string[] = [];
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      await page.goto(
        link('help@fabrikam.com', 'A subject', `x${'y'.repeat(300)}\nline 2`).replace(
          '127.0.0.1',
          'localhost',
        ),
      );
      const wide = await page.evaluate('document.documentElement.scrollWidth');
      assert.ok(Number(wide) <= 320, String(wide));
      await page.getByRole('button', { name: 'Copy address' }).click();
      await page.getByText('Copied.').waitFor();
      assert.equal(await page.evaluate('navigator.clipboard.readText()'), 'help@fabrikam.com');
      const grounds = new Set<unknown>();
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        grounds.add(await page.evaluate(`getComputedStyle(document.documentElement).backgroundColor`));
        assert.equal(
          await page.evaluate(`getComputedStyle(document.querySelector('header')).backgroundColor`),
          COLOUR_OF_SAMPLE,
        );
        const name = process.env.OFFER_DESK_SCREENSHOTS;
        if (name) await page.screenshot({ path: `${name}/go-mail-${colorScheme}.png`, fullPage: true });
      }
      assert.equal(grounds.size, 2, 'the page is dark as the device is');
      assert.deepEqual(faults, []);
    } finally {
      await browser.close();
    }
  });
});
