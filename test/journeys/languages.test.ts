/** One person, one language: Teams and the page change the locale of activities, and the bot does not follow every change. */
import assert from 'node:assert/strict';
import { startDesk, textOf, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { ADA, BEN, clickOf, TeamsChat, type BotMessage, type Person } from '../helpers/teams-chat.js';

const HAN = /\p{Script=Han}/u;
const QUESTION = 'Contoso Backup crashes with an error when a backup runs';

describe('the language of a conversation', () => {
  let desk: Desk;
  let connector: FakeConnector;
  let next = 0;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk(), startConnector()]);
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });

  const chat = (conversationType: string, id: string, over: Record<string, unknown> = {}) =>
    new TeamsChat(desk, connector, { id, conversationType, isGroup: conversationType !== 'personal' }, over);
  const somebody = (person: Person): Person => {
    next += 1;
    return { ...person, id: `${person.id}-${next}` };
  };
  const localeOf = (message: BotMessage | undefined) => (message as { locale?: string } | undefined)?.locale;

  it('stays in a personal chat while messages, clicks and events name other locales', async () => {
    const from = somebody(ADA);
    const personal = chat('personal', `a:stay-${next}`, { from });
    const send = async (over: Record<string, unknown>) => {
      await personal.deliver({ from, ...over });
      return personal.news();
    };
    const seen = [
      ...(await send({ text: '我的 Contoso Backup 無法同步，請幫我看看', locale: 'en-US' })),
      ...(await send({ text: 'Fabrikam CRM', locale: 'en-US' })),
      ...(await send({ text: '1', locale: undefined, entities: [{ type: 'clientInfo', locale: 'en-US' }] })),
      ...(await send({ text: 'help', locale: 'de-DE' })),
    ];
    const help = seen.at(-1);
    assert.ok(help);
    const click = clickOf(help, 'restart');
    await personal.execute(help, click, from, { locale: 'en-US' });
    await personal.submit(help, click, from);
    seen.push(...personal.news());
    for (const message of seen) {
      assert.match(textOf(message), HAN);
      assert.equal(localeOf(message), 'zh-TW');
    }
    assert.equal(seen.filter((one) => textOf(one).includes('您以中文書寫')).length, 1);
  });

  it('is the same for this person in another conversation', async () => {
    const from = somebody(ADA);
    await chat('personal', `a:first-${next}`, { from }).deliver({
      from,
      text: '我的 Contoso Backup 無法同步，請幫我看看',
    });
    const group = chat('groupChat', `19:group-${next}@thread.v2`, { from });
    const [answer] = await group.say(QUESTION, from);
    assert.match(textOf(answer!), HAN);
  });

  it('is the channel’s for a shared card, and each reader’s own for what only the reader sees', async () => {
    const ada = somebody(ADA);
    const ben = somebody(BEN);
    await chat('personal', `a:ada-${next}`, { from: ada }).deliver({
      from: ada,
      text: QUESTION,
      locale: 'en-US',
    });
    await chat('personal', `a:ben-${next}`, { from: ben }).deliver({
      from: ben,
      text: QUESTION,
      locale: 'zh-TW',
    });
    const thread = (id: number) => chat('channel', `19:room-${next}@thread.tacv2;messageid=${id}`);
    const [first] = await thread(1).say(QUESTION, ada);
    const [second] = await thread(2).say(QUESTION, ben);
    for (const shared of [first, second]) {
      assert.doesNotMatch(textOf(shared!), HAN);
      assert.equal(localeOf(shared), 'en-US');
    }
  });
});
