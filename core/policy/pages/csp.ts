/** The pages for partners in the CSP program. */
import { derived, page, stated } from './page.js';

export const CSP_PAGES = {
  support: page(
    'Support for commercial marketplace products in the CSP program',
    '/customers/csp-commercial-marketplace-support',
    '2023-07-31',
    {
      'billing-first': stated(
        'The CSP partner is the first contact for a customer’s billing and subscription questions.',
      ),
      'technical-to-publisher': stated('For technical questions the CSP partner contacts the publisher.'),
      'customers-to-publisher': stated(
        'The CSP partner may send a customer’s technical questions to the publisher’s support.',
      ),
      'publisher-commits': stated(
        'The publisher gives technical support and service level commitments, by its agreement with the customer.',
      ),
      'publisher-informs': stated(
        'The publisher gives CSP partners documents, training and notice of outages.',
      ),
      'partner-rest': stated(
        'The CSP partner gives all other support: billing questions, account set-up, payment.',
      ),
      'azure-deployment': stated(
        'Microsoft supports partners and publishers on deployment and provisioning of Azure-based products.',
      ),
      'saas-deployment': derived(
        'A SaaS product is set up by its publisher.',
        'Microsoft’s deployment support is limited to Azure-based products; a SaaS product runs at the publisher.',
      ),
      'commerce-for-partners': derived(
        'Microsoft helps a CSP partner with transactions, payments and accounts, never its customer.',
        'The page names the commerce system as Microsoft’s duty toward partner and publisher, and gives the rest of the customer’s support to the partner.',
      ),
      'partner-sells': derived(
        'What the partner sells, and with which material, is the partner’s to say.',
        'All support that is not technical is the partner’s by the page.',
      ),
      'community-listing': derived(
        'An offer whose listing names a community has no other support.',
        'Microsoft supports no third-party product, so support is what the listing itself names.',
      ),
    },
  ),
  overview: page(
    'Overview of marketplace offers: SaaS subscription management responsibilities',
    '/csp-commercial-marketplace-overview',
    '2023-07-31',
    {
      'publisher-activates': stated('The publisher activates a SaaS subscription in its own portal.'),
      'partner-manages': stated('The CSP partner suspends, cancels and renews subscriptions.'),
      'publisher-licenses': stated('The publisher manages per-user licenses in its own portal.'),
      'billing-to-microsoft': stated(
        'For billing the CSP partner contacts Microsoft through Partner Center.',
      ),
      'partner-refunds': derived(
        'The CSP partner carries out a cancellation with a refund.',
        'The table gives cancelling to the CSP partner; a refund in the window follows the cancellation.',
      ),
    },
  ),
  manage: page(
    'Manage commercial marketplace products and offers for your customers',
    '/csp-commercial-marketplace-manage',
    '2022-08-31',
    {
      'partner-changes': stated('The CSP partner changes the quantity, cancels and turns off renewal.'),
      'admin-agent': stated('An admin agent manages subscriptions; a sales agent “temporarily” cannot.'),
      'steps-of-publisher': stated('A publisher may ask for steps of its own before a cancellation.'),
    },
  ),
  billing: page('Marketplace offers billing', '/csp-commercial-marketplace-billing', '2022-11-08', {
    'direct-bill': stated('A customer that buys in its own tenant gets its bill from Microsoft.'),
    'self-purchase': derived(
      'What the customer buys in the partner’s Azure subscription is on the partner’s bill.',
      'The page bills purchases in the CSP tenant to the partner, and lets customers with a role there buy without the partner’s approval.',
    ),
  }),
  discover: page('Discover marketplace offers', '/csp-commercial-marketplace-discover', '2022-08-21', {
    'why-missing': stated(
      'An offer is missing because the publisher left CSP out, the region is not sold to, or it is exclusive.',
    ),
  }),
  margins: page(
    'Marketplace margins (ISV to partner private offers)',
    '/csp-commercial-marketplace-margins',
    '2023-07-31',
    {
      'publisher-extends': stated('The publisher extends a margin to a CSP partner by a private offer.'),
      'not-to-resellers': stated('A margin goes to direct-bill partners and indirect providers only.'),
      'no-acceptance': stated('A margin applies by itself when the partner buys; no further step is needed.'),
    },
  ),
  purchase: page('Purchase marketplace offers', '/csp-commercial-marketplace-purchase', '2023-07-31', {
    'publisher-decides': stated(
      'The publisher decides whether an offer is sold through CSP, to which partners and in which countries.',
    ),
  }),
  contracting: page(
    'Contracts for CSP partners doing business in the commercial marketplace',
    '/csp-commercial-marketplace-contracting',
    '2023-07-31',
    {
      'publisher-provides': stated('The publisher provides the customer agreement of its offer.'),
      'program-guide': stated(
        'The CSP Program Guide and the partner agreement hold between Microsoft and partner.',
      ),
      'customer-contract': derived(
        'A customer turns to its partner about the rules the partner sells under.',
        'Program terms bind Microsoft and the partner; the customer has no part in them.',
      ),
    },
  ),
  billingSupport: page(
    'Provide billing support for your customers',
    '/provide-billing-support',
    '2022-12-16',
    {
      'partner-answers': stated(
        'The partner owns the billing relation and may stop a service for non-payment.',
      ),
    },
  ),
  customerSupport: page(
    'Provide different types of support to your customers',
    '/customer-support',
    '2023-09-26',
    {
      'no-own-requests': stated(
        'Customers of a CSP partner cannot open support requests; they contact the partner.',
      ),
      'partner-fronts': derived(
        'The partner takes a matter of Microsoft’s to Microsoft for its customer.',
        'Customers of a CSP partner cannot open requests with Microsoft themselves.',
      ),
    },
  ),
  portals: page('Which support portal should I use?', '/support-resource-options', '2022-08-12', {
    reconciliation: stated(
      'Invoices and reconciliation files: Partner Center; consumption and quotas: Azure support.',
    ),
    'marketplace-purchase': stated(
      'Pricing, purchase and provisioning of marketplace subscriptions: Partner Center Help + support.',
    ),
  }),
  onBehalf: page(
    'Report problems on behalf of a customer',
    '/report-problems-on-behalf-of-a-customer',
    '2023-09-23',
    {
      'azure-request': stated(
        'Direct-bill partners and providers open Azure requests for a customer; resellers cannot.',
      ),
    },
  ),
  problems: page(
    'Get help and contact support in Partner Center',
    '/report-problems-with-partner-center',
    '2023-09-27',
    { 'partner-center': stated('Problems with Partner Center are reported in its Help + support.') },
  ),
  health: page('Check service health', '/check-service-health', '2023-09-20', {
    'service-health': stated('Microsoft reports its own outages in service health.'),
  }),
  credit: page('How and when to request a credit from Microsoft', '/request-credit', '2023-05-04', {
    'service-credit': stated(
      'A direct-bill partner or provider claims a service credit with the credit form.',
    ),
    'not-from-resellers': stated('Microsoft takes no credit request from an indirect reseller.'),
  }),
  fromMicrosoft: page('Support from Microsoft', '/support-from-microsoft', '2023-04-18', {
    msrc: stated('Vulnerabilities in Microsoft products go to the Microsoft Security Response Center.'),
  }),
  cspOverview: page('Cloud Solution Provider program overview', '/csp-overview', '2023-06-26', {
    'provider-bills': stated(
      'An indirect reseller buys from its provider, which helps with support and billing.',
    ),
  }),
  providerTasks: page(
    'Indirect provider tasks in Partner Center',
    '/indirect-provider-tasks-in-partner-center',
    '2023-09-15',
    { 'provider-orders': stated('The indirect provider submits the orders for a reseller’s customers.') },
  ),
} as const;
