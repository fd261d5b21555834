/** A turn stores its state, its mark "done" and its place in the order in one step: all or nothing. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Stores } from '../../bot/store/stores.js';
import { addOne, COUNTED, counted, COUNTER, countUp } from '../helpers/counted-turns.js';
import { onEveryEngine } from '../helpers/stores.js';

const USER = 'msteams/users/29:ada/';
const turnOf = (activityId: string, conversationId = 'c1') => ({
  channelId: 'msteams',
  conversationId,
  activityId,
  userId: '29:ada',
});

onEveryEngine('a turn with its state', (stores, place) => {
  const turns = () => stores().turns;
  const clear = async () => {
    const { kysely } = stores().database;
    await kysely.deleteFrom('turn_claims').execute();
    await kysely.deleteFrom('bot_state').execute();
  };
  beforeEach(clear);
  afterEach(() => {
    place().frozenAt = undefined;
  });

  it('finds the stored documents, and stores what it wrote', async () => {
    await stores().botState.write({ [USER]: { person: 'known' } });
    let read: Record<string, unknown> = {};
    await turns().inTurn(turnOf('1'), (begun) =>
      begun.run(async () => {
        read = await turns().storage.read([USER, 'msteams/conversations/c1/users/29:ada/']);
        await turns().storage.write({ 'msteams/conversations/c1/users/29:ada/': { n: 1, eTag: '*' } });
      }),
    );
    assert.deepEqual(Object.keys(read), [USER]);
    assert.equal((read[USER] as { person: string }).person, 'known');
    const stored = await stores().botState.read(['msteams/conversations/c1/users/29:ada/']);
    assert.equal(stored['msteams/conversations/c1/users/29:ada/'].n, 1);
  });

  it('reads its own writes, as the SDK may after a save', async () => {
    let seen: unknown;
    await turns().inTurn(turnOf('1'), (begun) =>
      begun.run(async () => {
        const state = { list: ['one'], eTag: '*' };
        await turns().storage.write({ [USER]: state });
        state.list.push('later');
        seen = (await turns().storage.read([USER]))[USER];
      }),
    );
    assert.deepEqual(seen, { list: ['one'], eTag: '*' });
  });

  it('writes nothing to the store before its end, and everything at its end', async () => {
    await turns().inTurn(turnOf('1'), async (begun) => {
      await begun.run(async () => {
        await turns().storage.write({ [USER]: { n: 1, eTag: '*' } });
        assert.deepEqual(await stores().botState.read([USER]), {});
      });
      assert.equal((await stores().botState.read([USER]))[USER]?.n, 1);
    });
  });

  it('compares an eTag in the store at once, and refuses an outdated one', async () => {
    await stores().botState.write({ [USER]: { n: 1 } });
    const { [USER]: mine } = await stores().botState.read([USER]);
    await stores().botState.write({ [USER]: { n: 2 } });
    const stale = turns().inTurn(turnOf('1'), (begun) =>
      begun.run(() => turns().storage.write({ [USER]: { ...mine, n: 3 } })),
    );
    await assert.rejects(stale, { code: 'store.conflict' });
    assert.equal((await stores().botState.read([USER]))[USER]?.n, 2);
  });

  it('leaves the store to work that goes on after its end', async () => {
    let late: () => Promise<void> = () => Promise.resolve();
    await turns().inTurn(turnOf('1'), (begun) =>
      begun.run(() => {
        let start: () => void = () => undefined;
        const started = new Promise<void>((resolve) => (start = resolve));
        const written = started.then(() => turns().storage.write({ [USER]: { n: 'late', eTag: '*' } }));
        late = () => (start(), written);
        return Promise.resolve();
      }),
    );
    await late();
    assert.equal((await stores().botState.read([USER]))[USER]?.n, 'late');
  });

  it('is a repetition within 24 hours after its end, and for its own activity alone', async () => {
    place().frozenAt = 1_000_000_000_000;
    assert.equal(await addOne(stores(), 'a'), true);
    place().pass(23 * 3_600_000);
    assert.equal(await addOne(stores(), 'a'), 'repeated');
    assert.equal(await addOne(stores(), 'b'), true);
    place().pass(2 * 3_600_000);
    assert.equal(await addOne(stores(), 'a'), true);
    assert.equal((await counted(stores())).count, 3);
  });

  it('never counts as a repetition without an activity id', async () => {
    const withoutId = () =>
      turns().inTurn(COUNTED, async (begun) => {
        assert.equal(begun.repeated, false);
        await begun.run(() => countUp(stores()));
      });
    await withoutId();
    await withoutId();
    assert.deepEqual(await counted(stores()), { count: 2, done: 0 });
  });

  it('stores nothing when it fails, and may run again', async () => {
    const failing = turns().inTurn({ ...COUNTED, activityId: 'a' }, (begun) =>
      begun.run(async () => {
        await countUp(stores());
        throw new Error('this turn');
      }),
    );
    await assert.rejects(failing, /this turn/);
    assert.deepEqual(await counted(stores()), { count: 0, done: 0 });
    assert.equal(await addOne(stores(), 'a'), true);
  });

  it('stores nothing but its mark when it is given up', async () => {
    await turns().inTurn({ ...COUNTED, activityId: 'a' }, async (begun) => {
      const failing = begun.run(async () => {
        await countUp(stores());
        throw new Error('this turn');
      });
      await assert.rejects(failing, /this turn/);
      await begun.giveUp();
    });
    assert.deepEqual(await counted(stores()), { count: 0, done: 1 });
    assert.equal(await addOne(stores(), 'a'), 'repeated');
  });

  it('stores all or nothing when its end fails, and lets the next turn begin', async () => {
    const failing = turns().inTurn({ ...COUNTED, activityId: 'a' }, (begun) =>
      begun.run(async () => {
        await countUp(stores());
        // No table takes this time.
        place().frozenAt = Number.NaN;
      }),
    );
    await assert.rejects(failing);
    place().frozenAt = undefined;
    assert.deepEqual(await counted(stores()), { count: 0, done: 0 });
    assert.equal(await addOne(stores(), 'a'), true);
    assert.deepEqual(await counted(stores()), { count: 1, done: 1 });
  });

  it('loses no count when twenty turns of one conversation arrive together, some of them twice', async () => {
    const ids = Array.from({ length: 20 }, (_, n) => `a${n % 15}`);
    const ended = await Promise.all(ids.map((id) => addOne(stores(), id)));
    assert.equal(ended.filter((one) => one === true).length, 15);
    assert.deepEqual(await counted(stores()), { count: 15, done: 15 });
  });

  it('lets two conversations of one user write that user and themselves at the same time', async () => {
    const own = (conversation: string) => `msteams/conversations/${conversation}/`;
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        turns().inTurn(turnOf(`${n}`, `c${n % 4}`), (begun) =>
          begun.run(() =>
            turns().storage.write({ [own(`c${n % 4}`)]: { n, eTag: '*' }, [USER]: { n, eTag: '*' } }),
          ),
        ),
      ),
    );
    const documents = await stores().botState.read([USER, own('c0'), own('c3')]);
    assert.equal(Object.keys(documents).length, 3);
  });

  it('counts each activity exactly once when the process is killed at any moment', async () => {
    const runner = fileURLToPath(new URL('../helpers/turn-runner.ts', import.meta.url));
    const { databaseUrl = '', kind, dataDir } = place();
    for (let kill = 0; kill < 2; kill += 1) {
      // The embedded store belongs to one process.
      if (kind === 'sqlite') await stores().close();
      const args = ['--import', 'tsx', runner, databaseUrl, dataDir, 'endless'];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
      await once(child, 'close');
      assert.equal(child.signalCode, 'SIGKILL');
      const after: Stores = kind === 'sqlite' ? await place().open() : stores();
      const { count, done } = await counted(after);
      assert.ok(count > 0);
      assert.equal(count, done);
      if (kind === 'sqlite') await after.close();
      else await sql`update turn_tickets set expires_at = 1`.execute(after.database.kysely);
    }
  });
});

onEveryEngine(
  'a turn of an instance that seemed dead',
  (stores, place) => {
    let other: Stores;
    before(async () => {
      other = await place().open();
    });

    it('keeps the newer state of the instance that went on, and still counts as done', async () => {
      const [late, next] = [stores(), other];
      const ended = await late.turns.inTurn({ ...COUNTED, activityId: 'late' }, (begun) =>
        begun.run(async () => {
          await countUp(late);
          await sql`update turn_tickets set expires_at = 1`.execute(late.database.kysely);
          assert.equal(await addOne(next, 'next'), true);
          await next.botState.write({ [COUNTER]: { count: 100 } });
        }),
      );
      assert.equal(ended, false);
      assert.deepEqual(await counted(next), { count: 100, done: 2 });
      assert.equal(await addOne(next, 'late'), 'repeated');
    });

    it('is found by the instance that waits for it, together with everything it wrote', async () => {
      const before = await counted(stores());
      await Promise.all(
        Array.from({ length: 30 }, (_, n) => addOne(n % 2 === 0 ? stores() : other, `both-${n}`)),
      );
      const { count, done } = await counted(other);
      assert.deepEqual([count - before.count, done - before.done], [30, 30]);
    });
  },
  ['postgres'],
);
