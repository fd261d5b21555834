/** The outage intake over HTTP for every kind of sender: formats, key rotation, the time window, forbidden changes. */
import assert from 'node:assert/strict';
import { createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import { findRootDir } from '../../../bot/runtime/root-dir.js';
import { rotateSource, type SourceDeps } from '../../../bot/cli/outage-sources.js';
import { hashUrlToken } from '../../../bot/outages/verify.js';
import type { OutageSource } from '../../../core/incident/ports.js';
import { outageSource } from '../../helpers/outages.js';
import { startDesk, type Desk } from '../../helpers/desk.js';

const TOKEN = 'a-token-of-more-than-twenty-two-characters';
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const INSTATUS_SECRET = 'a secret of a status page';
const byToken = { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] } as const;

const source = (id: string, over: Partial<OutageSource> = {}) =>
  outageSource({ id, publisherId: id, auth: byToken, ...over });
const fixture = (name: string) =>
  readFileSync(path.join(findRootDir(), 'test', 'fixtures', 'outages', `${name}.json`), 'utf8');

describe('the outage intake for every kind of sender', function () {
  let desk: Desk;
  before(async () => (desk = await startDesk()));
  after(() => desk.close());

  const post = async (where: string, body: string, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${desk.url}/api/outages/${where}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return {
      status: answer.status,
      retryAfter: answer.headers.get('retry-after'),
      text: await answer.text(),
    };
  };
  const register = (one: OutageSource) => desk.app.stores.outages.sources.save(one, 'test', 1);
  const keep = (reference: string, secret: string) =>
    desk.app.stores.outages.secrets.write(reference, secret, 1);
  const told = async (sourceId: string) =>
    (await desk.app.stores.outages.history.ofSource(sourceId, 10)).map((one) => `${one.title}: ${one.state}`);
  const signature = (secret: string, id: string, at: number, body: string) =>
    new Webhook(secret).sign(id, new Date(at * 1000), body);
  const signed = (secret: string, id: string, body: string, off = 0) => {
    const at = Math.floor(Date.now() / 1000) + off;
    return {
      'webhook-id': id,
      'webhook-timestamp': String(at),
      'webhook-signature': signature(secret, id, at, body),
    };
  };
  const own = (id: string) =>
    JSON.stringify({
      id,
      title: id,
      state: 'investigating',
      severity: 'major',
      updated: new Date().toISOString(),
    });

  const senders: readonly (readonly [format: string, file: string, offers: OutageSource['offers'], state: string, type?: string])[] = [
    ['own', 'own-outage', ['contoso.ledger'], 'identified'],
    ['cloudevents', 'cloudevents-batch', 'all', 'investigating', 'application/cloudevents-batch+json'],
    ['statuspage', 'statuspage-incident', 'all', 'monitoring'],
    ['statuspage', 'statuspage-component', 'all', 'completed'],
    ['alertmanager', 'alertmanager-mixed', ['tailspin.toys'], 'investigating'],
    ['azure-service-health', 'azure-fired-resolved', 'all', 'resolved'],
    ['instatus', 'instatus-incident', 'all', 'identified'],
    ['uptime-kuma', 'uptime-kuma-down', ['litware.portal'], 'investigating'],
  ]; // prettier-ignore
  for (const [format, file, offers, state, type] of senders) {
    it(`turns ${format} (${file}) into an incident`, async () => {
      const publisherId = format === 'alertmanager' ? 'tailspin' : file;
      await register(source(file, { format, offers, publisherId }));
      const answer = await post(
        `${file}?token=${TOKEN}`,
        fixture(file),
        type ? { 'content-type': type } : {},
      );
      assert.equal(answer.status, 200, answer.text);
      assert.ok(
        (await told(file)).some((one) => one.endsWith(state)),
        (await told(file)).join(),
      );
    });
  }

  it('opens nothing for an unread state word of a monitor, and lists the sender with the reason', async () => {
    await register(source('uptime', { format: 'better-stack' }));
    const body = JSON.stringify({
      data: { id: 'b1', type: 'incident', attributes: { name: 'Portal', status: 'wobbling' } },
    });
    const answer = await post(`uptime?token=${TOKEN}`, body);
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(await told('uptime'), []);
    const health = (await desk.app.stores.outages.sources.health()).get('uptime');
    assert.equal(health?.reason, 'The state of 1 of 1 entries could not be read.');
  });

  it('takes the readable events of a batch, and lists the sender with the reason for the others', async () => {
    await register(source('batched', { format: 'cloudevents' }));
    const envelope = (id: string, data: unknown) => ({
      specversion: '1.0',
      id,
      source: '/b',
      type: 'o',
      data,
    });
    const good: unknown = JSON.parse(own('BATCH-1'));
    const body = JSON.stringify([envelope('1', { colour: 'blue' }), envelope('2', good)]);
    const answer = await post(`batched?token=${TOKEN}`, body, {
      'content-type': 'application/cloudevents-batch+json',
    });
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual(await told('batched'), ['BATCH-1: investigating']);
    const health = (await desk.app.stores.outages.sources.health()).get('batched');
    assert.match(health?.reason ?? '', /^1 of 2 events could not be read/);
  });

  for (const mode of ['binary', 'structured'] as const) {
    it(`reads once a CloudEvent that the official SDK wrote in ${mode} mode`, async () => {
      await register(source(mode, { format: 'cloudevents' }));
      const data: unknown = JSON.parse(own(`CE-${mode}`));
      const event = new CloudEvent({ id: 'ce-1', source: `/${mode}`, type: 'outage', data });
      const { headers, body } = HTTP[mode](event);
      const send = () => post(`${mode}?token=${TOKEN}`, body as string, headers as Record<string, string>);
      assert.equal((await send()).status, 200);
      assert.match((await send()).text, /seen-before/);
      assert.deepEqual(await told(mode), [`CE-${mode}: investigating`]);
    });
  }

  it('accepts Standard Webhooks up to 299 seconds off, and refuses others without storing them', async () => {
    await keep('timed/1', SECRET);
    const auth = { kind: 'standard-webhooks', secretRefs: ['timed/1'] } as const;
    await register(source('timed', { format: 'standard-webhooks', auth }));
    const at = async (off: number) => {
      const body = own(`T${String(off)}`);
      return (await post('timed', body, signed(SECRET, `msg_${String(off)}`, body, off))).status;
    };
    assert.deepEqual([await at(-299), await at(299), await at(-302), await at(302)], [200, 200, 401, 401]);
    assert.deepEqual((await told('timed')).sort(), ['T-299: investigating', 'T299: investigating']);
  });

  it('accepts two keys during a rotation, and refuses the oldest key after the next rotation', async () => {
    const { sources, secrets } = desk.app.stores.outages;
    const { directory } = desk.app.directory.view();
    const deps: SourceDeps = {
      sources,
      secrets,
      directory,
      actor: 'test',
      now: Date.now,
      publicUrl: desk.url,
    };
    await keep('keyed/1', SECRET);
    await register(source('keyed', { auth: { kind: 'standard-webhooks', secretRefs: ['keyed/1'] } }));
    await register(source('tokened'));
    const second = `whsec_${randomBytes(32).toString('base64')}`;
    let nth = 0;
    const taken = async (secret: string) => {
      const body = own(`K-${String((nth += 1))}`);
      return (await post('keyed', body, signed(secret, `key_${String(nth)}`, body))).status;
    };
    await rotateSource(deps, 'keyed', second);
    assert.deepEqual([await taken(SECRET), await taken(second)], [200, 200]);
    await rotateSource(deps, 'keyed', `whsec_${randomBytes(32).toString('base64')}`);
    assert.deepEqual([await taken(SECRET), await taken(second)], [401, 200]);
    const rotated = await rotateSource(deps, 'tokened');
    const fresh = /token=([\w-]+)/.exec(rotated.kind === 'done' ? rotated.lines.join() : '')?.[1] ?? '';
    const byUrl = async (token: string) => (await post(`tokened?token=${token}`, own('U'))).status;
    assert.deepEqual([await byUrl(TOKEN), await byUrl(fresh), await byUrl('x'.repeat(43))], [200, 200, 401]);
  });

  it('verifies an Instatus signature over the bytes, and ignores a repeated notice', async () => {
    await keep('paged/1', INSTATUS_SECRET);
    await register(
      source('paged', { format: 'instatus', auth: { kind: 'instatus', secretRefs: ['paged/1'] } }),
    );
    const body = fixture('instatus-incident');
    const mac = (text: string) => createHmac('sha256', INSTATUS_SECRET).update(text).digest('hex');
    const sent = (text: string, of = text) =>
      post('paged', text, { 'x-instatus-webhook-signature': mac(of) });
    assert.equal((await sent(body)).status, 200);
    assert.match((await sent(body)).text, /seen-before/);
    assert.equal((await sent(body.replace('IDENTIFIED', 'RESOLVED'), body)).status, 401);
    assert.equal((await told('paged')).filter((one) => one.endsWith('identified')).length, 1);
  });

  it('never lets a sender change the incident of another sender', async () => {
    await register(source('north', { publisherId: 'northwind' }));
    await register(source('wingtip', { publisherId: 'wingtip' }));
    await post(`north?token=${TOKEN}`, own('SAME-1'));
    const end = JSON.stringify({
      id: 'SAME-1',
      title: 'SAME-1',
      state: 'resolved',
      updated: new Date().toISOString(),
    });
    assert.equal((await post(`wingtip?token=${TOKEN}`, end)).status, 200);
    assert.deepEqual(await told('north'), ['SAME-1: investigating']);
    const forged = JSON.stringify({
      ...(JSON.parse(own('X-1')) as object),
      affected: { publishers: ['northwind'] },
    });
    assert.equal((await post(`wingtip?token=${TOKEN}`, forged)).status, 403);
  });

  it('asks the sender to retry when the store cannot look up the sender', async () => {
    const { sources } = desk.app.stores.outages;
    const byId = sources.byId.bind(sources);
    Object.assign(sources, { byId: () => Promise.reject(new Error('the connection is gone')) });
    try {
      const { status, retryAfter, text } = await post(`north?token=${TOKEN}`, own('DOWN-1'));
      assert.deepEqual([status, retryAfter], [503, '30']);
      assert.doesNotMatch(text, /connection/);
    } finally {
      Object.assign(sources, { byId });
    }
    assert.equal((await post(`north?token=${TOKEN}`, own('DOWN-1'))).status, 200, 'and nothing was lost');
  });
});
