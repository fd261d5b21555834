/** A manager who asked for nothing gets the card of an outage the team follows, is told why, and stops it for good. */
import assert from 'node:assert/strict';
import type { People } from '../../bot/graph/people.js';
import { addSource } from '../../bot/cli/outage-sources.js';
import { startDesk, textOf, type Desk, type Reply } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { ADA, BEN, clickOf, TeamsChat, type Said } from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const OFFER = 'Contoso Backup for Azure';
const unasked = () => Promise.reject(new Error('nobody should ask this'));
/** Ben leads Ada, as Graph writes ids. */
const people: People = {
  idOf: unasked,
  presenceOf: unasked,
  groupsOf: unasked,
  managerOf: (id) =>
    Promise.resolve(
      id === ADA.aadObjectId
        ? { kind: 'known', value: { id: BEN.aadObjectId.toUpperCase(), name: 'Ben' } }
        : { kind: 'none' },
    ),
};

describe('the defaults of a manager’s team', () => {
  let keys: KeyServer;
  let connector: FakeConnector;
  let desk: Desk;
  before(async () => {
    [keys, connector] = await Promise.all([startKeyServer(), startConnector()]);
    const env = { ...REGISTERED, OFFER_DESK_PARTNER_TENANTS: TENANT, OFFER_DESK_PEOPLE: 'team' };
    desk = await startDesk(env, { sdk: keys.sdk(connector.url), people });
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close(), keys.close()]);
  });

  const chat = (id: string) =>
    new TeamsChat(
      desk,
      connector,
      { id, conversationType: 'personal' },
      { serviceUrl: SERVICE_URL },
      { authorization: `Bearer ${keys.token()}` },
    );
  async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
    for (let tries = 0; tries < 400; tries += 1) {
      const found = await look();
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${what} did not come`);
  }
  /** The next hour, for the work that is done once an hour. */
  async function anotherHour(): Promise<void> {
    const { kysely } = desk.app.stores.database;
    await kysely.deleteFrom('turn_claims').where('channel_id', '=', 'upkeep').execute();
    const before = desk.entries.length;
    await desk.restart();
    await until(
      () => desk.entries.slice(before).find((one) => one.event === 'teams.refreshed'),
      'the look at the teams',
    );
  }
  /** A sender of its own; says what it is told to. */
  async function sender(id: string): Promise<(state: string) => Promise<void>> {
    const { sources, secrets } = desk.app.stores.outages;
    const source = { id, format: 'own', publisher: 'contoso', confirmFrom: 'never' };
    const deps = { sources, secrets, actor: 'test', now: Date.now, publicUrl: desk.url };
    const token = /\?token=([\w-]+)/.exec(JSON.stringify(await addSource(deps, source)))?.[1] ?? '';
    const [offer] = desk.app.directory.view().index.search(OFFER, 1);
    const event = {
      id,
      title: `${id} is down`,
      severity: 'critical',
      affected: { offers: [offer?.offerId] },
    };
    return async (state) => {
      const body = JSON.stringify({ ...event, state, updated: new Date().toISOString() });
      const headers = { 'content-type': 'application/json' };
      const address = `${desk.url}/api/outages/${id}?token=${token}`;
      const answer = await fetch(address, { method: 'POST', headers, body });
      assert.ok(answer.ok, await answer.text());
    };
  }
  /** The card of an outage in somebody's chat. */
  const cardIn = (id: string, title: string): Promise<Said> =>
    until(() => {
      const at = connector.sent.findIndex(
        (one) =>
          one.method === 'POST' &&
          decodeURIComponent(one.path).includes(id) &&
          textOf(one.activity as unknown as Reply).includes(title),
      );
      return at < 0
        ? undefined
        : { ...(connector.sent[at]?.activity as unknown as Reply), sentId: `sent-${at + 1}` };
    }, title);

  it('bring the card, say why, and stay away once declined', async function () {
    this.timeout(30_000);
    await chat('a:ada').say(`outages follow ${OFFER}`, ADA);
    await chat('a:ben').say('help', BEN);
    await anotherHour();
    const first = await sender('first');
    await first('investigating');
    const card = await cardIn('a:ben', 'first is down');
    assert.match(textOf(card), new RegExp(`because your team follows ${OFFER}`));
    assert.match(textOf(await cardIn('a:ada', 'first is down')), new RegExp(`because you follow ${OFFER}`));
    await chat('a:ben').execute(card, clickOf(card, 'outage-unsubscribe'), BEN);
    await anotherHour();
    await first('resolved');
    await (
      await sender('second')
    )('investigating');
    await cardIn('a:ada', 'second is down');
    const { incidents, deliveries } = desk.app.stores.outages;
    const second = (await incidents.open()).find((one) => one.title.includes('second'));
    assert.ok(second);
    assert.ok(await deliveries.one(second.id, `p|${ADA.id}`));
    assert.equal(await deliveries.one(second.id, `p|${BEN.id}`), undefined);
  });
});
