/** The bell a worker waits for. */
import assert from 'node:assert/strict';
import { Bell } from '../../../bot/runtime/wake-signal.js';

const LONG = 60_000;

describe('the bell', () => {
  it('ends a wait at once, also one that begins after it rang, and only one', async () => {
    const bell = new Bell();
    const waiting = bell.wait(LONG);
    bell.ring();
    await waiting;
    bell.ring();
    await bell.wait(LONG);
    const next = bell.wait(LONG);
    const first = await Promise.race([next.then(() => 'rang'), Promise.resolve('waits')]);
    assert.equal(first, 'waits');
    bell.ring();
    await next;
  });

  it('ends a wait after its time when nobody rings', async () => {
    await new Bell().wait(1);
  });
});
