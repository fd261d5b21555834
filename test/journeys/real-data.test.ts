/** The main job with real offers and real contacts. OFFER_DESK_REAL_DATA names the folder with the two lists. */
import assert from 'node:assert/strict';
import {
  buttonsOf,
  importRealLists,
  startDesk,
  textOf,
  Visitor,
  type Desk,
  type Reply,
} from '../helpers/desk.js';

const folder = process.env.OFFER_DESK_REAL_DATA;
const last = (replies: readonly Reply[]): Reply => replies.at(-1)!;

describe('the bot with real offers', function () {
  let desk: Desk;
  before(async function () {
    if (!folder) {
      process.stdout.write('      (left out: OFFER_DESK_REAL_DATA is not set)\n');
      return this.skip();
    }
    desk = await startDesk();
    await importRealLists(desk, folder);
  });
  after(() => desk?.close());

  const staff = () => Visitor.join(desk.url, 'partner');

  it('names the publisher and its support page for a technical problem', async () => {
    const visitor = await staff();
    const answer = last(
      await visitor.say('1Password for Microsoft Sentinel: error 500, no events are ingested'),
    );
    assert.match(textOf(answer), /Responsible: 1Password/);
    assert.match(textOf(answer), /https:\/\/support\.1password\.com/);
  });

  it('names Microsoft as responsible when Microsoft supports an offer that has another company’s name', async () => {
    const visitor = await staff();
    const answer = last(await visitor.say('Cisco Meraki Solution data connector errors'));
    assert.match(textOf(answer), /Responsible: Microsoft/);
  });

  it('asks which offer the person means when several offers have one name', async () => {
    const visitor = await staff();
    assert.ok(buttonsOf(last(await visitor.say('Cisco'))).length >= 3);
  });

  it('answers with the contact for an offer that only the contact list has', async () => {
    const visitor = await staff();
    const answer = last(await visitor.say('1Me Corporate connector returns an error'));
    assert.match(textOf(answer), /Responsible: 1Me/);
    assert.match(textOf(answer), /support@1me\.live/);
  });

  it('understands a pasted marketplace address', async () => {
    const visitor = await staff();
    const url =
      'https://azuremarketplace.microsoft.com/de-de/marketplace/apps/1password1617200969773.azure-sentinel-solution-1password?tab=Overview';
    assert.match(textOf(last(await visitor.say(url))), /1Password for Microsoft Sentinel/);
  });

  it('never shows a customer an address that the partner did not allow', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const answer = last(await visitor.say('1Me Corporate connector returns an error'));
    assert.doesNotMatch(JSON.stringify(answer), /support@1me\.live/);
  });
});
