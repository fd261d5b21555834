/** The pages that publish errors of Partner Center, of the store, of SaaS fulfilment and of metered billing. */
import { derived, later, page, stated, undated } from './page.js';

export const ERROR_PAGES = {
  errorCodes: page('Partner Center REST error codes', '/developer/error-codes', '2023-06-15', {
    codes: derived(
      'The description of a Partner Center error code says what is wrong, and so who can remove the cause.',
      'The page lists each code with Microsoft’s description. It does not say what to do.',
    ),
    'no-transfer': stated(
      'Third-party marketplace products and reservations do not move with a subscription.',
    ),
    'azure-plan': stated(
      'A SaaS product with metered billing needs an Azure plan with an active subscription.',
    ),
    attestation: stated(
      'An order needs the partner’s confirmation that the customer accepted the agreement, or the customer’s own acceptance.',
    ),
    'already-activated': stated('Error 800041: the item is already activated.'),
    'activate-first': stated('Error 800081: a subscription cannot be changed before it is activated.'),
    'window-over': stated(
      'Errors 900117 and 900213: the period in which the purchase can be cancelled is over.',
    ),
    currency: stated('Error 900169: an order is in the currency of the partner or of the customer’s market.'),
    'conditional-access': stated('Error 900309: a Conditional Access policy blocks the access.'),
    'partner-agreement': stated(
      'Error 900124: the global admin of the CSP account must accept the Microsoft Partner Agreement.',
    ),
  }),
  permissions: page('Assign roles and permissions to users', '/permissions-overview', '2022-11-22', {
    'admin-assigns': stated('The global admin of a partner creates the users and gives them their roles.'),
  }),
  roles: undated('Roles and permissions', '/marketplace/roles-permissions', {
    'roles-to-buy': stated(
      'Buying needs the owner or contributor of the subscription; a private offer is accepted by the billing account’s owner or the enterprise administrator.',
    ),
  }),
  kubernetesOffer: later(
    'Troubleshoot the failed deployment of a Kubernetes application offer',
    '/troubleshoot/azure/azure-kubernetes/extensions/troubleshoot-failed-kubernetes-deployment-offer',
    '2025-04-22',
    { terms: stated('A subscription must accept the legal terms of a plan before the plan is used.') },
  ),
  declinedCard: undated(
    'Troubleshoot a declined card',
    '/azure/cost-management-billing/manage/troubleshoot-declined-card',
    {
      'why-declined': stated(
        'A card is declined for its country, as prepaid or virtual card, for wrong details, or by its bank.',
      ),
    },
  ),
  privateOfferHelp: undated('Troubleshoot private offers', '/marketplace/private-offer-troubleshoot', {
    'accept-disabled': stated(
      'The button to accept is disabled until the box for the terms is ticked, and without the permission.',
    ),
  }),
  subscriptionApi: page(
    'SaaS fulfillment Subscription APIs v2',
    '/marketplace-offers/pc-saas-fulfillment-subscription-api',
    '2022-12-16',
    {
      'token-24-hours': stated(
        'The token of the landing page is valid for 24 hours; then the subscription is reopened.',
      ),
      'states-and-codes': stated(
        'The API answers by the state of the subscription and by the publisher’s token.',
      ),
      'app-registration': stated(
        'The API refuses a token of another app than the one in the offer; the publisher’s registration is then wrong.',
      ),
      'plan-and-quantity': stated(
        'A change fails for a plan or quantity that is not available, is the same, or that the buyer may not change.',
      ),
      'pending-operations': stated('A subscription with a pending operation cannot be cancelled.'),
    },
  ),
  metering: page(
    'Marketplace metered billing APIs',
    '/marketplace-offers/marketplace-metering-service-apis',
    '2022-07-07',
    {
      'rejected-events': stated(
        'A usage event is rejected as duplicate, older than 24 hours, or with a wrong resource, dimension or quantity.',
      ),
    },
  ),
} as const;
