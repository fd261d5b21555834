/** Clicks on cards in Teams: one effect per click, an update for everybody, and a polite text for every other click. */
import assert from 'node:assert/strict';
import { startDesk, textOf, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector, type Sent } from '../helpers/fake-connector.js';
import { ADA, BEN, clickOf, clicksOf, TeamsChat, type BotMessage } from '../helpers/teams-chat.js';

const CARD = 'application/vnd.microsoft.card.adaptive';
const MESSAGE = 'application/vnd.microsoft.activity.message';
const OFFER = 'Contoso Backup for Azure';

interface Invoked {
  readonly statusCode: number;
  readonly type: string;
  readonly value: unknown;
}

describe('a click in Teams', () => {
  let desk: Desk;
  let connector: FakeConnector;
  let next = 0;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk(), startConnector()]);
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });

  const personal = () =>
    new TeamsChat(desk, connector, { id: `a:click-${(next += 1)}`, conversationType: 'personal' });
  const group = () =>
    new TeamsChat(desk, connector, {
      id: `19:click-${(next += 1)}`,
      conversationType: 'groupChat',
      isGroup: true,
    });
  const askIssue = async (chat: TeamsChat): Promise<BotMessage> => (await chat.say(OFFER))[0]!;
  const answerOf = async (chat: TeamsChat): Promise<BotMessage> => {
    const answer = (await chat.say(`the bill for ${OFFER} is wrong`))[0]!;
    chat.sent();
    return answer;
  };
  const bodyOf = (answer: { body: unknown }) => answer.body as Invoked;
  const updatesOf = (chat: TeamsChat) => chat.sent().filter((one) => one.method === 'PUT');

  it('on a question updates the card for the clicker by the response, and for others by an activity update', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    const answer = await chat.execute(question, clickOf(question, 'choose-issue'));
    assert.equal(bodyOf(answer).type, CARD);
    const sent = chat.sent();
    const [update] = sent.filter((one) => one.method === 'PUT');
    assert.ok(update);
    assert.ok(update.path.endsWith(`/activities/${question.sentId}`));
    const attachments = update.activity.attachments as { content: unknown }[];
    assert.deepEqual(attachments[0]?.content, bodyOf(answer).value);
    assert.deepEqual(clicksOf(update.activity), []);
    assert.equal(sent.filter((one) => one.method === 'POST').length, 1);
  });

  it('from an older client, as a message with a value, also updates the card', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    await chat.submit(question, clickOf(question, 'choose-issue'));
    const sent = chat.sent();
    assert.deepEqual(
      sent.map((one) => one.method),
      ['POST', 'PUT'],
    );
    assert.ok(sent[1]?.path.endsWith(`/activities/${question.sentId}`));
  });

  it('is not needed: typed words answer a question too, and its card folds to one line without buttons', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    const before = connector.sent.length;
    await chat.say('the bill is wrong');
    const [update, ...others] = connector.sent.slice(before).filter((one) => one.method === 'PUT');
    assert.deepEqual(others, []);
    assert.ok(update);
    assert.ok(update.path.endsWith(`/activities/${question.sentId}`));
    assert.match(
      textOf(update.activity as unknown as Reply),
      /^This question is closed\. Continue below\.$/m,
    );
    assert.deepEqual(clicksOf(update.activity), []);
  });

  const foldedIn = (sent: readonly Sent[], card: BotMessage) =>
    sent.filter((one) => one.method === 'PUT' && one.path.endsWith(`/activities/${card.sentId}`));

  for (const words of ['start over', 'cancel'])
    it(`is of no use after “${words}”, so the question card folds to one line without buttons`, async () => {
      const chat = personal();
      const question = await askIssue(chat);
      const before = connector.sent.length;
      await chat.say(words);
      const [update, ...others] = foldedIn(connector.sent.slice(before), question);
      assert.deepEqual(others, []);
      assert.ok(update);
      assert.match(textOf(update.activity as unknown as Reply), /^This question is closed\./m);
      assert.deepEqual(clicksOf(update.activity), []);
    });

  it('on “Start over” of an older card folds the present question card', async () => {
    const chat = personal();
    const old = await askIssue(chat);
    const [asked] = await chat.say('the bill is wrong');
    assert.ok(asked);
    await chat.say('start over');
    const [present] = await chat.say(OFFER);
    assert.ok(present);
    chat.sent();
    await chat.execute(old, clickOf(old, 'restart'));
    const [update, ...others] = foldedIn(chat.sent(), present);
    assert.deepEqual(others, []);
    assert.ok(update);
    assert.deepEqual(clicksOf(update.activity), []);
  });

  it('on an answer keeps the text and removes only the used buttons', async () => {
    const chat = personal();
    const answer = await answerOf(chat);
    const response = await chat.execute(answer, clickOf(answer, 'same-offer'));
    const kept = textOf({ attachments: [{ content: bodyOf(response).value }] } as unknown as Reply);
    const contacts = textOf(answer)
      .split('\n')
      .filter((line) => /^Responsible|@|Rule /.test(line));
    assert.ok(contacts.length >= 2);
    for (const line of contacts) assert.ok(kept.includes(line), line);
    assert.deepEqual(clicksOf(bodyOf(response).value), []);
    assert.equal(updatesOf(chat).length, 1);
  });

  it('on help leaves its card unchanged', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    const response = await chat.execute(question, clickOf(question, 'help'));
    assert.equal(bodyOf(response).type, MESSAGE);
    assert.notEqual(bodyOf(response).value, '');
    assert.equal(updatesOf(chat).length, 0);
  });

  it('with a repeated id has one effect, and gets status 200 each time', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    const click = () => chat.execute(question, clickOf(question, 'choose-issue'), ADA, { id: 'f:doubled' });
    const answers = [await click(), await click(), ...(await Promise.all([click(), click(), click()]))];
    assert.deepEqual(
      answers.map((one) => one.status),
      [200, 200, 200, 200, 200],
    );
    assert.equal(chat.news().length, 1);
  });

  it('with a new id, when repeated, gets the text that the card belongs to an earlier question', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    await chat.execute(question, clickOf(question, 'choose-issue'));
    const before = chat.news();
    const response = await chat.execute(question, clickOf(question, 'choose-issue'));
    assert.equal(bodyOf(response).type, MESSAGE);
    assert.match(String(bodyOf(response).value), /earlier step/);
    const sent = chat.sent();
    assert.equal(sent.filter((one) => one.method === 'PUT').length, 0);
    assert.match(textOf(sent[0]!.activity as unknown as Reply), /earlier step/);
    assert.equal(before.length, 1);
  });

  it('on any button of an old card, twice and in two clients, only explains that the card is old', async () => {
    const chat = personal();
    const old = await askIssue(chat);
    await chat.execute(old, clickOf(old, 'choose-issue'));
    await chat.say('cancel');
    const timeless = new Set(['help', 'language', 'restart', 'other-offer', 'show-answer']);
    for (const button of clicksOf(old).filter((one) => !timeless.has(one.verb ?? ''))) {
      for (const press of [chat.execute.bind(chat), chat.submit.bind(chat)]) {
        await press(old, button, ADA);
        const sent = chat.sent();
        assert.deepEqual(
          sent.map((one) => one.method),
          ['POST'],
          button.verb,
        );
        assert.match(textOf(sent[0]!.activity as unknown as Reply), /earlier step/);
      }
    }
  });

  it('by another person in the group changes nothing, and the reply says that another person asked', async () => {
    const chat = group();
    const question = await askIssue(chat);
    const response = await chat.execute(question, clickOf(question, 'choose-issue'), BEN);
    assert.match(String(bodyOf(response).value), /another person/);
    const sent = chat.sent();
    assert.deepEqual(
      sent.map((one) => one.method),
      ['POST'],
    );
    assert.match(textOf(sent[0]!.activity as unknown as Reply), /another person/);
    const own = await chat.execute(question, clickOf(question, 'choose-issue'), ADA);
    assert.equal(bodyOf(own).type, CARD);
  });

  it('on help works for everybody in the group', async () => {
    const chat = group();
    const question = await askIssue(chat);
    await chat.execute(question, clickOf(question, 'help'), BEN);
    assert.match(textOf(chat.news()[0]!), /How to ask/);
  });

  const forged: readonly [name: string, change: (data: { offerDesk: Record<string, unknown> }) => unknown][] =
    [
      [
        'another action',
        (data) => ({ offerDesk: { ...data.offerDesk, action: { verb: 'choose-issue', issue: 'other' } } }),
      ],
      ['another step', (data) => ({ offerDesk: { ...data.offerDesk, step: 'x.1' } })],
      ['another signature', (data) => ({ offerDesk: { ...data.offerDesk, sig: 'A'.repeat(43) } })],
    ];
  for (const [name, change] of forged) {
    it(`with ${name} than the signed button is refused with an explanation and does nothing`, async () => {
      const chat = personal();
      const question = await askIssue(chat);
      const good = clickOf(question, 'choose-issue');
      const bad = { ...good, data: change(good.data as { offerDesk: Record<string, unknown> }) };
      const response = await chat.execute(question, bad);
      assert.equal(bodyOf(response).type, MESSAGE);
      const sent = chat.news();
      assert.match(textOf(sent[0]!), /cannot accept this button/);
      const asked = sent[1]!;
      assert.equal(bodyOf(await chat.execute(asked, clickOf(asked, 'choose-issue'))).type, CARD);
    });
  }

  it('of a self-refreshing card with an unknown payload posts nothing to the chat', async () => {
    const chat = group();
    const value = { action: { type: 'Action.Execute', verb: 'x', data: {} }, trigger: 'automatic' };
    const { status, body } = await chat.deliver({ type: 'invoke', name: 'adaptiveCard/action', value });
    assert.equal(status, 200);
    assert.equal((body as Invoked).type, MESSAGE);
    assert.equal(chat.sent().length, 0);
  });

  it('gets an answer even when the bot can no longer update the card', async () => {
    const chat = personal();
    const question = await askIssue(chat);
    connector.failNext('PUT', 404);
    const response = await chat.execute(question, clickOf(question, 'choose-issue'));
    assert.equal(response.status, 200);
    assert.equal(chat.news().length, 1);
    assert.ok(
      desk.entries.some((entry) => entry.msg === 'card.not-updated' || entry.event === 'card.not-updated'),
    );
  });
});
