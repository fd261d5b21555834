/** Plans the recipients of changed incidents page by page, so that a large audience delays nothing else. */
import type { Log } from '../../ports.js';
import { planPage, type IncidentDeps } from './change-incident.js';

export interface PlannerDeps {
  readonly incidentDeps: IncidentDeps;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Log;
}

/** The pause between two pages, for other users of the store; and the pause when nothing is to be planned. */
const BREATH_MS = 5;
const IDLE_MS = 200;
/** The pause after an error of the store. */
const FAILED_MS = 1000;

/**
 * Plans one page of each waiting incident, so that a small incident never waits for a large one. False: there was none.
 */
export async function planOnce(deps: IncidentDeps): Promise<boolean> {
  let worked = false;
  for (const id of await deps.incidents.planning()) {
    const now = deps.now();
    const done = await deps.incidents.planNext(id, await planPage(deps, now), now);
    worked ||= done !== 'busy';
  }
  return worked;
}

/** Plans until it is stopped. A process that dies loses nothing: another process continues. */
export async function runPlanner(
  { incidentDeps, sleep, log }: PlannerDeps,
  stopped: () => boolean,
): Promise<void> {
  while (!stopped()) {
    const wait = await planOnce(incidentDeps).then(
      (worked) => (worked ? BREATH_MS : IDLE_MS),
      (error: unknown) => {
        log.warn('outages.planning-failed', { error });
        return FAILED_MS;
      },
    );
    await sleep(wait);
  }
}
