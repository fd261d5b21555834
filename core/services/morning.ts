/** At the end of quiet hours: one digest a reader, and the cards of what is still open. */
import type { Digest } from '../incident/digest.js';
import { digestOf } from '../incident/digest.js';
import { outcomeOf, type SendResult } from '../incident/delivery-outcome.js';
import type { Delivery } from '../incident/delivery.js';
import { planDeliveries } from '../incident/plan.js';
import type { DeliveryStore, ReaderStore, SilenceStore } from '../incident/ports.js';
import type { Limiter } from '../incident/rate.js';
import type { Incident } from '../incident/types.js';
import type { IncidentDesk } from './change-incident.js';

export interface MorningDeps extends IncidentDesk {
  readonly silences: Pick<SilenceStore, 'active'>;
  readonly deliveries: Pick<DeliveryStore, 'claimHeld' | 'replace'>;
  readonly readers: Pick<ReaderStore, 'byId' | 'setReachable'>;
  readonly limiter: Pick<Limiter, 'take' | 'pause'>;
  readonly sendDigest: (digest: Digest) => Promise<SendResult>;
}

const LEASE_MS = 60_000;
const BATCH = 200;

/** Takes the held cards whose time has come. How many there were. */
export async function tellTheMorning(deps: MorningDeps): Promise<number> {
  const held = await deps.deliveries.claimHeld(deps.now(), BATCH, LEASE_MS);
  for (const readerId of new Set(held.map((row) => row.readerId))) {
    await tellReader(
      deps,
      readerId,
      held.filter((row) => row.readerId === readerId),
    );
  }
  return held.length;
}

/** A digest that could not be sent is tried again when the lease has ended: the cards are still held. */
async function tellReader(deps: MorningDeps, readerId: string, held: readonly Delivery[]): Promise<void> {
  const found = await Promise.all(held.map((row) => deps.incidents.byId(row.incidentId)));
  const incidents = found.filter((one) => one !== undefined);
  const decided = await decide(deps, readerId, held, incidents);
  const told = incidents.filter((one) =>
    decided.some((row) => row.incidentId === one.id && row.status !== 'muted'),
  );
  const digest = digestOf(readerId, told);
  if (digest && !(await sent(deps, digest, held[0]?.tenantId ?? ''))) return;
  for (const row of held) {
    const after = decided.find((one) => one.incidentId === row.incidentId);
    await deps.deliveries.replace(row, after ?? { ...row, status: 'withdrawn' });
  }
}

async function decide(
  deps: MorningDeps,
  readerId: string,
  held: readonly Delivery[],
  incidents: readonly Incident[],
): Promise<readonly Delivery[]> {
  const reader = await deps.readers.byId(readerId);
  if (!reader) return [];
  const now = deps.now();
  const [silences, openIncidents] = await Promise.all([deps.silences.active(now), deps.incidents.open()]);
  const facts = { now, silences, openIncidents, publisherOf: deps.publisherOf };
  return incidents.flatMap((incident) => {
    const row = held.find((one) => one.incidentId === incident.id);
    if (!row) return [];
    const deliveries = new Map([[readerId, row]]);
    return planDeliveries({ incident, announce: 'none', readers: [reader], deliveries, facts }).deliveries;
  });
}

async function sent(deps: MorningDeps, digest: Digest, tenantId: string): Promise<boolean> {
  if (deps.limiter.take(tenantId, digest.readerId, deps.now()).kind === 'wait') return false;
  const outcome = outcomeOf(await deps.sendDigest(digest));
  switch (outcome.kind) {
    case 'throttled':
      deps.limiter.pause(tenantId, deps.now() + (outcome.retryAfterMs ?? 2000));
      return false;
    case 'retry':
    case 'unauthorised':
      return false;
    case 'gone':
      await deps.readers.setReachable(digest.readerId, false, outcome.code, deps.now());
      return true;
    case 'accepted':
    case 'ambiguous':
    case 'missing':
    case 'refused':
      // The cards of what is open follow anyway; a second digest would help nobody.
      return true;
  }
}
