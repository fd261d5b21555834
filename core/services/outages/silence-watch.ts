/** When a silence ends, plans the cards of open outages for its recipient. */
import type { Silence } from '../../incident/audience.js';
import type { Log } from '../../ports.js';
import { replanOpen, type IncidentDeps } from './change-incident.js';

const LOOK_MS = 15_000;

/**
 * One look: finds the silences that have ended since the last look, and decides again for their recipients. Returns how
 * many.
 */
export type SilenceLook = () => Promise<number>;

/** Remembers the active silences of the last look; the first look only remembers. */
export function silenceLook(deps: IncidentDeps): SilenceLook {
  let before: readonly Silence[] = [];
  return async () => {
    const active = await deps.silences.active(deps.now());
    const still = new Set(active.map((one) => one.id));
    const gone = before.filter((one) => !still.has(one.id));
    for (const readerId of new Set(gone.map((one) => one.readerId)))
      await replanOpen(deps, readerId ?? undefined);
    before = active;
    return gone.length;
  };
}

/** Looks until it is stopped. After an error of the store, the next look asks again. */
export async function watchSilences(
  {
    incidentDeps,
    sleep,
    log,
  }: { incidentDeps: IncidentDeps; sleep: (ms: number) => Promise<void>; log: Log },
  stopped: () => boolean,
): Promise<void> {
  const look = silenceLook(incidentDeps);
  while (!stopped()) {
    await look().catch((error: unknown) => log.warn('outages.silences-not-read', { error }));
    await sleep(LOOK_MS);
  }
}
