/** The golden table: answers that were checked against published pages, each with its page and date. */
import assert from 'node:assert/strict';
import { explain } from '../../../core/policy/decide.js';
import type { RouteFacts, Way } from '../../../core/policy/decision.js';
import { NOTE_SOURCES, sourceOf } from '../../../core/policy/sources.js';
import { routeExplain } from '../../../bot/cli/route.js';
import type { Asker, Issue, Party } from '../../../core/terms.js';

const USUAL = {
  model: 'direct-bill',
  channel: 'partner',
  supportTier: 'publisher',
  hosting: 'saas',
  tier1: 'partner',
  resellerKeeps: [],
  partnerHelps: false,
  taxBy: 'unknown',
  agreement: 'own',
} as const satisfies Omit<RouteFacts, 'asker' | 'issue'>;
const DIRECT = { channel: 'customer-direct' } as const;
const MULTI = { channel: 'multiparty-private-offer' } as const;
const OWN_OFFER = { channel: 'publisher-private-offer' } as const;
const RESALE = { channel: 'resale-enabled-offer' } as const;
const AGREEMENT = { channel: 'indirect-enterprise-agreement' } as const;
const INDIRECT = { agreement: 'indirect' } as const;
const RESELLER = { model: 'indirect-reseller' } as const;

const SUPPORT = ['csp-commercial-marketplace-support', '2023-07-31'] as const;
const OVERVIEW = ['csp-commercial-marketplace-overview', '2023-07-31'] as const;
const FAQ = ['marketplace-faq-publisher-guide', '2022-06-03'] as const;
const BILLING = ['csp-commercial-marketplace-billing', '2022-11-08'] as const;
const MULTIPARTY = ['multiparty-private-offers-faq', '2023-09-21'] as const;
const REFUNDS = ['marketplace/refund-policies', 'unknown'] as const;
const CANCELLATION = ['new-commerce-cancellation-policy', 'unknown'] as const;
const AGREE = ['confirm-customer-agreement', '2023-04-28'] as const;
const ORG_TAX = ['organization-tax-info', '2022-08-18'] as const;
const TAX = ['tax-details-marketplace', '2022-09-01'] as const;
const VALIDATION = ['purchase-validation-checks', 'unknown'] as const;
const PRE_CHECK = ['private-offers-pre-check', 'unknown'] as const;
const TRANSFER = ['transfer-subscriptions', 'unknown'] as const;
const LIFE = ['pc-saas-fulfillment-life-cycle', '2023-03-16'] as const;
const MARGINS = ['csp-commercial-marketplace-margins', '2023-07-31'] as const;
const ON_BEHALF = ['report-problems-on-behalf', '2023-09-23'] as const;
const RESALE_PAGE = ['resale-enabled-offers-overview', 'unknown'] as const;
const ROLES = ['marketplace/roles-permissions', 'unknown'] as const;
const PERMISSIONS = ['permissions-overview', '2022-11-22'] as const;
const DESK = ['marketplace-offers/support', '2023-07-25'] as const;

type Page = readonly [address: string, date: string];
type Cell = readonly [string, Asker, Issue, Partial<RouteFacts>, Party, Way, Page];

