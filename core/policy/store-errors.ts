/** Microsoft's published error codes and sentences: which issue each one is, and what to do about it. */
import type { Asker, Issue } from '../terms.js';
import type { SourceId } from './sources.js';

/** What to do, as `error.<advice>` in the locale files. */
export const ADVICE_KEYS = [
  'accept-terms',
  'already-active',
  'already-submitted',
  'attest',
  'azure-plan',
  'azure-subscription',
  'conditional-access',
  'configure-account',
  'contact-publisher-region',
  'credit-line',
  'customer-details',
  'customer-relationship',
  'customer-review',
  'enable-purchases',
  'microsoft-retry',
  'not-eligible',
  'not-for-csp',
  'partner-agreement',
  'partner-id',
  'payment-instrument',
  'private-audience',
  'private-marketplace',
  'quantity',
  'reactivate',
  'refund-over',
  'role',
  'single-purchase',
  'spending-limit',
  'still-pending',
  'suspended',
  'term',
  'transfer-products',
  'transfer-state',
  'unpaid',
  'wait-and-retry',
] as const;
export type AdviceKey = (typeof ADVICE_KEYS)[number];

export interface StoreError {
  readonly id: string;
  /** The code, where Microsoft gives one. */
  readonly code?: string;
  /** The published sentence, or the part of it that never changes; `…` stands for names and numbers. */
  readonly says?: string;
  readonly issue: Issue;
  /** Who usually sees it. */
  readonly seenBy: Asker;
  readonly advice: AdviceKey;
  readonly source: SourceId;
}

type Row = readonly [code: string, issue: Issue, advice: AdviceKey, says?: string];
const BUY = 'purchase-transaction';
const GONE = 'purchase-transaction.not-available';
const CHANGE = 'subscription-management.portal-error';
const MOVE = 'subscription-management.transfer';
const ACCESS = 'account-setup.partner-center';
const MCA = 'contract-legal.customer-agreement';

