/** A manager without a subscription gets a card of an outage that the team follows, reads why, and stops the cards. */
import assert from 'node:assert/strict';
import type { People } from '../../bot/graph/people.js';
import { startDesk, textOf, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer, type KeyServer } from '../helpers/key-server.js';
import { cardIn, deliveryOf, outageSender, until } from '../helpers/outage-sender.js';
import { ADA, BEN, clickOf, TeamsChat } from '../helpers/teams-chat.js';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const OFFER = 'Contoso Backup for Azure';
const unasked = () => Promise.reject(new Error('nobody should ask this'));
/** Ben is the manager of Ada. The ids have the form that Graph uses. */
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
  /** Restarts the desk as if an hour passed, so that the hourly work runs again. */
  async function anotherHour(): Promise<void> {
    const { kysely } = desk.app.stores.database;
    await kysely.deleteFrom('turn_claims').where('channel_id', '=', 'retention').execute();
    const before = desk.entries.length;
    await desk.restart();
    await until(
      () => desk.entries.slice(before).find((one) => one.event === 'team-defaults.refreshed'),
      'the look at the teams',
    );
  }
  it('send the manager the card, say why, and stop after the manager declines', async function () {
    await chat('a:ada').say(`outages follow ${OFFER}`, ADA);
    await chat('a:ben').say('help', BEN);
    await anotherHour();
    const first = await outageSender(desk, 'first', OFFER);
    await first('investigating');
    const card = await cardIn(connector, 'a:ben', 'first is down');
    assert.match(textOf(card), new RegExp(`because your team follows ${OFFER}`));
    assert.match(
      textOf(await cardIn(connector, 'a:ada', 'first is down')),
      new RegExp(`because you follow ${OFFER}`),
    );
    await chat('a:ben').execute(card, clickOf(card, 'outage-unsubscribe'), BEN);
    await anotherHour();
    await first('resolved');
    await (
      await outageSender(desk, 'second', OFFER)
    )('investigating');
    await cardIn(connector, 'a:ada', 'second is down');
    assert.ok(await deliveryOf(desk, 'second', `p|${ADA.id}`));
    assert.equal(await deliveryOf(desk, 'second', `p|${BEN.id}`), undefined);
  });
});
