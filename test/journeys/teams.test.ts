/** Partner staff in Teams, over the real route: the bot greets once, asks for missing facts, answers with a card. */
import assert from 'node:assert/strict';
import { buttonsOf, startDesk, textOf, type Desk, type Reply } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';

const asReply = (activity: Record<string, unknown>) => activity as unknown as Reply;

describe('the bot in Teams', () => {
  let desk: Desk;
  let connector: FakeConnector;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk(), startConnector()]);
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });
  beforeEach(() => connector.sent.splice(0));

  const inConversation = (id: string, over: Record<string, unknown> = {}, conversationType = 'personal') =>
    teamsActivity(connector, { conversation: { id, conversationType, tenantId: 't' }, ...over });
  const said = () => connector.messages().map(asReply);

  it('greets exactly once, even when several events announce an installation', async () => {
    const bot = { id: '28:offer-desk' };
    const events = [
      inConversation('a:install', { type: 'installationUpdate', action: 'add' }),
      inConversation('a:install', { type: 'conversationUpdate', membersAdded: [bot] }),
      inConversation('a:install', { type: 'conversationUpdate', membersAdded: [{ id: '29:ada' }] }),
    ];
    for (const event of [...events, ...events]) assert.equal((await deliver(desk.url, event)).status, 200);
    assert.equal(said().length, 1);
  });

  it('greets again after a removal and a new installation', async () => {
    const event = (action: string) => inConversation('a:again', { type: 'installationUpdate', action });
    for (const action of ['add', 'remove', 'add']) await deliver(desk.url, event(action));
    assert.equal(said().length, 2);
  });

  it('answers billing of a named offer at once, with Execute buttons that fall back to Submit', async () => {
    await deliver(
      desk.url,
      inConversation('a:one', { text: 'billing problem with Contoso Backup for Azure' }),
    );
    const [first] = said();
    assert.ok(first);
    const json = JSON.stringify(first);
    assert.match(json, /Action\.Execute/);
    assert.match(json, /"fallback":\{"type":"Action\.Submit"/);
    assert.doesNotMatch(json, /"url":"(mailto|tel):/);
    assert.equal(first.text, undefined);
    assert.ok(first.summary);
  });

  it('ignores the mention of a colleague in the sentence', async () => {
    const anna = { type: 'mention', text: '<at>Anna</at>', mentioned: { id: '29:anna', name: 'Anna' } };
    const sentences = [
      'billing problem with Contoso Backup for Azure, cc <at>Anna</at>',
      '<at>Anna</at> has a billing problem with Contoso Backup for Azure',
    ];
    for (const [i, text] of sentences.entries())
      await deliver(desk.url, inConversation(`a:anna-${i}`, { text, entities: [anna] }));
    for (const message of said()) {
      const words = textOf(message);
      assert.match(words, /Contoso Backup for Azure/);
      assert.doesNotMatch(words, /Anna|not sure|do not know “/);
    }
    assert.equal(said().length, 2);
  });

  it('reads a forwarded message', async () => {
    const content = JSON.stringify({
      originalMessageContent: '<p>billing problem with Contoso Backup for Azure</p>',
    });
    const attachments = [
      { contentType: 'forwardedMessageReference', id: '1', content },
      { contentType: 'text/html', content: '<attachment id="1"></attachment>' },
    ];
    await deliver(desk.url, inConversation('a:forwarded', { text: '', attachments }));
    const [answer] = said();
    assert.ok(answer);
    assert.match(textOf(answer), /Contoso Backup for Azure/);
  });

  it('removes the mention from a group message, and answers in that conversation', async () => {
    const mention = { type: 'mention', text: '<at>Offer Desk</at>', mentioned: { id: '28:offer-desk' } };
    await deliver(
      desk.url,
      inConversation('19:group', { text: '<at>Offer Desk</at> help', entities: [mention] }, 'groupChat'),
    );
    assert.equal(said().length, 1);
    assert.match(connector.sent.at(-1)?.path ?? '', /19%3Agroup|19:group/);
  });

  it('hides partner-only contacts in a group and links to the private chat for them', async () => {
    const recipient = { id: '28:00000000-0000-4000-8000-000000000001', name: 'Offer Desk' };
    const text = 'Contoso Backup for Azure crashes with an error when a backup runs';
    await deliver(desk.url, inConversation('19:kept', { text, recipient }, 'groupChat'));
    await deliver(desk.url, inConversation('a:kept', { text, recipient }));
    const [shared, alone] = said().map((reply) => JSON.stringify(reply));
    assert.doesNotMatch(shared!, /engineering@contoso\.com|csp@contoso\.com/);
    assert.match(shared!, /teams\.microsoft\.com\/l\/chat\/0\/0\?users=28%3A00000000/);
    assert.match(alone!, /engineering@contoso\.com/);
    assert.doesNotMatch(alone!, /users=28%3A/);
  });

  it('moves an incomplete question out of a channel, and answers a complete question in the thread', async () => {
    const recipient = { id: '28:00000000-0000-4000-8000-000000000001', name: 'Offer Desk' };
    const thread = '19:general@thread.tacv2;messageid=1700000000000';
    await deliver(
      desk.url,
      inConversation(thread, { text: 'Contoso Backup for Azure', recipient }, 'channel'),
    );
    assert.match(
      JSON.stringify(said()[0]),
      /users=28%3A00000000[^"]*&message=Contoso%20Backup%20for%20Azure/,
    );
    assert.match(textOf(said()[0]!), /private chat/);
    const text = 'Contoso Backup for Azure crashes with an error when a backup runs';
    await deliver(desk.url, inConversation(thread, { text, recipient }, 'channel'));
    assert.match(textOf(said()[1]!), /Responsible/);
    for (const one of connector.sent) assert.ok(decodeURIComponent(one.path).includes(thread));
  });

  it('keeps separate questions for two people in one group', async () => {
    const ada = { id: '29:ada', name: 'Ada', aadObjectId: 'a' };
    const ben = { id: '29:ben', name: 'Ben', aadObjectId: 'b' };
    const ask = (from: object, text: string) =>
      deliver(desk.url, inConversation('19:two', { from, text }, 'groupChat'));
    await ask(ada, 'Contoso Backup for Azure');
    await ask(ben, 'help');
    connector.sent.splice(0);
    await ask(ada, 'it crashes with an error when a backup runs');
    assert.match(textOf(said()[0]!), /Contoso Backup for Azure/);
  });

  it('runs an activity that arrives five times, in sequence or together, as one turn', async () => {
    const activity = inConversation('a:dup', { text: 'help' });
    for (let i = 0; i < 2; i += 1) assert.equal((await deliver(desk.url, activity)).status, 200);
    const answers = await Promise.all([1, 2, 3].map(() => deliver(desk.url, activity)));
    assert.deepEqual(
      answers.map((answer) => answer.status),
      [200, 200, 200],
    );
    assert.equal(said().length, 1);
  });

  it('runs twenty messages of one conversation as twenty turns', async () => {
    const sends = Array.from({ length: 20 }, () =>
      deliver(desk.url, inConversation('a:many', { text: 'help' })),
    );
    assert.ok((await Promise.all(sends)).every((answer) => answer.status === 200));
    assert.equal(said().length, 20);
  });

  it('updates the clicked card by the invoke response, and asks the next question', async () => {
    await deliver(desk.url, inConversation('a:click', { text: 'Contoso Backup for Azure' }));
    const action = executesOf(said()[0]!)[0];
    assert.ok(action);
    const click = inConversation('a:click', {
      type: 'invoke',
      name: 'adaptiveCard/action',
      value: { action: { type: 'Action.Execute', verb: action.verb, data: action.data } },
    });
    const { status, body } = await deliver(desk.url, click);
    assert.equal(status, 200);
    assert.equal((body as { type?: string }).type, 'application/vnd.microsoft.card.adaptive');
    assert.equal(said().length, 2);
  });

  it('answers a failed turn with a reference that is in the log', async () => {
    const value = { action: { type: 'Action.Execute', verb: 'x', data: { offerDesk: { v: 1 } } } };
    const { status } = await deliver(
      desk.url,
      inConversation('a:bad', { type: 'invoke', name: 'adaptiveCard/action', value }),
    );
    assert.equal(status, 200);
    assert.equal(said().length, 1);
    assert.ok(buttonsOf(said()[0]!).length >= 0);
  });

  const odd: readonly [name: string, activity: Record<string, unknown>][] = [
    ['an unknown type', { type: 'sparkle' }],
    ['a reaction', { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] }],
    ['an edited message', { type: 'messageUpdate', text: 'x' }],
    ['a deleted message', { type: 'messageDelete' }],
    ['typing', { type: 'typing' }],
    ['an event without a name', { type: 'event' }],
  ];
  for (const [name, over] of odd) {
    it(`sends no reply to ${name}, and writes a log line`, async () => {
      const { status } = await deliver(desk.url, inConversation('a:odd', over));
      assert.equal(status, 200);
      assert.equal(said().length, 0);
    });
  }
});

function executesOf(reply: Reply): { readonly verb: string; readonly data: unknown }[] {
  const found: { verb: string; data: unknown }[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const one = node as Record<string, unknown>;
    if (one.type === 'Action.Execute') found.push({ verb: String(one.verb), data: one.data });
    Object.values(one).forEach(walk);
  };
  walk(reply.attachments?.map((attachment) => attachment.content));
  return found;
}