/** The 42 audited cells. */
const AUDITED: readonly Cell[] = [
  ['1', 'customer', 'billing', {}, 'partner', 'partner-desk', SUPPORT],
  [
    '2',
    'customer',
    'billing',
    { channel: 'customer-in-csp-subscription' },
    'partner',
    'partner-desk',
    BILLING,
  ],
  ['3', 'customer', 'billing', DIRECT, 'microsoft', 'azure-portal-purchase', BILLING],
  ['4', 'customer', 'billing', MULTI, 'microsoft', 'azure-portal-purchase', MULTIPARTY],
  ['5', 'partner', 'billing', {}, 'microsoft', 'partner-center-support', OVERVIEW],
  ['6', 'partner', 'billing', RESELLER, 'provider', 'provider-desk', ['csp-overview', '2023-06-26']],
  ['7', 'customer', 'billing.refund', {}, 'partner', 'partner-desk', OVERVIEW],
  ['8', 'customer', 'billing.refund', DIRECT, 'microsoft', 'azure-portal-self', REFUNDS],
  ['9', 'customer', 'billing.refund-late', {}, 'publisher', 'partner-desk', REFUNDS],
  ['10', 'partner', 'billing.refund-late', {}, 'publisher', 'publisher-support', CANCELLATION],
  ['11', 'publisher', 'billing.refund-late', {}, 'publisher', 'microsoft-publisher-support', REFUNDS],
  ['12', 'customer', 'billing.tax', {}, 'partner', 'partner-desk', ORG_TAX],
  ['13', 'customer', 'billing.tax', { ...DIRECT, taxBy: 'publisher' }, 'publisher', 'publisher-support', TAX],
  ['14', 'partner', 'billing.tax', {}, 'microsoft', 'partner-center-support', ORG_TAX],
  ['15', 'customer', 'payment', {}, 'partner', 'partner-desk', ['provide-billing-support', '2022-12-16']],
  ['16', 'customer', 'account-setup.activation', {}, 'publisher', 'partner-desk', OVERVIEW],
  ['17', 'customer', 'account-setup.activation', DIRECT, 'publisher', 'publisher-support', LIFE],
  ['18', 'partner', 'account-setup.activation', {}, 'publisher', 'publisher-support', OVERVIEW],
  [
    '19',
    'customer',
    'subscription-management',
    {},
    'partner',
    'partner-desk',
    ['marketplace-manage', '2022-08-31'],
  ],
  ['20', 'customer', 'subscription-management', DIRECT, 'microsoft', 'azure-portal-self', LIFE],
  ['21', 'partner', 'subscription-management', {}, 'partner', 'partner-center-support', OVERVIEW],
  ['22', 'partner', 'subscription-management.licenses', {}, 'publisher', 'publisher-support', OVERVIEW],
  [
    '23',
    'partner',
    'purchase-transaction',
    {},
    'microsoft',
    'partner-center-support',
    ['support-resource-options', '2022-08-12'],
  ],
  ['24', 'customer', 'purchase-transaction', DIRECT, 'microsoft', 'azure-portal-purchase', FAQ],
  [
    '25',
    'customer',
    'purchase-transaction.not-available',
    {},
    'publisher',
    'partner-desk',
    ['marketplace-purchase', '2023-07-31'],
  ],
  [
    '26',
    'customer',
    'purchase-transaction.private-offer',
    DIRECT,
    'publisher',
    'publisher-support',
    MULTIPARTY,
  ],
  ['27', 'partner', 'purchase-transaction.private-offer', {}, 'publisher', 'publisher-csp-program', MARGINS],
  ['28', 'partner', 'purchase-transaction.private-offer', RESELLER, 'publisher', 'provider-desk', MARGINS],
  [
    '29',
    'partner',
    'purchase-transaction.reselling-terms',
    {},
    'publisher',
    'publisher-csp-program',
    MARGINS,
  ],
  ['30', 'partner', 'provisioning-deployment', { hosting: 'azure' }, 'microsoft', 'azure-support', ON_BEHALF],
  [
    '31',
    'partner',
    'provisioning-deployment',
    { hosting: 'azure', ...RESELLER },
    'microsoft',
    'provider-desk',
    ON_BEHALF,
  ],
  ['32', 'partner', 'technical', {}, 'publisher', 'publisher-support', SUPPORT],
  [
    '33',
    'customer',
    'technical',
    {},
    'publisher',
    'partner-desk',
    ['cloud-solution-providers', '2022-05-10'],
  ],
  ['34', 'customer', 'technical', DIRECT, 'publisher', 'publisher-support', FAQ],
  [
    '35',
    'partner',
    'technical',
    { supportTier: 'microsoft' },
    'microsoft',
    'azure-support',
    ['marketplacecatalog', 'unknown'],
  ],
  ['36', 'partner', 'technical', { supportTier: 'community' }, 'community', 'community-forum', SUPPORT],
  [
    '37',
    'partner',
    'contract-legal.csp-program',
    {},
    'microsoft',
    'partner-center-support',
    ['marketplace-contracting', '2023-07-31'],
  ],
  ['38', 'partner', 'contract-legal.customer-agreement', {}, 'partner', 'partner-center-self', AGREE],
  ['39', 'partner', 'offer-onboarding.rewards', {}, 'microsoft', 'partner-center-support', DESK],
  ['40', 'partner', 'subscription-management.transfer', {}, 'partner', 'partner-center-self', TRANSFER],
  [
    '41',
    'partner',
    'sla.microsoft-service',
    {},
    'microsoft',
    'credit-request',
    ['request-credit', '2023-05-04'],
  ],
  [
    '42',
    'partner',
    'security-privacy.microsoft',
    {},
    'microsoft',
    'microsoft-security',
    ['support-from-microsoft', '2023-04-18'],
  ],
];

