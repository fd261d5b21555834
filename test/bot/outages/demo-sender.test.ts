/** The demo sender: a whole outage over HTTP, one at a time, and only in local mode. */
import assert from 'node:assert/strict';
import { DEMO_SOURCE } from '../../../bot/outages/demo-sender.js';
import { startDesk, textOf, Visitor, type Desk } from '../../helpers/desk.js';
import { REGISTERED } from '../../helpers/key-server.js';
import { until } from '../../helpers/outage-sender.js';

const begin = (desk: Desk, pauseSeconds: number) =>
  fetch(`${desk.url}/demo/outage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pauseSeconds }),
  });

describe('the demo sender', function () {
  it('plays an outage from its start to its end, and staff of the local page see the card', async () => {
    const desk = await startDesk();
    try {
      const { history, incidents } = desk.app.stores.outages;
      const first = (await (await begin(desk, 600)).json()) as { id: string; title: string };
      const [open] = await incidents.open();
      assert.equal(open?.title, first.title, 'open before the answer, because the page asks at once');
      const again = (await (await begin(desk, 0)).json()) as { id: string };
      assert.equal(again.id, first.id, 'one at a time');
      const staff = await Visitor.join(desk.url, 'partner');
      const [menu] = await staff.say('outages');
      assert.ok(menu && textOf(menu).includes(first.title));
      const [card] = await staff.press(menu, new RegExp(first.title));
      assert.match(textOf(card!), /Sign-in fails for some users/);
      assert.equal((await history.ofSource(DEMO_SOURCE, 5)).length, 1);
    } finally {
      await desk.close();
    }
  });

  it('ends the outage that it began', async () => {
    const desk = await startDesk();
    try {
      assert.equal((await begin(desk, 0)).status, 202);
      const { history } = desk.app.stores.outages;
      const over = await until(
        async () => (await history.ofSource(DEMO_SOURCE, 5)).find(({ state }) => state === 'resolved'),
        'the end',
      );
      assert.deepEqual(
        over.updates.map(({ state }) => state),
        ['resolved', 'identified', 'investigating'],
      );
    } finally {
      await desk.close();
    }
  });

  it('is not there on a registered desk', async () => {
    const desk = await startDesk(REGISTERED);
    try {
      assert.equal((await begin(desk, 0)).status, 404);
    } finally {
      await desk.close();
    }
  });
});
