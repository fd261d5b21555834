/** The fixed vocabularies that all features of the core share: who asks, how the partner sells, what the issue is. */

/** Who asks. Derived from channel and identity, never from typed text. */
export const ASKERS = ['partner', 'customer', 'publisher'] as const;
export type Asker = (typeof ASKERS)[number];

/** The partner's place in Microsoft's CSP program (docs/domain.md, "CSP models"). */
export const CSP_MODELS = ['direct-bill', 'indirect-provider', 'indirect-reseller'] as const;
export type CspModel = (typeof CSP_MODELS)[number];

/** How the offer was bought (docs/domain.md, "Purchase channels"). */
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

/**
 * Private offers for which Microsoft bills the customer, unless an Enterprise Agreement of another partner stands
 * behind them. No published page says so for a resale enabled offer.
 */
export const BILLED_PRIVATE_OFFERS = [
  'publisher-private-offer',
  'multiparty-private-offer',
] as const satisfies readonly PurchaseChannel[];

/** True for a purchase by a private offer that Microsoft bills. */
export function isPrivateOffer(channel: PurchaseChannel): boolean {
  return (BILLED_PRIVATE_OFFERS as readonly PurchaseChannel[]).includes(channel);
}

/** The three kinds of private offer, with their purchase channels. */
export const PRIVATE_OFFERS = {
  publisher: 'publisher-private-offer',
  csp: 'partner',
  multiparty: 'multiparty-private-offer',
} as const satisfies Readonly<Record<string, PurchaseChannel>>;
export type PrivateOffer = keyof typeof PRIVATE_OFFERS;

/** The channels of a private offer of which nobody said which kind it is. */
export const PRIVATE_OFFER_CHANNELS: readonly PurchaseChannel[] = Object.values(PRIVATE_OFFERS);

/** The channels of a purchase of which staff say only that the customer made it. */
export const BOUGHT_BY_CUSTOMER: readonly PurchaseChannel[] = [
  'customer-direct',
  'customer-in-csp-subscription',
];

/** True when the CSP partner takes part in a purchase through this channel. */
export function partnerTakesPart(channel: PurchaseChannel): boolean {
  return !(WITHOUT_PARTNER as readonly PurchaseChannel[]).includes(channel);
}

/** Whose agreement a private offer is bought under: the customer's own with Microsoft, or an Enterprise Agreement that another partner bills. */
export const AGREEMENTS = ['own', 'indirect'] as const;
export type Agreement = (typeof AGREEMENTS)[number];

/** Who handles the tax of a direct purchase, by the country of the invoice. */
export const TAX_HANDLERS = ['unknown', 'publisher', 'microsoft'] as const;
export type TaxHandler = (typeof TAX_HANDLERS)[number];

/**
 * Who supports the offer. The tier decides, not the company in the title (docs/domain.md, "What changes the answer").
 */
export const SUPPORT_TIERS = ['publisher', 'microsoft', 'community', 'none'] as const;
export type SupportTier = (typeof SUPPORT_TIERS)[number];

/** Where the product runs: only Azure-based solutions have deployment supported by Microsoft (docs/domain.md, "What changes the answer"). */
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
  'global-administrator', // the administrator of a partner's or publisher's own company
  'other-partner', // the partner before or after a transfer
  'agreement-partner', // the partner behind an indirect Enterprise Agreement
] as const;
export type Party = (typeof PARTIES)[number];

/** Headings of the list of issues, in the order shown. */
export const ISSUE_GROUPS = ['use', 'money', 'setup', 'agreement', 'publishing', 'other'] as const;
export type IssueGroup = (typeof ISSUE_GROUPS)[number];

/** Duties of an indirect reseller that reseller and provider split between them (docs/domain.md, "CSP models"). */
export const RESELLER_DUTIES = ['billing', 'technical'] as const;
export type ResellerDuty = (typeof RESELLER_DUTIES)[number];

