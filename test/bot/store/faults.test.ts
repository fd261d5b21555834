/** A failing store gives callers a clear error, and works again after the fault. */
import assert from 'node:assert/strict';
import { openStores, type Stores } from '../../../bot/store/stores.js';
import { Cable } from '../../helpers/cable.js';
import { isCode } from '../../helpers/errors.js';
import { TestStore } from '../../helpers/stores.js';
import { publisherOf } from '../../helpers/directory-builders.js';

describe('the store on a PostgreSQL that becomes unreachable', function () {
  let place: TestStore | undefined;
  let cable: Cable;
  let stores: Stores;
  before(async function () {
    place = await TestStore.prepare('postgres');
    if (!place?.databaseUrl) return this.skip(); // TestStore.prepare has reported that there is no PostgreSQL
    const url = new URL(place.databaseUrl);
    cable = new Cable(new URL(url));
    await cable.plug();
    url.hostname = '127.0.0.1';
    url.port = String(cable.port);
    stores = await openStores({
      databaseUrl: url.toString(),
      dataDir: '',
      log: place.log,
      now: Date.now,
      poolSize: 4,
    });
  });
  after(async () => {
    await stores?.close();
    await cable?.cut();
    await place?.remove();
  });

  it('reports that PostgreSQL is unavailable, and works again as soon as PostgreSQL is back', async () => {
    await stores.botState.write({ before: { n: 1 } });
    await cable.cut();
    await assert.rejects(stores.botState.read(['before']), isCode('store.unavailable'));
    await assert.rejects(stores.botState.write({ a: {}, b: {} }), isCode('store.unavailable'));
    await assert.rejects(
      stores.turns.inOrder('c', () => Promise.resolve()),
      isCode('store.unavailable'),
    );
    await assert.rejects(stores.checkReady(), isCode('store.unavailable'));
    await cable.plug();
    await stores.checkReady();
    assert.equal((await stores.botState.read(['before'])).before.n, 1);
    assert.equal(await stores.turns.inOrder('c', () => Promise.resolve('turn')), 'turn');
  });

  it('lets a running turn end, and runs the next turn when PostgreSQL is back', async () => {
    let begun: () => void = () => undefined;
    let end: () => void = () => undefined;
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const ending = new Promise<void>((resolve) => (end = resolve));
    const running = stores.turns.inOrder('d', async () => {
      begun();
      await ending;
      return 'ended';
    });
    await beginning;
    await cable.cut();
    end();
    assert.equal(await running, 'ended');
    await cable.plug();
    // The turn could not give its place in the queue back, so the place has to expire.
    await stores.database.kysely.updateTable('turn_tickets').set({ expires_at: 1 }).execute();
    assert.equal(await stores.turns.inOrder('d', () => Promise.resolve('next')), 'next');
  });

  it('calls the next turn in the queue again after PostgreSQL is back', async () => {
    const hold = (ms: number) => () => new Promise<void>((resolve) => setTimeout(resolve, ms));
    await Promise.all([stores.turns.inOrder('e', hold(20)), stores.turns.inOrder('e', hold(1))]);
    await cable.cut();
    await cable.plug();
    // The next user of each cut connection notices the cut; from then on every connection works.
    for (let tries = 0; tries < 4; tries += 1) await stores.checkReady().catch(() => undefined);
    const took: number[] = [];
    for (let tries = 0; tries < 5 && !took.some((ms) => ms < 450); tries += 1) {
      const began = Date.now();
      await Promise.all([stores.turns.inOrder('e', hold(20)), stores.turns.inOrder('e', hold(1))]);
      took.push(Date.now() - began);
    }
    assert.ok(
      took.some((ms) => ms < 450),
      `the next in the queue was not called and had to look by itself: ${took.join(', ')} ms`,
    );
  });
});

describe('an embedded store on a full disk', () => {
  let place: TestStore | undefined;
  afterEach(async () => place?.remove());

  it('reports the failure, keeps its data, and continues when there is space again', async () => {
    place = await TestStore.prepare('sqlite');
    assert.ok(place);
    const stores = await place.open();
    await stores.botState.write({ before: { n: 1 } });
    const { sqlite } = stores.database;
    assert.ok(sqlite);
    const { page_count: pages } = sqlite.prepare('pragma page_count').get() as { page_count: number };
    sqlite.exec(`pragma max_page_count=${pages + 2}`);
    const big = { big: { filling: 'x'.repeat(200_000) } };
    await assert.rejects(stores.botState.write(big), isCode('store.unavailable'));
    await assert.rejects(stores.botState.write({ ...big, other: {} }), isCode('store.unavailable'));
    assert.equal((await stores.botState.read(['before'])).before.n, 1);
    sqlite.exec('pragma max_page_count=1000000');
    await stores.botState.write({ ...big, other: {} });
    assert.deepEqual(Object.keys(await stores.botState.read(['big', 'other'])).sort(), ['big', 'other']);
  });

  it('stores no part of an import without space, and accepts the import when there is space', async () => {
    place = await TestStore.prepare('sqlite');
    assert.ok(place);
    const { directory, database } = await place.open();
    const { page_count: pages } = database.sqlite?.prepare('pragma page_count').get() as {
      page_count: number;
    };
    database.sqlite?.exec(`pragma max_page_count=${pages + 100}`);
    const upserts = Array.from({ length: 2000 }, (_, n) => {
      const publisher = publisherOf({ id: `p${n}`, name: `Publisher ${n} ${'x'.repeat(300)}` });
      return { kind: 'publisher' as const, key: `publisher:p${n}`, publisher };
    });
    const change = { source: 'file:x', upserts, removals: [], actor: 'x', at: 1 };
    await assert.rejects(directory.commit(change), isCode('store.unavailable'));
    assert.deepEqual([await directory.version(), (await directory.rowsOf('file:x')).size], [0, 0]);
    database.sqlite?.exec('pragma max_page_count=1000000');
    assert.equal(await directory.commit(change), 1);
    assert.equal((await directory.rowsOf('file:x')).size, 2000);
  });
});

describe('the event loop with an embedded store', () => {
  it('still runs timers while a caller awaits thousands of queries one after another', async () => {
    const place = await TestStore.prepare('sqlite');
    assert.ok(place);
    const stores = await place.open();
    let pulses = 0;
    const pulse = setInterval(() => (pulses += 1), 5);
    const until = performance.now() + 600;
    while (performance.now() < until) await stores.botState.read(['x']);
    clearInterval(pulse);
    await place.remove();
    assert.ok(pulses >= 3, `a timer of 5 ms fired ${String(pulses)} times in 600 ms`);
  });
});
