/** The database goes away and comes back while the product runs: every person gets an answer, without a restart. */
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashUrlToken } from '../../bot/outages/verify.js';
import { Cable } from '../helpers/cable.js';
import { startDesk, Visitor, type Desk } from '../helpers/desk.js';
import { deliver, startConnector, teamsActivity, type FakeConnector } from '../helpers/fake-connector.js';
import { TestStore } from '../helpers/stores.js';
import { outageSource } from '../helpers/outages.js';

/** How long the database is away. Set 30 seconds for a realistic outage. */
const AWAY_MS = Number(process.env.OFFER_DESK_OUTAGE_SECONDS ?? 2) * 1000;
/** Milliseconds after the fault within which everything must work again. */
const RECOVERED_MS = 30_000;
const TOKEN = 'a-token-of-more-than-twenty-two-characters';

describe('the product while the database is away', function () {
  let place: TestStore | undefined;
  let cable: Cable;
  let desk: Desk;
  let connector: FakeConnector;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);

  before(async function () {
    place = await TestStore.prepare('postgres');
    if (!place?.databaseUrl) return this.skip(); // TestStore.prepare printed the reason: no PostgreSQL
    const url = new URL(place.databaseUrl);
    cable = new Cable(new URL(url));
    await cable.plug();
    url.hostname = '127.0.0.1';
    url.port = String(cable.port);
    connector = await startConnector();
    desk = await startDesk({ DATABASE_URL: url.toString() }, { answerWithinMs: 3_000 });
    process.on('unhandledRejection', note);
  });
  after(async () => {
    process.off('unhandledRejection', note);
    await desk?.close();
    await connector?.close();
    await cable?.cut();
    await place?.remove();
  });

  const say = (id: string) =>
    deliver(
      desk.url,
      teamsActivity(connector, { conversation: { id, conversationType: 'personal' }, text: 'help' }),
    );
  const saidIn = (id: string) =>
    connector.sent.filter(
      (one) => one.activity.type === 'message' && decodeURIComponent(one.path).includes(`${id}/`),
    );
  const notice = (id: string) =>
    fetch(`${desk.url}/api/outages/page?token=${TOKEN}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, title: 'Sign-in fails', state: 'investigating', severity: 'minor' }),
    });
  const statusOf = async (path: string) => (await fetch(`${desk.url}${path}`)).status;
  const until = async (check: () => Promise<boolean>, ms: number) => {
    for (const end = Date.now() + ms; !(await check()); await sleep(50))
      assert.ok(Date.now() < end, `not within ${ms} ms`);
  };

  it('answers every person, asks senders to send again, and recovers without a restart', async () => {
    const [offer] = desk.app.directory.view().directory.offers.values();
    await desk.app.stores.outages.sources.save(
      outageSource({
        id: 'page',
        publisherId: offer?.publisherId ?? '',
        auth: { kind: 'url-token', hashes: [hashUrlToken(TOKEN)] },
      }),
      'test',
      1,
    );
    assert.equal((await say('a:before')).status, 200);
    const visitor = await Visitor.join(desk.url, 'customer');
    await visitor.say('help');

    const since = Date.now();
    await cable.cut();
    for (let round = 0; round === 0 || Date.now() - since < AWAY_MS; round += 1) {
      const chat = `a:away${round}`;
      const { status } = await say(chat);
      // Either a 503 makes the channel send the message again, or the bot answers the person at once.
      assert.ok(status === 503 || saidIn(chat).length > 0, `silence: ${status}`);
      const refused = await notice('CON-1');
      assert.equal(refused.status, 503);
      assert.ok(Number(refused.headers.get('retry-after')) > 0);
      assert.equal(await statusOf('/healthz'), 200);
      assert.equal(await statusOf('/readyz'), 503);
      await sleep(250);
    }
    await cable.plug();

    const back = Date.now();
    await until(async () => (await statusOf('/readyz')) === 200, RECOVERED_MS);
    await until(async () => (await notice('CON-1')).status === 200, RECOVERED_MS);
    await until(async () => (await say('a:after')).status === 200, RECOVERED_MS);
    await until(() => Promise.resolve(saidIn('a:after').length > 0), RECOVERED_MS);
    const again = await visitor.say('help');
    assert.ok(again.length > 0);
    assert.ok(Date.now() - back < RECOVERED_MS);
    assert.deepEqual(unhandled, []);
  });
});
