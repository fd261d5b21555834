/** Codes of Partner Center about subscriptions, refunds and transfers, with the sentence that Microsoft publishes for each. */
import { partnerCenterErrors as group, type ErrorGroup } from './error-groups.js';

const CHANGE = 'subscription-management.portal-error';
const MOVE = 'subscription-management.transfer';
const ACTIVATE = 'account-setup.activation';
const LATE = 'billing.refund-late';

export const MANAGING_CODES: readonly ErrorGroup[] = [
  group(
    ACTIVATE,
    'already-active',
    '800041 | this item has already been activated',
    'errorCodes/already-activated',
  ),
  group(
    ACTIVATE,
    'configure-account',
    '800081 | cannot update a subscription before activating it',
    'errorCodes/activate-first',
  ),
  group(
    CHANGE,
    'suspended',
    `2001 | subscription quantity cannot be increased or decreased while subscription is being suspended
     800091 | cannot update a subscription with suspended status
     900115 | azure plan cannot be moved to suspended state since you have one or more azure subscriptions in the active state`,
  ),
  group(
    CHANGE,
    'quantity',
    `2002 | subscription quantity is not within minimum and maximum allowed quantity
     800027 | the catalog item is not eligible for add or remove quantity
     800067 | the desired seat count exceeded the maximum seat count allowed per subscription
     800088 | the requested number of … exceeded the remaining limit of … seats allowed per subscription
     800090 | subscription quantity cannot be decreased
     800092 | cannot increase the seat quantity for a subscription purchased under the software assurance program
     800095 | cannot update the seat quantity for this subscription`,
  ),
  group(
    CHANGE,
    'partner-id',
    `2071 | partnerid is not a valid advisor
     2072 | partnerid of indirect provider is not valid as partner on record
     800015 | partnerid is not found
     800016 | partnerid is not a valid indirect reseller
     800098 | cannot update the partner on record for this subscription`,
  ),
  group(
    CHANGE,
    'wait-and-retry',
    `2055 | =etag is no longer valid
     800014 | there is a pending adjustment requested for this order
     800082 | subscription is not ready to be updated try again after sometime
     900278 | there is a pending operation on this subscription
     900280 | update operations are currently not allowed for this subscription
     900261 | the target subscription is not ready to be upgraded`,
  ),
  group(
    CHANGE,
    'wrong-id',
    `20000 | =order id not found
     20003 | subscription with id … not found
     60002 | =user object id is not found
     800076 | subscription history not found
     900258 | target subscription must be active
     900259 | target subscription id cannot be the same as the source subscription id
     900260 | target subscription must have the same catalogitemid as in the transition request`,
  ),
  group(
    CHANGE,
    'billing-cycle',
    `2054 | the billing cycle for an existing subscription cannot be updated using update subscription operation
     6000 | the billing cycle could not be changed because the order contains one or more subscriptions that are not active
     6001 | the billing cycle could not be changed because one of the order s offer ids does not support the billing term
     800072 | cannot change billing cycle if subscription s syncstate is not completed
     800080 | cannot change billing cycle if subscription is not associated with a mint account
     800085 | subscription s billing cycle does not match with the original order billing cycle
     800097 | cannot update the billing cycle for this subscription
     900269 | the billing cycle is invalid
     900270 | the billing cycle cannot be longer than the term`,
  ),
  group(
    CHANGE,
    'add-on',
    `27009 | cannot enable a child subscription when the parent subscription is not active
     800029 | the add on is not related to the specified parent subscription`,
  ),
  group(
    CHANGE,
    'term',
    `2006 | updates on subscriptions for offer … are not allowed
     800040 | asset status cannot be changed to
     800093 | the subscription is not eligible to be auto renewed
     800096 | cannot update the status for this subscription
     800107 | term changes are not supported for trial offers
     800121 | the term duration provided is invalid
     800122 | the target term duration cannot be shorter than the current term duration
     900236 | target subscription commitmentenddate must be later than source subscription
     900267 | target transition cannot have a term duration shorter than that of the source subscription
     900268 | the term duration on the target transition is invalid
     900277 | your subscription is in the process of being expired no further updates are allowed
     900279 | update operations are no longer allowed for this subscription`,
  ),
  group(CHANGE, 'many-updates', '900311 | this subscription has been updated too many times'),
  group(CHANGE, 'microsoft-retry', '800094 | update subscription is not successful'),
  group(
    CHANGE,
    'cancel-subscription',
    `800061 | =order cannot be canceled
     800063 | this order … cannot be canceled use patch … to suspend subscriptions
     800077 | cancelling of seat based saas is not supported via patch order use patch subscription instead`,
  ),
  group(
    'subscription-management',
    'reactivate',
    '2011 | subscription with id … and deleted status cannot be updated',
    'lifeCycle/no-reactivation',
  ),
  group(
    LATE,
    'refund-over',
    `900117 | you have passed your … day cancellation window we are unable to cancel your purchase
     900213 | you have passed your … hour cancellation window we are unable to cancel your purchase`,
    'errorCodes/window-over',
  ),
  group(
    CHANGE,
    'refund-over',
    `900214 | you have passed your … hour window for reducing seats for this subscription
     900257 | you have passed your … day window for reducing seats for this subscription`,
  ),
  group(
    CHANGE,
    'migration',
    `60000 | the customer license migration failed
     900215 | cannot be migrated to new commerce because the status is not active
     900216 | cannot be migrated to new commerce because the subscription is currently being processed
     900217 | cannot be migrated to new commerce because it is less than 24 hours from the term end
     900218 | cannot be migrated to new commerce because it has promotions applied to it
     900219 | cannot be migrated to new commerce because it has add ons
     900220 | cannot be migrated to new commerce because there is not a valid migration path for this offer yet
     900221 | cannot be migrated to new commerce because of one or more reasons
     900222 | cannot be migrated to new commerce because the combination of term duration and billing cycle is not supported
     900223 | is not yet allowed to perform migrations to new commerce on their subscriptions
     900224 | new commerce migration … could not be found
     900225 | there was an unexpected error when processing the new commerce migration
     900226 | cannot be migrated to new commerce because it has been active for 1 month or less
     900247 | cannot be migrated to new commerce because the partner id on record in the current subscription is not valid
     900248 | migration cannot be performed because two or more add on migrations were specified
     900262 | cannot be migrated to new commerce because one or more add on subscriptions specified
     900291 | the custom term end date specified for the migration must be within the first term duration
     900292 | the custom term end date specified for the migration does not match with the end date`,
  ),
  group(
    MOVE,
    'transfer-products',
    `900145 | this request for transfer of billing ownership cannot be completed as azure reservations do not transfer with subscriptions
     900146 | this request for transfer of billing ownership cannot be completed as third party marketplace products do not transfer with subscriptions`,
    'errorCodes/no-transfer',
  ),
  group(MOVE, 'suspended', '900105 | suspended azure subscriptions cannot be transitioned to the azure plan'),
  group(
    MOVE,
    'wait-and-retry',
    `900104 | transfer … is being processed by another request
     900130 | one or more azure subscriptions were purchased recently these subscriptions cannot be transitioned at this time
     900135 | initiate transfer request failed try again later`,
  ),
  group(
    MOVE,
    'transfer-state',
    `800078 | transfer cannot be created with invalid subscription
     900100 | =transfer request not found
     900101 | this transfer is not allowed as original transfer … is in progress
     900102 | cannot process the transfer request for
     900103 | transfer order is not successful
     900131 | this transfer request cannot be initiated as the customer has legacy azure subscriptions
     900132 | this transfer request cannot be initiated as the azure plan is not active
     900133 | this transfer request cannot be initiated as customer has not purchased azure plan
     900134 | this transfer request cannot be initiated as the azure plan is not purchasable
     900136 | transfer cannot be initiated as source partner email domain details missing in the request
     900137 | transfer cannot be created as partner … not enabled for this feature
     900138 | transfer cannot be created as partner s … national cloud … is not supported
     900139 | transfer request cannot be accepted please request the partner to create transfer without azure subscription
     900147 | provide a valid domain associated with the current partner
     900148 | transfer creation failed due to source partner details matched with requesting partner`,
  ),
];
