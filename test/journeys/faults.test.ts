/** A service that the desk needs fails: the desk reports the fault or answers later, keeps running, and recovers. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import sinon from 'sinon';
import { boundCalls, connect } from '../../bot/runtime/bounded-calls.js';
import { DeskError } from '../../core/errors.js';
import { startDesk, textOf, Visitor, type Desk } from '../helpers/desk.js';
import { isCode } from '../helpers/errors.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { REGISTERED, SERVICE_URL, startKeyServer } from '../helpers/key-server.js';
import { failWrites } from '../helpers/turn-faults.js';
import { PATIENCE_MS } from '../helpers/patience.js';

describe('the desk during a fault', function () {
  let desk: Desk;
  let connector: FakeConnector;
  let clock = 0;
  before(async () => {
    connector = await startConnector();
    desk = await startDesk({}, { answerWithinMs: 500, now: () => Date.now() + clock });
  });
  beforeEach(() => {
    connector.delay(0);
    connector.failAll(undefined);
  });
  afterEach(() => sinon.restore());
  after(async () => {
    await desk?.close();
    await connector?.close();
  });
  const message = (id: string, over: Record<string, unknown> = {}) =>
    teamsActivity(connector, { conversation: { id, conversationType: 'personal' }, text: 'help', ...over });
  const requestsIn = (id: string) =>
    connector.sent.filter((one) => decodeURIComponent(one.path).includes(`${id}/`));
  const works = async (id: string) => {
    assert.equal((await deliver(desk.url, message(id))).status, 200);
    const said = requestsIn(id).filter((one) => one.activity.type === 'message');
    assert.ok(said.length > 0, 'no answer');
  };

  it('apologises with a reference when the disk is full, and answers again when there is room', async () => {
    const full = new DeskError('store.unavailable', 'SQLite: database or disk is full');
    failWrites(desk.app.stores.turns, full);
    assert.equal((await deliver(desk.url, message('a:full'))).status, 200);
    const said = () => requestsIn('a:full').map((one) => JSON.stringify(one.activity));
    const reference = () => desk.entries.find((entry) => entry.event === 'turn.failed')?.reference;
    for (
      const end = Date.now() + PATIENCE_MS;
      !said().some((text) => text.includes(String(reference())));
      await sleep(20)
    ) {
      assert.ok(Date.now() < end, 'no apology that quotes the reference');
    }
    sinon.restore();
    await works('a:full');
  });

  it('says on /readyz that the disk cannot be written, accepts nothing meanwhile, and goes on afterwards', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const { sqlite } = desk.app.stores.database;
    assert.ok(sqlite);
    const ready = async () => {
      const answer = await fetch(`${desk.url}/readyz`);
      return { status: answer.status, notes: ((await answer.json()) as { notes?: unknown }).notes };
    };
    sqlite.exec('pragma query_only=1');
    try {
      assert.deepEqual(await ready(), {
        status: 503,
        notes: ['store: the disk is full, or cannot be written'],
      });
      await ready();
      await assert.rejects(visitor.send({ type: 'message', text: 'help' }), /503/);
    } finally {
      sqlite.exec('pragma query_only=0');
    }
    assert.deepEqual(await ready(), { status: 200, notes: undefined });
    const [answer] = await visitor.say('help');
    assert.ok(answer);
    assert.match(textOf(answer), /\w/);
    assert.equal(desk.entries.filter((entry) => entry.event === 'store.not-ready').length, 1);
  });

  it('answers /healthz, fails /readyz and holds no request when the store does not answer', async () => {
    const stuck = sinon.stub(desk.app.stores.turns, 'inTurn').returns(new Promise(() => undefined));
    sinon.stub(desk.app.stores, 'checkReady').rejects(new DeskError('store.unavailable', 'gone'));
    assert.equal((await deliver(desk.url, message('a:stuck'))).status, 200);
    assert.equal((await fetch(`${desk.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${desk.url}/readyz`)).status, 503);
    stuck.restore();
    sinon.restore();
    assert.equal((await fetch(`${desk.url}/readyz`)).status, 200);
    await works('a:after-stuck');
  });

  it('answers a web message when the store is back after a failed turn', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    sinon.stub(desk.app.stores.turns, 'inTurn').rejects(new DeskError('store.unavailable', 'gone'));
    await visitor.send({ type: 'message', text: 'help' });
    const [sorry] = await visitor.replies(1);
    assert.ok(sorry);
    sinon.restore();
    await desk.restart();
    const [answer] = await visitor.replies(1);
    assert.ok(answer && textOf(answer) !== textOf(sorry));
  });

  it('sends two requests for one message to a connector that answers 503, and recovers afterwards', async () => {
    connector.failAll(503);
    assert.equal((await deliver(desk.url, message('a:503'))).status, 200);
    await sleep(1_500);
    // The bot sends the answer and then the apology, each at most twice.
    assert.ok(requestsIn('a:503').length <= 4, `${requestsIn('a:503').length} requests`);
    connector.failAll(undefined);
    await works('a:after-503');
  });

  it('drops a request to a connector that never answers, and continues other conversations', async () => {
    connector.delay(Infinity);
    assert.equal((await deliver(desk.url, message('a:hang'))).status, 200);
    connector.delay(0);
    await works('a:beside-hang');
  });

  it('continues to run turns when the clock jumps ten minutes forward and back', async () => {
    for (const jump of [600_000, -600_000, 0]) {
      clock = jump;
      await works(`a:clock${jump}`);
      const visitor = await Visitor.join(desk.url, 'customer');
      assert.ok((await visitor.say('help')).length >= 1);
    }
  });
});

describe('an unreachable key server', function () {
  it('causes a 503 before the first read of the keys, and has no effect after that', async () => {
    const [connector, keys, gone] = await Promise.all([startConnector(), startKeyServer(), startKeyServer()]);
    await gone.close();
    const cold = await startDesk(REGISTERED, { sdk: gone.sdk(connector.url) });
    let later = 0;
    const now = () => Date.now() + later;
    const warm = await startDesk(REGISTERED, { sdk: keys.sdk(connector.url), now });
    const post = async (desk: Desk, header = {}) => {
      const token = keys.token({}, header);
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
      const body = JSON.stringify(teamsActivity(connector, { serviceUrl: SERVICE_URL, text: 'help' }));
      return (await fetch(`${desk.url}/api/messages`, { method: 'POST', headers, body })).status;
    };
    try {
      assert.equal(await post(warm), 200);
      const unknown = { kid: 'k2', x5t: 'k2' };
      assert.equal(await post(warm, unknown), 401, 'the key server answers: the key is wrong');
      await keys.close();
      later += 10_000;
      assert.equal(await post(warm, unknown), 503, 'the key may be new');
      assert.equal(await post(cold), 503);
      assert.equal(await post(warm), 200);
    } finally {
      await Promise.all([cold.close(), warm.close(), connector.close()]);
    }
  });
});

describe('a call of the bot to a channel', () => {
  interface Policy {
    sendRequest(request: object, next: (request: object) => Promise<unknown>): Promise<unknown>;
  }
  const policyOf = (callMs: number) => {
    const removed: string[] = [];
    let added: Policy | undefined;
    const pipeline = {
      removePolicy: ({ name }: { name: string }) => void removed.push(name),
      addPolicy: (policy: Policy) => void (added = policy),
    };
    boundCalls({ client: { pipeline } }, callMs);
    assert.deepEqual(removed, ['defaultRetryPolicy', 'redirectPolicy']);
    assert.ok(added);
    return added;
  };

  it('ends in time when the channel never answers', async () => {
    const hanging = policyOf(30).sendRequest({}, () => new Promise(() => undefined));
    await assert.rejects(hanging, isCode('channel.unavailable'));
  });

  const tries: readonly [name: string, error: object, requests: number][] = [
    ['500', { statusCode: 500 }, 2],
    ['503', { statusCode: 503 }, 2],
    ['412', { statusCode: 412 }, 2],
    ['a broken connection', { code: 'ECONNRESET' }, 2],
    ['429 with patience it has', { statusCode: 429, response: { headers: { get: () => '0' } } }, 2],
    [
      '429 with more patience than it has',
      { statusCode: 429, response: { headers: { get: () => '60' } } },
      1,
    ],
    ['400', { statusCode: 400 }, 1],
    ['403', { statusCode: 403 }, 1],
    ['404', { statusCode: 404 }, 1],
    ['413', { statusCode: 413 }, 1],
    ['an error of our own', {}, 1],
  ];
  for (const [name, error, requests] of tries) {
    it(`is made ${requests === 1 ? 'once' : 'at most twice'} on ${name}`, async () => {
      const next = sinon.stub().callsFake(() => Promise.reject(Object.assign(new Error(name), error)));
      await assert.rejects(policyOf(5_000).sendRequest({}, next), { message: name });
      assert.equal(next.callCount, requests);
    });
  }

  it('never goes to a service URL that is not allowed', async () => {
    const make = sinon.stub().resolves({});
    await assert.rejects(
      connect('https://evil.example/', () => false, make),
      isCode('auth.forbidden'),
    );
    assert.equal(make.callCount, 0);
  });
});