/** The properties of a kind of issue besides its rules and sentences. */
interface IssueKindTraits {
  /** The duty of the kind when an indirect reseller and its provider share the work. */
  readonly duty: ResellerDuty;
  /** The heading of the kind in the list of issues. */
  readonly group: IssueGroup;
  /** The askers to whom the list offers the kind. The bot answers a typed issue for every asker. */
  readonly offeredTo: readonly Asker[];
  /** True for an issue with the product, or of no known kind; false for one with its purchase. */
  readonly isAboutProduct: boolean;
  /** True when the publisher owns the issue of an offer that it supports; false when the publisher never owns it. */
  readonly publisherOwns: boolean;
  /** True when a community can help with it, for offers that a community supports. */
  readonly communityHelps: boolean;
  /** The topics of the kind that change who is responsible: `refund` makes the issue `billing.refund`. */
  readonly topics: readonly string[];
}

const EVERYBODY: readonly Asker[] = ['customer', 'partner', 'publisher'];
const BUYERS: readonly Asker[] = ['customer', 'partner'];
const purchase = { isAboutProduct: false, publisherOwns: false, communityHelps: false };
const product = { isAboutProduct: true, publisherOwns: true, communityHelps: true };

/** The kinds of issue people report, in the words of the domain. The order is the order of the trained model's classes. */
export const ISSUE_KIND_TRAITS = {
  billing: {
    duty: 'billing',
    group: 'money',
    offeredTo: EVERYBODY,
    ...purchase,
    topics: ['reconciliation', 'refund', 'refund-late', 'tax'],
  },
  payment: { duty: 'billing', group: 'money', offeredTo: BUYERS, ...purchase, topics: [] },
  'account-setup': {
    duty: 'billing',
    group: 'setup',
    offeredTo: EVERYBODY,
    ...purchase,
    topics: [
      'activation',
      'partner-center',
      'missing-role', // a role, or a policy of the asker's own company, keeps somebody from an act
    ],
  },
  'subscription-management': {
    duty: 'billing',
    group: 'setup',
    offeredTo: EVERYBODY,
    ...purchase,
    topics: [
      'portal-error', // the change fails in Partner Center
      'licenses',
      'transfer', // moving between partners
    ],
  },
  'purchase-transaction': {
    duty: 'billing',
    group: 'money',
    offeredTo: EVERYBODY,
    ...purchase,
    topics: [
      'not-available', // the publisher's reason: no CSP opt-in, exclusive, other markets
      'own-administrator', // blocked by the buyer's own administrator, policy or private marketplace
      'reselling-terms',
      'private-offer',
      'private-offer-acceptance', // the button to accept is greyed out
    ],
  },
  'provisioning-deployment': {
    duty: 'technical',
    group: 'setup',
    offeredTo: BUYERS,
    isAboutProduct: false,
    publisherOwns: true,
    communityHelps: false,
    topics: [],
  },
  technical: { duty: 'technical', group: 'use', offeredTo: EVERYBODY, ...product, topics: [] },
  outage: {
    duty: 'technical',
    group: 'use',
    offeredTo: EVERYBODY,
    ...product,
    topics: [
      'microsoft-platform', // Microsoft's own platform
    ],
  },
  'how-to-docs-training': {
    duty: 'technical',
    group: 'use',
    offeredTo: EVERYBODY,
    ...product,
    topics: ['sales-material'],
  },
  sla: {
    duty: 'technical',
    group: 'agreement',
    offeredTo: EVERYBODY,
    ...product,
    topics: ['microsoft-service'],
  },
  'security-privacy': {
    duty: 'technical',
    group: 'agreement',
    offeredTo: EVERYBODY,
    ...product,
    communityHelps: false,
    topics: ['microsoft'],
  },
  'contract-legal': {
    duty: 'billing',
    group: 'agreement',
    offeredTo: EVERYBODY,
    ...purchase,
    publisherOwns: true,
    topics: [
      'csp-program',
      'customer-agreement', // the Microsoft Customer Agreement is not accepted
      'marketplace-terms', // acceptance of terms inside the commerce system
    ],
  },
  'offer-onboarding': {
    duty: 'billing',
    group: 'publishing',
    offeredTo: ['publisher'],
    ...purchase,
    publisherOwns: true,
    topics: ['rewards', 'customer-question'],
  },
  other: {
    duty: 'billing',
    group: 'other',
    offeredTo: EVERYBODY,
    isAboutProduct: true,
    publisherOwns: false,
    communityHelps: false,
    topics: [],
  },
} as const satisfies Readonly<Record<string, IssueKindTraits>>;
export type IssueKind = keyof typeof ISSUE_KIND_TRAITS;
export const ISSUE_KINDS = Object.keys(ISSUE_KIND_TRAITS) as IssueKind[];

