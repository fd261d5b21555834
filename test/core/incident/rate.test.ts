/** The documented limits in a simulation: sending never exceeds a window, and waits no longer than necessary. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createLimiter, nextAllowed, THREAD_WINDOWS, type Window } from '../../../core/incident/rate.js';
import { cpuMs } from '../../helpers/cpu-time.js';

/** Counts back from every request, so this check works differently from the limiter. */
function violations(times: readonly number[], windows: readonly Window[]): number {
  let found = 0;
  for (const { count, ms } of windows) {
    let from = 0;
    for (let to = 0; to < times.length; to++) {
      while ((times[to] ?? 0) - (times[from] ?? 0) > ms) from += 1;
      if (to - from + 1 > count) found += 1;
    }
  }
  return found;
}

/** Sends to the threads in turn, as fast as allowed, and returns the time of each request. */
function simulate(
  threads: readonly string[],
  limiter: ReturnType<typeof createLimiter>,
  now = 0,
): { all: number[]; byThread: Map<string, number[]>; end: number } {
  const all: number[] = [];
  const byThread = new Map<string, number[]>();
  for (const thread of threads) {
    for (;;) {
      const permission = limiter.take('t', thread, now);
      if (permission.kind === 'go') break;
      assert.ok(permission.until > now, 'a wait is in the future');
      now = permission.until;
    }
    all.push(now);
    byThread.set(thread, [...(byThread.get(thread) ?? []), now]);
  }
  return { all, byThread, end: now };
}
const tenantWindow = (count: number): readonly Window[] => [{ count, ms: 1000 }];

describe('rate limits', () => {
  it('let 10,000 recipients get a card within 350 s at 30 per second, and are never exceeded', () => {
    const threads = Array.from({ length: 10_000 }, (_, n) => `r${String(n)}`);
    const { all, end } = simulate(threads, createLimiter({ perTenant: 30 }));
    assert.equal(violations(all, tenantWindow(30)), 0);
    assert.ok(end <= 350_000, `${String(end / 1000)} s`);
  });

  it('allow at least 170,000 per hour at 50 per second', () => {
    const threads = Array.from({ length: 20_000 }, (_, n) => `r${String(n)}`);
    const { end } = simulate(threads, createLimiter({ perTenant: 50 }));
    assert.ok((20_000 / end) * 3_600_000 >= 170_000, String((20_000 / end) * 3_600_000));
  });

  it('hold in every window for 300 updates of one channel', () => {
    const { all, end } = simulate(
      Array.from({ length: 300 }, () => 'channel'),
      createLimiter({ perTenant: 30 }),
    );
    assert.equal(violations(all, THREAD_WINDOWS), 0);
    assert.ok(end <= 140_000, `${String(end / 1000)} s, about 60 each 30 s`);
  });

  it('allow at most 1,800 per thread and hour', () => {
    const { all } = simulate(
      Array.from({ length: 2000 }, () => 'channel'),
      createLimiter({ perTenant: 50 }),
    );
    assert.equal(violations(all, THREAD_WINDOWS), 0);
    assert.ok((all[1800] ?? 0) > 3_600_000);
  });

  it('hold in every window for any mixture of threads and pauses', () => {
    const step = fc.record({
      thread: fc.constantFrom('a', 'b', 'c'),
      idle: fc.constantFrom(0, 0, 0, 1, 999, 1000, 2500, 31_000),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 10 }), (steps, perTenant) => {
        const limiter = createLimiter({ perTenant });
        const times = new Map<string, number[]>();
        const all: number[] = [];
        let now = 0;
        for (const { thread, idle } of steps) {
          now += idle;
          const permission = limiter.take('t', thread, now);
          if (permission.kind === 'wait') continue;
          times.set(thread, [...(times.get(thread) ?? []), now]);
          all.push(now);
        }
        for (const list of times.values()) assert.equal(violations(list, THREAD_WINDOWS), 0);
        assert.equal(violations(all, tenantWindow(perTenant)), 0);
      }),
    );
  });

  it('name the first allowed moment; one millisecond earlier exceeds a limit', () => {
    const sent = [0, 1, 2, 3, 4, 5, 6];
    const next = nextAllowed(sent, THREAD_WINDOWS);
    assert.equal(violations([...sent, next], THREAD_WINDOWS), 0);
    assert.equal(violations([...sent, next - 1], THREAD_WINDOWS), 1);
  });

  it('pause only the tenant that answered 429', () => {
    const limiter = createLimiter({ perTenant: 30 });
    limiter.pause('t', 5000);
    limiter.pause('t', 3000);
    assert.deepEqual(limiter.take('t', 'a', 0), { kind: 'wait', until: 5000 });
    assert.deepEqual(limiter.take('u', 'b', 0), { kind: 'go' });
    assert.deepEqual([limiter.pausedUntil('t'), limiter.pausedUntil('u')], [5000, 0]);
  });

  it('wait no longer than one window after the clock was set back by a day, and hold from then on', () => {
    const day = 86_400_000;
    const limiter = createLimiter({ perTenant: 30 });
    simulate(
      Array.from({ length: 60 }, (_, n) => `r${String(n % 5)}`),
      limiter,
      day,
    );
    limiter.pause('t', day + 900_000);
    const { all, end } = simulate(
      Array.from({ length: 300 }, (_, n) => `r${String(n % 100)}`),
      limiter,
    );
    assert.equal(violations(all, tenantWindow(30)), 0);
    assert.ok((all[0] ?? 0) <= 2200, `the first request waited ${String(all[0])} ms`);
    assert.ok(end < 40_000, `${String(end)} ms`);
  });

  it('forget threads after an hour without a message', () => {
    const limiter = createLimiter({ perTenant: 50 });
    let now = 0;
    let most = 0;
    for (let n = 0; n < 30_000; n++) {
      now += 1000;
      assert.equal(limiter.take('t', `r${String(n)}`, now).kind, 'go');
      most = Math.max(most, limiter.size());
    }
    assert.ok(most <= 3610, String(most));
  });

  it('cost the same for each request after 100,000 requests', () => {
    const limiter = createLimiter({ perTenant: 1_000_000 });
    const cost = (from: number, count: number): number =>
      cpuMs(() => {
        for (let n = from; n < from + count; n++) limiter.take('t', `r${String(n)}`, n);
      }) / count;
    cost(0, 5000);
    const early = cost(5000, 10_000);
    cost(15_000, 75_000);
    const late = cost(90_000, 10_000);
    assert.ok(late < Math.max(early * 10, 0.02), `${String(early)} ms, then ${String(late)} ms`);
  });
});
