/** Fast, slow and repeated activities in one process: each runs once and in order, and no request waits for long. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import sinon from 'sinon';
import { DeskError } from '../../core/errors.js';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { PATIENCE_MS } from '../helpers/patience.js';

describe('the server with many turns', function () {
  let desk: Desk;
  let connector: FakeConnector;
  before(async () => {
    connector = await startConnector();
    desk = await startDesk({}, { answerWithinMs: 400 });
  });
  beforeEach(() => {
    connector.delay(0);
    connector.failAll(undefined);
  });
  after(async () => {
    await desk?.close();
    await connector?.close();
  });

  const inConversation = (id: string, over: Record<string, unknown> = {}) =>
    teamsActivity(connector, { conversation: { id, conversationType: 'personal' }, text: 'help', ...over });
  const saidIn = (id: string) =>
    connector.sent.filter(
      (one) => one.activity.type === 'message' && decodeURIComponent(one.path).includes(`${id}/`),
    );
  const until = async (check: () => boolean, patienceMs = PATIENCE_MS) => {
    for (const end = Date.now() + patienceMs; !check(); await sleep(20))
      assert.ok(Date.now() < end, 'not in time');
  };

  it('runs one activity once: five times in order, together, and after a restart', async () => {
    const activity = inConversation('a:once');
    const statuses: number[] = [];
    for (let n = 0; n < 5; n += 1) statuses.push((await deliver(desk.url, activity)).status);
    const together = await Promise.all(Array.from({ length: 5 }, () => deliver(desk.url, activity)));
    await desk.restart();
    // The restart closed the open connection, so the first request may fail.
    const again = await deliver(desk.url, activity).catch(() => deliver(desk.url, activity));
    statuses.push(...together.map((one) => one.status), again.status);
    assert.deepEqual(new Set(statuses), new Set([200]));
    assert.equal(saidIn('a:once').length, 1);
  });

  it('treats the same activity id in another conversation as a different activity', async () => {
    for (const id of ['a:one', 'a:two']) await deliver(desk.url, inConversation(id, { id: 'same' }));
    assert.deepEqual([saidIn('a:one').length, saidIn('a:two').length], [1, 1]);
  });

  it('answers twenty messages that come together one after another, in order of arrival', async () => {
    connector.delay(60);
    const arrived = () => desk.entries.filter((entry) => entry.event === 'turn.asker').length;
    const texts = Array.from({ length: 20 }, (_, n) => `zzzq${n}xq`);
    const sends: Promise<unknown>[] = [];
    for (const text of texts) {
      const before = arrived();
      sends.push(deliver(desk.url, inConversation('a:order', { text })));
      await until(() => arrived() > before);
    }
    await Promise.all(sends);
    await until(() => saidIn('a:order').length === 20);
    const replied = saidIn('a:order').map((one) => one.activity.replyToId as string);
    const asNumbers = replied.map((id) => Number(id.split('-')[1]));
    assert.deepEqual(
      asNumbers,
      [...asNumbers].sort((a, b) => a - b),
    );
  });

  it('runs a hundred conversations in parallel', async () => {
    connector.delay(700);
    const since = performance.now();
    await Promise.all(Array.from({ length: 100 }, (_, n) => deliver(desk.url, inConversation(`a:many${n}`))));
    await until(() => connector.sent.filter((one) => one.path.includes('many')).length >= 100);
    const took = performance.now() - since;
    assert.ok(took < 40_000, `one after another would take 70 s; it took ${took.toFixed(0)} ms`);
  });

  it('acknowledges a request when its turn takes long, and sends the answer later', async () => {
    connector.delay(6_000);
    const since = performance.now();
    const { status } = await deliver(desk.url, inConversation('a:slow'));
    const took = performance.now() - since;
    assert.equal(status, 200);
    assert.ok(took < 5_500, `held for ${took.toFixed(0)} ms`);
    await until(() => desk.entries.some((entry) => entry.event === 'turn.late-done'));
    assert.equal(saidIn('a:slow').length, 1);
    connector.delay(0);
    await deliver(desk.url, inConversation('a:slow'));
    await until(() => saidIn('a:slow').length === 2);
  });

  it('stores an acknowledged activity until its answer is sent', async () => {
    // Turns of the tests before may still be ending.
    const kept = async () => {
      const all = await desk.app.stores.lateTurns.waiting({ since: 0, until: Number.MAX_SAFE_INTEGER });
      return all.filter((one) => JSON.stringify(one).includes('a:kept'));
    };
    connector.delay(1_500);
    await deliver(desk.url, inConversation('a:kept'));
    assert.equal((await kept()).length, 1);
    await until(() => saidIn('a:kept').length === 1);
    for (let tries = 0; (await kept()).length > 0; tries += 1) {
      assert.ok(tries < 100, 'still kept');
      await sleep(50);
    }
    connector.delay(0);
  });

  it('does not acknowledge an activity that it could not store, so that the channel sends the activity again', async () => {
    const { lateTurns } = desk.app.stores;
    sinon.stub(lateTurns, 'keep').rejects(new DeskError('store.unavailable', 'gone'));
    connector.delay(1_500);
    const { status } = await deliver(desk.url, inConversation('a:not-kept'));
    sinon.restore();
    connector.delay(0);
    assert.equal(status, 503);
  });

  it('answers an acknowledged message once, after the process died before the answer', async () => {
    const activity = inConversation('a:lost', { text: 'help' });
    const key = { channelId: 'msteams', conversationId: 'a:lost', activityId: String(activity.id) };
    await desk.app.stores.lateTurns.keep(key, activity, Date.now());
    await desk.restart();
    await until(() => saidIn('a:lost').length === 1);
    await desk.restart();
    await deliver(desk.url, activity);
    await sleep(200);
    assert.equal(saidIn('a:lost').length, 1);
  });

  it('answers 503 to a slow click, so that the client sends the click again', async () => {
    connector.delay(1_500);
    await Promise.all([
      deliver(desk.url, inConversation('a:click')),
      sleep(50).then(async () => {
        const invoke = { type: 'invoke', name: 'adaptiveCard/action', text: undefined };
        const value = { action: { type: 'Action.Execute', verb: 'x', data: {} } };
        const { status, body } = await deliver(desk.url, inConversation('a:click', { ...invoke, value }));
        assert.equal(status, 503);
        assert.equal((body as { error: { code: string } }).error.code, 'turn.late');
      }),
    ]);
  });

  it('greets a visitor once when the process died before the greeting', async () => {
    const log = () => desk.app.stores.conversations;
    const visitor = { id: 'lost-greeting', userId: 'dl_y', audience: 'customer' as const };
    await log().create({ ...visitor, createdAt: Date.now() });
    await log().claimGreeting(visitor.id);
    const said = async () => (await log().after(visitor.id, 0)).activities.length;
    await desk.restart();
    for (const end = Date.now() + PATIENCE_MS; (await said()) === 0; await sleep(20)) {
      assert.ok(Date.now() < end, 'nobody greets');
    }
    await desk.restart();
    await sleep(300);
    assert.equal(await said(), 1);
  });

  it('answers an accepted web message after the process died before the answer', async () => {
    const visitor = await Visitor.join(desk.url, 'customer');
    const { conversations } = desk.app.stores;
    // The store after a process was killed between the acceptance of a message and its turn.
    const lost = {
      type: 'message',
      text: 'help',
      from: { id: 'dl_x', role: 'user' },
      channelId: 'directline',
    };
    const address = { conversation: { id: visitor.conversationId } };
    await conversations.append(visitor.conversationId, { ...lost, ...address }, Date.now());
    await desk.restart();
    assert.equal((await visitor.replies(1)).length, 1);
    await desk.restart();
    await sleep(300);
    await assert.rejects(visitor.replies(1, 500), /only 0/, 'one turn, however often it starts');
  });
});
