/** Customers and partner staff on the embedded Direct Line, with the real store: from the first sentence to the answer. */
import assert from 'node:assert/strict';
import { buttonsOf, startDesk, textOf, Visitor, type Desk, type Reply } from '../helpers/desk.js';

const last = (replies: readonly Reply[]): Reply => replies.at(-1)!;
const OFFER = 'Contoso Backup for Azure';

describe('the bot on the web', () => {
  let desk: Desk;
  before(async () => {
    desk = await startDesk();
  });
  after(() => desk.close());

  const customer = (locale?: string) => Visitor.join(desk.url, 'customer', locale);
  const staff = (locale?: string) => Visitor.join(desk.url, 'partner', locale);

  const billingAnswer = async (visitor: Visitor): Promise<Reply> =>
    last(await visitor.say(`billing problem with ${OFFER}`));
  /** The card that asks how the offer was bought. */
  const purchaseQuestion = async (visitor: Visitor): Promise<Reply> =>
    last(await visitor.press(await billingAnswer(visitor), 'Bought another way?'));

  it('answers a customer at once with the partner and no Microsoft contact, and asks for the purchase on request', async () => {
    const visitor = await customer();
    const assumed = await billingAnswer(visitor);
    assert.match(textOf(assumed), /Responsible: Alpine Ski House Cloud/);
    assert.match(textOf(assumed), /Assumed: bought through Alpine Ski House Cloud\./);
    const question = last(await visitor.press(assumed, 'Bought another way?'));
    assert.match(textOf(question), /How was the product bought\?/);
    const answer = last(await visitor.press(question, 'Our partner bought it for us'));
    assert.match(textOf(answer), /Responsible: Alpine Ski House Cloud/);
    assert.match(textOf(answer), /billing@alpineskihouse\.com/);
    assert.doesNotMatch(JSON.stringify(answer), /partner\.microsoft\.com|portal\.azure\.com/);
  });

  it('gives partner staff Microsoft’s Partner Center for the same question', async () => {
    const visitor = await staff();
    const answer = await billingAnswer(visitor);
    assert.match(textOf(answer), /Responsible: Microsoft/);
    assert.match(JSON.stringify(answer), /partner\.microsoft\.com/);
  });

  it('answers a Traditional Chinese client in that language, and remembers a chosen language', async () => {
    const visitor = await staff('zh-TW');
    const answer = last(await visitor.say(`${OFFER} 發票上的金額不對，多收了錢`));
    assert.match(textOf(answer), /假設：透過 Alpine Ski House Cloud 購買。/);
    assert.match(textOf(answer), /負責|由.*處理/);
    const english = await visitor.say('English');
    assert.match(textOf(english[0]!), /English/);
    assert.match(textOf(last(await visitor.say('help'))), /[a-z]{4,} [a-z]{2,}/i);
  });

  it('lets a person choose one of the offers of a publisher, or none of these', async () => {
    const visitor = await staff();
    const choices = last(await visitor.say('Contoso'));
    assert.ok(buttonsOf(choices).length >= 2);
    const issue = last(await visitor.press(choices, /Contoso/));
    assert.ok(buttonsOf(issue).length >= 3);
  });

  it('suggests similar offers, and lets the visitor request an unknown offer', async () => {
    const visitor = await customer();
    const none = last(await visitor.say('Zzyzx Quantum Ledger Pro'));
    const titles = buttonsOf(none)
      .map((one) => one.title)
      .join(' | ');
    assert.match(titles, /add/i);
    const replies = await visitor.press(none, /add/i, 2);
    assert.ok(replies.length >= 2);
    const entries = await desk.app.stores.unanswered.list(0);
    assert.ok(entries.some((entry) => entry.missing === 'offer' && entry.text.includes('Zzyzx')));
  });

  it('goes back, starts over, cancels and helps at every step', async () => {
    const visitor = await staff();
    await visitor.say(OFFER);
    assert.match(textOf(last(await visitor.say('back'))), /offer/i);
    const helped = await visitor.say('說明', 2);
    assert.equal(helped.length, 2);
    await visitor.say(OFFER);
    assert.match(textOf(last(await visitor.say('start over'))), /offer/i);
    const question = last(await visitor.say(OFFER));
    assert.match(textOf(last(await visitor.press(question, 'Cancel'))), /cancel/i);
    assert.ok((await visitor.say('cancel')).length === 1);
    assert.ok((await visitor.say('cancel')).length === 1);
  });

  it('changes one answer and keeps the other', async () => {
    const visitor = await staff();
    const answer = await billingAnswer(visitor);
    const question = last(await visitor.press(answer, 'Change issue'));
    const next = last(await visitor.say('it is down for everybody since this morning'));
    assert.match(textOf(question), new RegExp(OFFER));
    assert.match(textOf(next), new RegExp(OFFER));
    assert.match(textOf(next), /Responsible/);
  });

  it('keeps the offer for a second issue, and accepts a new question after an answer', async () => {
    const visitor = await staff();
    const answer = await billingAnswer(visitor);
    assert.match(
      textOf(last(await visitor.press(answer, 'Another issue with this offer'))),
      new RegExp(OFFER),
    );
    const again = last(await visitor.say('how do I cancel the subscription'));
    assert.match(textOf(again), new RegExp(OFFER));
  });

  it('explains a click on an old card and does nothing, also on the second click', async () => {
    const visitor = await customer();
    const question = await purchaseQuestion(visitor);
    const answer = last(await visitor.press(question, 'Our partner bought it for us'));
    const stale = await visitor.press(question, 'We bought it directly; Microsoft sends the bill');
    assert.doesNotMatch(textOf(last(stale)), /Responsible/);
    const changed = last(await visitor.press(answer, 'Change issue'));
    assert.ok(buttonsOf(changed).length > 0);
    const twice = await visitor.press(answer, 'Change issue', 2);
    assert.doesNotMatch(textOf(twice[0]!), /Responsible/);
  });

  it('refuses a forged button with an explanation', async () => {
    const visitor = await customer();
    const value = { offerDesk: { v: 1, step: 'x.1', action: { verb: 'help' }, sig: 'A'.repeat(43) } };
    await visitor.send({ type: 'message', value });
    const [reply] = await visitor.replies(1);
    assert.ok(textOf(reply!).length > 10);
  });

  it('continues in the middle of a question after a server restart', async () => {
    const visitor = await customer();
    const question = await purchaseQuestion(visitor);
    await desk.restart();
    const answer = last(await visitor.press(question, 'Our partner bought it for us'));
    assert.match(textOf(answer), /Responsible: Alpine Ski House Cloud/);
  });

  it('accepts a typed number as the choice with that number', async () => {
    const visitor = await staff();
    await purchaseQuestion(visitor);
    assert.match(textOf(last(await visitor.say('1'))), /Responsible: Microsoft/);
  });

  it('keeps the given answers when another version of the server takes over in the middle of a question', async () => {
    const visitor = await staff();
    await visitor.say(OFFER);
    const { kysely } = desk.app.stores.database;
    const rows = await kysely.selectFrom('bot_state').selectAll().where('body', 'like', '%"flow"%').execute();
    for (const row of rows) {
      const body = row.body.replace(/"flow":"[^"]*"/g, '"flow":"an-older-version"');
      await kysely.updateTable('bot_state').set({ body }).where('key', '=', row.key).execute();
    }
    const next = last(await visitor.say('it crashes with error 500 when a backup runs'));
    assert.match(textOf(next), new RegExp(OFFER));
    assert.match(textOf(next), /Responsible/);
  });

  it('shows the next contact after “This did not help”', async () => {
    const visitor = await staff();
    const answer = await billingAnswer(visitor);
    const next = last(await visitor.press(answer, 'This did not help'));
    assert.ok(textOf(next).length > 40);
  });

  const bad: readonly [name: string, text: string][] = [
    ['10,000 characters', 'x'.repeat(4_000)],
    ['only emoji', '🎿🎿🎿🏔️'],
    ['HTML', '<img src=x onerror=alert(1)><script>alert(1)</script>'],
    ['right-to-left text', 'مشكلة في الفاتورة ‮gnitsixe'],
    ['a language it does not speak', 'Ég á í vandræðum með reikninginn minn'],
    ['a template expression', '${$root.secret} ${json(x)}'],
    ['markdown', '[x](javascript:alert(1)) **b** `c` # d'],
    ['digits', '1'.repeat(400)],
    ['a path', '../../etc/passwd%00'],
  ];
  for (const [name, text] of bad) {
    it(`gives an answer with a next step for ${name}`, async () => {
      const visitor = await customer();
      const replies = await visitor.say(text);
      assert.ok(replies.length >= 1);
      assert.ok(replies.some((reply) => buttonsOf(reply).length > 0));
      assert.doesNotMatch(
        JSON.stringify(replies),
        /\bat .*\.(ts|js):\d|\$\{\$root|onerror=alert\(1\)><script/,
      );
    });
  }

  it('never logs what a person wrote', async () => {
    const visitor = await customer();
    await visitor.say('canary-7731 my card 4111 1111 1111 1111 and ada.lovelace@contoso.com');
    assert.doesNotMatch(JSON.stringify(desk.entries), /canary-7731|4111 1111|ada\.lovelace/);
  });
});
