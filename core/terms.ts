/** The closed vocabularies every feature of the core shares: who asks, how the partner sells, what the issue is. */

/** Who asks. Derived from channel and identity, never from what somebody types. */
export const ASKERS = ['partner', 'customer', 'publisher'] as const;
export type Asker = (typeof ASKERS)[number];

/** The partner's place in Microsoft's CSP program (domain.md §1.3). */
export const CSP_MODELS = ['direct-bill', 'indirect-provider', 'indirect-reseller'] as const;
export type CspModel = (typeof CSP_MODELS)[number];

/** How the offer was bought (domain.md §1.1 M2). */
export const PURCHASE_CHANNELS = [
  'partner', // the CSP partner bought it; a CSP private offer is bought this way too
  'customer-in-csp-subscription',
  'customer-direct', // own agreement, Microsoft bills
  'indirect-enterprise-agreement', // own agreement through another partner, which bills
  'publisher-private-offer', // agreed between publisher and customer alone
  'multiparty-private-offer', // made by the selling partner, Microsoft bills
  'resale-enabled-offer', // sold by a partner the publisher authorised, Microsoft bills
] as const;
export type PurchaseChannel = (typeof PURCHASE_CHANNELS)[number];

/** Purchases in which the CSP partner takes no part. */
export const WITHOUT_PARTNER = [
  'customer-direct',
  'indirect-enterprise-agreement',
  'publisher-private-offer',
] as const satisfies readonly PurchaseChannel[];

/** The three kinds of private offer, and how each is bought. */
export const PRIVATE_OFFERS = {
  publisher: 'publisher-private-offer',
  csp: 'partner',
  multiparty: 'multiparty-private-offer',
} as const satisfies Readonly<Record<string, PurchaseChannel>>;
export type PrivateOffer = keyof typeof PRIVATE_OFFERS;

/** True when the CSP partner takes part in a purchase made this way. */
export function partnerTakesPart(channel: PurchaseChannel): boolean {
  return !(WITHOUT_PARTNER as readonly PurchaseChannel[]).includes(channel);
}

/** Who handles the tax of a direct purchase, by the country of the invoice. */
export const TAX_HANDLERS = ['unknown', 'publisher', 'microsoft'] as const;
export type TaxHandler = (typeof TAX_HANDLERS)[number];

/** Who supports the offer. The tier decides, not the name in the title (domain.md §1.1 M1). */
export const SUPPORT_TIERS = ['publisher', 'microsoft', 'community', 'none'] as const;
export type SupportTier = (typeof SUPPORT_TIERS)[number];

/** Where the product runs: only Azure-based solutions have deployment supported by Microsoft (domain.md §1.1 M4). */
export const HOSTINGS = ['saas', 'azure', 'unknown'] as const;
export type Hosting = (typeof HOSTINGS)[number];

/** Who can be responsible or be contacted. */
export const PARTIES = [
  'partner',
  'provider', // an indirect reseller's indirect provider
  'publisher',
  'microsoft',
  'community',
  'customer', // the customer does it itself
  'administrator', // the customer's own enterprise or billing administrator
  'other-partner', // the partner before or after a transfer
  'agreement-partner', // the partner behind an indirect Enterprise Agreement
] as const;
export type Party = (typeof PARTIES)[number];

/** The kinds of issue people report, in the words of the domain. */
export const ISSUE_KINDS = [
  'billing',
  'payment',
  'account-setup',
  'subscription-management',
  'purchase-transaction',
  'provisioning-deployment',
  'technical',
  'outage',
  'how-to-docs-training',
  'sla',
  'security-privacy',
  'contract-legal',
  'offer-onboarding',
  'other',
] as const;
export type IssueKind = (typeof ISSUE_KINDS)[number];

/**
 * One issue the policy tells apart: a kind alone, or `kind.topic` where the topic changes who is responsible.
 * The number behind each is its row in domain.md §1.2.
 */
export const ISSUES = [
  'billing', // 1, 1b
  'billing.reconciliation', // 1b
  'billing.refund', // 16
  'billing.refund-late', // 16b
  'billing.tax', // 17
  'payment', // 2
  'account-setup', // 3
  'account-setup.activation', // 5
  'account-setup.partner-center', // 20
  'subscription-management', // 4
  'subscription-management.portal-error', // 4b: the change fails in Partner Center
  'subscription-management.licenses', // 6
  'subscription-management.transfer', // moving between partners
  'purchase-transaction', // 14
  'purchase-transaction.not-available', // 14, the publisher's reason: no CSP opt-in, exclusive, other markets
  'purchase-transaction.own-administrator', // blocked by the buyer's own administrator, policy or private marketplace
  'purchase-transaction.reselling-terms', // 13
  'purchase-transaction.private-offer', // 21
  'purchase-transaction.private-offer-acceptance', // the button to accept is greyed out
  'provisioning-deployment', // 7
  'technical', // 8
  'outage', // 10
  'outage.microsoft-platform', // 10, Microsoft's own platform
  'how-to-docs-training', // 9, 12
  'how-to-docs-training.sales-material', // 12
  'sla', // 11
  'sla.microsoft-service', // 11b
  'security-privacy', // 18
  'security-privacy.microsoft', // 18b
  'contract-legal', // 19
  'contract-legal.csp-program', // 19b
  'contract-legal.customer-agreement', // the Microsoft Customer Agreement is not accepted
  'contract-legal.marketplace-terms', // 14: acceptance of terms inside the commerce system
  'offer-onboarding', // 15
  'offer-onboarding.rewards', // 22
  'offer-onboarding.customer-question', // 23
  'other',
] as const;
export type Issue = (typeof ISSUES)[number];

/** The kind an issue belongs to: `billing.refund` → `billing`. */
export function kindOf(issue: Issue): IssueKind {
  return issue.split('.')[0] as IssueKind;
}

/** True when `text` names an issue the policy knows. */
export function isIssue(text: string): text is Issue {
  return (ISSUES as readonly string[]).includes(text);
}

/** The three kinds of contact a publisher gives for an offer (domain.md §2.2). */
export const CONTACT_KINDS = ['customer-support', 'engineering', 'csp-program'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** Duties of an indirect reseller that Microsoft leaves to reseller and provider to split (domain.md §1.3). */
export const RESELLER_DUTIES = ['billing', 'technical'] as const;
export type ResellerDuty = (typeof RESELLER_DUTIES)[number];

/** Languages every sentence exists in; the first is the fallback. */
export const LANGUAGES = ['en', 'zh-Hant'] as const;
export type Language = (typeof LANGUAGES)[number];
