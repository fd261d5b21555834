/** Rate limits that several instances share, on every engine. */
import assert from 'node:assert/strict';
import { rateStore } from '../../bot/store/conversations/rate-store.js';
import { onEveryEngine } from '../helpers/stores.js';

const KEY = Buffer.alloc(32, 7);
const MINUTE = { calls: 3, windowMs: 60_000 };

onEveryEngine('shared rate limits', (stores) => {
  let now = 1_700_000_000_000;
  const instance = () => {
    const store = rateStore(stores().database.kysely, () => now);
    return (name: string, limits = [MINUTE]) => store.take(KEY, name, limits);
  };

  it('grant the limit once for all instances together, also at the same moment', async () => {
    const [one, two] = [instance(), instance()];
    const waits = await Promise.all(Array.from({ length: 12 }, (_, n) => (n % 2 ? one : two)('busy')));
    assert.equal(waits.filter((wait) => wait === 0).length, 3);
    assert.ok(waits.every((wait) => wait <= 20_000));
    assert.equal(await one('other'), 0);
  });

  it('let a call through after the wait that they named', async () => {
    const take = instance();
    while ((await take('waits')) === 0);
    const wait = await take('waits');
    now += wait - 1;
    assert.ok((await take('waits')) > 0);
    now += 1;
    assert.equal(await take('waits'), 0);
  });

  it('make no client wait because the clock was set back', async () => {
    const take = instance();
    while ((await take('clock')) === 0);
    now -= 3_600_000;
    assert.equal(await take('clock'), 0);
  });

  it('store no address, and nothing once the allowance is full again', async () => {
    const { kysely } = stores().database;
    await instance()('203.0.113.77');
    const rows = await kysely.selectFrom('client_rates').selectAll().execute();
    assert.ok(rows.length > 0);
    assert.ok(!JSON.stringify(rows).includes('203.0.113'));
    now += 10 * 3_600_000;
    assert.equal(await rateStore(kysely, () => now).purge(), rows.length);
  });
});
