/** What the reader can do without asking anybody: how many steps (`todo.<id>.<n>` in the locale files) and the page to open. */

export interface Todo {
  readonly steps: 1 | 2 | 3 | 4 | 5;
  readonly page: string;
}

const AZURE_SAAS =
  'https://portal.azure.com/#view/HubsExtension/BrowseResource/resourceType/Microsoft.SaaS%2Fresources';
const CUSTOMERS = 'https://partner.microsoft.com/commerce/customers/list';

export const TODOS = {
  'attest-agreement': { steps: 5, page: CUSTOMERS },
  'change-direct': { steps: 4, page: AZURE_SAAS },
  'refund-direct': { steps: 4, page: AZURE_SAAS },
  'refund-partner': { steps: 4, page: CUSTOMERS },
  'change-partner': { steps: 4, page: CUSTOMERS },
  'configure-account': { steps: 4, page: AZURE_SAAS },
  transfer: { steps: 5, page: CUSTOMERS },
  'vat-id': { steps: 4, page: 'https://partner.microsoft.com/dashboard/home' },
  'accept-private-offer': {
    steps: 4,
    page: 'https://portal.azure.com/#view/Microsoft_Azure_Marketplace/MarketplaceOffersBlade/selectedMenuItemId/privateOfferManagement',
  },
  'make-private-offer': {
    steps: 3,
    page: 'https://partner.microsoft.com/dashboard/marketplace-offers/overview',
  },
} as const satisfies Readonly<Record<string, Todo>>;
export type TodoId = keyof typeof TODOS;
