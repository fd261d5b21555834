/** At the end of quiet hours: sends each recipient one digest, and the cards of the open incidents. */
import { type Digest, digestOf } from '../../incident/quiet.js';
import type { SendResult } from '../../incident/delivery-outcome.js';
import type { Delivery } from '../../incident/delivery.js';
import type { DeliveryStore, PlanPage, RecipientStore, SilenceStore } from '../../incident/ports.js';
import type { Incident } from '../../incident/types.js';
import { planPage, type IncidentDeps } from './change-incident.js';
import { sendNotice, type NoticeDeps } from './send-notice.js';

export interface MorningDeps extends IncidentDeps, NoticeDeps {
  readonly silences: Pick<SilenceStore, 'active'>;
  readonly deliveries: Pick<DeliveryStore, 'claimHeld' | 'replace'>;
  readonly recipients: Pick<RecipientStore, 'byId' | 'setReachable'>;
  readonly sendDigest: (digest: Digest) => Promise<SendResult>;
}

const LEASE_MS = 60_000;
const BATCH = 200;

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
  const tenantId = held[0]?.tenantId ?? '';
  if (digest && !(await sendNotice(deps, { readerId, tenantId }, () => deps.sendDigest(digest)))) return;
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
