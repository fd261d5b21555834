/** What Partner Center tells about the partner's customers, in our words, and the port through which it is asked. */
import type { PurchaseChannel } from '../terms.js';

/** One customer of the partner. */
export interface PartnerCustomer {
  /** The customer's Entra tenant. */
  readonly id: string;
  readonly name: string;
  readonly domain?: string;
}

/** The documented states of a subscription; `unknown` for "none" and for every other word. */
export const SUBSCRIPTION_STATES = [
  'active',
  'pending',
  'suspended',
  'expired',
  'disabled',
  'deleted',
  'unknown',
] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** One subscription of a customer. What Partner Center does not say stays absent or `unknown`. */
export interface CustomerSubscription {
  /** The name of the offer, often with the plan behind it: `Contoso Backup - Standard`. */
  readonly offerName?: string;
  readonly publisherName?: string;
  /** `partner` for an order of the partner. Partner Center tells of no other purchase. */
  readonly channel?: Extract<PurchaseChannel, 'partner'>;
  readonly supportedBy: 'microsoft' | 'publisher' | 'unknown';
  readonly state: SubscriptionState;
}

/** What one question to Partner Center gave. */
export type PartnerCenterAnswer<T> =
  | { readonly kind: 'known'; readonly value: T }
  /** Partner Center refuses: the sign-in fails, or the account has no permission. */
  | { readonly kind: 'refused' }
  /** Too many requests. */
  | { readonly kind: 'busy' }
  /** No answer, or one that is not understood. */
  | { readonly kind: 'unavailable' };

/** The customers that a name leads to. */
export interface CustomersFound {
  readonly customers: readonly PartnerCustomer[];
  /** There are more than these. */
  readonly more: boolean;
}

/** Asks Partner Center. Nothing is cached: each answer belongs to the question of one person. Never throws. */
export interface PartnerCenter {
  /** The customers whose company name begins with these words. */
  customersNamed(name: string): Promise<PartnerCenterAnswer<CustomersFound>>;
  /** The subscriptions of one customer. A customer that Partner Center does not know has none. */
  subscriptionsOf(customerId: string): Promise<PartnerCenterAnswer<readonly CustomerSubscription[]>>;
}