/** Twenty more, chosen from published pages. */
const FURTHER: readonly Cell[] = [
  ['43', 'customer', 'outage', DIRECT, 'publisher', 'publisher-support', FAQ],
  ['44', 'customer', 'how-to-docs-training', DIRECT, 'publisher', 'publisher-support', FAQ],
  ['45', 'customer', 'sla', DIRECT, 'publisher', 'publisher-support', SUPPORT],
  ['46', 'customer', 'contract-legal', DIRECT, 'publisher', 'publisher-support', FAQ],
  [
    '47',
    'customer',
    'purchase-transaction.not-available',
    DIRECT,
    'publisher',
    'publisher-support',
    VALIDATION,
  ],
  ['48', 'customer', 'billing', AGREEMENT, 'agreement-partner', 'agreement-partner', MULTIPARTY],
  [
    '49',
    'customer',
    'purchase-transaction.private-offer',
    OWN_OFFER,
    'publisher',
    'publisher-support',
    MULTIPARTY,
  ],
  ['50', 'customer', 'purchase-transaction.private-offer', MULTI, 'partner', 'partner-desk', MULTIPARTY],
  [
    '51',
    'partner',
    'purchase-transaction.private-offer',
    MULTI,
    'partner',
    'partner-center-self',
    MULTIPARTY,
  ],
  [
    '52',
    'partner',
    'purchase-transaction.private-offer',
    RESALE,
    'partner',
    'partner-center-self',
    RESALE_PAGE,
  ],
  [
    '53',
    'customer',
    'purchase-transaction.private-offer-acceptance',
    OWN_OFFER,
    'administrator',
    'own-administrator',
    PRE_CHECK,
  ],
  ['54', 'customer', 'purchase-transaction.private-offer-acceptance', {}, 'partner', 'partner-desk', MARGINS],
  [
    '55',
    'customer',
    'purchase-transaction.own-administrator',
    {},
    'administrator',
    'own-administrator',
    VALIDATION,
  ],
  [
    '56',
    'customer',
    'purchase-transaction.own-administrator',
    DIRECT,
    'administrator',
    'own-administrator',
    VALIDATION,
  ],
  [
    '57',
    'customer',
    'billing.tax',
    { ...DIRECT, taxBy: 'microsoft' },
    'microsoft',
    'azure-portal-purchase',
    TAX,
  ],
  ['58', 'partner', 'contract-legal.customer-agreement', RESELLER, 'provider', 'provider-desk', AGREE],
  ['59', 'customer', 'subscription-management.transfer', {}, 'other-partner', 'other-partner', TRANSFER],
  ['60', 'partner', 'billing', MULTI, 'microsoft', 'partner-center-support', MULTIPARTY],
  ['61', 'publisher', 'offer-onboarding', {}, 'microsoft', 'microsoft-publisher-support', DESK],
  [
    '62',
    'partner',
    'billing.refund',
    RESELLER,
    'provider',
    'provider-desk',
    ['request-credit', '2023-05-04'],
  ],
];

/** Cells of facts that joined later: who bills under an indirect agreement, missing roles, resale enabled offers. */
const LATER: readonly Cell[] = [
  [
    '63',
    'customer',
    'billing',
    { ...OWN_OFFER, ...INDIRECT },
    'agreement-partner',
    'agreement-partner',
    MULTIPARTY,
  ],
  [
    '64',
    'customer',
    'payment',
    { ...MULTI, ...INDIRECT },
    'agreement-partner',
    'agreement-partner',
    MULTIPARTY,
  ],
  [
    '65',
    'partner',
    'billing',
    { ...MULTI, ...INDIRECT },
    'agreement-partner',
    'agreement-partner',
    MULTIPARTY,
  ],
  ['66', 'partner', 'billing', AGREEMENT, 'agreement-partner', 'agreement-partner', MULTIPARTY],
  ['67', 'customer', 'billing', RESALE, 'microsoft', 'azure-portal-purchase', RESALE_PAGE],
  ['67b', 'partner', 'billing', RESALE, 'microsoft', 'partner-center-support', RESALE_PAGE],
  ['68', 'customer', 'billing', OWN_OFFER, 'microsoft', 'azure-portal-purchase', MULTIPARTY],
  ['69', 'customer', 'purchase-transaction.private-offer', {}, 'partner', 'partner-desk', MULTIPARTY],
  ['70', 'customer', 'account-setup.missing-role', DIRECT, 'administrator', 'own-administrator', ROLES],
  [
    '71',
    'partner',
    'account-setup.missing-role',
    {},
    'global-administrator',
    'global-administrator',
    PERMISSIONS,
  ],
];
const CELLS = [...AUDITED, ...FURTHER, ...LATER];

