/** At the end of quiet hours: sends each recipient one digest, and the cards of the open incidents. */
import { type Digest, digestOf } from '../../incident/quiet.js';
import { outcomeOf, type SendResult } from '../../incident/delivery-outcome.js';
import type { Delivery } from '../../incident/delivery.js';
import type { DeliveryStore, PlanPage, RecipientStore, SilenceStore } from '../../incident/ports.js';
import type { Limiter } from '../../incident/rate.js';
import type { Incident } from '../../incident/types.js';
import { planPage, type IncidentDeps } from './change-incident.js';

export interface MorningDeps extends IncidentDeps {
  readonly silences: Pick<SilenceStore, 'active'>;
  readonly deliveries: Pick<DeliveryStore, 'claimHeld' | 'replace'>;
  readonly recipients: Pick<RecipientStore, 'byId' | 'setReachable'>;
  readonly limiter: Pick<Limiter, 'take' | 'pause'>;
  readonly sendDigest: (digest: Digest) => Promise<SendResult>;
  readonly sleep: (ms: number) => Promise<void>;
}

const LEASE_MS = 60_000;
const BATCH = 200;
/** A digest that would have to wait longer than this comes with a later batch. */
const PATIENCE_MS = 5000;

/** The digest says nothing about muted incidents, or incidents held for another night. */
const TOLD = new Set<Delivery['status']>(['due', 'withdrawn']);

/** The common facts of all recipients of a batch. */
interface Morning {
  readonly incidents: readonly Incident[];
  readonly plan: PlanPage;
}

/** Takes held cards whose time has come, up to a batch. Returns how many there were. */
export async function sendMorningDigests(deps: MorningDeps): Promise<number> {
  const began = deps.now();
  const held = await deps.deliveries.claimHeld(began, BATCH, LEASE_MS);
  if (held.length === 0) return 0;
  const ids = [...new Set(held.map((row) => row.incidentId))];
  const found = await Promise.all(ids.map((id) => deps.incidents.byId(id)));
  const morning = { incidents: found.filter((one) => one !== undefined), plan: await planPage(deps, began) };
  for (const readerId of new Set(held.map((row) => row.readerId))) {
    // The remaining rows are not lost: their claim ends, and they are still held.
    if (deps.now() - began > LEASE_MS / 2) break;
    const rows = held.filter((row) => row.readerId === readerId);
    await tellRecipient(deps, morning, readerId, rows);
  }
  return held.length;
}

/** A failed digest is sent again when the lease has ended, because the cards are still held. */
async function tellRecipient(
  deps: MorningDeps,
  morning: Morning,
  readerId: string,
  held: readonly Delivery[],
): Promise<void> {
  const decided = await decide(deps, morning, readerId, held);
  const told = morning.incidents.filter((one) =>
    decided.some((row) => row.incidentId === one.id && TOLD.has(row.status)),
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
  { incidents, plan }: Morning,
  readerId: string,
  held: readonly Delivery[],
): Promise<readonly Delivery[]> {
  const recipient = await deps.recipients.byId(readerId);
  if (!recipient) return [];
  return incidents.flatMap((incident) => {
    const row = held.find((one) => one.incidentId === incident.id);
    if (!row) return [];
    const deliveries = new Map([[readerId, row]]);
    return plan({ incident, announce: 'none', recipients: [recipient], deliveries });
  });
}

async function sent(deps: MorningDeps, digest: Digest, tenantId: string): Promise<boolean> {
  if (!(await mayGo(deps, tenantId, digest.readerId))) return false;
  const outcome = outcomeOf(await deps.sendDigest(digest));
  switch (outcome.kind) {
    case 'throttled':
      deps.limiter.pause(tenantId, deps.now() + (outcome.retryAfterMs ?? 2000));
      return false;
    case 'retry':
    case 'doubtful':
    case 'unauthorised':
    case 'disabled-by-admin':
      return false;
    case 'gone':
      await deps.recipients.setReachable(digest.readerId, false, outcome.code, deps.now());
      return true;
    case 'accepted':
    case 'ambiguous':
    case 'missing':
    case 'refused':
      // The cards of the open incidents follow anyway, so a second digest is not needed.
      return true;
  }
}

async function mayGo({ limiter, now, sleep }: MorningDeps, tenantId: string, readerId: string) {
  for (const end = now() + PATIENCE_MS; ;) {
    const permission = limiter.take(tenantId, readerId, now());
    if (permission.kind === 'go') return true;
    if (permission.until > end) return false;
    await sleep(Math.max(1, permission.until - now()));
  }
}
