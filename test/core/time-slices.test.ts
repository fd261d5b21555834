/** Tests for work in slices: the result is the same with and without pauses, and pauses depend on the time. */
import assert from 'node:assert/strict';
import { allAtOnce, sliceEach, runSlices, type Slices } from '../../core/time-slices.js';

function* sum(count: number): Slices<number> {
  let total = 0;
  yield* sliceEach(
    Array.from({ length: count }, (_, at) => at),
    (one) => {
      total += one;
    },
  );
  return total;
}

describe('work in slices', () => {
  it('gives the same result at once and in slices', async () => {
    const pause = () => Promise.resolve();
    assert.equal(allAtOnce(sum(1000)), 499_500);
    assert.equal(await runSlices(sum(1000), pause, () => 0), 499_500);
  });

  it('pauses only after the hold time', async () => {
    let [now, pauses] = [0, 0];
    const pause = () => Promise.resolve(void (pauses += 1));
    await runSlices(sum(1000), pause, () => (now += 4), 8);
    assert.equal(pauses > 3 && pauses < 20, true, String(pauses));
    pauses = 0;
    await runSlices(sum(1000), pause, () => 0, 8);
    assert.equal(pauses, 0);
  });

  it('fails with the error of the work', async () => {
    const failing = sliceEach([1], () => {
      throw new RangeError('no');
    });
    await assert.rejects(
      runSlices(
        failing,
        () => Promise.resolve(),
        () => 0,
      ),
      /no/,
    );
  });
});
