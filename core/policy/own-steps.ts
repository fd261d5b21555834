/** What the reader can do without asking anybody: how many steps (`own-steps.<id>.<n>` in the locale files), the page to open, and where the steps are published. */
import type { SourceId } from './sources.js';

export interface OwnSteps {
  readonly steps: 1 | 2 | 3 | 4 | 5;
  readonly page: string;
  readonly source: SourceId;
}

const AZURE_SAAS =
  'https://portal.azure.com/#view/HubsExtension/BrowseResource/resourceType/Microsoft.SaaS%2Fresources';
const CUSTOMERS = 'https://partner.microsoft.com/commerce/customers/list';
const OFFERS = 'https://partner.microsoft.com/dashboard/marketplace-offers/overview';

export const OWN_STEPS = {
  'attest-agreement': { steps: 5, page: CUSTOMERS, source: 'customerAgreement/partner-attests' },
  'change-direct': { steps: 4, page: AZURE_SAAS, source: 'lifeCycle/customer-manages' },
  'refund-direct': { steps: 4, page: AZURE_SAAS, source: 'saasPortal/found-under-saas' },
  'refund-partner': { steps: 4, page: CUSTOMERS, source: 'cancellation/saas-72-hours' },
  'change-partner': { steps: 4, page: CUSTOMERS, source: 'manage/partner-changes' },
  'configure-account': { steps: 4, page: AZURE_SAAS, source: 'lifeCycle/configure-account' },
  transfer: { steps: 5, page: CUSTOMERS, source: 'transfer/target-starts' },
  'vat-id': {
    steps: 4,
    page: 'https://partner.microsoft.com/dashboard/home',
    source: 'organizationTax/taxed-by-own-details',
  },
  'accept-private-offer': {
    steps: 4,
    page: 'https://portal.azure.com/#view/Microsoft_Azure_Marketplace/MarketplaceOffersBlade/selectedMenuItemId/privateOfferManagement',
    source: 'customerPrivateOffer/who-accepts',
  },
  'make-multiparty-offer': { steps: 4, page: OFFERS, source: 'channelPartners/send-to-customer' },
  'make-resale-offer': { steps: 4, page: OFFERS, source: 'customerOffers/make-offer' },
} as const satisfies Readonly<Record<string, OwnSteps>>;
export type OwnStepsId = keyof typeof OWN_STEPS;