/** Codes of Partner Center, in the order of the page. */
const PARTNER_CENTER: readonly Row[] = [
  ['400072', GONE, 'not-for-csp'],
  ['2006', GONE, 'not-eligible', "partner isn't valid for offer"],
  ['2030', GONE, 'contact-publisher-region', "partner isn't onboarded to sell in country"],
  ['2085', GONE, 'not-eligible', "the offer isn't eligible for purchase"],
  ['2091', GONE, 'contact-publisher-region', 'the offer is no longer available for purchase'],
  [
    '2001',
    CHANGE,
    'suspended',
    "quantity can't be increased or decreased while subscription is being suspended",
  ],
  ['2002', CHANGE, 'quantity', "quantity isn't within minimum and maximum allowed quantity"],
  ['2071', CHANGE, 'partner-id', "partnerid isn't a valid advisor"],
  ['2072', CHANGE, 'partner-id', "partnerid of indirect provider isn't valid as partner on record"],
  ['4018', BUY, 'microsoft-retry', 'unable to process this order'],
  [
    '13605',
    MCA,
    'attest',
    'partner confirmation of the customer acceptance of the microsoft customer agreement',
  ],
  ['20002', 'account-setup', 'customer-relationship', 'has no commerce relationship with the customer'],
  ['27006', BUY, 'single-purchase', 'use limit is exceeded for offer'],
  ['600049', 'account-setup', 'customer-details', 'organization registration id information is missing'],
  ['600050', 'account-setup', 'customer-details', 'organization registration id information is invalid'],
  ['600051', 'account-setup', 'customer-details', 'customer phone number is missing'],
  ['800005', BUY, 'microsoft-retry', "create order isn't successful"],
  ['800010', GONE, 'not-eligible', "inventory isn't available for this catalog item"],
  ['800011', BUY, 'azure-subscription', "this subscription isn't a valid azure subscription"],
  ['800012', BUY, 'azure-subscription', "this subscription isn't an active subscription"],
  ['800014', CHANGE, 'wait-and-retry', "there's a pending adjustment requested for this order"],
  ['800015', CHANGE, 'partner-id', "partnerid isn't found"],
  ['800016', CHANGE, 'partner-id', "partnerid isn't a valid indirect reseller"],
  ['800017', BUY, 'quantity', "the quantity isn't available for this catalog item"],
  ['800020', GONE, 'not-eligible', "the catalog item isn't eligible for purchase"],
  ['800022', BUY, 'not-eligible', 'you may be eligible for this transaction. contact support'],
  ['800023', BUY, 'credit-line', "your credit line isn't reaching minimum threshold"],
  ['800024', BUY, 'not-eligible', "you aren't eligible for this transaction"],
  ['800025', BUY, 'credit-line'],
  ['800026', BUY, 'not-eligible'],
  ['800027', CHANGE, 'quantity', "the catalog item isn't eligible for add or remove quantity"],
  ['800028', BUY, 'term', 'the initial purchase term is no longer available'],
  ['800039', ACCESS, 'partner-agreement', "reseller program status isn't active"],
  ['800041', 'account-setup.activation', 'already-active', 'this item has already been activated'],
  ['800060', BUY, 'still-pending', 'your order is in progress. check your order history'],
  ['800061', CHANGE, 'refund-over', "order can't be canceled"],
  ['800062', BUY, 'not-eligible'],
  ['800064', BUY, 'still-pending', 'is being processed by another request'],
  ['800065', BUY, 'already-submitted', "can't check out an already submitted cart"],
  ['800066', BUY, 'single-purchase', 'exceeded the maximum number of subscriptions allowed per customer'],
  ['800067', CHANGE, 'quantity', 'exceeded the maximum seat count allowed per subscription'],
  [
    '800068',
    BUY,
    'single-purchase',
    'exceeded the maximum number of azure subscriptions allowed per partner',
  ],
  ['800069', BUY, 'customer-review', 'order failed risk management check'],
  ['800070', GONE, 'contact-publisher-region', "offer isn't available in the specified country"],
  ['800073', BUY, 'customer-review', 'your customer account is currently under review'],
  ['800074', BUY, 'customer-review'],
  ['800075', BUY, 'customer-review', "your customer account wasn't approved"],
  [
    '800081',
    'account-setup.activation',
    'configure-account',
    "can't update a subscription before activating it",
  ],
  ['800082', CHANGE, 'wait-and-retry', 'subscription is not ready to be updated'],
  ['800088', CHANGE, 'quantity', 'exceeded the remaining limit of … seats allowed'],
  ['800090', CHANGE, 'quantity', "subscription quantity can't be decreased"],
  ['800091', CHANGE, 'suspended', "can't update a subscription with suspended status"],
  ['800093', CHANGE, 'term', "the subscription isn't eligible to be auto-renewed"],
  ['800094', CHANGE, 'microsoft-retry', "update subscription isn't successful"],
  ['800095', CHANGE, 'quantity', "can't update the seat quantity for this subscription"],
  ['900101', MOVE, 'transfer-state', "this transfer isn't allowed as original transfer"],
  ['900105', MOVE, 'suspended', 'suspended azure subscriptions can’t be transitioned'],
  ['900117', 'billing.refund-late', 'refund-over', 'you have passed your … -day cancellation window'],
  ['900121', BUY, 'credit-line', 'unable to process order due to insufficient credit limit'],
  [
    '900123',
    ACCESS,
    'partner-agreement',
    "microsoft partner agreement hasn't been accepted by the indirect reseller",
  ],
  ['900124', ACCESS, 'partner-agreement', "your company hasn't accepted the microsoft partner agreement"],
  [
    '900128',
    BUY,
    'azure-plan',
    'an azure plan is required to purchase a saas subscription with a metered billing plan',
  ],
  ['900129', BUY, 'azure-plan', "the specified azure plan id wasn't found"],
  ['900131', MOVE, 'transfer-state', "this transfer request can't be initiated"],
  ['900139', MOVE, 'transfer-state', "transfer request can't be accepted"],
  ['900145', MOVE, 'transfer-products', "azure reservations don't transfer with subscriptions"],
  ['900146', MOVE, 'transfer-products', "third-party marketplace products don't transfer with subscriptions"],
  ['900148', MOVE, 'transfer-state', 'transfer creation failed due to source partner details'],
  ['900150', ACCESS, 'role', "the supplied role doesn't have the rights"],
  ['900203', MCA, 'attest', 'requires attestation acceptance'],
  ['900206', MCA, 'attest', 'partner attestation is missing'],
  ['900213', 'billing.refund-late', 'refund-over', 'you have passed your … -hour cancellation window'],
  ['900214', CHANGE, 'refund-over', 'window for reducing seats for this subscription'],
  ['900278', CHANGE, 'wait-and-retry', 'there is a pending operation on this subscription'],
  ['900279', CHANGE, 'term', 'update operations are no longer allowed for this subscription'],
  ['900308', ACCESS, 'role', 'insufficient privileges to complete the operation'],
  ['900309', ACCESS, 'conditional-access', 'access has been blocked by conditional access policies'],
  ['900313', BUY, 'azure-subscription', 'in the provisioning context is required for the transaction'],
  ['900314', BUY, 'azure-subscription', 'an active azure subscription is required to complete the purchase'],
  ['900315', GONE, 'not-eligible', 'not eligible for purchase using the provided azure subscription'],
  ['900318', BUY, 'azure-plan', 'an azure plan with active subscription'],
];

const OWN = 'purchase-transaction.own-administrator';
const ACTIVATE = 'account-setup.activation';
type Sentence = readonly [id: string, says: string, issue: Issue, advice: AdviceKey, source: SourceId];

