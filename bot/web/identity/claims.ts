/** The claims a partner may make about its customer: an id, a tenant, owned offers. Other claims are ignored. */
import { z } from 'zod';
import { PURCHASE_CHANNELS, type PurchaseChannel } from '../../../core/terms.js';

export interface OwnedOffer {
  /** As the directory writes ids; whether there is such an offer is asked when it matters. */
  readonly offerId: string;
  /** How it was bought. */
  readonly channel?: PurchaseChannel;
}

export interface Customer {
  /** The partner's own id for its customer. Never kept as it is. */
  readonly subject: string;
  /** Microsoft Entra tenant the purchases are in. */
  readonly tenantId?: string;
  readonly offers: readonly OwnedOffer[];
}

const MAX_OFFERS = 100;
const Id = z.string().min(1).max(200);
const Owned = z
  .union([Id, z.object({ id: Id, channel: z.enum(PURCHASE_CHANNELS).optional() })])
  .transform((one) => (typeof one === 'string' ? { id: one } : one))
  .transform(({ id, ...rest }) => ({ ...rest, offerId: canonical(id) }));
const Claims = z.object({
  sub: Id,
  tenant: z.guid().toLowerCase().optional(),
  offers: z.array(Owned).max(MAX_OFFERS).default([]),
});

/** The customer the claims tell of; undefined when one of them is of another shape. */
export function customerOf(payload: unknown): Customer | undefined {
  const parsed = Claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { sub, tenant, offers } = parsed.data;
  return { subject: sub, offers, ...(tenant && { tenantId: tenant }) };
}

/** As the directory's import writes them: small letters, but for the ids of Office add-ins. */
function canonical(id: string): string {
  return /^wa\d+$/i.test(id) ? id.toUpperCase() : id.toLowerCase();
}
