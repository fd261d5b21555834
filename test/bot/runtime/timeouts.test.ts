/** Waiting for work at most so long. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import sinon from 'sinon';
import { within, withinOrThrow, withTimeLimit } from '../../../bot/runtime/timeouts.js';

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

describe('a time limit with a signal', () => {
  const collectGarbage = (): void => {
    v8.setFlagsFromString('--expose-gc');
    (vm.runInNewContext('gc') as () => void)();
  };

  it('ends a request that gets no answer, although garbage is collected meanwhile', async () => {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    let ended = false;
    const asked = assert
      .rejects(
        withTimeLimit(100, new AbortController().signal, (signal) => fetch(url, { signal })),
        { name: 'TimeoutError' },
      )
      .finally(() => (ended = true));
    while (!ended) {
      collectGarbage();
      await nextTurn();
    }
    await asked;
    server.closeAllConnections();
    server.close();
  });

  it('ends the work as soon as the outer signal ends, with its reason', async () => {
    const outer = new AbortController();
    const asked = withTimeLimit(
      LONG,
      outer.signal,
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    outer.abort(new Error('the desk stops'));
    await assert.rejects(asked, /the desk stops/);
  });

  it('does not begin when the outer signal has ended', async () => {
    const work = sinon.spy();
    await assert.rejects(withTimeLimit(LONG, AbortSignal.abort(new Error('over')), work), /over/);
    sinon.assert.notCalled(work);
  });
});
