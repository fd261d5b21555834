/** Each activity runs once, and the turns of a conversation run in order, on one instance and on two. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Stores } from '../../bot/store/stores.js';
import { counted } from '../helpers/counted-turns.js';
import { onEveryEngine } from '../helpers/stores.js';

const HOUR = 3_600_000;
const key = (activityId: string) => ({ channelId: 'msteams', conversationId: 'c1', activityId });

onEveryEngine('turns', (stores, place) => {
  const turns = () => stores().turns;
  afterEach(() => {
    place().frozenAt = undefined;
  });

  it('accepts an activity once, also when the activity arrives several times or in parallel', async () => {
    const claims = await Promise.all(Array.from({ length: 5 }, () => turns().claim(key('together'))));
    assert.deepEqual(claims.sort(), ['new', 'running', 'running', 'running', 'running']);
    await turns().finish(key('together'));
    assert.equal(await turns().claim(key('together')), 'done');
  });

  it('accepts the same activity id from another conversation or channel', async () => {
    assert.equal(await turns().claim(key('same')), 'new');
    assert.equal(await turns().claim({ ...key('same'), conversationId: 'c2' }), 'new');
    assert.equal(await turns().claim({ ...key('same'), channelId: 'directline' }), 'new');
  });

  it('allows another try of a turn that did not run', async () => {
    await turns().claim(key('released'));
    await turns().release(key('released'));
    assert.equal(await turns().claim(key('released')), 'new');
  });

  it('remembers a finished turn for 24 hours', async () => {
    place().frozenAt = 1_000_000_000_000;
    await turns().claim(key('day'));
    await turns().finish(key('day'));
    place().pass(23 * HOUR);
    assert.equal(await turns().claim(key('day')), 'done');
    place().pass(2 * HOUR);
    assert.equal(await turns().claim(key('day')), 'new');
  });

  it('gives an unfinished turn to a later delivery, but not while the turn may still run', async () => {
    place().frozenAt = 1_000_000_000_000;
    await turns().claim(key('dead'));
    place().pass(60_000);
    assert.equal(await turns().claim(key('dead')), 'running');
    place().pass(120_000);
    const again = await Promise.all([turns().claim(key('dead')), turns().claim(key('dead'))]);
    assert.deepEqual(again.sort(), ['new', 'running']);
  });

  it('forgets only claims that are older than 24 hours', async () => {
    place().frozenAt = 1_000_000_000_000;
    await turns().claim(key('old'));
    place().pass(25 * HOUR);
    await turns().claim(key('young'));
    assert.ok((await turns().purge()) >= 1);
    assert.equal(await turns().claim(key('young')), 'running');
  });

  it('accepts ids of any length', async () => {
    const long = { channelId: 'c', conversationId: 'x'.repeat(9000), activityId: 'y'.repeat(9000) };
    assert.equal(await turns().claim(long), 'new');
    assert.equal(await turns().claim(long), 'running');
  });

  it('runs 20 turns of one conversation one after another, in order of arrival', async () => {
    const order: number[] = [];
    let count = 0;
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        turns().inOrder('one', async () => {
          const read = count;
          await sleep(1);
          count = read + 1;
          order.push(n);
        }),
      ),
    );
    assert.equal(count, 20);
    assert.deepEqual(
      order,
      Array.from({ length: 20 }, (_, n) => n),
    );
  });

  it('continues with the next turn when a turn fails, and reports the failure to the caller of that turn', async () => {
    const failing = turns().inOrder('fails', () => Promise.reject(new Error('this turn')));
    const next = turns().inOrder('fails', () => Promise.resolve('next'));
    await assert.rejects(failing, /this turn/);
    assert.equal(await next, 'next');
  });

  it('runs 100 conversations in parallel with few connections while other work writes state', async () => {
    const began = Date.now();
    await Promise.all(
      Array.from({ length: 100 }, (_, n) =>
        turns().inOrder(`parallel ${n}`, async () => {
          await sleep(500);
          await stores().botState.write({ [`parallel/${n}`]: { n } });
        }),
      ),
    );
    const took = Date.now() - began;
    assert.ok(took < 25_000, `100 turns of 500 ms took ${took} ms; one after another they take 50 s`);
  });

  it('leaves no queue entry behind', async () => {
    await turns().inOrder('left', () => Promise.resolve());
    const { kysely } = stores().database;
    assert.deepEqual(await kysely.selectFrom('turn_tickets').selectAll().execute(), []);
  });
});

onEveryEngine(
  'turns after a restart of the only process',
  (stores, place) => {
    it('stay done if they ended, and run again if they were interrupted', async () => {
      await stores().turns.claim(key('finished'));
      await stores().turns.finish(key('finished'));
      await stores().turns.claim(key('cut'));
      await stores().close();
      const again = await place().open();
      assert.equal(await again.turns.claim(key('finished')), 'done');
      assert.equal(await again.turns.claim(key('cut')), 'new');
    });
  },
  ['sqlite'],
);

onEveryEngine(
  'turns on two instances',
  (stores, place) => {
    let other: Stores;
    before(async () => {
      other = await place().open();
    });

    const numbersDrawn = async () => {
      const { rows } = await sql<{ n: number }>`select last_value as n from turn_tickets_id_seq`.execute(
        stores().database.kysely,
      );
      return rows[0]?.n ?? 0;
    };
    const drawn = async (number: number) => {
      while ((await numbersDrawn()) < number) await sleep(1);
    };

    it('runs the turns of one conversation in order of arrival at either instance', async () => {
      const order: number[] = [];
      const running: Promise<void>[] = [];
      await stores().botState.write({ shared: { count: 0 } });
      await stores().turns.inOrder('first', () => Promise.resolve());
      const before = await numbersDrawn();
      for (let n = 0; n < 20; n += 1) {
        const instance = n % 3 === 0 ? other : stores();
        const turn = async () => {
          const { shared } = await instance.botState.read(['shared']);
          await sleep(5);
          await instance.botState.write({ shared: { count: shared.count + 1, eTag: '*' } });
          order.push(n);
        };
        running.push(instance.turns.inOrder('shared', turn));
        await drawn(before + n + 1); // The next turn arrives after this turn.
      }
      await Promise.all(running);
      assert.deepEqual(
        order,
        Array.from({ length: 20 }, (_, n) => n),
      );
      assert.equal((await stores().botState.read(['shared'])).shared.count, 20);
    });

    it('gives an activity that reaches both instances to one instance', async () => {
      const claims = await Promise.all(
        [stores(), other].flatMap((one) => [one.turns.claim(key('both')), one.turns.claim(key('both'))]),
      );
      assert.equal(claims.filter((claim) => claim === 'new').length, 1);
    });

    it('does not wait for an instance that died during a turn', async () => {
      const { kysely } = stores().database;
      const dead = { key: 'turn|dead', instance: 'gone', expires_at: Date.now() - 1 };
      await kysely.insertInto('turn_tickets').values(dead).execute();
      assert.equal(await stores().turns.inOrder('dead', () => Promise.resolve('served')), 'served');
    });

    it('waits for a turn on a live instance, and continues as soon as that turn ends', async () => {
      const waits: number[] = [];
      for (let tries = 0; tries < 5 && !waits.some((ms) => ms < 400); tries += 1) {
        let released = 0;
        const first = stores().turns.inOrder('bell', async () => {
          await sleep(150);
          released = Date.now();
        });
        await sleep(30);
        waits.push(await other.turns.inOrder('bell', () => Promise.resolve(Date.now() - released)));
        await first;
      }
      assert.ok(
        waits.some((ms) => ms >= 0 && ms < 400),
        `called after ${waits.join(', ')} ms`,
      );
    });

    it('counts every turn of one conversation when two processes run them together', async () => {
      const runner = fileURLToPath(new URL('../helpers/turn-runner.ts', import.meta.url));
      const url = place().databaseUrl ?? '';
      const processes = [1, 2].map(() =>
        spawn(process.execPath, ['--import', 'tsx', runner, url, 'unused', '20'], { stdio: 'inherit' }),
      );
      const codes = await Promise.all(processes.map((one) => once(one, 'close')));
      assert.deepEqual(
        codes.map(([code]) => code as number),
        [0, 0],
      );
      assert.deepEqual(await counted(stores()), { count: 40, done: 40 });
    });
  },
  ['postgres'],
);
