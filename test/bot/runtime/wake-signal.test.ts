/** The signal that wakes a waiting worker. */
import assert from 'node:assert/strict';
import { WakeSignal } from '../../../bot/runtime/wake-signal.js';

const LONG = 60_000;

describe('the wake signal', () => {
  it('ends a wait at once, also one that begins after it was woken, and only one', async () => {
    const signal = new WakeSignal();
    const waiting = signal.wait(LONG);
    signal.wake();
    await waiting;
    signal.wake();
    await signal.wait(LONG);
    const next = signal.wait(LONG);
    const first = await Promise.race([next.then(() => 'woken'), Promise.resolve('waits')]);
    assert.equal(first, 'waits');
    signal.wake();
    await next;
  });

  it('ends a wait after its time when nobody wakes it', async () => {
    await new WakeSignal().wait(1);
  });
});
