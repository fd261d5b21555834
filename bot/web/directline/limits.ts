/** Rate limits: how many calls a key (an address, a conversation) may make in a window, in constant memory per key. */

export interface RateLimit {
  /** Calls allowed in a window, all at once or spread. */
  readonly calls: number;
  readonly windowMs: number;
}

export interface RateLimiter {
  /** Counts one call. 0: go ahead. Otherwise the milliseconds to wait, and the call is not counted. */
  take(key: string): number;
}

/** Beyond this many keys the one that was quiet longest is dropped. */
const MAX_KEYS = 20_000;

/**
 * The generic cell rate algorithm: each key has the time at which its allowance is full again; a call moves it by one
 * interval and is refused when that would lie more than a window ahead.
 */
export function createRateLimiter(limit: RateLimit, now: () => number): RateLimiter {
  const fullAt = new Map<string, number>();
  const interval = limit.windowMs / limit.calls;
  return {
    take(key) {
      const at = now();
      const known = fullAt.get(key) ?? at;
      // No call ever moves it further than a window ahead: the clock was set back, and nobody shall wait for that.
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

/** Several limits on the same key: refused by the strictest. */
export function allOf(limiters: readonly RateLimiter[]): RateLimiter {
  return { take: (key) => Math.max(0, ...limiters.map((limiter) => limiter.take(key))) };
}
