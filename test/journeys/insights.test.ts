/** Insights over the real routes: questions are counted, staff see them on a card and on a page, customers never. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { violationsIn } from '../helpers/axe.js';
import { launchChromium } from '../helpers/chromium.js';
import { startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { SERVICE_URL } from '../helpers/key-server.js';
import { ADA, BEN, clickOf, TeamsChat, type BotMessage } from '../helpers/teams-chat.js';

const PUBLIC = 'https://desk.partner.example';
const HOUR = 3_600_000;
/** A far expiry of the tokens, because the desk's clock runs ahead in these tests. */
const DISTANT = 4_000_000_000;

interface Linked {
  readonly actions?: readonly { readonly type: string; readonly url?: string }[];
}

describe('insights for managers', () => {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let chat: TeamsChat;
  const time = { ahead: 0 };
  const now = () => Date.now() + time.ahead;

  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: 'aaaaaaaa-0000-0000-0000-000000000001',
      OFFER_DESK_PUBLIC_URL: PUBLIC,
    };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), now });
    chat = chatIn({ id: 'a:ada', conversationType: 'personal' });
  });
  after(() => Promise.all([desk.close(), connector.close(), keys.close()]));

  const chatIn = (conversation: ConstructorParameters<typeof TeamsChat>[2]) =>
    new TeamsChat(desk, connector, conversation, { serviceUrl: SERVICE_URL }, {
      authorization: `Bearer ${keys.token({ exp: DISTANT })}`,
    }); // prettier-ignore
  const say = async (text: string, from = ADA): Promise<BotMessage> => {
    const said = await chat.say(text, from);
    const last = said.at(-1);
    assert.ok(last, `no answer to ${text}`);
    return last;
  };
  const cardOf = (message: Reply): Linked => message.attachments?.[0]?.content as Linked;
  const linkOf = (message: Reply): string => {
    const url = cardOf(message).actions?.find((one) => one.type === 'Action.OpenUrl')?.url ?? '';
    assert.ok(url.startsWith(`${PUBLIC}/go/insights?`), url);
    return url.replace(PUBLIC, desk.url);
  };

  it('counts answers, questions back, words that match nothing, and answers that did not help', async () => {
    await say('billing problem with Contoso Backup for Azure');
    await say('Contoso Sign');
    const visitor = await Visitor.join(desk.url, 'customer');
    await visitor.say('Zzzzqqqq Vvvvxxxx is broken');
    const counts = await desk.app.stores.insights.between(0, 1_000_000);
    const events = counts.map(({ event, about, asker, times }) => [event, about, asker, times]);
    assert.ok(
      events.some(([event, about, asker]) => event === 'at-once' && about === 'offer:contoso.backup-azure' && asker === 'partner'),
      JSON.stringify(events),
    ); // prettier-ignore
    assert.ok(events.some(([event]) => event === 'asked-back'), JSON.stringify(events)); // prettier-ignore
    assert.ok(events.some(([event, , asker]) => event === 'unanswered' && asker === 'customer'), JSON.stringify(events)); // prettier-ignore
    const answer = await say('billing problem with Contoso Backup for Azure');
    await chat.execute(answer, clickOf(answer, 'not-helped'));
    const after = await desk.app.stores.insights.between(0, 1_000_000);
    assert.deepEqual(
      after.filter(({ event }) => event === 'not-helped').map(({ times }) => times),
      [1],
    );
  });

  it('shows staff the counts, a picture with its words, and other periods', async () => {
    const card = await say('insights');
    const text = textOf(card);
    assert.match(text, /Insights[^]*questions?, \d+ answered/);
    assert.match(text, /Most asked offers: Contoso Backup for Azure 2/);
    assert.match(text, /Answer did not help: 1/);
    assert.match(
      JSON.stringify(cardOf(card)),
      /"url":"data:image\/png;base64,[^]*"altText":"Questions by day/,
    );
    const { body } = await chat.execute(card, clickOf(card, 'insights-show'));
    assert.match(JSON.stringify(body), /Most asked offers/);
    assert.match(textOf(await say('統計')), /Most asked offers|最常詢問/, 'in every language');
  });

  it('opens the page and the CSV from the card, without a sign-in and without data about a person', async () => {
    const url = linkOf(await say('insights'));
    const page = await fetch(url);
    assert.equal(page.status, 200);
    assert.match(page.headers.get('cache-control') ?? '', /no-store/);
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
    const html = await page.text();
    assert.match(html, /<svg[^>]*role="img" aria-label="Questions by day/);
    assert.match(html, /Contoso Backup for Azure<\/th><td>2<\/td><td>1<\/td>/);
    for (const person of [ADA, BEN])
      for (const value of [person.id, person.name, person.aadObjectId])
        assert.ok(!new RegExp(`\\b${value}\\b`).test(html), value);
    const csv = await fetch(url.replace('/go/insights?', '/go/insights.csv?'));
    assert.match(csv.headers.get('content-type') ?? '', /text\/csv/);
    assert.match(await csv.text(), /at-once,contoso\.backup-azure,contoso,billing[^,]*,en,partner,,2/);
    assert.match(await (await fetch(`${url}&lang=de`)).text(), /<html lang="(de|en)"/);
  });

  it('has no violation that axe finds, in English and in Arabic, light, dark and narrow', async function () {
    const browser = await launchChromium(this);
    try {
      const url = linkOf(await say('insights'));
      for (const [locale, dir] of [
        ['en-US', null],
        ['ar', 'rtl'],
      ] as const)
        // prettier-ignore
        for (const colorScheme of ['light', 'dark'] as const) {
          const viewport = { width: colorScheme === 'dark' ? 320 : 1_024, height: 900 };
          const context = await browser.newContext({ locale, colorScheme, viewport });
          const page = await context.newPage();
          await page.goto(url);
          assert.equal(await page.locator('html').getAttribute('dir'), dir);
          assert.ok((await page.locator('svg[role="img"]').count()) > 0);
          assert.deepEqual(await violationsIn(page.mainFrame(), { contrast: true }), [], `${locale} ${colorScheme}`);
          await context.close();
        }
    } finally {
      await browser.close();
    }
  });

  it('says that a link has expired, and knows no changed link', async () => {
    const url = linkOf(await say('insights'));
    assert.equal((await fetch(url.replace('d=30', 'd=90'))).status, 404);
    assert.equal((await fetch(`${desk.url}/go/insights`)).status, 404);
    time.ahead += HOUR + 1000;
    const expired = await fetch(url);
    assert.equal(expired.status, 410);
    const html = await expired.text();
    assert.match(html, /This link has expired/);
    assert.doesNotMatch(html, /Contoso/);
    assert.equal((await fetch(url.replace('/go/insights?', '/go/insights.csv?'))).status, 410);
  });

  it('is for staff alone with the bot: not in a group, not for customers', async () => {
    const group = chatIn({ id: '19:group', conversationType: 'groupChat', isGroup: true });
    const said = await group.say('insights');
    assert.match(said.map(textOf).join('\n'), /only in your personal chat/);
    const visitor = await Visitor.join(desk.url, 'customer');
    assert.doesNotMatch((await visitor.say('insights')).map(textOf).join('\n'), /Most asked|answered/);
  });

  it('sends the insights of last week on Monday to staff who want them', async () => {
    const card = await say('insights');
    const { body } = await chat.execute(card, clickOf(card, 'insights-weekly'));
    assert.match(JSON.stringify(body), /every Monday at 08:00/);
    const due = await desk.app.stores.insightDigests.dueAt(`p|${ADA.id}`);
    assert.ok(due !== undefined);
    const before = connector.sent.length;
    time.ahead += due - now() + 1000;
    const message = () =>
      connector.sent.slice(before).find(({ activity }) => String(activity.summary).startsWith('Insights'));
    // The worker looks every 15 seconds.
    for (let tries = 0; !message() && tries < 600; tries += 1) await sleep(50);
    const told = message()?.activity as unknown as Reply;
    assert.match(textOf(told), /Insights[^]*answered/);
    assert.match(JSON.stringify(cardOf(told)), /insights-weekly/);
  }).timeout(60_000);
});
