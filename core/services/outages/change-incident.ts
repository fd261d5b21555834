/** Commits a changed incident with its cards, and applies the staff's actions to an incident. */
import type { Announce } from '../../incident/lifecycle.js';
import { planDeliveries } from '../../incident/plan.js';
import type { IncidentStore, PlanPage, SilenceStore } from '../../incident/ports.js';
import type { Acted } from '../../incident/acts.js';
import type { Incident } from '../../incident/types.js';
import { DeskError } from '../../errors.js';
import type { Clock, Log } from '../../ports.js';
import { isConflict, retryOnConflict } from '../retry-on-conflict.js';
import { expire, isExpired } from '../../incident/expiry.js';

/** The dependencies of a change. */
export interface IncidentDeps {
  readonly incidents: IncidentStore;
  readonly silences: Pick<SilenceStore, 'active'>;
  /** Publisher id of an offer in the directory. */
  readonly publisherOf: (offerId: string) => string | undefined;
  readonly now: Clock;
}

/** The new incident, and the stored incident on which it is based. */
export interface Change {
  readonly incident: Incident;
  readonly before: Incident | undefined;
  readonly announce: Announce;
  readonly seen: readonly string[];
  /** False when a recipient would see no difference. */
  readonly visible: boolean;
}

/**
 * Stores the change with the cards of the first recipients. The same transaction records that the others are still to
 * be planned: see plan-audience.ts.
 */
export async function commitIncident(
  deps: IncidentDeps,
  change: Change,
): Promise<'committed' | 'conflict' | 'seen-before'> {
  const at = deps.now();
  const { incident, before, announce, seen } = change;
  const plan = change.visible ? await planPage(deps, at) : undefined;
  return deps.incidents.commit({ incident, before, seen, announce, plan, at });
}

/** Decides about recipients, with the other facts of this moment. */
export async function planPage(deps: IncidentDeps, now: number): Promise<PlanPage> {
  const [silences, openIncidents] = await Promise.all([deps.silences.active(now), deps.incidents.open()]);
  const facts = { now, silences, openIncidents, publisherOf: deps.publisherOf };
  return (part) => planDeliveries({ ...part, facts }).deliveries;
}

/**
 * Applies an action of a member of staff. Undefined: there is no such incident.
 * @throws DeskError `store.conflict` when other changes keep coming first.
 */
export async function actOnIncident(
  deps: IncidentDeps,
  id: string,
  act: (incident: Incident) => Acted,
): Promise<Acted | undefined> {
  return retryOnConflict(async () => {
    const before = await deps.incidents.byId(id);
    if (!before) return undefined;
    const acted = act(before);
    if (acted.kind === 'no-change') return acted;
    const { incident, announce = 'none' } = acted;
    await commitOrConflict(deps, { incident, before, announce, seen: [], visible: true });
    return acted;
  });
}

/** @throws DeskError `store.conflict` when another change of the incident came first. */
async function commitOrConflict(deps: IncidentDeps, change: Change): Promise<void> {
  if ((await commitIncident(deps, change)) !== 'committed')
    throw new DeskError('store.conflict', `incident ${change.incident.id} keeps changing`);
}

/** `actOnIncident` for an action that may end the incident: the incidents that it suppressed are then told. */
export async function endIncident(
  deps: IncidentDeps,
  id: string,
  act: (incident: Incident) => Acted,
): Promise<Acted | undefined> {
  const acted = await actOnIncident(deps, id, act);
  if (acted?.kind === 'done') await replanOpen(deps);
  return acted;
}

/** Decides again who gets an incident: after a silence, a subscription, or the end of a suppressing incident. */
async function replanIncident(deps: IncidentDeps, id: string): Promise<void> {
  await retryOnConflict(async () => {
    const incident = await deps.incidents.byId(id);
    if (!incident) return;
    await commitOrConflict(deps, { incident, before: incident, announce: 'none', seen: [], visible: true });
  }).catch((error: unknown) => {
    // The conflicting changes have planned the incident too.
    if (!isConflict(error)) throw error;
  });
}

/** `replanIncident` for every open incident; for one recipient alone, when only that recipient's settings changed. */
export async function replanOpen(deps: IncidentDeps, readerId?: string): Promise<void> {
  for (const { id } of await deps.incidents.open())
    await (readerId === undefined ? replanIncident(deps, id) : replanRecipient(deps, id, readerId));
}

/** Decides again whether one recipient gets an incident, at its newest version. */
export async function replanRecipient(deps: IncidentDeps, id: string, readerId: string): Promise<void> {
  await deps.incidents.planRecipients(id, [readerId], await planPage(deps, deps.now()));
}

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
