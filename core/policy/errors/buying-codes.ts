/** Codes of Partner Center about buying, customers and access, with the sentence that Microsoft publishes for each. */
import { partnerCenterErrors as group, type ErrorGroup } from './error-groups.js';

const BUY = 'purchase-transaction';
const GONE = 'purchase-transaction.not-available';
const ROLE = 'account-setup.missing-role';
const ACCESS = 'account-setup.partner-center';
const CUSTOMER = 'account-setup';

export const BUYING_CODES: readonly ErrorGroup[] = [
  group(GONE, 'not-for-csp', '400072 | this item is not available … azure in cloud solution provider'),
  group(
    GONE,
    'not-eligible',
    `2006 | partner is not valid for offer
     2085 | the offer is not eligible for purchase
     800010 | inventory is not available for this catalog item
     800020 | the catalog item is not eligible for purchase
     900315 | this product is not eligible for purchase using the provided azure subscription
     800086 | customer tenant does not have required tags for the offer`,
  ),
  group(
    GONE,
    'contact-publisher-region',
    `2030 | partner is not onboarded to sell in country
     2091 | the offer is no longer available for purchase
     800070 | offer is not available in the specified country`,
  ),
  group(
    BUY,
    'not-eligible',
    `800022 | you may be eligible for this transaction contact support for help
     800024 | you are not eligible for this transaction
     800026
     800062
     800004 | =invalid offer id`,
  ),
  group(
    BUY,
    'microsoft-retry',
    `4018 | =unable to process this order
     800003 | =unexpected service error
     800005 | create order is not successful
     800007 | unable to retrieve provisioning information
     800031 | purchase system not supported
     800083 | availability has more than one included quantity options
     800084 | =unsupported duration
     800087 | =there is an issue with the line item
     900192 | =something went wrong try again after some time`,
  ),
  group(
    BUY,
    'cart-refresh',
    `400013 | =product was not found
     400018 | =sku was not found
     400019 | =availability not found
     800008 | unable to retrieve cart id
     800009 | error in cart item
     800071 | line item number should be from 0 to number of line items count`,
  ),
  group(
    BUY,
    'single-purchase',
    `27006 | use limit is exceeded for offer id
     800066 | the desired number of subscriptions exceeded the maximum number of subscriptions allowed per customer
     800068 | the desired number of subscriptions exceeded the maximum number of azure subscriptions allowed per partner
     800089 | the requested number of … exceeded the remaining limit of … assets allowed per customer`,
  ),
  group(
    BUY,
    'quantity',
    `800017 | the quantity is not available for this catalog item
     900275 | the requested quantity for line item … is not within the allowed quantity for this offer`,
  ),
  group(BUY, 'promotion', '27007 | =invalid promotion code'),
  group(
    BUY,
    'credit-line',
    `800023 | you are not eligible for this transaction because your credit line is not reaching minimum threshold for this purchase
     800025
     900121 | unable to process order due to insufficient credit limit`,
  ),
  group(
    BUY,
    'azure-subscription',
    `800011 | this subscription is not a valid azure subscription
     800012 | this subscription is not an active subscription
     800013 | this subscription is not enabled for ri purchase
     800021 | this subscription is not a valid subscription
     800030 | this subscription is not registered
     800111 | azure subscription with the given entitlement id is not found
     900312 | the selected scope … in the provisioning context is not supported
     900313 | entitlement id azure subscription id in the provisioning context is required for the transaction
     900314 | the azure subscription associated with the entitlement id is not active`,
  ),
  group(
    BUY,
    'azure-plan',
    `900128 | an azure plan is required to purchase a saas subscription with a metered billing plan
     900129 | the specified azure plan id was not found or there are no active azure subscriptions under it
     900317 | subscription id azure plan id in the provisioning context is required for the transaction
     900318 | the azure plan associated with the subscription id was not found or there are no active azure subscriptions under it`,
    'errorCodes/azure-plan',
  ),
  group(
    BUY,
    'upgrade-pending',
    `900106 | no upgrade request was found
     900107 | cannot process azure upgrade since azure catalog item was not found
     900108 | cannot process azure upgrade since customer has no azure subscriptions
     900109 | this upgrade is not allowed as original upgrade … is in progress
     900110 | cannot process the upgrade request for completed upgrade
     900111 | the upgrade id provided does not belong to customer
     900112 | this purchase is not allowed as the upgrade request … is in pending state
     900113 | this purchase is not allowed as the upgrade request … is in progress
     900114 | this purchase is not allowed as the upgrade request … failed
     900119 | cannot process azure upgrade for azure partner shared services
     900120 | cannot process azure upgrade`,
  ),
  group(BUY, 'term', '800028 | the initial purchase term is no longer available for purchase'),
  group(
    BUY,
    'still-pending',
    `800060 | your order is in progress check your order history for recent orders
     800064 | cart … is being processed by another request`,
  ),
  group(BUY, 'already-submitted', '800065 | cannot check out an already submitted cart'),
  group(
    BUY,
    'customer-review',
    `800069 | order failed risk management check
     800073 | your customer account is currently under review
     800074
     800075 | your customer account was not approved`,
  ),
  group(
    BUY,
    'currency',
    '900169 | one or more of the order items do not support the given currency',
    'errorCodes/currency',
  ),
  group(
    BUY,
    'purchase-documents',
    `900252 | purchase order document is required
     900253 | when part of tender either tender link or tender document is required
     900254 | invalid metadata if the customer price currency is missing`,
  ),
  group(
    BUY,
    'end-date',
    `900242 | the custom term end date specified for line item … does not match with the end date of any active
     900244 | the custom term end date specified on the scheduled next term instructions is only valid for
     900245 | the custom term end date specified on the scheduled next term instructions must be within the first term
     900246 | the custom term end date specified on the scheduled next term instructions does not match with the end date`,
  ),
  group(
    BUY,
    'sandbox',
    `800018 | the sandbox limit has been met
     800019 | non sandbox tenants are not allowed to cancel purchases other than software subscriptions
     900116 | unable to create order there is a limit to how many azure plans can be created under sandbox accounts
     900127 | =this operation is not supported in this environment
     900322 | is not available to purchase in the sandbox environment`,
  ),
  group(
    BUY,
    'savings-plan',
    `900321 | this operation is not supported for azure savings plan in partner center today
     900323 | azure savings plan purchases will inherit the partner on record of the associated azure plan`,
  ),
  group(
    CUSTOMER,
    'customer-details',
    `60003 | =tenant not found
     600002 | organization registration id value is not supported
     600049 | organization registration id information is missing
     600050 | organization registration id information is invalid
     600051 | customer phone number is missing
     900118 | =invalid customer id`,
  ),
  group(
    CUSTOMER,
    'customer-relationship',
    '20002 | the partner id … has no commerce relationship with the customer id',
  ),
  group(
    CUSTOMER,
    'overage',
    `800112 | overage cannot be set as the customer has legacy azure subscriptions
     800114 | you are not eligible to manage overage for this customer
     800115 | overage is already assigned to another tenant`,
  ),
  group(
    'contract-legal.customer-agreement',
    'attest',
    `13605 | a partner confirmation of the customer acceptance of the microsoft customer agreement must be provided
     900203 | catalogitemid … requires attestation acceptance
     900206 | partner attestation is missing`,
    'errorCodes/attestation',
  ),
  group(
    ROLE,
    'role',
    `2032
     800043 | access to pricing information is not granted
     900150 | the supplied role does not have the rights to perform the requested operation
     900308 | insufficient privileges to complete the operation`,
    'permissions/admin-assigns',
  ),
  group(
    ROLE,
    'conditional-access',
    '900309 | access has been blocked by conditional access policies',
    'errorCodes/conditional-access',
  ),
  group(
    ROLE,
    'partner-agreement',
    '900124 | your company has not accepted the microsoft partner agreement',
    'errorCodes/partner-agreement',
  ),
  group(
    ACCESS,
    'partner-agreement',
    `800039 | reseller program status is not active
     900123 | microsoft partner agreement has not been accepted by the indirect reseller
     900149 | program status is not active`,
  ),
  group(
    ACCESS,
    'api-request',
    `2012 | unable to convert between commerce and … subscription ids
     2100 | the offers api does not support item with id
     3000 | =invalid property
     400056 | =invalid input
     800001 | partner token missing in request context
     800002 | =invalid request input
     800036 | =pre condition failed
     800037 | =asset id not found
     800042
     800038 | asset futurebillinginfo not found
     900122 | advisor quote not found
     900125 | advisor partner information not found in the request context
     900126 | =unable to parse enum
     900140 | unable to get … subscriptions for a customer with tenant id … and source provisioning id
     900141 | =this operation is not supported
     900142 | the catalog item id is not present
     900143 | the request failed to retrieve all availabilities with productid
     900144 | the provisioning sku id is not present
     900263 | this api method is not supported for legacy subscriptions
     900316 | partner token is not allowed in license management calls
     900329 | this resource does not support application only authentication`,
  ),
];
