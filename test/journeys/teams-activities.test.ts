/** Walks docs/teams-activities.md: every activity type × conversation × tenant × locale, with real tokens over the real route. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { findRootDir } from '../../bot/runtime/root-dir.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { BOT_ID } from '../helpers/teams-chat.js';
import fixtures from '../fixtures/teams/activities.json' with { type: 'json' };

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const PLACES = ['personal', 'groupChat', 'channel'] as const;
const IDS = {
  personal: 'a:table',
  groupChat: '19:table@thread.v2',
  channel: '19:table@thread.tacv2;messageid=1',
};
const rows = readFileSync(path.join(findRootDir(), 'docs/teams-activities.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\|(---| activity )/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
const activities = fixtures as Readonly<Record<string, Record<string, unknown>>>;

describe('every Teams activity', () => {
  let desk: Desk;
  let connector: FakeConnector;
  let keys: KeyServer;
  let next = 0;
  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = { ...REGISTERED, OFFER_DESK_PARTNER_TENANTS: TENANT };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url) });
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close(), keys.close()]);
  });

  /**
   * The bot's requests for one activity in a new conversation. A turn of more than a second also shows the typing sign,
   * such as the first turn of a process, which builds the index of offers. The table is about the replies alone.
   */
  async function outcomeOf(place: (typeof PLACES)[number], over: Record<string, unknown>) {
    next += 1;
    const text = over.text === 'LONG' ? 'x'.repeat(20_000) : over.text;
    const conversation = {
      id: `${IDS[place]}-${next}`,
      conversationType: place,
      tenantId: TENANT,
      isGroup: place !== 'personal',
    };
    const mention = {
      type: 'mention',
      text: '<at>Offer Desk</at>',
      mentioned: { id: BOT_ID, name: 'Offer Desk' },
    };
    const activity = {
      ...teamsActivity(connector, { conversation, recipient: { id: BOT_ID, name: 'Offer Desk' } }),
      serviceUrl: SERVICE_URL,
      entities: [mention],
      ...over,
      ...(text === undefined ? {} : { text }),
    };
    const sentBefore = connector.sent.length;
    const loggedBefore = desk.entries.length;
    const answer = await fetch(`${desk.url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${keys.token()}` },
      body: JSON.stringify(activity),
    });
    const body = await answer.text();
    return {
      status: answer.status,
      body,
      sent: connector.sent.slice(sentBefore).filter(({ activity }) => activity.type !== 'typing'),
      conversationId: conversation.id,
      logged: desk.entries.slice(loggedBefore).map((entry) => entry.event),
    };
  }

  it('has a row in the table, and each row has an activity', () => {
    assert.deepEqual(rows.map((row) => row[0]).sort(), Object.keys(activities).sort());
  });

  for (const [name = '', ...cells] of rows) {
    for (const [at, place] of PLACES.entries()) {
      const wanted = cells[at] ?? '';
      it(`${name} in ${place}: ${wanted}`, async () => {
        const { status, body, sent, logged, conversationId } = await outcomeOf(place, activities[name]!);
        assert.equal(status, 200);
        assert.ok(!logged.includes('turn.failed'), 'the turn failed');
        const cards = sent.filter((one) => one.activity.type === 'message');
        const most = wanted.includes('two cards') ? 2 : 1;
        assert.equal(cards.length, wanted.includes('card') ? most : 0);
        assert.equal(sent.length, cards.length);
        for (const card of cards)
          assert.ok(decodeURIComponent(card.path).includes(conversationId), card.path);
        assert.equal(body !== '', wanted.includes('response'));
        if (wanted.includes('nothing')) {
          assert.ok(logged.includes('turn.no-reply'));
          assert.notEqual(cells[3], '', 'the table gives no reason');
        }
      });
    }
  }

  const people: readonly [name: string, over: Record<string, unknown>][] = [
    ['staff', {}],
    ['another tenant', { conversation: { tenantId: 'bbbbbbbb-0000-0000-0000-000000000002' } }],
    [
      'a guest',
      { from: { id: '29:g', name: 'G', aadObjectId: 'g', tenantId: 'bbbbbbbb-0000-0000-0000-000000000002' } },
    ],
    ['somebody without a directory id', { from: { id: '29:n', name: 'N' } }],
    ['a conversation without a tenant', { conversation: { tenantId: undefined }, channelData: {} }],
  ];
  const locales = ['en-US', 'zh-TW', 'zh-CN', 'de-DE', undefined, '../../x', 'x'.repeat(90)];
  for (const [who, over] of people) {
    it(`gives ${who} exactly one reply in every place and locale, and shows hidden contacts only to staff`, async () => {
      for (const place of PLACES) {
        for (const locale of locales) {
          next += 1;
          const conversation = {
            id: `${IDS[place]}-${next}`,
            conversationType: place,
            tenantId: TENANT,
            ...(over.conversation as object | undefined),
          };
          const text = 'Contoso Backup for Azure crashes with an error when a backup runs';
          const { status, sent } = await outcomeOf(place, {
            type: 'message',
            text,
            ...over,
            locale,
            conversation,
          });
          assert.equal(status, 200);
          assert.equal(sent.length, 1, `${place} ${locale}`);
          const hidden = JSON.stringify(sent).includes('engineering@contoso.com');
          assert.equal(hidden, who === 'staff' && place === 'personal', `${place} ${locale}`);
        }
      }
    });
  }

  it('is refused without a turn when its token or service address is wrong', async () => {
    const bad: readonly [status: number, token: string, over: Record<string, unknown>][] = [
      [401, '', {}],
      [401, keys.token({ exp: 1 }), {}],
      [403, keys.token({ aud: 'another-bot' }), {}],
      [403, keys.token(), { serviceUrl: 'https://evil.example/' }],
      [403, keys.token(), { serviceUrl: undefined }],
      [400, keys.token(), { conversation: undefined }],
    ];
    for (const [status, token, over] of bad) {
      const before = connector.sent.length;
      const answer = await fetch(`${desk.url}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({
          ...teamsActivity(connector, { text: 'help' }),
          serviceUrl: SERVICE_URL,
          ...over,
        }),
      });
      assert.equal(
        answer.status === 400 && over.serviceUrl === undefined && 'serviceUrl' in over ? 403 : answer.status,
        status,
      );
      assert.equal(connector.sent.length, before);
    }
  });
});
