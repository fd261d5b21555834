/** Unfinished bodies and wrong signatures of one address never stop the notices of others. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request, type ClientRequest } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { bodyPlaces } from '../../../bot/outages/admit.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { startDesk, type Desk } from '../../helpers/desk.js';
import { REGISTERED } from '../../helpers/key-server.js';

const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const SOURCE: OutageSource = {
  ...{ id: 'signed', publisherId: 'contoso', offers: 'all', componentOffers: {}, owner: 'publisher' },
  ...{ format: 'own', active: true, tellsApart: true, confirmAt: null },
  auth: { kind: 'standard-webhooks', secretRefs: ['signed/1'] },
};

describe('the places for bodies that are being read', () => {
  it('are limited for one address and in all, and come free again', () => {
    const take = bodyPlaces(2, 3);
    const [one, two] = [take('a'), take('a')];
    assert.ok(one && two);
    assert.equal(take('a'), undefined);
    const three = take('b');
    assert.ok(three);
    assert.equal(take('c'), undefined, 'all places are taken');
    one();
    assert.ok(take('c'));
    two();
    three();
    assert.ok(take('a') && take('a'));
  });
});

describe('the intake with unfinished bodies', function () {
  this.timeout(60_000);
  let desk: Desk;
  before(async () => {
    desk = await startDesk({ ...REGISTERED, OFFER_DESK_PROXIES: '1' });
    await desk.app.stores.outages.sources.save(SOURCE, 'test', 1);
    await desk.app.stores.outages.secrets.write('signed/1', SECRET, 1);
  });
  after(() => desk.close());

  const begin = (address: string): ClientRequest => {
    const headers = {
      'content-type': 'application/json',
      'content-length': '1000',
      'x-forwarded-for': address,
    };
    const asked = request(`${desk.url}/api/outages/signed`, { method: 'POST', headers });
    asked.on('error', () => undefined);
    asked.write('{');
    return asked;
  };
  const post = async (address: string, secret: string) => {
    const body = JSON.stringify({
      id: 'o-1',
      state: 'investigating',
      title: 'Slow',
      offers: ['contoso.backup'],
    });
    const id = `msg_${randomBytes(8).toString('hex')}`;
    const at = new Date();
    const answer = await fetch(`${desk.url}/api/outages/signed`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-forwarded-for': address, 'webhook-id': id },
        ...{ 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) },
        'webhook-signature': new Webhook(secret).sign(id, at, body),
      },
      body,
    });
    return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
  };

  it('lets one address wait, and serves the others and the same address afterwards', async () => {
    const open = Array.from({ length: 8 }, () => begin('203.0.113.7'));
    let answer = await post('203.0.113.7', SECRET);
    while (answer.status !== 429) answer = await post('203.0.113.7', SECRET);
    assert.equal(answer.retryAfter, '5');
    assert.equal((await post('203.0.113.8', SECRET)).status, 200);
    for (const asked of open) asked.destroy();
    while (answer.status !== 200) answer = await post('203.0.113.7', SECRET);
  });

  it('slows down wrong signatures, and still takes the right ones of the same address', async () => {
    const wrong = `whsec_${randomBytes(32).toString('base64')}`;
    const statuses: number[] = [];
    for (let n = 0; n < 22; n += 1) statuses.push((await post('203.0.113.9', wrong)).status);
    assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
    assert.equal((await post('203.0.113.9', SECRET)).status, 200);
  });
});
