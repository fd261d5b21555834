/** Two instances of the product on one PostgreSQL: separate processes that the tests kill and stop while they work. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Visitor } from '../helpers/desk.js';
import {
  deliver,
  startConnector,
  teamsActivity,
  type FakeConnector,
  type Sent,
} from '../helpers/fake-connector.js';
import { CHANNEL, inChannel, until as untilSeen, WebVisitor } from '../helpers/handover.js';
import { startInstance, type Instance } from '../helpers/instance.js';
import { TestStore } from '../helpers/stores.js';
import { PATIENCE_MS } from '../helpers/patience.js';

/** How often the test replaces an instance under load. */
const ROUNDS = Number(process.env.OFFER_DESK_ROLLING_ROUNDS ?? 1);

describe('two instances on one database', function () {
  this.timeout(300_000 + ROUNDS * 15_000);
  let place: TestStore | undefined;
  let connector: FakeConnector;
  let instances: Instance[] = [];
  const start = () =>
    startInstance(
      {
        DATABASE_URL: place?.databaseUrl ?? '',
        OFFER_DESK_TOKENS_PER_MINUTE: '1000',
        OFFER_DESK_STOP_SECONDS: '8',
      },
      ['--local-admin'],
    );
  before(async function () {
    place = await TestStore.prepare('postgres');
    if (!place) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
    connector = await startConnector();
    instances = await Promise.all([start(), start()]);
  });
  beforeEach(() => connector.delay(0));
  after(async () => {
    await Promise.all(instances.map((one) => one.end('SIGKILL')));
    await connector?.close();
    await place?.remove();
  });

  const url = (n: number) => instances[n % instances.length]?.url ?? '';
  const message = (id: string, over: Record<string, unknown> = {}) =>
    teamsActivity(connector, { conversation: { id, conversationType: 'personal' }, text: 'help', ...over });
  const saidIn = (id: string) =>
    connector.sent.filter(
      (one) => one.activity.type === 'message' && decodeURIComponent(one.path).includes(`${id}/`),
    );
  const MENTION = { type: 'mention', text: '<at>Offer Desk</at>', mentioned: { id: '28:offer-desk' } };
  /** A member of staff writes in the channel, or in the thread of a card. */
  const staffWrites = (text: string, thread?: string) =>
    teamsActivity(connector, {
      ...inChannel(thread),
      text: `<at>Offer Desk</at> ${text}`,
      entities: [MENTION],
    });
  const isCardOfHandover = (one: Sent) =>
    one.method === 'POST' &&
    decodeURIComponent(one.path).endsWith(`/${CHANNEL}/activities`) &&
    JSON.stringify(one).includes('A customer asks for a person');
  const postedIn = (thread: string) =>
    connector.sent
      .filter((one) => one.method === 'POST' && decodeURIComponent(one.path).includes(`messageid=${thread}`))
      .map((one) => (typeof one.activity.text === 'string' ? one.activity.text : ''));
  const until = async (check: () => boolean) => {
    for (const end = Date.now() + PATIENCE_MS; !check(); await sleep(20))
      assert.ok(Date.now() < end, 'not in time');
  };

  it('run an activity once although both receive it several times', async () => {
    const activity = message('a:once');
    const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => deliver(url(n), activity)));
    assert.ok(answers.every((one) => one.status === 200));
    assert.equal(saidIn('a:once').length, 1);
  });

  it('run twenty messages of one conversation, sent to both, one after another', async () => {
    connector.delay(15);
    await Promise.all(Array.from({ length: 20 }, (_, n) => deliver(url(n), message('a:twenty'))));
    await until(() => saidIn('a:twenty').length >= 20);
    const replied = saidIn('a:twenty').map((one) => one.activity.replyToId);
    assert.equal(new Set(replied).size, 20);
    assert.equal(replied.length, 20);
  });

  it('show a web visitor on one instance the answer from the other instance', async () => {
    const visitor = await Visitor.join(url(0), 'customer');
    const other = {
      headers: { authorization: `Bearer ${visitor.token}`, 'content-type': 'application/json' },
    };
    const body = JSON.stringify({ type: 'message', text: 'help', from: { id: 'x' } });
    const path = `/v3/directline/conversations/${visitor.conversationId}/activities`;
    const sent = await fetch(`${url(1)}${path}`, { ...other, method: 'POST', body });
    assert.equal(sent.status, 200, await sent.text());
    assert.ok((await visitor.replies(1)).length >= 1);
  });

  it('report not ready at once on stop, end their turns and exit with 0', async () => {
    connector.delay(1_000);
    const stopping = instances[0];
    assert.ok(stopping);
    const turn = deliver(stopping.url, message('a:stopping'));
    await until(
      () => stopping.output() !== '' && connector.sent.some((one) => one.path.includes('stopping')),
    );
    const ended = stopping.end('SIGTERM');
    await sleep(150);
    assert.equal((await fetch(`${stopping.url}/readyz`)).status, 503);
    assert.equal((await turn).status, 200);
    assert.equal(await ended, 0);
    assert.equal(saidIn('a:stopping').length, 1);
  });

  it('answer a web message after one instance was killed before the answer', async () => {
    const visitor = await Visitor.join(url(1), 'customer');
    await visitor.send({ type: 'message', text: 'help' });
    await instances[1]?.end('SIGKILL');
    instances = await Promise.all([start(), start()]);
    // As a load balancer does, send the visitor to an instance that runs.
    Object.assign(visitor, { url: url(0) });
    assert.ok((await visitor.replies(1)).length >= 1);
  });

  it('bring every message of a hand-over to the other side when one instance is killed in the middle', async () => {
    // The visitor's instance read the staff channel before staff chose it on the other instance.
    const visitor = await WebVisitor.join(url(1));
    assert.equal((await deliver(url(0), staffWrites('hand over here'))).status, 200);
    await until(() => connector.sent.some((one) => JSON.stringify(one).includes('now come here')));
    await visitor.asksForPerson('The invoice is wrong.');
    const card = await untilSeen(
      () => connector.sent.findIndex(isCardOfHandover) + 1,
      () => connector.sent,
    );
    const thread = `sent-${card}`;
    connector.delay(30);
    const [victim] = instances;
    const accepted = { visitor: [] as string[], staff: [] as string[] };
    for (let n = 0; n < 16; n += 1) {
      // A message that was not accepted is sent again, with the same id in Teams and as a new message on the web.
      if (n === 8) victim?.process.kill('SIGKILL');
      const [word, answer] = [`visitor-${n}.`, staffWrites(`staff-${n}.`, thread)];
      const isDead = victim?.process.killed;
      visitor.moveTo(url(isDead ? 1 : n));
      const told = await Promise.allSettled([visitor.say(word), deliver(url(isDead ? 1 : n + 1), answer)]);
      if (told[0].status === 'fulfilled') accepted.visitor.push(word);
      if (told[1].status === 'fulfilled' && told[1].value.status === 200) accepted.staff.push(`staff-${n}.`);
    }
    assert.ok(accepted.visitor.length >= 15 && accepted.staff.length >= 15, JSON.stringify(accepted));
    const atStaff = () => postedIn(thread);
    const missing = async () => {
      const texts = await visitor.texts();
      const atVisitor = accepted.staff.filter((word) => !texts.some((text) => text.includes(word)));
      return [
        ...atVisitor,
        ...accepted.visitor.filter((word) => !atStaff().some((text) => text.includes(word))),
      ];
    };
    // A claim of the killed instance ends after 15 seconds.
    for (const end = Date.now() + PATIENCE_MS; (await missing()).length > 0; await sleep(200))
      assert.ok(Date.now() < end, `missing: ${(await missing()).join(' ')}`);
    const texts = await visitor.texts();
    const times = (list: readonly string[], word: string) =>
      list.filter((text) => text.includes(word)).length;
    const twice = [
      ...accepted.visitor.filter((word) => times(atStaff(), word) > 1),
      ...accepted.staff.filter((word) => times(texts, word) > 1),
    ];
    // Only what the killed process was sending, one message to each side, may have been sent without a record of it.
    assert.ok(twice.length <= 2, twice.join(' '));
    instances[0] = await start();
  });

  it('lose no acknowledged turn when one instance is stopped and replaced under load', async () => {
    connector.delay(5);
    const acknowledged: string[] = [];
    let stop = false;
    const load = async (worker: number) => {
      for (let n = 0; !stop; n += 1) {
        const activity = message(`a:rolling${worker}`);
        const done = await deliver(url(worker + n), activity).catch(() => undefined);
        if (done?.status === 200) acknowledged.push(activity.id as string);
        await sleep(10);
      }
    };
    const workers = [0, 1, 2, 3].map(load);
    for (let n = 0; n < ROUNDS; n += 1) {
      await sleep(500);
      const old = instances[n % 2];
      // By default the other instance takes over alone, because the start of a process takes most of the test's time.
      const fresh = ROUNDS > 1 ? await start() : instances[1];
      assert.ok(fresh);
      instances[n % 2] = fresh;
      assert.equal(await old?.end('SIGTERM'), 0);
    }
    await sleep(300);
    stop = true;
    await Promise.all(workers);
    assert.ok(acknowledged.length > 15, `only ${acknowledged.length} turns`);
    const answered = new Set(connector.messages().map((one) => one.replyToId));
    await until(() =>
      acknowledged.every(
        (id) => answered.has(id) || connector.messages().some((one) => one.replyToId === id),
      ),
    );
  });
});
