/** A webhook becomes a card in Teams; the bot updates the card and answers clicks. The whole test runs over HTTP. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { hashUrlToken } from '../../../bot/outages/verify.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import {
  deliver,
  startConnector,
  teamsActivity,
  type FakeConnector,
  type Sent,
} from '../../helpers/fake-connector.js';
import { outageSource } from '../../helpers/outages.js';
import { startDesk, type Desk } from '../../helpers/desk.js';

const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;

const source = (id: string, over: Partial<OutageSource> = {}) =>
  outageSource({ id, auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] }, ...over });

function payload(over: Record<string, unknown> = {}): string {
  return JSON.stringify({
    id: 'CON-1',
    title: 'Sign-in fails',
    state: 'investigating',
    severity: 'major',
    started: new Date(Date.now() - 60_000).toISOString(),
    updated: new Date().toISOString(),
    ...over,
  });
}

describe('a desk that receives outages', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let publisherId = '';
  let offerId = '';
  let offerName = '';

  before(async () => {
    connector = await startConnector();
    desk = await startDesk();
    const { directory } = desk.app.directory.view();
    const offer = [...directory.offers.values()][0];
    assert.ok(offer);
    ({ publisherId, id: offerId, name: offerName } = offer);
    const { sources, secrets } = desk.app.stores.outages;
    await sources.save(source('page', { publisherId }), 'test', 1);
    await secrets.write('signed/1', SECRET, 1);
    await sources.save(
      source('signed', { publisherId, auth: { kind: 'standard-webhooks', secretRefs: ['signed/1'] } }),
      'test',
      1,
    );
    await sources.save(source('off', { publisherId, active: false }), 'test', 1);
  });
  after(async () => {
    await desk.close();
    await connector.close();
  });

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${desk.url}/api/outages/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
  const page = (over: Record<string, unknown> = {}) => post(`page?token=${TOKEN}`, payload(over));
  const cards = () =>
    connector.sent.filter((one) => JSON.stringify(one.activity.attachments ?? '').includes('Sign-in fails'));
  const waitFor = async (what: () => boolean): Promise<void> => {
    for (let tries = 0; !what(); tries += 1) {
      if (tries > 300) throw new Error('it did not come');
      await sleep(30);
    }
  };
  const say = (text: string) => deliver(desk.url, teamsActivity(connector, { text }));
  const click = (sent: Sent | undefined, verb: string, fields: Record<string, unknown> = {}) => {
    let data: Record<string, unknown> | undefined;
    const walk = (node: unknown): void => {
      if (node === null || typeof node !== 'object') return;
      const one = node as Record<string, unknown>;
      if (one.type === 'Action.Execute' && one.verb === verb) data = one.data as Record<string, unknown>;
      Object.values(one).forEach(walk);
    };
    walk(sent?.activity.attachments);
    assert.ok(data, `no button ${verb}`);
    const value = {
      action: { type: 'Action.Execute', verb, data: { ...data, ...fields } },
      trigger: 'manual',
    };
    return deliver(
      desk.url,
      teamsActivity(connector, { type: 'invoke', name: 'adaptiveCard/action', value }),
    );
  };

  it('sends one card with a summary and no text to each follower of the offer', async () => {
    await say(`outages follow ${offerName}`);
    const answer = await page({ affected: { offers: [offerId] } });
    assert.equal(answer.status, 200);
    await waitFor(() => cards().length > 0);
    const [card] = cards();
    assert.equal(card?.method, 'POST');
    assert.match(String(card?.activity.summary), /Sign-in fails/);
    assert.equal(card?.activity.text ?? '', '');
    assert.match(JSON.stringify(card?.activity), /You get this because you follow/);
  });

  it('answers a repeated notice with 200 and does nothing', async () => {
    const body = payload({
      id: 'CON-R',
      title: 'Repeat',
      updated: '2026-01-01T00:00:00Z',
      affected: { offers: [offerId] },
    });
    const first = (await (await post(`page?token=${TOKEN}`, body)).json()) as { results: { kind: string }[] };
    const second = await post(`page?token=${TOKEN}`, body);
    assert.equal(first.results[0]?.kind, 'applied');
    assert.equal(second.status, 200);
    assert.equal(((await second.json()) as typeof first).results[0]?.kind, 'seen-before');
  });

  it('updates the card in place, and replies under the card when the severity rises', async () => {
    const before = cards().length;
    await page({
      severity: 'critical',
      state: 'identified',
      updated: new Date(Date.now() + 1000).toISOString(),
      affected: { offers: [offerId] },
    });
    await waitFor(() => cards().length >= before + 2);
    const [update, reply] = cards().slice(before);
    const id = update?.path.split('/').at(-1);
    assert.equal(update?.method, 'PUT');
    assert.match(JSON.stringify(update?.activity), /critical/);
    assert.equal(reply?.method, 'POST');
    assert.equal(reply?.path.split('/').at(-1), id);
  });

  it('shows acknowledgements and notes on every card, and answers a click with the current card', async () => {
    const before = cards().length;
    const done = await click(
      cards().find((one) => one.method === 'PUT'),
      'outage-acknowledge',
    );
    assert.match(JSON.stringify(done.body), /Ada is working on this outage/);
    await click(
      cards().find((one) => one.method === 'PUT'),
      'outage-note',
      { note: 'Vendor called back' },
    );
    await waitFor(() =>
      cards()
        .slice(before)
        .some((one) => JSON.stringify(one.activity).includes('Vendor called back')),
    );
  });

  it('gives a wrong token, an unknown sender and a disabled sender the same refusal, and stores nothing', async () => {
    const body = payload({ id: 'CON-X', affected: { offers: [offerId] } });
    for (const path of [`page?token=${TOKEN}x`, 'page', 'nobody', `off?token=${TOKEN}`]) {
      const answer = await post(path, body);
      assert.deepEqual([answer.status, await answer.json()], [401, { code: 'refused' }], path);
    }
    const open = await desk.app.stores.outages.incidents.open();
    assert.ok(!open.some((one) => one.marks.some((mark) => mark.sourceId === 'CON-X')));
    assert.ok(!JSON.stringify(desk.entries).includes(TOKEN), 'no token in the log');
  });

  it('refuses a notice outside the scope of the sender', async () => {
    const { offers } = desk.app.directory.view().directory;
    const foreign = [...offers.values()].find((offer) => offer.publisherId !== publisherId);
    const answer = await page({ id: 'CON-Y', affected: { offers: [foreign?.id] } });
    assert.equal(answer.status, 403);
  });

  it('accepts a notice about an unknown offer as an unconfirmed incident', async () => {
    const answer = await page({ id: 'CON-T', title: 'Typo', affected: { offers: ['somebody.else'] } });
    assert.equal(answer.status, 200);
    const open = await desk.app.stores.outages.incidents.open();
    const found = open.find((one) => one.title === 'Typo');
    assert.deepEqual([found?.unrecognised, found?.affected.offers], [['somebody.else'], []]);
    assert.ok(found?.unconfirmed, 'a person judges it first');
    assert.ok(desk.entries.some((entry) => JSON.stringify(entry).includes('outages.offer-not-recognised')));
  });

  it('accepts an update without a title only for a known outage', async () => {
    const bare = (id: string) => post(`page?token=${TOKEN}`, JSON.stringify({ id, state: 'resolved' }));
    await page({ id: 'CON-F', title: 'Follow-up', severity: 'major' });
    assert.equal((await bare('CON-F')).status, 200);
    const open = await desk.app.stores.outages.incidents.open();
    assert.ok(!open.some((one) => one.title === 'Follow-up'));
    assert.equal((await bare('CON-NEVER')).status, 400);
  });

  it('accepts the token as a bearer token and as the Basic password, and checks the token first', async () => {
    const basic = Buffer.from(`desk:${TOKEN}`).toString('base64');
    for (const authorization of [`Bearer ${TOKEN}`, `Basic ${basic}`])
      assert.equal((await post('page', payload({ id: 'CON-B' }), { authorization })).status, 200);
    assert.equal((await post('page', payload(), { authorization: 'Bearer wrong' })).status, 401);
  });

  it('answers the CloudEvents handshake only for a caller with the token', async () => {
    const ask = (query: string) =>
      fetch(`${desk.url}/api/outages/page${query}`, {
        method: 'OPTIONS',
        headers: { 'webhook-request-origin': 'eventgrid.example' },
      });
    const allowed = await ask(`?token=${TOKEN}`);
    assert.deepEqual(
      [allowed.status, allowed.headers.get('webhook-allowed-origin')],
      [200, 'eventgrid.example'],
    );
    assert.equal((await ask('')).status, 401);
  });

  it('verifies signatures over the bytes as sent, and accepts each id once', async () => {
    const body = ` ${payload({ id: 'CON-S', title: 'Signed', affected: { offers: [offerId] } })} `;
    const at = new Date();
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(SECRET).sign('msg_1', at, body),
    };
    assert.equal((await post('signed', body, headers)).status, 200);
    const again = (await (await post('signed', body, headers)).json()) as { results: { kind: string }[] };
    assert.equal(again.results[0]?.kind, 'seen-before');
    assert.equal((await post('signed', body.trim(), { ...headers, 'webhook-id': 'msg_2' })).status, 401);
    assert.equal((await post('signed', body, { 'webhook-id': 'm' })).status, 400);
  });

  it('refuses other media types, compressed bodies and large bodies before reading the body', async () => {
    const status = async (body: string, headers: Record<string, string>) =>
      (await post(`page?token=${TOKEN}`, body, headers)).status;
    assert.equal(await status('x', { 'content-type': 'text/plain' }), 415);
    assert.equal(await status('{}', { 'content-encoding': 'gzip' }), 415);
    assert.equal(await status(`"${'x'.repeat(1_100_000)}"`, {}), 413);
    assert.equal(await status('{', {}), 400);
  });

  it('asks the sender to retry while the store is unavailable', async () => {
    const { incidents } = desk.app.stores.outages;
    const commit = incidents.commit.bind(incidents);
    Object.assign(incidents, { commit: () => Promise.reject(new Error('the disk is full')) });
    try {
      const answer = await page({ id: 'CON-D', affected: { offers: [offerId] } });
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers.get('retry-after')) > 0);
    } finally {
      Object.assign(incidents, { commit });
    }
  });

  it('sends no card to a recipient who said stop while the incident continues', async () => {
    await say('outages stop');
    const before = cards().length;
    await page({
      state: 'monitoring',
      updated: new Date(Date.now() + 5000).toISOString(),
      affected: { offers: [offerId] },
    });
    await sleep(600);
    assert.equal(cards().length, before);
  });
});
