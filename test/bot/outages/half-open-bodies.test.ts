/** Unfinished, broken and too large bodies, and wrong signatures, get their answer and never stop the notices of others. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { Webhook } from 'standardwebhooks';
import { bodyPlaces } from '../../../bot/outages/admit.js';
import { hashUrlToken } from '../../../bot/outages/verify.js';
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

  it('makes every address wait while all places are taken, and serves all of them afterwards', async () => {
    const addresses = Array.from({ length: 8 }, (_, n) => `198.51.100.${String(n)}`);
    const open = addresses.flatMap((address) => Array.from({ length: 8 }, () => begin(address)));
    let answer = await post('198.51.100.99', SECRET);
    while (answer.status !== 429) answer = await post('198.51.100.99', SECRET);
    for (const asked of open) asked.destroy();
    while (answer.status !== 200) answer = await post('198.51.100.99', SECRET);
  });

  it('logs a body that breaks off as one line, without an error and without a stack', async () => {
    const cut = () => desk.entries.filter((entry) => entry.event === 'outages.body-cut').length;
    const before = cut();
    const asked = begin('203.0.113.20');
    await once(asked, 'socket');
    while ((await post('203.0.113.20', SECRET)).status !== 200);
    asked.destroy();
    while (cut() === before) await post('203.0.113.20', SECRET);
    const failures = desk.entries.filter((entry) => entry.event === 'outages.intake-failed');
    assert.deepEqual(failures, []);
    assert.ok(!desk.entries.some((entry) => JSON.stringify(entry).includes('ECONNRESET')));
  });

  describe('and with a body of 5 MB', () => {
    const TOKEN = 'a-token-of-more-than-twenty-two-characters';
    const BYTES = 5 * 1024 * 1024;
    const part = Buffer.alloc(64 * 1024, 'x');
    function* parts(count: number): Generator<Buffer> {
      for (let n = 0; n < count; n += 1) yield part;
    }
    before(() =>
      desk.app.stores.outages.sources.save(
        { ...SOURCE, id: 'page', auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] } },
        'test',
        1,
      ),
    );

    /** Sends the whole body before it reads the answer. A connection that the server resets loses the answer. */
    const send = async (where: string, length: 'named' | 'chunked') => {
      const named = length === 'named';
      const size = named ? `content-length: ${String(BYTES)}` : 'transfer-encoding: chunked';
      const head = `POST /api/outages/${where} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n${size}\r\n\r\n`;
      const [before, after] = named ? ['', ''] : [`${part.length.toString(16)}\r\n`, '\r\n'];
      const body = [...parts(BYTES / part.length)].flatMap((one) => [
        Buffer.from(before),
        one,
        Buffer.from(after),
      ]);
      const socket = connect(Number(new URL(desk.url).port), '127.0.0.1');
      socket.pause();
      const end = named ? '' : '0\r\n\r\n';
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject);
        socket.write(Buffer.concat([Buffer.from(head), ...body, Buffer.from(end)]), () => resolve());
      });
      const chunks: Buffer[] = [];
      for await (const chunk of socket as AsyncIterable<Buffer>) chunks.push(chunk);
      const [first = '', last = ''] = Buffer.concat(chunks)
        .toString()
        .split(/\r\n(?:[^]*\r\n)?/);
      return `${first.slice('HTTP/1.1 '.length)} ${last}`;
    };

    for (const length of ['named', 'chunked'] as const) {
      it(`answers 413 each of ten times, with a ${length} length`, async () => {
        const answers: string[] = [];
        for (let n = 0; n < 10; n += 1) answers.push(await send(`page?token=${TOKEN}`, length));
        assert.deepEqual(new Set(answers), new Set(['413 Payload Too Large {"code":"too-large"}']));
      });

      it(`answers a sender with a wrong token each of ten times, with a ${length} length`, async () => {
        const answers: string[] = [];
        for (let n = 0; n < 10; n += 1) answers.push(await send('page?token=wrong', length));
        assert.deepEqual(
          answers.filter((answer) => !/^(?:401|413|429) /.test(answer)),
          [],
        );
      });
    }

    it('closes a connection that never stops sending, after the answer', async () => {
      const headers = { 'content-type': 'application/json' };
      const asked = request(`${desk.url}/api/outages/page?token=${TOKEN}`, { method: 'POST', headers });
      const closed = new Promise<void>((resolve) => asked.on('close', resolve));
      const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
      Readable.from(parts(Number.POSITIVE_INFINITY)).pipe(asked);
      const [answer] = await answered;
      asked.on('error', () => undefined);
      answer.resume();
      assert.equal(answer.statusCode, 413);
      await closed;
    });
  });
});
