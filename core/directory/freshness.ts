/** Says how much a "last verified" date can still be trusted. */

/**
 * After this many days, a contact counts as not verified lately: half a year, a usual time until people change jobs.
 */
export const STALE_AFTER_DAYS = 180;
const DAY_MS = 86_400_000;

export type Freshness =
  | { readonly kind: 'fresh'; readonly verifiedOn: string; readonly ageDays: number }
  | { readonly kind: 'stale'; readonly verifiedOn: string; readonly ageDays: number }
  | { readonly kind: 'never' };

/**
 * @param verifiedOn ISO date; absent or unreadable means never verified.
 * @param now milliseconds since the epoch. A date in the future counts as today.
 */
export function freshnessOf(
  verifiedOn: string | undefined,
  now: number,
  staleAfterDays: number = STALE_AFTER_DAYS,
): Freshness {
  const at = verifiedOn ? Date.parse(verifiedOn) : Number.NaN;
  if (!verifiedOn || Number.isNaN(at)) return { kind: 'never' };
  const ageDays = Math.max(0, Math.floor((now - at) / DAY_MS));
  return { kind: ageDays > staleAfterDays ? 'stale' : 'fresh', verifiedOn, ageDays };
}
