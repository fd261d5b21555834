/** Customers receive no byte of a hidden field: the tests put a canary into every hidden field. */
import assert from 'node:assert/strict';
import { answerCard, whyCard } from '../../cards/answer/answer-card.js';
import { notHelpedCard } from '../../cards/answer/not-helped-card.js';
import { hmacSigner } from '../../cards/kit/actions.js';
import { routeQuestion } from '../../core/services/answers/route-question.js';
import { ISSUES, PURCHASE_CHANNELS } from '../../core/terms.js';
import { textIn } from '../../locales/text.js';
import { CANARY, canaryFiles, DIRECTORY } from '../helpers/canary.js';
import { LAYOUT_LANGUAGES } from '../helpers/card-fixtures.js';
import { buttonsOf, startDesk, Visitor, type Desk } from '../helpers/desk.js';

describe('a customer', function () {
  let desk: Desk;
  let files: Awaited<ReturnType<typeof canaryFiles>>;
  before(async () => {
    files = await canaryFiles();
    desk = await startDesk(files.env);
  });
  after(async () => {
    await desk.close();
    await files.remove();
  });

  it('sees no hidden field on any card, for every issue, offer, purchase channel, language and host', async () => {
    const { directory } = desk.app.directory.view();
    const profile = await desk.app.stores.profile.load();
    assert.equal(directory.offers.size, DIRECTORY.offers.length);
    let cards = 0;
    for (const offerId of [...directory.offers.keys(), undefined])
      for (const issue of ISSUES)
        for (const channel of PURCHASE_CHANNELS) {
          const answer = routeQuestion({ asker: 'customer', issue, offerId, channel }, directory, profile!);
          for (const language of LAYOUT_LANGUAGES)
            for (const host of ['web', 'teams'] as const) {
              const ctx = {
                text: textIn(language, 'customer'),
                language,
                host,
                asker: 'customer',
                step: 's',
                now: 0,
                signer: hmacSigner('k'.repeat(32)),
                mailLink: (to: string) => `https://desk.contoso.com/go/mail?to=${to}`,
              } as const;
              for (const view of [answerCard, notHelpedCard, whyCard]) {
                const bytes = JSON.stringify(view({ answer }, ctx));
                assert.doesNotMatch(bytes, CANARY, `${issue} ${offerId} ${channel} ${language} ${host}`);
                cards += 1;
              }
            }
        }
    assert.ok(cards > 5_000);
  });

  it('receives no hidden field in any byte of a whole conversation', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const sentences = [
      'help',
      'Contoso',
      '1',
      'Contoso Backup',
      'it crashes',
      'why',
      'Contoso Connector is down',
      'why',
      'canary',
      'engineering contact of Contoso Backup',
      'Contoso Appliance deployment failed',
      'security breach in Contoso Legacy',
    ];
    for (const text of sentences) await visitor.say(text);
    const [answer] = await visitor.say('Contoso Backup: error when signing in');
    const [opened] = await visitor.press(answer!, 'I wrote to them');
    const next = buttonsOf(opened!).find(({ title }) => title === 'Next contact');
    if (next) await visitor.press(opened!, 'Next contact');
    await visitor.say('my cases');
    const all = await fetch(
      `${desk.url}/v3/directline/conversations/${visitor.conversationId}/activities?watermark=0`,
      {
        headers: { authorization: `Bearer ${visitor.token}` },
      },
    );
    const bytes = (await all.text()).replaceAll('"text":"canary"', '').replaceAll('canary”', '');
    assert.ok(bytes.length > 10_000);
    assert.doesNotMatch(bytes, CANARY);
    assert.doesNotMatch(bytes, /partner\.microsoft\.com|portal\.azure\.com/);
  });
});
