/** Sentences and names of the store, of SaaS fulfilment and of metered billing, most of them without a number. */
import type { Asker, Issue } from '../../terms.js';
import type { SourceId } from '../sources.js';
import type { AdviceKey } from './advice.js';
import type { ErrorGroup } from './error-groups.js';

const BUY = 'purchase-transaction';
const GONE = 'purchase-transaction.not-available';
const OWN = 'purchase-transaction.own-administrator';
const ACTIVATE = 'account-setup.activation';
const ACCEPT = 'purchase-transaction.private-offer-acceptance';
const PORTAL = 'subscription-management.portal-error';

function group(
  issue: Issue,
  advice: AdviceKey,
  source: SourceId,
  errors: string,
  seenBy: Asker = 'customer',
): ErrorGroup {
  return { issue, advice, source, seenBy, errors };
}

export const STORE_SENTENCES: readonly ErrorGroup[] = [
  group(
    OWN,
    'enable-purchases',
    'validation/own-administrator',
    `| enrollment … does not allow purchase of marketplace products
     | azure enrollment administrator can enable purchase of paid marketplace products
     | enrollment … does not allow purchase
     | marketplace purchases … disabled
     | only free … purchases are allowed
     | ea administrator has disabled azure marketplace purchases
     | ea admin has enabled purchases for free offers only`,
  ),
  group(
    OWN,
    'private-marketplace',
    'validation/own-administrator',
    `| not … approved in your private marketplace
     | not … available in your private marketplace
     | blocked by your organization s private marketplace
     | private marketplace is enabled for the subscription and the offer is not in the list of allowed offers
     RequestDisallowedByPolicy | resource … was disallowed by policy
     | subscription … was disallowed by policy
     | purchase … was disallowed by policy`,
  ),
  group(
    OWN,
    'tenant-profile',
    'validation/own-administrator',
    `AccountSetupError | you cannot purchase … because required aad tenant information is missing`,
  ),
  group(
    GONE,
    'contact-publisher-region',
    'validation/publisher-stopped',
    `| not to be sold in market
     | does not make available … in your subscription azure account s region
     | the publisher has decided not to make this offer available for purchase
     | offer is not available in your billing country
     | subscription … belongs to a billing account in a region where the offer is not available
     | publisher has stopped selling the offer
     | offer … is not found in the marketplace
     | offer … was not found in the marketplace
     | offer is no longer available for new purchases`,
  ),
  group(
    GONE,
    'not-for-csp',
    'validation/publisher-stopped',
    `| not available to … cloud solution provider
     | not available for … cloud solution provider
     | publisher … does not make this offer available … csp
     | isv declined to sell through a csp`,
  ),
  group(
    GONE,
    'private-audience',
    'validation/publisher-stopped',
    `| not in the … list of allowed customers
     | subscription is not in the private audience
     | subscription is not whitelisted`,
  ),
  group(
    'payment',
    'payment-instrument',
    'validation/payment-instrument',
    `| no valid payment method
     | no valid payment instrument
     | payment instrument s is not supported for offer
     | not associated with a valid payment instrument
     | requires … a credit card on the subscription`,
  ),
  group(
    'payment',
    'card-declined',
    'declinedCard/why-declined',
    `| your card was declined
     | your credit card was declined
     | the card is not accepted for your country
     | prepaid and virtual cards are not accepted
     | card not authorized for service consumption`,
  ),
  group(
    BUY,
    'spending-limit',
    'validation/payment-instrument',
    `| purchases are not allowed for subscriptions with a spending limit
     | subscription … has a spending limit … purchase
     | purchase … subscription … has a spending limit
     | remove the spending limit … subscription`,
  ),
  group(
    BUY,
    'order-cancelling',
    'validation/order-cancelling',
    'ResourcePurchaseCanceling | has a previous order being canceled',
  ),
  group(
    BUY,
    'microsoft-retry',
    'publisherFaq/microsoft-commerce',
    `InternalBillingError | there was a problem communicating with the billing service
     | the billing service is temporarily unavailable`,
  ),
  group(
    'contract-legal.marketplace-terms',
    'accept-terms',
    'kubernetesOffer/terms',
    `| legal terms have not been accepted for this item on this subscription
     | you have not accepted the legal terms on this subscription
     | you need to accept the legal terms of the image
     | the marketplace terms for this image have not been accepted
     MarketplaceTermsNotAccepted`,
  ),
  group(
    'contract-legal.customer-agreement',
    'attest',
    'customerAgreement/partner-attests',
    '| reach out to your partner to confirm your acceptance of the microsoft customer agreement',
  ),
  group(
    ACTIVATE,
    'configure-account',
    'subscriptionApi/token-24-hours',
    `| we could not identify this purchase
     | reopen this saas subscription in the azure portal or in microsoft 365 admin center`,
  ),
  group(
    ACTIVATE,
    'configure-account',
    'subscriptionApi/states-and-codes',
    `x-ms-marketplace-token | x ms marketplace token is missing malformed invalid or expired
     | the purchase identification token … expired`,
  ),
  group(
    ACTIVATE,
    'configure-account',
    'lifeCycle/configure-account',
    `PendingFulfillmentStart | provisioning fulfillment pending
     PendingActivation | subscription … pending activation
     | pending activation … subscription`,
  ),
  group(
    ACTIVATE,
    'saas-registration',
    'subscriptionApi/app-registration',
    `| published with a different azure ad app id from the one used to create the authorization token
     | a saas subscription for an offer that is unsubscribed or published with a different`,
    'publisher',
  ),
  group(
    'payment',
    'unpaid',
    'subscriptionApi/states-and-codes',
    `| the saas subscription is in suspended state
     | subscription has been suspended because … payment was not received`,
  ),
  group(
    'subscription-management',
    'reactivate',
    'lifeCycle/no-reactivation',
    `| the saas subscription is in an unsubscribed state
     | subscription is in unsubscribed state`,
  ),
  group(
    PORTAL,
    'plan-change',
    'subscriptionApi/plan-and-quantity',
    `| the new plan does not exist or is not available for this specific saas subscription
     | the new plan is the same as the current plan
     | the new quantity is greater or lower than the current plan limit
     | the new quantity is the same as the current quantity
     | the new quantity is missing
     | the saas subscription status is not subscribed
     allowedCustomerOperations | is not included in allowedcustomeroperations
     | delete is not in allowedcustomeroperations list for this saas subscription`,
  ),
  group(
    PORTAL,
    'wait-and-retry',
    'subscriptionApi/pending-operations',
    '| delete cannot be completed because subscription is locked due to pending operation',
  ),
  group(
    ACCEPT,
    'tick-terms',
    'privateOfferHelp/accept-disabled',
    `| you do not have the required permissions to accept this private offer
     | accept private offer button is disabled
     | only a billing account owner … can accept … private offer
     | you do not have permission to accept … offer
     | =you do not have permission to accept`,
  ),
  group(
    'technical',
    'metering',
    'metering/rejected-events',
    `| this usage event already exist
     | the usage resource provided is invalid
     | you are not authorized to provide usage for this resource
     | the resource is suspended or was never activated
     InvalidDimension | the dimension for which the usage is passed is invalid for this offer
     InvalidQuantity | the quantity passed is lower or equal to 0
     | the batch contained more than 25 usage events
     | effectivestarttime is more than 24 hours in the past`,
    'publisher',
  ),
  {
    ...group(
      BUY,
      'inner-errors',
      'validation/own-administrator',
      `MarketplacePurchaseEligibilityFailed | marketplace purchase … check returned errors
       ResourcePurchaseValidationFailed | user failed validation to purchase resources
       | offer … cannot be purchased due to validation errors`,
    ),
    wraps: true,
  },
];
