/** Rules of the Teams store: no silence, no dead ends, no stack traces, and no waiting without a typing sign. */
import assert from 'node:assert/strict';
import sinon from 'sinon';
import { startDesk, textOf, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { clickOf, clicksOf, TeamsChat, type BotMessage } from '../helpers/teams-chat.js';
import { slowReads } from '../helpers/turn-faults.js';
import { writtenIn } from '../../core/understanding/written.js';
import { COMMANDS } from '../../locales/commands.js';
import { rawWords } from '../../locales/text.js';
import { LANGUAGES } from '../../core/terms.js';

const words = (key: string) => LANGUAGES.flatMap((language) => (rawWords(language)[key] ?? '').split('|'));
const OFFER = 'Contoso Backup for Azure';

/** More than two hundred inputs from people, keyboards and other bots. */
function corpus(): readonly Record<string, unknown>[] {
  const commands = COMMANDS.flatMap((command) => words(`command.${command}`));
  const greetings = words('word.greeting');
  const cased = [
    'help',
    'HELP',
    'Help',
    '/help',
    'help!',
    ' help ',
    'Hi',
    'HELLO',
    'hello?',
    '/start',
    '/stop',
  ];
  const odd = [
    '',
    ' ',
    '\u200b',
    '🙂',
    '👩‍👩‍👧‍👦'.repeat(50),
    '?',
    '!!!',
    '…',
    '0',
    '-1',
    '1e999',
    'null',
    'undefined',
    'NaN',
    'true',
    '${1}',
    '{{x}}',
    '<b>bold</b>',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    "'; drop table offers; --",
    '../../etc/passwd',
    '\u202egnirts',
    'a'.repeat(4_096),
    'word '.repeat(900),
    'x'.repeat(30_000),
    'مرحبا',
    'Привет, не работает',
    'こんにちは',
    '안녕하세요',
    'Qué pasa con la factura',
    'Die Rechnung ist falsch',
    'https://example.com/',
    'https://marketplace.microsoft.com/en-us/product/saas/no.such',
    '__proto__',
    'constructor',
    'toString',
  ];
  const issues = [
    `the bill for ${OFFER} is wrong`,
    `${OFFER} shows an error`,
    'refund please',
    'who supports Fabrikam',
    'we want to cancel',
    'my invoice',
    'it does not work',
    'security incident',
    'something else entirely, nothing to do with you',
    '帳單有誤',
    '無法登入',
    `${OFFER} 出現錯誤`,
  ];
  const values = [
    {},
    { x: 1 },
    [],
    'text',
    7,
    true,
    { offerDesk: {} },
    { offerDesk: { v: 99, step: 'a', action: {} } },
  ];
  const files = ['image/png', 'application/pdf', 'text/html', 'application/vnd.microsoft.card.adaptive', ''];
  const texts = [...commands, ...greetings, ...cased, ...odd, ...issues];
  return [
    ...texts.map((text) => ({ text })),
    ...texts.slice(0, 20).map((text) => ({ text, textFormat: 'xml', locale: 'zh-TW' })),
    ...values.map((value) => ({ value })),
    ...files.map((contentType) => ({ attachments: [{ contentType, name: 'f' }] })),
  ];
}

describe('the bot under the rules of the Teams store', () => {
  let desk: Desk;
  let connector: FakeConnector;
  let next = 0;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk(), startConnector()]);
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });
  afterEach(() => sinon.restore());
  const chat = () =>
    new TeamsChat(desk, connector, { id: `a:rules-${(next += 1)}`, conversationType: 'personal' });

  it('answers two hundred inputs without silence, a dead end or a stack trace', async function () {
    const inputs = corpus();
    assert.ok(inputs.length >= 200, String(inputs.length));
    for (const input of inputs) {
      const one = chat();
      const { status } = await one.deliver({ type: 'message', ...input });
      const said = one.news();
      const told = JSON.stringify(input).slice(0, 80);
      assert.equal(status, 200, told);
      // The bot first says that it read only a part of a very long text, or once which languages it speaks.
      const isForeign = !['en', undefined].includes(writtenIn(String(input.text)));
      const most = String(input.text).length > 8_000 || isForeign ? 2 : 1;
      assert.ok(said.length >= 1 && said.length <= most, `${said.length} cards: ${told}`);
      assert.ok(clicksOf(said.at(-1)).length > 0, `a dead end: ${told}`);
      const shown = textOf(said.at(-1)!).replaceAll(String(input.text), '');
      assert.doesNotMatch(shown, /\bat \S+ \(|Error:|undefined|\[object/, told);
      assert.ok(said[0]?.summary, told);
      assert.equal(said[0]?.text, undefined, told);
    }
    assert.ok(!desk.entries.some((entry) => entry.event === 'turn.failed'));
  });

  it('offers every listed command as text and as a button', async () => {
    const help = (await chat().say('help'))[0]!;
    const question = (await chat().say(OFFER))[0]!;
    const verbs = new Set([help, question].flatMap((card) => clicksOf(card)).map((one) => one.verb));
    for (const verb of ['help', 'restart', 'cancel', 'back']) assert.ok(verbs.has(verb), verb);
    const welcome = (await chat().say('hello'))[0]!;
    assert.ok(clicksOf(welcome).some((one) => one.verb === 'language'));
    assert.match(JSON.stringify(await answered()), /Action\.ToggleVisibility/);
  });

  async function answered(): Promise<BotMessage> {
    const one = chat();
    return (await one.say(`${OFFER} crashes with an error when a backup runs`))[0]!;
  }

  it('shows a typing sign while the store takes three seconds, and none after the answer', async function () {
    const question = chat();
    const asked = (await question.say(OFFER))[0]!;
    slowReads(desk.app.stores.turns, 3_000);
    const chats = COMMANDS.map((command) => ({ one: chat(), text: words(`command.${command}`)[0] }));
    const turns = [
      ...chats.map(({ one, text }) => one.deliver({ type: 'message', text })),
      question.execute(asked, clickOf(asked, 'help')),
    ];
    const everyone = [...chats.map(({ one }) => one), question];
    const first = new Map<(typeof everyone)[number], unknown>();
    while (first.size < everyone.length) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const one of everyone) {
        const [sent] = first.has(one) ? [] : one.sent();
        if (sent) first.set(one, sent.activity.type);
      }
    }
    assert.deepEqual(new Set(first.values()), new Set(['typing']));
    await Promise.all(turns);
    for (const sent of [...chats.map(({ one }) => one.sent()), question.sent()]) {
      assert.ok(sent.length > 0);
      assert.ok(sent.every((one) => one.activity.type === 'message'));
    }
  });

  it('shows no typing sign when the answer comes at once', async () => {
    const one = chat();
    await one.say('help');
    assert.ok(
      !connector.sent.some((sent) => sent.path.includes(`rules-${next}`) && sent.activity.type === 'typing'),
    );
  });

  it('shows no typing sign for events and for a repetition of a running turn', async function () {
    const one = chat();
    slowReads(desk.app.stores.turns, 1_200);
    const install = { type: 'installationUpdate', action: 'add' };
    const added = { type: 'conversationUpdate', membersAdded: [{ id: '29:ada' }] };
    await Promise.all([one.deliver(install), one.deliver(added)]);
    assert.deepEqual(
      one.sent().map((sent) => sent.activity.type),
      ['message'],
    );
    const again = { type: 'message', text: 'help', id: 'f:again' };
    await Promise.all([one.deliver(again), one.deliver(again)]);
    assert.deepEqual(
      one.sent().map((sent) => sent.activity.type),
      ['typing', 'message'],
    );
  });

  it('answers a failed invoke with the reference of the log, so that Teams does not repeat the invoke', async () => {
    const shapes: readonly [name: string, shown: RegExp, inChat: number][] = [
      ['composeExtension/query', /"composeExtension":\{"type":"message"/, 0],
      ['composeExtension/fetchTask', /"task":\{"type":"message"/, 0],
      ['adaptiveCard/action', /"type":"application\/vnd\.microsoft\.activity\.message"/, 1],
      ['task/fetch', /"task":\{"type":"message"/, 1],
    ];
    for (const [name, shown, inChat] of shapes) {
      const one = chat();
      const away = new Error('the store is away');
      sinon.stub(desk.app.stores.botState, 'read').rejects(away);
      sinon.stub(desk.app.stores.turns, 'inTurn').rejects(away);
      const { status, body } = await one.deliver({ type: 'invoke', name, value: {} });
      sinon.restore();
      assert.equal(status, 200, name);
      assert.match(JSON.stringify(body), shown, name);
      const failure = desk.entries.findLast((entry) => entry.event === 'turn.failed');
      assert.ok(JSON.stringify(body).includes(String(failure?.reference)), name);
      assert.equal(one.sent().length, inChat, name);
    }
  });
});
