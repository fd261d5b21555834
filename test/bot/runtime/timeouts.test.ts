/** Waiting for work at most so long. */
import assert from 'node:assert/strict';
import sinon from 'sinon';
import { within, withinOrThrow } from '../../../bot/runtime/timeouts.js';

const LONG = 60_000;
const never = new Promise<never>(() => undefined);

describe('a time-out', () => {
  it('gives the result of work that ends in time, and leaves no timer behind', async () => {
    const clock = sinon.useFakeTimers();
    try {
      assert.equal(await within(LONG, Promise.resolve('done'), () => 'late'), 'done');
      assert.equal(clock.countTimers(), 0);
    } finally {
      clock.restore();
    }
  });

  it('gives the other value when the time is up', async () => {
    assert.equal(await within(1, never, () => 'late'), 'late');
  });

  it('passes on the failure of work that fails in time', async () => {
    await assert.rejects(
      within(LONG, Promise.reject(new Error('broken')), () => 'late'),
      /broken/,
    );
  });

  it('throws the given error when the time is up', async () => {
    await assert.rejects(
      withinOrThrow(1, never, () => new Error('too slow')),
      /too slow/,
    );
  });
});
