/** The use of the database that the metrics page shows. */
import assert from 'node:assert/strict';
import { sql } from 'kysely';
import { onEveryEngine } from '../helpers/stores.js';

onEveryEngine('the use of the database', (stores) => {
  it('counts the connections in use and the requests that wait', async () => {
    const { kysely, engine } = stores().database;
    const one = () => sql`select 1`.execute(kysely);
    await one();
    const { limit, ...idle } = engine.usage();
    assert.deepEqual(idle, { used: 0, waiting: 0 });
    assert.equal(limit, engine.kind === 'sqlite' ? 1 : 4);
    const held = holding(limit);
    const holders = Array.from({ length: limit }, () => kysely.connection().execute(held.hold));
    await held.all;
    assert.deepEqual(engine.usage(), { used: limit, limit, waiting: 0 });
    const late = one();
    // Kysely asks the driver for a connection only after a few turns of the event loop.
    while (engine.usage().waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(engine.usage(), { used: limit, limit, waiting: 1 });
    held.release();
    await Promise.all([...holders, late]);
    assert.deepEqual(engine.usage(), { used: 0, limit, waiting: 0 });
  });
});

/** Work that holds a connection until released; `all` resolves when `count` pieces of work hold a connection. */
function holding(count: number) {
  let release: () => void = () => undefined;
  let began: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  const all = new Promise<void>((resolve) => (began = resolve));
  let holders = 0;
  return {
    all,
    release: () => release(),
    hold: async () => {
      holders += 1;
      if (holders === count) began();
      await released;
    },
  };
}
