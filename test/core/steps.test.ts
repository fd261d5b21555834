/** Work in steps: the same result at once or in turns, with pauses when time has gone by. */
import assert from 'node:assert/strict';
import { atOnce, eachInSteps, inTurns, type Steps } from '../../core/steps.js';

function* sum(count: number): Steps<number> {
  let total = 0;
  yield* eachInSteps(
    Array.from({ length: count }, (_, at) => at),
    (one) => {
      total += one;
    },
  );
  return total;
}

describe('work in steps', () => {
  it('gives the same result at once and in turns', async () => {
    const pause = () => Promise.resolve();
    assert.equal(atOnce(sum(1000)), 499_500);
    assert.equal(await inTurns(sum(1000), pause, () => 0), 499_500);
  });

  it('pauses only when it has held the process long enough', async () => {
    let [now, pauses] = [0, 0];
    const pause = () => Promise.resolve(void (pauses += 1));
    await inTurns(sum(1000), pause, () => (now += 4), 8);
    assert.equal(pauses > 3 && pauses < 20, true, String(pauses));
    pauses = 0;
    await inTurns(sum(1000), pause, () => 0, 8);
    assert.equal(pauses, 0);
  });

  it('ends with the error of its work', async () => {
    const failing = eachInSteps([1], () => {
      throw new RangeError('no');
    });
    await assert.rejects(
      inTurns(
        failing,
        () => Promise.resolve(),
        () => 0,
      ),
      /no/,
    );
  });
});
