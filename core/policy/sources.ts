/** The published texts the rules rest on, each with the age of the text that was read and the day to read it again. */
import type { Source } from './decision.js';

type Page = Pick<Source, 'title' | 'url' | 'date'>;

const LEARN = 'https://learn.microsoft.com/partner-center';
/** Pages move and change: whoever keeps the rules reads them again by this day, or the linter says so. */
const REVIEW_BY = '2027-11-30';

const PAGES = {
  support: page('Support for commercial marketplace products in the CSP program', '2023-07-31', {
    path: '/customers/csp-commercial-marketplace-support',
  }),
  overview: page(
    'Overview of marketplace offers: SaaS subscription management responsibilities',
    '2023-07-31',
    {
      path: '/csp-commercial-marketplace-overview',
    },
  ),
  manage: page('Manage commercial marketplace products and offers for your customers', '2022-08-31', {
    path: '/csp-commercial-marketplace-manage',
  }),
  billing: page('Marketplace offers billing', '2022-11-08', { path: '/csp-commercial-marketplace-billing' }),
  discover: page('Discover marketplace offers', '2023-10', { path: '/csp-commercial-marketplace-discover' }),
  margins: page('Marketplace margins (ISV to partner private offers)', '2023-10', {
    path: '/csp-commercial-marketplace-margins',
  }),
  purchase: page('Purchase marketplace offers', '2023-07-31', {
    path: '/csp-commercial-marketplace-purchase',
  }),
  contracting: page('Contracts for CSP partners doing business in the commercial marketplace', '2023-07-31', {
    path: '/csp-commercial-marketplace-contracting',
  }),
  billingSupport: page('Provide billing support for your customers', '2022-12-16', {
    path: '/provide-billing-support',
  }),
  customerSupport: page('Provide different types of support to your customers', '2023-09-26', {
    path: '/customer-support',
  }),
  portals: page('Which support portal should I use?', '2022-08-12', { path: '/support-resource-options' }),
  onBehalf: page('Report problems on behalf of a customer', '2023-10', {
    path: '/report-problems-on-behalf-of-a-customer',
  }),
  problems: page('Get help and contact support in Partner Center', '2023-10', {
    path: '/report-problems-with-partner-center',
  }),
  health: page('Check service health', '2023-10', { path: '/check-service-health' }),
  credit: page('How and when to request a credit from Microsoft', '2023-05-04', { path: '/request-credit' }),
  fromMicrosoft: page('Get support from Microsoft', '2023-10', { path: '/support-from-microsoft' }),
  cspOverview: page('Cloud Solution Provider program overview', '2023-10', { path: '/csp-overview' }),
  providerTasks: page('Indirect provider tasks in Partner Center', '2023-10', {
    path: '/indirect-provider-tasks-in-partner-center',
  }),
  publisherFaq: page('Commercial marketplace FAQ for publishers', '2023-10', {
    path: '/marketplace-offers/marketplace-faq-publisher-guide',
  }),
  publisherCsp: page('Cloud Solution Providers in the commercial marketplace', '2023-10', {
    path: '/marketplace-offers/cloud-solution-providers',
  }),
  publisherSupport: page('Support for the commercial marketplace program in Partner Center', '2023-07-25', {
    path: '/marketplace-offers/support',
  }),
  privateOfferFaq: page('ISV to CSP private offers: frequently asked questions', '2023-10', {
    path: '/marketplace-offers/isv-csp-faq',
  }),
  managedApp: page('Plan an Azure managed application: private plans', '2023-10', {
    path: '/marketplace-offers/plan-azure-app-managed-app',
  }),
  tax: page('Tax details for the commercial marketplace', '2023-10', {
    path: '/marketplace-offers/tax-details-marketplace',
  }),
  buyerSupport: page('Get support for the commercial marketplace', '2021-07', {
    url: 'https://learn.microsoft.com/marketplace/get-support',
  }),
  refunds: page('Refund policies for the commercial marketplace', '2021-07', {
    url: 'https://learn.microsoft.com/marketplace/refund-policies',
  }),
  catalog: page('Marketplace catalog: the publisher type of a product', '2025-05', {
    url: 'https://learn.microsoft.com/rest/api/marketplacecatalog/',
  }),
} as const;

/** One statement of a page: `stated` there, or `derived` from what is stated. */
export const SOURCES = {
  support: stated('§1.0 rules 1–6', PAGES.support),
  'support-derived': derived('§1.0 rules 4, 5 and 7', PAGES.support),
  overview: stated('§1.0 rule 10', PAGES.overview),
  'overview-derived': derived('§1.0 rule 10', PAGES.overview),
  manage: stated('§1.2 rows 4 and 5', PAGES.manage),
  'billing-channel': stated('§1.1 M2', PAGES.billing),
  'billing-support': stated('§1.2 rows 1 and 2', PAGES.billingSupport),
  'support-portals': stated('§1.0 rule 12', PAGES.portals),
  'customer-support-derived': derived('§1.0 rules 5 and 7', PAGES.customerSupport),
  'on-behalf': stated('§1.2 row 7', PAGES.onBehalf),
  'publisher-faq': stated('§1.0 rule 9', PAGES.publisherFaq),
  'publisher-faq-derived': derived('§1.0 rule 9', PAGES.publisherFaq),
  'publisher-csp': stated('§1.0 rule 8', PAGES.publisherCsp),
  'publisher-support': stated('§1.2 rows 15, 18, 22 and 23', PAGES.publisherSupport),
  'publisher-support-derived': derived('§1.2 rows 15 and 18', PAGES.publisherSupport),
  'service-health': stated('§1.2 row 10', PAGES.health),
  'request-credit': stated('§1.2 row 11b', PAGES.credit),
  discover: stated('§1.2 row 13', PAGES.discover),
  margins: stated('§1.2 row 13, §1.3', PAGES.margins),
  purchase: stated('§1.2 row 14', PAGES.purchase),
  'buyer-support': stated('§1.2 row 14b', PAGES.buyerSupport),
  'refund-policies': stated('§1.2 rows 16 and 16b', PAGES.refunds),
  tax: derived('§1.2 row 17', PAGES.tax),
  contracting: stated('§1.2 row 19', PAGES.contracting),
  'contracting-derived': derived('§1.2 row 19', PAGES.contracting),
  'partner-center-problems': stated('§1.2 row 20', PAGES.problems),
  'microsoft-security': stated('§1.2 row 18b', PAGES.fromMicrosoft),
  'private-plans': derived('§1.2 row 21', PAGES.managedApp),
  'private-offer-faq': stated('§1.1 M2', PAGES.privateOfferFaq),
  'csp-overview': stated('§1.3', PAGES.cspOverview),
  'provider-tasks': stated('§1.3', PAGES.providerTasks),
  'catalog-support': derived('§1.1 M1', PAGES.catalog),
} as const satisfies Record<string, Source>;
export type SourceId = keyof typeof SOURCES;

/** The source behind an id, as an answer carries it. */
export function sourceOf(id: SourceId): Source {
  return SOURCES[id];
}

function page(title: string, date: string, at: { readonly path?: string; readonly url?: string }): Page {
  return { title, date, url: at.url ?? `${LEARN}${at.path ?? ''}` };
}

function stated(ref: string, source: Page): Source {
  return { ref, ...source, basis: 'stated', reviewBy: REVIEW_BY };
}

function derived(ref: string, source: Page): Source {
  return { ref, ...source, basis: 'derived', reviewBy: REVIEW_BY };
}
