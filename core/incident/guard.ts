/** Limits how many notices and new incidents one source may send. */
import { nextAllowed, type Window } from './rate.js';

/** The limits of one source. Signed senders get more; both limits are far above the needs of an outage. */
export interface GuardLimits {
  readonly notices: readonly Window[];
  readonly incidents: readonly Window[];
}
export const GUARD: Readonly<Record<'signed' | 'unsigned', GuardLimits>> = {
  signed: { notices: [{ count: 600, ms: 60_000 }], incidents: [{ count: 30, ms: 3_600_000 }] },
  unsigned: { notices: [{ count: 60, ms: 60_000 }], incidents: [{ count: 10, ms: 3_600_000 }] },
};

/** A guard in one process. The caller gives the time. */
export interface Guard {
  /**
   * Asks to send one more notice (or to open one more incident). Counts it when allowed; else says when to try again.
   */
  admit(
    source: string,
    what: keyof GuardLimits,
    limits: GuardLimits,
    now: number,
  ): { readonly retryAt: number | null };
}

/** A guard without history. The number of registered sources limits its memory. */
export function createGuard(): Guard {
  const seen = new Map<string, number[]>();
  return {
    admit(source, what, limits, now) {
      const key = `${what}|${source}`;
      const times = seen.get(key) ?? [];
      const at = nextAllowed(times, limits[what]);
      if (at > now) return { retryAt: at };
      times.push(now);
      const most = Math.max(...limits[what].map((window) => window.count));
      if (times.length > most) times.splice(0, times.length - most);
      seen.set(key, times);
      return { retryAt: null };
    },
  };
}
