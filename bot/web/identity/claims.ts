/** The claims a partner may make about its customer: an id, a tenant, a country, owned offers. Other claims are ignored. */
import { z } from 'zod';
import { PURCHASE_CHANNELS, type PurchaseChannel } from '../../../core/terms.js';

export interface OwnedOffer {
  /** Ids as the directory writes them. Whether the offer exists is checked when it matters. */
  readonly offerId: string;
  /** How the customer bought the offer. */
  readonly channel?: PurchaseChannel;
}

export interface Customer {
  /** The partner's own id for its customer. Never stored unchanged. */
  readonly subject: string;
  /** The Microsoft Entra tenant of the purchases. */
  readonly tenantId?: string;
  /** ISO code of the country on the customer's invoices. */
  readonly country?: string;
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
  country: z
    .string()
    .regex(/^[a-z]{2}$/i)
    .toUpperCase()
    .optional(),
  offers: z.array(Owned).max(MAX_OFFERS).default([]),
});

/** The customer that the claims describe; undefined when a claim has another shape. */
export function customerOf(payload: unknown): Customer | undefined {
  const parsed = Claims.safeParse(payload);
  if (!parsed.success) return undefined;
  const { sub, tenant, country, offers } = parsed.data;
  return { subject: sub, offers, ...(tenant && { tenantId: tenant }), ...(country && { country }) };
}

/** Ids as the directory's import writes them: lower case, except for the ids of Office add-ins. */
function canonical(id: string): string {
  return /^wa\d+$/i.test(id) ? id.toUpperCase() : id.toLowerCase();
}
