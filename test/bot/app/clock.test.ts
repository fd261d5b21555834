/** The server notices that the clock was set back, and repairs waiting times then, not all the time. */
import assert from 'node:assert/strict';
import sinon from 'sinon';
import { watchClock } from '../../../bot/app/operations.js';
import { CapturedLog } from '../../helpers/capture-log.js';

const MINUTE = 60_000;

describe('the watch over the clock', () => {
  let timers: sinon.SinonFakeTimers;
  let wall = 0;
  let steady = 0;
  let close: (() => unknown) | undefined;
  const repair = sinon.stub<[], Promise<number>>();
  beforeEach(() => {
    timers = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    [wall, steady] = [1_800_000_000_000, 1_000];
    repair.reset();
    repair.resolves(0);
  });
  afterEach(() => timers.restore());

  const start = () => {
    const log = new CapturedLog();
    const server = { onClose: (work: () => unknown) => void (close = work) };
    const context = { stores: { repairFutureTimes: repair }, now: () => wall, log, server };
    return watchClock(context as unknown as Parameters<typeof watchClock>[0], () => steady);
  };
  const pass = async (ms: number) => {
    wall += ms;
    steady += ms;
    await timers.tickAsync(ms);
  };

  it('repairs at the start, and within a minute after the clock was set back', async () => {
    await start();
    assert.equal(repair.callCount, 1);
    for (let minute = 0; minute < 10; minute += 1) await pass(MINUTE);
    assert.equal(repair.callCount, 1, 'no step, no repair');
    wall -= 60 * MINUTE;
    await pass(MINUTE);
    assert.equal(repair.callCount, 2);
    await pass(MINUTE);
    assert.equal(repair.callCount, 2);
  });

  it('repairs nothing after the clock was set forward or corrected by little', async () => {
    await start();
    wall += 24 * 60 * MINUTE;
    await pass(MINUTE);
    wall -= 1_000;
    await pass(MINUTE);
    assert.equal(repair.callCount, 1);
  });

  it('tries again when the store did not answer, and stops with the server', async () => {
    await start();
    repair.onCall(1).rejects(new Error('away'));
    wall -= 60 * MINUTE;
    await pass(MINUTE);
    await pass(MINUTE);
    assert.equal(repair.callCount, 3);
    await close?.();
    wall -= 60 * MINUTE;
    await pass(10 * MINUTE);
    assert.equal(repair.callCount, 3);
  });
});