/** The fact that each cell cites, as read on its page: cell, then `page/fact`. */
const CITED = `
  1 support/billing-first  2 billing/self-purchase  3 billing/direct-bill  4 multiparty/microsoft-bills  5 overview/billing-to-microsoft
  6 cspOverview/provider-bills  7 overview/partner-refunds  8 refunds/saas-72-hours  9 refunds/late-by-publisher  10 cancellation/late-by-publisher
  11 refunds/late-by-publisher  12 organizationTax/partner-taxes-customer  13 tax/publisher-managed  14 organizationTax/taxed-by-own-details  15 billingSupport/partner-answers
  16 overview/publisher-activates  17 lifeCycle/configure-account  18 overview/publisher-activates  19 manage/partner-changes  20 lifeCycle/customer-manages
  21 overview/partner-manages  22 overview/publisher-licenses  23 portals/marketplace-purchase  24 publisherFaq/microsoft-commerce  25 purchase/publisher-decides
  26 multiparty/no-partner  27 margins/publisher-extends  28 margins/not-to-resellers  29 margins/publisher-extends  30 onBehalf/azure-request
  31 onBehalf/azure-request  32 support/technical-to-publisher  33 publisherCsp/tier-1  34 publisherFaq/publisher-software  35 catalog/first-party
  36 support/community-listing  37 contracting/program-guide  38 customerAgreement/partner-attests  39 publisherSupport/programs-are-microsofts  40 transfer/target-starts
  41 credit/service-credit  42 fromMicrosoft/msrc  43 publisherFaq/direct-product  44 publisherFaq/publisher-software  45 support/publisher-commits
  46 publisherFaq/publisher-terms  47 validation/publisher-stopped  48 multiparty/indirect-ea  49 multiparty/no-partner  50 multiparty/partner-owns-relationship
  51 multiparty/partner-owns-relationship  52 resale/partner-sells  53 preCheck/roles-to-accept  54 margins/no-acceptance  55 validation/own-administrator
  56 validation/own-administrator  57 tax/microsoft-managed  58 customerAgreement/reseller-cannot  59 transfer/target-starts  60 multiparty/microsoft-bills
  61 publisherSupport/publisher-desk  62 credit/not-from-resellers  63 multiparty/indirect-ea  64 multiparty/indirect-ea  65 multiparty/indirect-ea
  66 multiparty/indirect-ea  67 resale/microsoft-bills  67b resale/microsoft-bills  68 multiparty/publisher-offer-bill  69 multiparty/csp-owns-price
  70 roles/roles-to-buy  71 permissions/admin-assigns
`;
const FACTS = new Map(
  [...CITED.matchAll(/(\d+b?) (\S+)/g)].map(([, cell = '', fact = '']): [string, string] => [cell, fact]),
);

describe('the golden table', () => {
  for (const [cell, asker, issue, differs, responsible, first, [address, date]] of CELLS) {
    it(`cell ${cell}: answers ${asker}, ${issue}, ${JSON.stringify(differs)} with ${responsible}, first ${first}`, () => {
      const { decision } = explain({ ...USUAL, ...differs, asker, issue });
      assert.deepEqual([decision.responsible, decision.first.way], [responsible, first]);
      assert.ok(decision.source.url.includes(address), decision.source.url);
      assert.equal(decision.source.date, date);
      assert.equal(decision.source.id, FACTS.get(cell));
    });
  }

  it('has the 42 audited cells and 20 more', () => {
    assert.deepEqual([AUDITED.length, FURTHER.length], [42, 20]);
  });

  it('says in cell 29 that subscriptions of a CSP reseller cannot use private plans, and where that is published', () => {
    const issue = 'purchase-transaction.reselling-terms';
    const { decision } = explain({ ...USUAL, asker: 'partner', issue });
    assert.ok(decision.notes.includes('note.private-plans'));
    const source = sourceOf(NOTE_SOURCES['note.private-plans']!);
    assert.deepEqual([source.id, source.date], ['managedApp/no-private-plans', '2022-08-18']);
    assert.match(source.url, /plan-azure-app-managed-app/);
    const { lines } = routeExplain({ asker: 'partner', issue, model: 'direct-bill', channel: 'partner' });
    assert.ok(lines.some((line) => line.includes(source.fact)));
  });

  it('matches the output of route explain, with the cited fact', () => {
    for (const [cell, asker, issue, differs] of CELLS) {
      const { taxBy, partnerHelps: _helps, resellerKeeps: _keeps, ...said } = { ...USUAL, ...differs };
      const country = { unknown: undefined, publisher: 'JP', microsoft: 'DE' }[taxBy];
      const { lines } = routeExplain({ ...said, asker, issue, country });
      const { decision } = explain({ ...USUAL, ...differs, asker, issue });
      const fact = lines.find((line) => line.startsWith('Fact '));
      assert.equal(fact, `Fact       ${decision.source.basis}: ${decision.source.fact}`, cell);
    }
  });
});
