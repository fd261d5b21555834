/** Plans the recipients of changed incidents page by page, so that a large audience delays nothing else. */
import type { Log } from '../../ports.js';
import { planPage, type IncidentDesk } from './change-incident.js';

export interface PlannerDeps {
  readonly desk: IncidentDesk;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
}

/** Between two pages, for everybody else who uses the store; and between two looks when nothing is to be planned. */
const BREATH_MS = 5;
const IDLE_MS = 200;
/** After a store that failed. */
const FAILED_MS = 1000;

/** Plans one page of each incident under way, so that a small one never waits for a large one. False: there was none. */
export async function planOnce(desk: IncidentDesk): Promise<boolean> {
  let worked = false;
  for (const id of await desk.incidents.planning()) {
    const now = desk.now();
    const done = await desk.incidents.planNext(id, await planPage(desk, now), now);
    worked ||= done !== 'busy';
  }
  return worked;
}

/** Plans until told to stop. A process that dies in between loses nothing: another goes on where it was. */
export async function runPlanner({ desk, sleep, log }: PlannerDeps, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    const wait = await planOnce(desk).then(
      (worked) => (worked ? BREATH_MS : IDLE_MS),
      (error: unknown) => {
        log.warn('outages.planning-failed', { error });
        return FAILED_MS;
      },
    );
    await sleep(wait);
  }
}
