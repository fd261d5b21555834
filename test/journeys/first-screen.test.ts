/** A phone of 360 × 640 shows who is responsible, the first contact and its first button without scrolling, for the longest names. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import type { Language } from '../../core/terms.js';
import type { Offer } from '../../core/directory/types.js';
import { textIn } from '../../locales/text.js';
import { LONG } from '../helpers/answer-views.js';
import { comesIntoView, launchChromium, missingWebChat, skipWithout } from '../helpers/chromium.js';
import { ASKS_HOW_BOUGHT, importRealLists, startDesk, type Desk } from '../helpers/desk.js';
import { WidgetPage } from '../helpers/widget-page.js';

const lists = process.env.OFFER_DESK_REAL_DATA;
const DAY_MS = 86_400_000;
const DAYS = ['Su', 'Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa'];
/** An hour on the day that is farthest away: closed whenever the test runs. */
const closed = () => `UTC; ${DAYS[new Date(Date.now() + 3 * DAY_MS).getUTCDay()]} 09:00-10:00`;
const HOURS = { open: () => 'UTC; 24/7', closed } as const;

/** The sample partner with the longest name and addresses, and with these hours. */
async function profileWith(hours: string, folder: string): Promise<string> {
  const sample = JSON.parse(await readFile(ASKS_HOW_BOUGHT.OFFER_DESK_PROFILE, 'utf8')) as object;
  const desk = { name: LONG.company, email: LONG.email, phone: '+14255550190', url: LONG.url, hours };
  const profile = {
    ...sample,
    name: LONG.company,
    usualChannel: 'partner',
    desks: { billing: desk, technical: desk },
  };
  const file = path.join(folder, 'profile.json');
  await writeFile(file, JSON.stringify(profile));
  return file;
}

const SCROLL_TO_END = `async (card) => {
  const area = card.closest('.webchat__basic-transcript__scrollable');
  const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  for (let still = 0, top = -1; still < 10; still = area.scrollTop === top ? still + 1 : 0) {
    top = area.scrollTop;
    area.scrollTop = area.scrollHeight;
    await frames();
  }
}`;

const longest = (offers: readonly Offer[], nameOf: (offer: Offer) => string): Offer => {
  const [found] = offers.toSorted((one, other) => nameOf(other).length - nameOf(one).length);
  assert.ok(found);
  return found;
};

/** The languages with the narrowest and the widest words, and one from right to left. */
const WRITTEN: readonly Language[] = ['en', 'zh-Hant', 'de', 'ar'];

describe('the first screen of an answer on a phone', function () {
  this.timeout(240_000);
  let browser: Browser;
  before(async function () {
    skipWithout(this, await missingWebChat());
    browser = await launchChromium(this);
  });
  let desk: Desk | undefined;
  let place = '';
  afterEach(async () => {
    await desk?.close();
    await rm(place, { recursive: true, force: true });
  });
  after(() => browser?.close());

  /** The offers with the longest names, and the offers of the publishers with the longest names. */
  async function offersOf(desk: Desk): Promise<readonly Offer[]> {
    const view = () => desk.app.directory.view().directory;
    const publisherOf = (offer: Offer) => view().publishers.get(offer.publisherId)?.name ?? '';
    const pick = () => {
      const sold = [...view().offers.values()].filter((offer) => !offer.withdrawn);
      return [longest(sold, (offer) => offer.name), longest(sold, publisherOf)];
    };
    const fixtures = pick();
    if (!lists) return fixtures;
    await importRealLists(desk, lists);
    return [...fixtures, ...pick()];
  }

  for (const [state, hours] of Object.entries(HOURS))
    it(`has the responsible party, the first contact and its first button (${state}, longest names)`, async () => {
      place = await mkdtemp(path.join(os.tmpdir(), 'offer-desk-'));
      desk = await startDesk({ OFFER_DESK_PROFILE: await profileWith(hours(), place) });
      const offers = await offersOf(desk);
      for (const language of WRITTEN) {
        const say = textIn(language, 'customer');
        const widget = await WidgetPage.open(browser, `${desk.url}/demo?lang=${language}`, {
          width: 360,
          height: 640,
        });
        await widget.start();
        for (const { id } of offers)
          for (const example of ['1', '2']) {
            const cards = widget.frame.locator('.ac-adaptiveCard');
            const before = await cards.count();
            // A person reads the last card to its end; a message during Web Chat's own scroll would come to another place.
            await cards.last().evaluate(SCROLL_TO_END);
            await widget.say(say(`guide.example.customer.${example}`, { offer: id }));
            const answer = cards.nth(before);
            const first = answer.locator('.style-positive').first();
            await first.waitFor();
            const title = answer.getByText(say('answer.responsible', { name: '' }).trim()).first();
            for (const part of [title, first]) await comesIntoView(part);
          }
        await widget.context.close();
      }
    });
});
