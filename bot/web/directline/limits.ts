/** Rate limits: how many calls a key (an address, a conversation, a customer) may make in a window. */

export interface RateLimit {
  /** Calls allowed in a window, at once or spread. */
  readonly calls: number;
  readonly windowMs: number;
}

export interface Rates {
  /**
   * Counts one call against all limits of a key. Resolves to 0 when the call may continue. Otherwise resolves to the
   * milliseconds to wait, and does not count the call.
   */
  take(key: string, limits: readonly RateLimit[]): Promise<number>;
}

/** Above this number of keys, the oldest key is dropped. */
const MAX_KEYS = 20_000;

/**
 * The generic cell rate algorithm in this process, with constant memory per key. Each key stores the time at which its
 * allowance is full again. A call moves this time by one interval. A call is refused when the time would be more than
 * one window ahead.
 */
export function memoryRates(now: () => number): Rates {
  const fullAt = new Map<string, number>();
  const judge = (key: string, limit: RateLimit, at: number) => {
    const name = `${String(limit.windowMs)}|${key}`;
    const next = nextFull(fullAt.get(name) ?? at, limit, at);
    return { name, next, wait: Math.max(0, Math.ceil(next - at - limit.windowMs)) };
  };
  return {
    take(key, limits) {
      const at = now();
      const judged = limits.map((limit) => judge(key, limit, at));
      const wait = Math.max(0, ...judged.map((one) => one.wait));
      if (wait > 0) return Promise.resolve(wait);
      for (const { name, next } of judged) {
        fullAt.delete(name);
        fullAt.set(name, next);
        const longestQuiet = fullAt.keys().next().value;
        if (fullAt.size > MAX_KEYS && longestQuiet !== undefined) fullAt.delete(longestQuiet);
      }
      return Promise.resolve(0);
    },
  };
}

/**
 * The time at which the allowance is full again after one more call. A call never moves the time further than one
 * window ahead. If it is further ahead, the clock was set back, and no client should wait for that.
 */
function nextFull(known: number, { calls, windowMs }: RateLimit, at: number): number {
  return (known > at + windowMs ? at : Math.max(known, at)) + windowMs / calls;
}