/** The properties of a kind of issue. */
export function traitsOf(kind: IssueKind): IssueKindTraits {
  return ISSUE_KIND_TRAITS[kind];
}

type Traits = typeof ISSUE_KIND_TRAITS;

/**
 * One issue that the policy distinguishes: a kind alone, or `kind.topic` when the topic changes who is responsible.
 * The matrix in docs/domain.md has a row for each.
 */
export type Issue = { [K in IssueKind]: K | `${K}.${Traits[K]['topics'][number]}` }[IssueKind];

/** All issues: each kind, followed by its topics. */
export const ISSUES = ISSUE_KINDS.flatMap((kind): readonly Issue[] => [
  kind,
  ...ISSUE_KIND_TRAITS[kind].topics.map((topic) => `${kind}.${topic}` as Issue),
]);

/** An issue that is a topic of its kind. */
export type IssueTopic = Exclude<Issue, IssueKind>;

/** Issues that the sender of the bill answers. */
export const ON_BILL = [
  'billing',
  'billing.reconciliation',
  'billing.tax',
  'payment',
] as const satisfies readonly Issue[];

/** True for an issue that the sender of the bill answers. */
export function isOnBill(issue: Issue): boolean {
  return (ON_BILL as readonly Issue[]).includes(issue);
}

/** The kind an issue belongs to: `billing.refund` → `billing`. */
export function kindOf(issue: Issue): IssueKind {
  return issue.split('.')[0] as IssueKind;
}

/** True when `text` is an issue that the policy knows. */
export function isIssue(text: string): text is Issue {
  return (ISSUES as readonly string[]).includes(text);
}

/** The three kinds of contact that a publisher gives for an offer (docs/domain.md, "Contacts, and who may see them"). */
export const CONTACT_KINDS = ['customer-support', 'engineering', 'csp-program'] as const;
export type ContactKind = (typeof CONTACT_KINDS)[number];

/** A language in which the product speaks. Script and direction follow from its tag (locales/language.ts). */
interface LanguageTraits {
  /** Its name, as its own readers write it. */
  readonly name: string;
  /** Its tag with a country, for Web Chat and for the `locale` of messages. */
  readonly locale: string;
}

/** The languages, each with its files in `locales/`. The first is the fallback. */
export const LANGUAGE_TRAITS = {
  en: { name: 'English', locale: 'en-US' },
  'zh-Hant': { name: '繁體中文', locale: 'zh-TW' },
  'zh-Hans': { name: '简体中文', locale: 'zh-CN' },
  ja: { name: '日本語', locale: 'ja-JP' },
  ko: { name: '한국어', locale: 'ko-KR' },
  de: { name: 'Deutsch', locale: 'de-DE' },
  fr: { name: 'Français', locale: 'fr-FR' },
  es: { name: 'Español', locale: 'es-ES' },
  'pt-BR': { name: 'Português (Brasil)', locale: 'pt-BR' },
  it: { name: 'Italiano', locale: 'it-IT' },
  nl: { name: 'Nederlands', locale: 'nl-NL' },
  ar: { name: 'العربية', locale: 'ar-AE' },
} as const satisfies Readonly<Record<string, LanguageTraits>>;
export type Language = keyof typeof LANGUAGE_TRAITS;
export const LANGUAGES = Object.keys(LANGUAGE_TRAITS) as unknown as readonly [Language, ...Language[]];

/** The name of a language, as its own readers write it. */
export function languageName(language: Language): string {
  return LANGUAGE_TRAITS[language].name;
}
