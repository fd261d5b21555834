/** When a silence ends, plans the cards of open outages for its recipient. */
import type { Silence } from '../../incident/audience.js';
import type { Log } from '../../ports.js';
import { replanOpen, type IncidentDesk } from './change-incident.js';

const LOOK_MS = 15_000;

/** One look: which silences have gone since the look before, and their recipients decided anew. How many have gone. */
export type SilenceLook = () => Promise<number>;

/** Remembers what was silent at the last look; the first one only remembers. */
export function silenceLook(desk: IncidentDesk): SilenceLook {
  let before: readonly Silence[] = [];
  return async () => {
    const active = await desk.silences.active(desk.now());
    const still = new Set(active.map((one) => one.id));
    const gone = before.filter((one) => !still.has(one.id));
    for (const readerId of new Set(gone.map((one) => one.readerId)))
      await replanOpen(desk, readerId ?? undefined);
    before = active;
    return gone.length;
  };
}

/** Looks until told to stop. What the store cannot say is asked again at the next look. */
export async function watchSilences(
  { desk, sleep, log }: { desk: IncidentDesk; sleep: (ms: number) => Promise<void>; log: Log },
  stopped: () => boolean,
): Promise<void> {
  const look = silenceLook(desk);
  while (!stopped()) {
    await look().catch((error: unknown) => log.warn('outages.silences-not-read', { error }));
    await sleep(LOOK_MS);
  }
}
