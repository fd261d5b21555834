/**
 * Guests and strangers against a registered desk. The activities have only what Teams sends: an id, a name and an Entra
 * id. Nobody receives a hidden byte until the platform has confirmed the membership.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CANARY, DIRECTORY, PROFILE } from '../helpers/canary.js';
import { startDesk, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { clicksOf, TeamsChat, type Button, type BotMessage, type Person } from '../helpers/teams-chat.js';

const HOME = 'aaaaaaaa-0000-0000-0000-000000000001';
const ELSEWHERE = 'cccccccc-0000-0000-0000-000000000001';
const QUESTION = 'Contoso Backup crashes with an error when a backup runs';
const HOUR = 3_600_000;

describe('a registered desk', function () {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  let ahead = 0;
  let next = 0;
  const folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-guests-'));
  before(async () => {
    const file = (name: string, content: object) => {
      writeFileSync(path.join(folder, name), JSON.stringify(content));
      return path.join(folder, name);
    };
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = {
      ...REGISTERED,
      OFFER_DESK_PARTNER_TENANTS: HOME,
      OFFER_DESK_DIRECTORY: file('directory.json', DIRECTORY),
      OFFER_DESK_PROFILE: file('profile.json', PROFILE),
    };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), now: () => Date.now() + ahead });
  });
  after(async () => {
    await Promise.all([desk?.close(), connector?.close(), keys?.close()]);
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    connector.memberIs(undefined);
    connector.failLookups(undefined);
  });

  /** A person nobody has met, with the only fields that Teams sends about a sender. */
  const stranger = (): Person => {
    next += 1;
    const aadObjectId = `bbbbbbbb-0000-0000-0000-${String(next).padStart(12, '0')}`;
    return { id: `29:person-${next}`, name: `Person ${next}`, aadObjectId };
  };
  const chatOf = (person: Person, over: Record<string, unknown> = {}) =>
    new TeamsChat(
      desk,
      connector,
      { id: `a:of-${person.id}`, conversationType: 'personal' },
      { serviceUrl: SERVICE_URL, from: person, ...over },
      { authorization: `Bearer ${keys.token({ exp: Math.floor((Date.now() + ahead) / 1000) + 3600 })}` },
    );

  /** Everything that a person receives who arrives, asks, clicks each button, searches and pastes a link. */
  async function received(person: Person, over: Record<string, unknown> = {}): Promise<string> {
    const chat = chatOf(person, over);
    const bytes: unknown[] = [];
    const hears = async (sent: Promise<unknown>): Promise<void> => void bytes.push(await sent, chat.sent());
    await hears(chat.deliver({ type: 'conversationUpdate', membersAdded: [{ id: person.id }] }));
    await chat.deliver({ text: QUESTION });
    const cards = chat.news();
    bytes.push(cards);
    for (const card of cards)
      for (const button of clicksOf(card)) await hears(chat.execute(card, button, person));
    for (const text of ['engineering contact of Contoso Backup', 'why', 'admin', 'outages'])
      await hears(chat.deliver({ text }));
    const query = { commandId: 'searchOffers', parameters: [{ name: 'query', value: 'Contoso Backup' }] };
    await hears(chat.deliver({ type: 'invoke', name: 'composeExtension/query', value: query }));
    const messagePayload = { id: '1', body: { contentType: 'html', content: QUESTION } };
    const about = { commandId: 'whoHandlesThis', commandContext: 'message', messagePayload };
    await hears(chat.deliver({ type: 'invoke', name: 'composeExtension/fetchTask', value: about }));
    return JSON.stringify(bytes);
  }

  it('shows hidden contacts to a member whom the platform confirms, from the first message on', async () => {
    assert.match(await received(stranger()), CANARY);
  });

  const others: readonly [who: string, fields: Record<string, unknown>][] = [
    ['a guest by role', { userRole: 'guest' }],
    ['a guest by the form of the name', { userPrincipalName: 'eve_fabrikam.com#EXT#@contoso.com' }],
    ['a guest by both', { userRole: 'guest', userPrincipalName: 'eve_fabrikam.com#EXT#@contoso.com' }],
    ['an anonymous person of a meeting', { userRole: 'anonymous', userPrincipalName: null }],
    ['a person of another tenant', { tenantId: ELSEWHERE, userPrincipalName: 'eve@fabrikam.com' }],
    ['somebody whose role the platform does not name', { userRole: null }],
    ['somebody for whom the platform names another person', { aadObjectId: ELSEWHERE }],
    ['somebody with two different ids', { objectId: ELSEWHERE }],
  ];
  for (const [who, fields] of others) {
    it(`shows no hidden byte to ${who}`, async () => {
      connector.memberIs(fields);
      const bytes = await received(stranger());
      assert.match(bytes, /Contoso Backup/);
      assert.doesNotMatch(bytes, CANARY);
    });
  }

  it('shows no hidden byte to a conversation of another tenant, and does not even ask about the person', async () => {
    const before = connector.lookups();
    const person = stranger();
    const conversation = { id: `a:of-${person.id}`, conversationType: 'personal', tenantId: ELSEWHERE };
    const bytes = await received(person, { conversation, channelData: { tenant: { id: ELSEWHERE } } });
    assert.match(bytes, /Contoso Backup/);
    assert.doesNotMatch(bytes, CANARY);
    assert.equal(connector.lookups(), before);
  });

  for (const failure of [403, 404, 429, 500, 503, 'silent'] as const) {
    it(`treats a sender as a customer while the lookup ends with ${failure}, and as staff soon after`, async () => {
      const person = stranger();
      connector.failLookups(failure);
      const bytes = await received(person);
      assert.match(bytes, /Contoso Backup/);
      assert.doesNotMatch(bytes, CANARY);
      connector.failLookups(undefined);
      ahead += 20_000;
      assert.match(await received(person), CANARY);
    });
  }

  it('asks the platform once for a person, and again when the answer is too old', async () => {
    const person = stranger();
    const before = connector.lookups();
    await received(person);
    await received(person);
    assert.equal(connector.lookups(), before + 1);
    ahead += 4 * HOUR + 1;
    await received(person);
    assert.equal(connector.lookups(), before + 2);
  });

  it('shows nothing hidden to a member who became a guest, also behind the buttons of older cards', async () => {
    const person = stranger();
    const chat = chatOf(person);
    await chat.deliver({ text: QUESTION });
    const old = chat.news();
    assert.match(JSON.stringify(old), CANARY);
    const buttons = old.flatMap((card) =>
      clicksOf(card).map((button): [BotMessage, Button] => [card, button]),
    );
    assert.ok(buttons.length > 0);
    ahead += 4 * HOUR + 1;
    connector.memberIs({ userRole: 'guest', userPrincipalName: 'p_fabrikam.com#EXT#@contoso.com' });
    const later = chatOf(person);
    const bytes: unknown[] = [];
    for (const [card, button] of buttons) bytes.push(await later.execute(card, button, person), later.sent());
    for (const text of ['why', 'who else', 'it did not help']) bytes.push(await later.deliver({ text }));
    bytes.push(later.sent());
    assert.ok(JSON.stringify(bytes).length > 1_000);
    assert.doesNotMatch(JSON.stringify(bytes), CANARY);
    assert.doesNotMatch(await received(person), CANARY);
  });

  it('shows nothing hidden to a guest who clicks the buttons of a member’s card', async () => {
    const member = chatOf(stranger());
    await member.deliver({ text: QUESTION });
    const [card] = member.news();
    assert.match(JSON.stringify(card), CANARY);
    const guest = stranger();
    connector.memberIs({ userRole: 'guest' });
    const own = chatOf(guest);
    const bytes: unknown[] = [];
    for (const button of clicksOf(card)) {
      bytes.push(await own.execute(card!, button, guest), own.sent());
      bytes.push(await own.submit(card!, button, guest), own.sent());
    }
    assert.ok(bytes.length >= 8);
    assert.doesNotMatch(JSON.stringify(bytes), CANARY);
  });
});
