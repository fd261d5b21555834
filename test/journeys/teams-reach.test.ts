/** Outage cards reach people who installed the bot, but not people who blocked it, removed it or stopped the cards. */
import assert from 'node:assert/strict';
import { deliveryLedger } from '../../bot/cli/outage-ledger.js';
import { startDesk, textOf, type Desk } from '../helpers/desk.js';
import { startConnector, type FakeConnector } from '../helpers/fake-connector.js';
import { cardIn, deliveryOf, outageSender, until } from '../helpers/outage-sender.js';
import { ADA, BEN, clickOf, TeamsChat, type Person } from '../helpers/teams-chat.js';

const OFFER = 'Contoso Backup for Azure';
const reader = ({ id }: Person) => `p|${id}`;

describe('outage cards in Teams', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let last: ((state: string) => Promise<void>) | undefined;
  before(async () => {
    [desk, connector] = await Promise.all([startDesk(), startConnector()]);
    for (const person of [ADA, BEN]) await chat(person).say(`outages follow ${OFFER}`, person);
  });
  after(async () => {
    await Promise.all([desk.close(), connector.close()]);
  });

  const place = ({ name }: Person) => `a:reach-${name}`;
  const chat = (person: Person) =>
    new TeamsChat(desk, connector, { id: place(person), conversationType: 'personal' });
  const installation = (person: Person, action: string) =>
    chat(person).deliver({ type: 'installationUpdate', action, from: person });
  /** Ends the last outage of the offer and reports a new outage. */
  async function outage(id: string): Promise<void> {
    await last?.('resolved');
    last = await outageSender(desk, id, OFFER);
    await last('investigating');
  }
  /** The reason why a person gets no card of an outage. Fails when a card is due. */
  async function whyNot(title: string, person: Person): Promise<string | null> {
    const delivery = await deliveryOf(desk, title, reader(person));
    if (!delivery) return 'nothing asked for';
    assert.deepEqual([delivery.status, delivery.attempts], ['muted', 0]);
    return delivery.code;
  }
  const requestsTo = (person: Person, title: string) =>
    connector.sent.filter(
      (one) =>
        decodeURIComponent(one.path).includes(place(person)) && JSON.stringify(one.activity).includes(title),
    ).length;

  it('stop after one attempt for a person who blocked the bot, and start again after an installation', async () => {
    await chat(BEN).say('outages stop', BEN);
    connector.failNext('POST', 403, 'ConversationBlockedByUser');
    await outage('blocked');
    const stopped = await until(async () => {
      const delivery = await deliveryOf(desk, 'blocked', reader(ADA));
      return delivery?.status === 'stopped' ? delivery : undefined;
    }, 'the end of trying');
    const report = await deliveryLedger(desk.app.stores.outages.deliveries, stopped.incidentId);
    assert.equal(report.stopped, 1);
    assert.equal(Object.keys(report.failedByCode).length, 1);
    assert.equal(requestsTo(ADA, 'blocked is down'), 1);
    await outage('unheard');
    assert.equal(await whyNot('unheard', ADA), 'unreachable');
    await installation(ADA, 'add');
    await outage('back');
    await cardIn(connector, place(ADA), 'back is down');
  });

  it('are not sent to a person who removed the bot, and are sent again after a new installation', async () => {
    await installation(ADA, 'remove');
    await outage('removed');
    assert.equal(await whyNot('removed', ADA), 'unreachable');
    await installation(ADA, 'add');
    await outage('again');
    await cardIn(connector, place(ADA), 'again is down');
    assert.equal(requestsTo(ADA, 'removed is down'), 0);
  });

  it('say why the bot sent them, and have a button that stops the cards, like "outages stop"', async () => {
    await chat(BEN).say('outages start', BEN);
    await outage('reasons');
    for (const person of [ADA, BEN]) {
      const card = await cardIn(connector, place(person), 'reasons is down');
      assert.match(textOf(card), /You get this because you follow/);
      if (person === ADA) await chat(ADA).execute(card, clickOf(card, 'outage-unsubscribe'));
      else await chat(BEN).say('outages stop', BEN);
    }
    await outage('silent');
    assert.equal(await whyNot('silent', ADA), 'nothing asked for');
    assert.equal(await whyNot('silent', BEN), 'opted-out');
  });
});
