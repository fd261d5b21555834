/**
 * Rate limits: how many calls a key (an address, a conversation) may make in a window. Uses constant memory per key.
 */

export interface RateLimit {
  /** Calls allowed in a window, at once or spread. */
  readonly calls: number;
  readonly windowMs: number;
}

export interface RateLimiter {
  /**
   * Counts one call. Returns 0 when the call may continue. Otherwise returns the milliseconds to wait, and does not
   * count the call.
   */
  take(key: string): number;
}

/** Above this number of keys, the limiter drops the key that has been silent longest. */
const MAX_KEYS = 20_000;

/**
 * The generic cell rate algorithm. Each key stores the time at which its allowance is full again. A call moves this
 * time by one interval. A call is refused when the time would be more than one window ahead.
 */
export function createRateLimiter(limit: RateLimit, now: () => number): RateLimiter {
  const fullAt = new Map<string, number>();
  const interval = limit.windowMs / limit.calls;
  return {
    take(key) {
      const at = now();
      const known = fullAt.get(key) ?? at;
      // A call never moves the time further than one window ahead. So the clock was set back, and no client should wait
      // for that.
      const next = (known > at + limit.windowMs ? at : Math.max(known, at)) + interval;
      const wait = next - at - limit.windowMs;
      if (wait > 0) return Math.ceil(wait);
      fullAt.delete(key);
      fullAt.set(key, next);
      const longestQuiet = fullAt.keys().next().value;
      if (fullAt.size > MAX_KEYS && longestQuiet !== undefined) fullAt.delete(longestQuiet);
      return 0;
    },
  };
}

/** Combines several limits on the same key: the strictest limit refuses. */
export function allOf(limiters: readonly RateLimiter[]): RateLimiter {
  return { take: (key) => Math.max(0, ...limiters.map((limiter) => limiter.take(key))) };
}
