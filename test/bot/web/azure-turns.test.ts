/** What Azure Direct Line delivers: a customer's turns over the channel's own route, the partner's word on them, and forgetting. */
import assert from 'node:assert/strict';
import { SignJWT } from 'jose';
import { textIn } from '../../../locales/text.js';
import { startAzure, type AzureDirectLine } from '../../helpers/azure-direct-line.js';
import { ASKS_HOW_BOUGHT, startDesk, type Desk } from '../../helpers/desk.js';
import { call } from '../../helpers/direct-line.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../../helpers/key-server.js';

const en = textIn('en', 'customer');
const SECRET = 'direct-line-secret.0123456789abcdefABCDEF';
const IDENTITY_SECRET = 'a-shared-secret-of-the-partner-0123456789';
const STAFF_TENANT = '11111111-2222-4333-8444-555555555555';

describe('a customer over Azure Direct Line', function () {
  let azure: AzureDirectLine;
  let desk: Desk;
  let connector: FakeConnector;
  let keys: KeyServer;
  before(async () => {
    [azure, connector, keys] = await Promise.all([startAzure(SECRET), startConnector(), startKeyServer()]);
    const env = {
      ...REGISTERED,
      OFFER_DESK_DIRECT_LINE_SECRET: SECRET,
      OFFER_DESK_DIRECT_LINE_URL: azure.url,
      OFFER_DESK_IDENTITY_SECRET: IDENTITY_SECRET,
    };
    desk = await startDesk({ ...env, ...ASKS_HOW_BOUGHT }, { sdk: keys.sdk(connector.url) });
  });
  after(async () => {
    await desk?.close();
    await Promise.all([azure?.close(), connector?.close(), keys?.close()]);
  });

  const begin = async (identity?: string) => {
    const { body } = await call(`${desk.url}/api/token`, 'POST', { body: { identity } });
    const claims = Buffer.from(body.token.split('.')[1] ?? '', 'base64url').toString();
    return { ...body, user: (JSON.parse(claims) as { user: string }).user };
  };
  type Begun = Awaited<ReturnType<typeof begin>>;
  /** As Azure does it; everything a visitor could have written is staff's. */
  const turn = async (of: Begun, over: Record<string, unknown>) => {
    const before = connector.sent.length;
    const activity = teamsActivity(connector, {
      channelId: 'directline',
      serviceUrl: SERVICE_URL,
      from: { id: of.user, name: 'staff', role: 'user', aadObjectId: 'bbbbbbbb-0000-0000-0000-000000000001' },
      conversation: { id: of.conversationId, tenantId: STAFF_TENANT },
      channelData: { tenant: { id: STAFF_TENANT } },
      ...over,
    });
    const answer = await deliver(desk.url, activity, { authorization: `Bearer ${keys.token()}` });
    assert.equal(answer.status, 200);
    return JSON.stringify(connector.sent.slice(before));
  };
  const join = (of: Begun, over = {}) =>
    turn(of, {
      type: 'conversationUpdate',
      membersAdded: [{ id: of.user }, { id: '28:offer-desk' }],
      ...over,
    });

  for (const channelId of ['directline', 'webchat'])
    it(`is asked for the product first and answered as a customer, as ${channelId}`, async () => {
      const visitor = await begin();
      assert.ok((await join(visitor, { channelId })).includes(en('start.product')));
      const asked = await turn(visitor, {
        channelId,
        text: 'the invoice of Contoso Backup for Azure is too high',
      });
      assert.ok(asked.includes(en('channel.title')));
      assert.ok(!/partner\.microsoft\.com|Partner Center/.test(asked));
    });

  it('is known by the partner’s token, bound to the conversation before the first turn', async () => {
    const identity = await new SignJWT({
      sub: 'customer-7',
      offers: [{ id: 'contoso.backup', channel: 'partner' }],
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('partner')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(new TextEncoder().encode(IDENTITY_SECRET));
    const visitor = await begin(identity);
    assert.ok((await join(visitor)).includes(en('start.issue', { offer: 'Contoso Backup' })));
    assert.ok(
      (await turn(visitor, { text: 'the invoice is too high' })).includes('billing@alpineskihouse.com'),
    );
  });

  for (const channelId of ['directline', 'webchat'])
    it(`leaves nothing here once forgotten, as ${channelId}, and its token opens nothing`, async () => {
      const visitor = await begin();
      await join(visitor, { channelId });
      await turn(visitor, { channelId, text: 'the invoice of Contoso Backup for Azure is too high' });
      const { kysely } = desk.app.stores.database;
      const kept = async () => {
        const rows = await kysely.selectFrom('bot_state').select('key').execute();
        return rows.filter(({ key }) => key.includes(visitor.conversationId) || key.includes(visitor.user))
          .length;
      };
      assert.ok((await kept()) > 0);
      const { resume } = visitor;
      assert.equal((await call(`${desk.url}/api/token/forget`, 'POST', { body: { resume } })).status, 200);
      assert.equal(await kept(), 0);
      assert.equal((await call(`${desk.url}/api/token/resume`, 'POST', { body: { resume } })).status, 404);
    });
});
