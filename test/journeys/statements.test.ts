/** How many statements one turn sends to PostgreSQL. The test fails with their texts. */
import assert from 'node:assert/strict';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventEmitter } from 'node:events';
import http from 'node:http';
import pg from 'pg';
import sinon from 'sinon';
import { startDesk, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { TestStore } from '../helpers/stores.js';

/** The most statements of one turn. `begin` and `commit` count. */
const MOST = 3;

describe('one turn on PostgreSQL', function () {
  let place: TestStore | undefined;
  let connector: FakeConnector;
  let keys: KeyServer;
  let desk: Desk;
  const request = new AsyncLocalStorage<string[]>();

  before(async function () {
    place = await TestStore.prepare('postgres');
    if (!place?.databaseUrl) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
    [connector, keys] = await Promise.all([startConnector(), startKeyServer()]);
    const tenant = 'aaaaaaaa-0000-0000-0000-000000000001';
    const env = { ...REGISTERED, DATABASE_URL: place.databaseUrl, OFFER_DESK_PARTNER_TENANTS: tenant };
    // The clock stands still, so that no value is read again because of its age.
    const startedAt = Date.now();
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), now: () => startedAt });
  });
  afterEach(() => sinon.restore());
  after(async () => {
    await desk?.close();
    await Promise.all([connector?.close(), keys?.close()]);
    await place?.remove();
  });

  /** Gives the next requests one list, and notes every statement that follows from them. */
  const noteStatements = (): string[] => {
    const noted: string[] = [];
    type Emit = (this: EventEmitter, event: string, ...args: unknown[]) => boolean;
    const emit = Reflect.get(http.Server.prototype, 'emit') as Emit;
    const emitting: Emit = function (event, ...args) {
      const [incoming] = args;
      const emitted = () => emit.call(this, event, ...args);
      if (event !== 'request' || !(incoming instanceof http.IncomingMessage)) return emitted();
      if (incoming.url !== '/api/messages') return emitted();
      // The parser emits the body's events outside of the request's context.
      const emitBody = incoming.emit.bind(incoming) as (...given: unknown[]) => boolean;
      incoming.emit = (...given: unknown[]) => request.run(noted, () => emitBody(...given));
      return request.run(noted, emitted);
    };
    sinon.stub(http.Server.prototype, 'emit').callsFake(emitting as never);
    type Query = (this: pg.Client, ...given: unknown[]) => unknown;
    const query = Reflect.get(pg.Client.prototype, 'query') as Query;
    const querying: Query = function (...given) {
      const [said] = given as [string | { readonly text: string }];
      request.getStore()?.push(typeof said === 'string' ? said : said.text);
      return query.apply(this, given);
    };
    sinon.stub(pg.Client.prototype, 'query').callsFake(querying);
    return noted;
  };

  const say = async (text: string, over: Record<string, unknown> = {}) => {
    const authorization = `Bearer ${keys.token()}`;
    const activity = teamsActivity(connector, { serviceUrl: SERVICE_URL, text, ...over });
    assert.equal((await deliver(desk.url, activity, { authorization })).status, 200);
  };

  /** The statements of one turn; the turn before has read what the conversation's first turn needs. */
  const statementsOf = async (
    over: Record<string, unknown>,
    text = 'refund for contoso backup',
  ): Promise<readonly string[]> => {
    await say('help', over);
    const noted = noteStatements();
    await say(text, over);
    assert.ok(noted.length > 0, 'the turn uses the database');
    return noted;
  };
  const atMost = (most: number, noted: readonly string[]) =>
    assert.ok(noted.length <= most, `${noted.length} statements:\n${noted.join('\n')}`);

  it(`sends at most ${MOST} statements`, async () => {
    const conversation = { id: 'a:customer', conversationType: 'personal' };
    atMost(MOST, await statementsOf({ conversation, channelData: {} }));
  });

  it('sends one more for each feature that an answer about an offer touches', async () => {
    const conversation = { id: 'a:answer', conversationType: 'personal' };
    const noted = await statementsOf({ conversation, channelData: {} }, 'who supports fabrikam crm');
    const isFeature = (text: string) => /"(?:lessons|incidents|asked_offers)"/.test(text);
    atMost(3, noted.filter(isFeature));
    atMost(
      MOST,
      noted.filter((text) => !isFeature(text)),
    );
  });

  it('looks for staff, beside the turn, whether outage cards reach them', async () => {
    const noted = await statementsOf({});
    const isLook = (text: string) => text.includes('"outage_readers"');
    atMost(1, noted.filter(isLook));
    atMost(
      MOST,
      noted.filter((text) => !isLook(text)),
    );
  });
});
