/** Ends outages whose senders reported no end for too long. */
import { expire, isExpired } from '../../incident/expiry.js';
import type { Log } from '../../ports.js';
import { endIncident, type IncidentDeps } from './change-incident.js';

/** Ends the expired reports of every open incident. Returns the number of incidents that changed. */
export async function endExpired(deps: IncidentDeps, log: Pick<Log, 'info'>): Promise<number> {
  let changed = 0;
  for (const incident of await deps.incidents.open()) {
    if (!isExpired(incident, deps.now())) continue;
    const acted = await endIncident(deps, incident.id, (one) => expire(one, deps.now()));
    if (acted?.kind !== 'done') continue;
    changed += 1;
    log.info('outages.no-end-reported', { incident: incident.id, state: acted.incident.state });
  }
  return changed;
}
