/** Reads the documented answers of Partner Center's REST API. A field of another shape counts as absent. */
import { z } from 'zod';
import {
  type CustomersFound,
  type CustomerSubscription,
  type PartnerCustomer,
  SUBSCRIPTION_STATES,
  type SubscriptionState,
} from './types.js';

const LONGEST_NAME = 200;
const text = z
  .string()
  .transform((value) => value.trim().slice(0, LONGEST_NAME))
  .pipe(z.string().min(1))
  .optional()
  .catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const Collection = z.looseObject({
  totalCount: z.number().optional().catch(undefined),
  items: z.array(z.unknown()),
});
const CustomerBody = z.looseObject({
  /** The id goes into the address of the next request. */
  id: z.guid(),
  companyProfile: z.looseObject({ companyName: text, domain: text }),
});
const SubscriptionBody = z.looseObject({
  offerName: text,
  publisherName: text,
  orderId: text,
  status: text,
  isMicrosoftProduct: flag,
});

/** The customers of `GET /v1/customers`; undefined for a body that is no collection. */
export function readCustomers(body: unknown): CustomersFound | undefined {
  const { data } = Collection.safeParse(body);
  if (!data) return undefined;
  const customers = data.items.flatMap(customerOf);
  return { customers, more: (data.totalCount ?? 0) > data.items.length };
}

function customerOf(item: unknown): readonly PartnerCustomer[] {
  const { data } = CustomerBody.safeParse(item);
  const name = data?.companyProfile.companyName;
  if (!data || name === undefined) return [];
  const { domain } = data.companyProfile;
  return [{ id: data.id, name, ...(domain !== undefined && { domain }) }];
}

/** The subscriptions of `GET /v1/customers/{id}/subscriptions`; undefined for a body that is no collection. */
export function readSubscriptions(body: unknown): readonly CustomerSubscription[] | undefined {
  const { data } = Collection.safeParse(body);
  return data?.items.flatMap(subscriptionOf);
}

function subscriptionOf(item: unknown): readonly CustomerSubscription[] {
  const { data } = SubscriptionBody.safeParse(item);
  if (!data) return [];
  const { offerName, publisherName, orderId, isMicrosoftProduct } = data;
  return [
    {
      ...(offerName !== undefined && { offerName }),
      ...(publisherName !== undefined && { publisherName }),
      ...(orderId !== undefined && { channel: 'partner' as const }),
      supportedBy: supporterOf(isMicrosoftProduct),
      state: stateOf(data.status),
    },
  ];
}

function supporterOf(isMicrosoftProduct: boolean | undefined): CustomerSubscription['supportedBy'] {
  if (isMicrosoftProduct === undefined) return 'unknown';
  return isMicrosoftProduct ? 'microsoft' : 'publisher';
}

function stateOf(status = ''): SubscriptionState {
  return SUBSCRIPTION_STATES.find((one) => one === status.toLowerCase()) ?? 'unknown';
}
