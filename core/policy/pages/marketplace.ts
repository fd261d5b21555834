/** The pages for publishers and buyers of the marketplace. */
import { derived, later, page, stated, undated } from './page.js';

export const MARKETPLACE_PAGES = {
  publisherFaq: page(
    'Commercial marketplace FAQ for publishers',
    '/marketplace-offers/marketplace-faq-publisher-guide',
    '2022-06-03',
    {
      'publisher-software': stated('Publishers support their software.'),
      'microsoft-commerce': stated(
        'Microsoft supports purchase, billing, payment and subscription management.',
      ),
      'publisher-terms': stated('The publisher sets price and terms of use.'),
      'direct-product': derived(
        'A customer that bought directly takes questions about the product to the publisher.',
        'Publishers support their software, and no partner takes part in a direct purchase.',
      ),
      'direct-azure': derived(
        'A customer that bought directly asks Microsoft about its own Azure services.',
        'No partner stands between Microsoft and a customer with its own agreement.',
      ),
      'partner-may-be-asked': derived(
        'In a private offer of the partner, the partner may be asked first about the product.',
        'The publisher supports its software; the partner owns the relationship and can bring the publisher in.',
      ),
    },
  ),
  publisherCsp: page(
    'Cloud Solution Providers in the commercial marketplace',
    '/marketplace-offers/cloud-solution-providers',
    '2022-05-10',
    {
      'tier-1': stated(
        'The publisher gives break-fix support and equips CSP partners for tier 1 requests of customers.',
      ),
    },
  ),
  publisherSupport: page(
    'Support for the commercial marketplace program in Partner Center',
    '/marketplace-offers/support',
    '2023-07-25',
    {
      'publisher-desk': stated('Publishers open a ticket with Microsoft’s marketplace publisher support.'),
      rewards: stated('Marketplace Rewards: Partner Center support.'),
      'customer-question': stated(
        'A publisher sends a customer’s question to the support links in the Azure portal.',
      ),
      'security-events': stated(
        'Publishers report security events to Microsoft at the earliest opportunity.',
      ),
      'listing-is-publishers': derived(
        'What a listing says is the publisher’s to correct.',
        'Microsoft supports publishers in managing their own offers.',
      ),
      'programs-are-microsofts': derived(
        'Rewards, co-sell and payouts are asked about in Partner Center.',
        'The page sends questions about Rewards to Partner Center support; co-sell and payouts are run there too.',
      ),
      'product-security': derived(
        'Security and personal data of a product are its publisher’s.',
        'The publisher reports security events of its own offers.',
      ),
      'publisher-questions': derived(
        'Publishers ask Microsoft how the marketplace works.',
        'The page names publisher support for onboarding and for questions about offers.',
      ),
    },
  ),
  managedApp: page(
    'Plan an Azure managed application: private plans',
    '/marketplace-offers/plan-azure-app-managed-app',
    '2022-08-18',
    { 'no-private-plans': stated('Private plans are not supported on subscriptions of a CSP reseller.') },
  ),
  tax: page(
    'Tax details for the commercial marketplace',
    '/marketplace-offers/tax-details-marketplace',
    '2022-09-01',
    {
      'publisher-managed': stated(
        'In publisher-managed countries the publisher alone handles the tax, the tax invoice included.',
      ),
      'microsoft-managed': stated(
        'In Microsoft-managed countries Microsoft calculates and collects the tax, invoices, and checks tax ids and exemptions.',
      ),
      'by-country': derived(
        'Without the country, Microsoft is asked first, then the publisher.',
        'The page gives the tax to publisher or Microsoft by country; Microsoft bills in both cases.',
      ),
    },
  ),
  organizationTax: page('Understand taxes and credits', '/billing/organization-tax-info', '2022-08-18', {
    'taxed-by-own-details': stated(
      'Microsoft taxes the CSP partner by the partner’s own details; the VAT id is entered in account settings.',
    ),
    'exemption-by-request': stated('Tax exemption needs documents sent in a support request.'),
    'partner-taxes-customer': derived(
      'The tax on the customer’s invoice is the partner’s.',
      'The billing relation is between Microsoft and the partner; the customer is billed by the partner.',
    ),
  }),
  customerAgreement: page(
    'Confirm customer acceptance of the Microsoft Customer Agreement',
    '/customers/confirm-customer-agreement',
    '2023-04-28',
    {
      'partner-attests': stated(
        'A direct-bill partner attests the acceptance in Partner Center, as admin agent or sales agent, or invites the customer to accept.',
      ),
      'reseller-cannot': stated('An indirect reseller cannot attest; its indirect provider does.'),
      'customer-may-accept': stated(
        'The customer may accept the agreement itself in the Microsoft 365 admin center.',
      ),
    },
  ),
  multiparty: page(
    'Multiparty private offers FAQ',
    '/marketplace-offers/multiparty-private-offers-faq',
    '2023-09-21',
    {
      'no-partner': stated(
        'In a private offer for customers the publisher sells directly; no partner takes part.',
      ),
      'csp-owns-price': stated(
        'With a CSP private offer the CSP partner owns the customer relationship, its price and its bill.',
      ),
      'publisher-offer-bill': stated('For a private offer to a customer Microsoft bills the customer.'),
      'microsoft-bills': stated('In a multiparty private offer Microsoft bills the customer.'),
      'partner-owns-relationship': stated(
        'In a multiparty private offer the selling partner owns the customer relationship and makes the offer.',
      ),
      'indirect-ea': stated(
        'Under an indirect Enterprise Agreement the agreement’s partner bills the customer, for any private offer.',
      ),
    },
  ),
  customerPrivateOffer: page(
    'ISV to customer private offers FAQ',
    '/marketplace-offers/isv-customer-faq',
    '2023-03-16',
    {
      'who-accepts': stated(
        'Only an owner, contributor or admin of the billing account accepts a private offer; the page names whom to ask.',
      ),
      'accept-by': stated('A private offer expires when it is not accepted by its accept-by date.'),
    },
  ),
  customerOffers: page('ISV to customer private offers', '/marketplace-offers/isv-customer', '2023-07-12', {
    'make-offer': stated(
      'A private offer names the customer’s billing account, price, dates and accept-by date. Its link is copied to the customer.',
    ),
  }),
  channelPartners: page(
    'Multiparty private offers for selling partners',
    '/marketplace-offers/multiparty-private-offers-for-selling-partners',
    '2023-09-21',
    {
      'send-to-customer': stated(
        'The selling partner opens an offer pending its action, sets its price, submits it and copies the link to the customer.',
      ),
    },
  ),
  preCheck: undated('Prepare your account for private offers', '/marketplace/private-offers-pre-check', {
    'roles-to-accept': stated(
      'Accepting needs the enterprise administrator (EA), or the billing account owner or contributor (MCA).',
    ),
    'eligibility-report': stated(
      'The eligibility report shows roles, policies and purchase settings that block it.',
    ),
  }),
  validation: undated('Purchase validation checks', '/marketplace/purchase-validation-checks', {
    'own-administrator': stated(
      'A purchase fails when the EA administrator has disabled it or allows free offers only, or a policy or private marketplace blocks it.',
    ),
    'publisher-stopped': stated(
      'A purchase fails when the publisher has stopped selling in the region or to CSP.',
    ),
    'payment-instrument': stated(
      'A purchase fails without a valid payment instrument or with a spending limit.',
    ),
    'order-cancelling': derived(
      'A resource cannot be bought again while its earlier order is being cancelled.',
      'The error says so itself; the page does not list this check.',
    ),
  }),
  refunds: undated(
    'Refund policies for the commercial marketplace',
    '/marketplace/refund-policies',
    {
      'saas-72-hours': stated(
        'SaaS: full refund without metered charges when cancelled within 72 hours of purchase.',
      ),
      'late-by-publisher': stated(
        'After 72 hours the publisher approves the refund and files the ticket with Microsoft.',
      ),
      'professional-72-hours': stated('Professional services: full refund within 72 hours of purchase.'),
      'reservation-72-hours': stated(
        'VM software reservations: full refund within 72 hours; by private offer none.',
      ),
      'container-72-hours': stated('Containers: full refund within 72 hours, consumption excluded.'),
    },
    '2021-06-02',
  ),
  earlierRefunds: later(
    'Refund policies for Microsoft AppSource and Azure Marketplace (text of June 2021)',
    '/marketplace/refund-policies',
    '2021-06-02',
    {
      'day-or-14-days': stated(
        'SaaS: full refund within one day (monthly plan) or 14 days (yearly plan), and none after that.',
      ),
    },
  ),
  cancellation: undated(
    'New commerce experience cancellation policy',
    '/partner-center/customers/new-commerce-cancellation-policy',
    {
      'saas-72-hours': stated(
        'A partner cancels marketplace SaaS itself with a full refund within 72 hours.',
      ),
      'late-by-publisher': stated('After 72 hours the publisher approves and files the ticket.'),
      'business-central': stated(
        'Business Central: refund when cancelled within 7 days of purchase or renewal.',
      ),
    },
    '2023-07-27',
  ),
  earlierCancellation: page(
    'New commerce experience cancellation policy (text of July 2023)',
    '/customers/new-commerce-cancellation-policy',
    '2023-07-27',
    {
      'day-or-14-days': stated(
        'Marketplace offers: 24 hours (monthly plan) or 14 days (yearly plan) from the purchase.',
      ),
    },
  ),
  lifeCycle: page(
    'Managing the SaaS subscription life cycle',
    '/marketplace-offers/pc-saas-fulfillment-life-cycle',
    '2023-03-16',
    {
      'configure-account': stated('The buyer selects “Configure account now”; the publisher then activates.'),
      'grace-30-days': stated('An unpaid subscription is suspended for 30 days and then cancelled.'),
      'customer-manages': stated(
        'A direct buyer changes and cancels in the Azure portal or Microsoft 365 admin center.',
      ),
      'no-reactivation': stated('A cancelled subscription cannot be reactivated.'),
    },
  ),
  laterLifeCycle: undated(
    'Managing the SaaS subscription life cycle (later text)',
    '/partner-center/marketplace-offers/pc-saas-fulfillment-life-cycle',
    { 'resolve-in-30-days': stated('The publisher has 30 days to activate a purchase that waits for it.') },
    '2023-03-16',
  ),
  saasPortal: undated(
    'SaaS subscription lifecycle management',
    '/marketplace/saas-subscription-lifecycle-management',
    {
      'found-under-saas': stated(
        'A purchased SaaS offer is a subscription in the Azure portal; the list is named SaaS.',
      ),
    },
  ),
  transfer: undated(
    'Transfer billing ownership to another CSP partner',
    '/partner-center/customers/transfer-subscriptions',
    {
      'target-starts': stated(
        'The new partner starts a transfer and the present one approves; the customer does neither.',
      ),
    },
  ),
  resale: undated(
    'Resale enabled offers overview',
    '/partner-center/marketplace-offers/resale-enabled-offers-overview',
    {
      'partner-sells': stated(
        'The publisher authorises a partner, which then makes private offers without the publisher.',
      ),
      'microsoft-bills': stated('Microsoft collects the payment and pays the authorised partner.'),
    },
  ),
  catalog: undated('Marketplace Catalog API', '/rest/api/marketplacecatalog/', {
    'first-party': derived(
      'Microsoft supports the products it publishes itself.',
      'The catalog tells Microsoft’s own products from third-party ones, and publishers support what they publish.',
    ),
  }),
} as const;
