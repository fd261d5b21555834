/** A recipient whose conversation keeps refusing cards, without a documented reason, ends after days. */

/** Cards that were given up in a row, without an accepted card between. */
export interface Failing {
  /** When the first of them was given up, in milliseconds since the epoch. */
  readonly since: number;
  readonly times: number;
}

/** A recipient ends after this many failed cards over this long a time. A short fault of the platform ends no recipient. */
const ENDS_AFTER = { times: 3, ms: 3 * 86_400_000 } as const;

/** The failures after one more card was given up, and whether the recipient has ended. */
export function failedAgain(
  before: Failing | undefined,
  now: number,
): { readonly failing: Failing; readonly ended: boolean } {
  const failing = { since: before?.since ?? now, times: (before?.times ?? 0) + 1 };
  return { failing, ended: failing.times >= ENDS_AFTER.times && now - failing.since >= ENDS_AFTER.ms };
}