/** Sentences of the store and of SaaS fulfilment, most of them without a code. */
const SENTENCES: readonly Sentence[] = [
  [
    'enrollment',
    "enrollment … doesn't allow purchase",
    OWN,
    'enable-purchases',
    'validation/own-administrator',
  ],
  [
    'enrollment-not',
    'enrollment … does not allow purchase',
    OWN,
    'enable-purchases',
    'validation/own-administrator',
  ],
  [
    'ea-disabled',
    'marketplace purchases … disabled',
    OWN,
    'enable-purchases',
    'validation/own-administrator',
  ],
  [
    'free-only',
    'only … free … purchases are allowed',
    OWN,
    'enable-purchases',
    'validation/own-administrator',
  ],
  [
    'private-market',
    'not … approved in your private marketplace',
    OWN,
    'private-marketplace',
    'validation/own-administrator',
  ],
  ['policy', 'disallowed by policy', OWN, 'private-marketplace', 'validation/own-administrator'],
  ['market', 'not to be sold in market', GONE, 'contact-publisher-region', 'validation/publisher-stopped'],
  [
    'region',
    "does not make available … in your subscription/azure account's region",
    GONE,
    'contact-publisher-region',
    'validation/publisher-stopped',
  ],
  ['csp', 'not available to … cloud solution provider', GONE, 'not-for-csp', 'validation/publisher-stopped'],
  [
    'allow-list',
    'not in the … list of allowed customers',
    GONE,
    'private-audience',
    'validation/publisher-stopped',
  ],
  ['payment', 'no valid payment', 'payment', 'payment-instrument', 'validation/payment-instrument'],
  [
    'credit-card',
    'requires … a credit card',
    'payment',
    'payment-instrument',
    'validation/payment-instrument',
  ],
  ['spending-limit', 'spending limit', BUY, 'spending-limit', 'validation/payment-instrument'],
  [
    'terms',
    'legal terms have not been accepted',
    'contract-legal.marketplace-terms',
    'accept-terms',
    'validation/own-administrator',
  ],
  [
    'attest-first',
    'reach out to your partner to confirm your acceptance of the microsoft customer agreement',
    MCA,
    'attest',
    'customerAgreement/partner-attests',
  ],
  [
    'identify',
    "we couldn't identify this purchase",
    ACTIVATE,
    'configure-account',
    'subscriptionApi/token-24-hours',
  ],
  [
    'identify-not',
    'we could not identify this purchase',
    ACTIVATE,
    'configure-account',
    'subscriptionApi/token-24-hours',
  ],
  ['token', 'x-ms-marketplace-token', ACTIVATE, 'configure-account', 'subscriptionApi/states-and-codes'],
  ['pending', 'pendingfulfillmentstart', ACTIVATE, 'configure-account', 'lifeCycle/configure-account'],
  ['pending-activation', 'pending activation', ACTIVATE, 'configure-account', 'lifeCycle/configure-account'],
  [
    'suspended',
    'the saas subscription is in suspended state',
    'payment',
    'unpaid',
    'subscriptionApi/states-and-codes',
  ],
  [
    'unsubscribed',
    'unsubscribed state',
    'subscription-management',
    'reactivate',
    'lifeCycle/no-reactivation',
  ],
];

/** Every error the product knows by its code or its sentence. */
export const STORE_ERRORS: readonly StoreError[] = [
  ...PARTNER_CENTER.map(([code, issue, advice, says]): StoreError => ({
    id: code,
    code,
    ...(says !== undefined && { says }),
    issue,
    seenBy: 'partner',
    advice,
    source: code === '900146' ? 'errorCodes/no-transfer' : 'errorCodes/codes',
  })),
  ...SENTENCES.map(([id, says, issue, advice, source]): StoreError => ({
    id,
    says,
    issue,
    seenBy: 'customer',
    advice,
    source,
  })),
];

/** Long texts are cut: an error stands near its beginning or in its first lines. */
const MOST_CHARACTERS = 4000;

/** The error whose code or published sentence stands in this text; a sentence counts before a code. */
export function storeErrorIn(text: string): StoreError | undefined {
  const folded = fold(text.slice(0, MOST_CHARACTERS));
  return (
    STORE_ERRORS.find(({ says }) => says !== undefined && saidIn(folded, says)) ??
    STORE_ERRORS.find(({ code }) => code !== undefined && codeIn(folded, code))
  );
}

/** The error with this id. */
export function storeError(id: string | undefined): StoreError | undefined {
  return STORE_ERRORS.find((each) => each.id === id);
}

/** Case, white space and the shape of quotes do not count. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/\s+/g, ' ');
}

/** The parts of the sentence stand in the text in their order, each within reach of the one before. */
function saidIn(folded: string, says: string): boolean {
  let at = 0;
  return says.split('…').every((part, index) => {
    const wanted = fold(part).trim();
    const found = folded.indexOf(wanted, at);
    if (found < 0 || (index > 0 && found - at > 80)) return false;
    at = found + wanted.length;
    return true;
  });
}

/** A code of six digits says itself; a shorter one counts only behind a word for error or code. */
function codeIn(folded: string, code: string): boolean {
  const named = `(?:error|code|fehler|erreur|錯誤|错误|代碼|代码)[^\\d]{0,12}${code}(?![\\da-z])`;
  const bare = `(?<![\\d$€£#.,-])${code}(?![\\d.,]\\d|\\d)`;
  return new RegExp(code.length >= 6 ? bare : named, 'u').test(folded);
}
