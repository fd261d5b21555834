/** A person joins two incidents, or splits them again. Both incidents are stored before another notice is applied. */
import { joinIncidents, splitIncident, type JoinResult } from '../../incident/join.js';
import { DeskError } from '../../errors.js';
import type { Incident } from '../../incident/types.js';
import { commitIncident, replanOpen, type IncidentDeps } from './change-incident.js';
import { retryOnConflict } from '../retry-on-conflict.js';

/** `unknown`: no incident has the id. */
export type Joined = JoinResult | { readonly kind: 'unknown'; readonly id: string };

/** Joins the incident `otherId` into `mainId`. */
export function joinById(deps: IncidentDeps, mainId: string, otherId: string, by: string): Promise<Joined> {
  return both(deps, mainId, otherId, (main, other) => joinIncidents(main, other, { by, at: deps.now() }));
}

/** Splits the incident `otherId` from the incident into which it was joined. */
export async function splitById(deps: IncidentDeps, otherId: string, by: string): Promise<Joined> {
  const other = await deps.incidents.byId(otherId);
  if (!other) return { kind: 'unknown', id: otherId };
  if (!other.joinedInto) return { kind: 'no-change', reason: 'not-joined' };
  return both(deps, other.joinedInto.id, otherId, (main, found) =>
    splitIncident(main, found, { by, at: deps.now() }),
  );
}

/**
 * Stores `main` first: after a crash between the two commits, the other incident is still open, and a repetition of the
 * command completes it.
 */
async function both(
  deps: IncidentDeps,
  mainId: string,
  otherId: string,
  act: (main: Incident, other: Incident) => JoinResult,
): Promise<Joined> {
  const done = await deps.incidents.inOrder(() =>
    retryOnConflict(async (): Promise<Joined> => {
      const [main, other] = [await deps.incidents.byId(mainId), await deps.incidents.byId(otherId)];
      if (!main) return { kind: 'unknown', id: mainId };
      if (!other) return { kind: 'unknown', id: otherId };
      const result = act(main, other);
      if (result.kind === 'no-change') return result;
      await store(deps, main, result.main, result.announce);
      await store(deps, other, result.other, 'none');
      return result;
    }),
  );
  if (done.kind === 'done') await replanOpen(deps);
  return done;
}

async function store(
  deps: IncidentDeps,
  before: Incident,
  incident: Incident,
  announce: Extract<JoinResult, { kind: 'done' }>['announce'],
): Promise<void> {
  if ((await commitIncident(deps, { incident, before, announce, seen: [], visible: true })) !== 'committed')
    throw new DeskError('store.conflict', `incident ${incident.id} keeps changing`);
}
