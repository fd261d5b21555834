/** Senders that sign with the packages of their standards, attacks with wrong tokens, and a flood, over HTTP. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { Webhook as SvixWebhook } from 'svix';
import { hashUrlToken } from '../../../bot/outages/verify.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { startDesk, type Desk } from '../../helpers/desk.js';

const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const PAGERDUTY_SECRET = 'a secret that PagerDuty made';

describe('senders of outages, over HTTP', function () {
  let desk: Desk;
  let ahead = 0;
  before(async () => {
    desk = await startDesk({}, { now: () => Date.now() + ahead });
    const { secrets } = desk.app.stores.outages;
    await secrets.write('signed/1', SECRET, 1);
    await secrets.write('pager/1', PAGERDUTY_SECRET, 1);
  });
  after(() => desk.close());

  const register = (id: string, over: Partial<OutageSource> = {}) => {
    const source: OutageSource = {
      id, publisherId: id, offers: 'all', componentOffers: {}, owner: 'publisher', format: 'own', active: true,
      tellsApart: true, auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] }, confirmAt: null, ...over,
    }; // prettier-ignore
    return desk.app.stores.outages.sources.save(source, 'test', 1);
  };
  const post = (where: string, body: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${desk.url}/api/outages/${where}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const own = (id: string) => JSON.stringify({ id, title: `Outage ${id}`, state: 'open', severity: 'major' });
  const titles = async (id: string) =>
    (await desk.app.stores.outages.history.ofSource(id, 100)).map((one) => one.title).sort();

  const libraries = [
    ['svix', 'svix', new SvixWebhook(SECRET)],
    ['standardwebhooks', 'webhook', new StandardWebhook(SECRET)],
  ] as const;
  for (const [name, prefix, library] of libraries) {
    it(`are believed when the package ${name} signs, once, and only with the signed bytes`, async () => {
      await register(name, { auth: { kind: 'standard-webhooks', secretRefs: ['signed/1'] } });
      const body = own(name);
      const at = new Date();
      const id = `msg_${name}`;
      const headers = {
        [`${prefix}-id`]: id,
        [`${prefix}-timestamp`]: String(Math.floor(at.getTime() / 1000)),
        [`${prefix}-signature`]: library.sign(id, at, body),
      };
      assert.equal((await post(name, body.replace('major', 'minor'), headers)).status, 401);
      assert.equal((await post(name, body, headers)).status, 200);
      assert.match(await (await post(name, body, headers)).text(), /seen-before|"results":\[\]/);
      assert.deepEqual(await titles(name), [`Outage ${name}`]);
    });
  }

  it('are believed when PagerDuty signs, with several signatures while its key rotates', async () => {
    await register('pager', { format: 'pagerduty', auth: { kind: 'pagerduty', secretRefs: ['pager/1'] } });
    const body = (title: string) =>
      JSON.stringify({
        event: {
          id: `E-${title}`,
          event_type: 'incident.triggered',
          resource_type: 'incident',
          occurred_at: new Date().toISOString(),
          data: {
            id: `P-${title}`,
            type: 'incident',
            title,
            status: 'triggered',
            urgency: 'high',
            service: { id: 'S', summary: 'Shop', type: 'service_reference' },
          },
        },
      });
    const mac = (text: string, secret = PAGERDUTY_SECRET) =>
      `v1=${createHmac('sha256', secret).update(text).digest('hex')}`;
    const status = async (text: string, signature: string) =>
      (await post('pager', text, { 'x-pagerduty-signature': signature })).status;
    const one = body('Checkout fails');
    assert.deepEqual(
      [
        await status(one, mac(one, 'another secret')),
        await status(one, mac(body('Another body'))),
        await status(one, ''),
        await status(one, mac(one).slice(3)),
      ],
      [401, 401, 401, 401],
    );
    assert.deepEqual(await titles('pager'), []);
    assert.equal(await status(one, `${mac(one, 'the old secret')},${mac(one)}`), 200);
    assert.deepEqual(await titles('pager'), ['Checkout fails']);
  });

  it('without a signature become one incident above ten new outages in an hour; no outage is refused or lost', async () => {
    await register('flood');
    for (let n = 1; n <= 25; n += 1)
      assert.equal(
        (await post(`flood?token=${TOKEN}`, own(`F${String(n)}`))).status,
        200,
        `outage ${String(n)}`,
      );
    const found = await desk.app.stores.outages.history.ofSource('flood', 100);
    const many = found.find((one) => one.manyFrom === 'flood');
    assert.equal(found.length, 11);
    const told = [
      ...found.filter((one) => one !== many).map((one) => one.title),
      ...(many?.updates ?? []).map((one) => one.text),
    ];
    assert.deepEqual(told.sort(), Array.from({ length: 25 }, (_, at) => `Outage F${String(at + 1)}`).sort());
  });

  it('name an offer of the directory in any letter case', async () => {
    await register('case', { publisherId: 'proseware' });
    const body = JSON.stringify({
      id: 'W',
      title: 'Slow',
      state: 'open',
      severity: 'minor',
      offers: ['wa200001234'],
    });
    assert.equal((await post(`case?token=${TOKEN}`, body)).status, 200);
    const [one] = await desk.app.stores.outages.history.ofSource('case', 1);
    assert.deepEqual([one?.affected.offers, one?.unrecognised], [['WA200001234'], undefined]);
  });

  it('cannot guess a token: after twenty wrong tokens in a minute the address has to wait', async () => {
    await register('guarded');
    ahead += 120_000;
    const statuses: number[] = [];
    for (let n = 0; n < 300; n += 1) {
      const answer = await post(`guarded?token=${String(n).padStart(40, 'x')}`, own('G'));
      statuses.push(answer.status);
      if (answer.status === 429) assert.equal(answer.headers.get('retry-after'), '60');
      await answer.arrayBuffer();
    }
    assert.deepEqual(
      [statuses.filter((one) => one === 401).length, statuses.filter((one) => one === 429).length],
      [20, 280],
    );
    assert.deepEqual(await titles('guarded'), []);
    assert.equal((await post(`guarded?token=${TOKEN}`, own('G'))).status, 200, 'the right token still works');
    ahead += 61_000;
    assert.equal((await post('guarded?token=wrong', own('G'))).status, 401, 'the minute is over');
  });
});
