/** The SDK's real adapter on the embedded channel: turns, proactive and created conversations, all inside the process. */
import assert from 'node:assert/strict';
import { CloudAdapter, MessageFactory, TurnContext, type ConversationReference } from 'botbuilder';
import { ClaimsIdentity } from 'botframework-connector';
import { createDispatch, type WebTurn } from '../../../bot/web/local-auth.js';
import { DirectLineHub, LOCAL_SERVICE_URL } from '../../../bot/web/directline/hub.js';
import { LocalAwareAuthentication } from '../../../bot/web/local-auth.js';
import { createLocalConnector } from '../../../bot/web/local-connector.js';
import { CapturedLog } from '../../helpers/capture-log.js';
import { MemoryConversationLog } from '../../helpers/conversation-log.js';

const BOT = { id: 'offer-desk', name: 'Offer Desk' };
const VISITOR = { id: 'conv-1', userId: 'dl_visitor', audience: 'partner', createdAt: 0 } as const;

function setUp(turn: WebTurn) {
  let ids = 0;
  const newId = () => `id-${String(++ids)}`;
  const now = () => 1_700_000_000_000;
  const log = new CapturedLog();
  const hub = new DirectLineHub({
    log,
    conversations: new MemoryConversationLog(),
    bot: BOT,
    now,
    newId,
    newReference: () => 'REF',
    apology: () => 'sorry',
  });
  const authentication = new LocalAwareAuthentication(createLocalConnector({ hub, bot: BOT, newId, now }));
  authentication.answerOnly((serviceUrl) => serviceUrl.startsWith('https://smba.'));
  const adapter = new CloudAdapter(authentication);
  hub.dispatchTo(createDispatch(adapter, authentication, turn));
  const said = async () => (await hub.after(VISITOR.id, 0)).activities.map((activity) => activity.text);
  const say = async (text: string) => {
    await hub.fromUser(VISITOR, { type: 'message', text });
    await hub.drain(1_000);
  };
  return { hub, authentication, adapter, said, say, log };
}

describe('the real adapter on the embedded channel', () => {
  it('runs a turn with the audience of the token and keeps its replies', async () => {
    const seen: unknown[] = [];
    const desk = setUp(async (context, meta) => {
      seen.push([context.activity.type, context.activity.timestamp instanceof Date, meta.audience]);
      await context.sendActivities([
        { type: 'typing' },
        MessageFactory.text(`heard ${context.activity.text}`),
      ]);
    });
    await desk.hub.start(VISITOR, 'en');
    await desk.hub.drain(1_000);
    await desk.say('hello');
    assert.deepEqual(seen, [
      ['conversationUpdate', true, 'partner'],
      ['message', true, 'partner'],
    ]);
    assert.deepEqual((await desk.said()).slice(1), ['hello', 'heard hello']);
  });

  it('updates and takes back what it sent', async () => {
    const desk = setUp(async (context) => {
      if (context.activity.type !== 'message') return;
      const kept = await context.sendActivity('first');
      const gone = await context.sendActivity('second');
      await context.updateActivity({ ...MessageFactory.text('changed'), id: kept?.id ?? '' });
      await context.deleteActivity(gone?.id ?? '');
    });
    await desk.hub.start(VISITOR, undefined);
    await desk.say('go');
    const { activities } = await desk.hub.after(VISITOR.id, 0);
    assert.deepEqual(
      activities.map(({ type, text }) => [type, text]),
      [
        ['message', 'go'],
        ['message', 'changed'],
        ['event', undefined],
      ],
    );
  });

  it('continues a conversation later, from its stored reference', async () => {
    let reference: Partial<ConversationReference> = {};
    const desk = setUp((context) => {
      reference = TurnContext.getConversationReference(context.activity);
      return Promise.resolve();
    });
    await desk.hub.start(VISITOR, undefined);
    await desk.say('remember me');
    const stored = JSON.parse(JSON.stringify(reference)) as ConversationReference;
    await desk.adapter.continueConversationAsync('app-id', stored, async (context) => {
      await context.sendActivity('news');
    });
    assert.deepEqual(await desk.said(), ['remember me', 'news']);
  });

  it('creates a conversation and writes into it', async () => {
    const desk = setUp(() => Promise.resolve());
    let created = '';
    const parameters = { members: [{ id: 'dl_other', name: '' }], isGroup: false, bot: BOT, channelData: {} };
    await desk.adapter.createConversationAsync(
      'app-id',
      'directline',
      LOCAL_SERVICE_URL,
      'https://api.botframework.com',
      parameters,
      async (context) => {
        created = context.activity.conversation.id;
        await context.sendActivity('hello there');
      },
    );
    const { activities } = await desk.hub.after(created, 0);
    assert.deepEqual(
      activities.map((activity) => activity.text),
      ['hello there'],
    );
    assert.equal((await desk.hub.get(created))?.audience, 'customer');
  });

  it('is not to be reached by its service URL over HTTP, however it is written', async () => {
    const desk = setUp(() => Promise.resolve());
    for (const serviceUrl of [
      LOCAL_SERVICE_URL,
      'URN:BotFramework:Local',
      ` ${LOCAL_SERVICE_URL}`,
      `${LOCAL_SERVICE_URL}/x`,
    ])
      await assert.rejects(
        desk.authentication.authenticateRequest({ type: 'message', serviceUrl } as never, ''),
        {
          code: 'token.invalid',
        },
      );
  });

  it('builds one connector for one service URL, and another for the next', async () => {
    const desk = setUp(() => Promise.resolve());
    const identity = new ClaimsIdentity([], '');
    const make = (url: string) =>
      desk.authentication.createConnectorFactory(identity).create(url, 'https://api.botframework.com');
    const teams = await make('https://smba.trafficmanager.net/teams/');
    assert.equal(await make('https://smba.trafficmanager.net/teams/'), teams);
    assert.notEqual(await make('https://smba.trafficmanager.net/emea/'), teams);
  });

  it('says sorry once when a turn fails, with the failure in the log', async () => {
    const desk = setUp((context) =>
      context.activity.type === 'message' ? Promise.reject(new Error('storage is gone')) : Promise.resolve(),
    );
    desk.adapter.onTurnError = undefined as never;
    await desk.hub.start(VISITOR, undefined);
    await desk.say('hello');
    assert.deepEqual(await desk.said(), ['hello', 'sorry']);
    assert.match(desk.log.text, /REF.*storage is gone/);
  });
});
