/** Microsoft's published errors: found in pasted text, each with an issue, a party, advice and a source. */
import assert from 'node:assert/strict';
import { decide } from '../../../core/policy/decide.js';
import { ADVICE_KEYS } from '../../../core/policy/errors/advice.js';
import { STORE_ERRORS, storeErrorIn } from '../../../core/policy/store-errors.js';
import { citedIn } from '../../../core/policy/sources.js';
import { LANGUAGES, type Asker, type Issue, type Party } from '../../../core/terms.js';
import { rawText } from '../../../locales/text.js';

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
} as const;

/** text, issue, responsible party for the usual asker */
const PASTED: readonly [string, Issue, Party][] = [
  [
    'Error 900146: This request … third-party marketplace products',
    'subscription-management.transfer',
    'partner',
  ],
  ['900128', 'purchase-transaction', 'microsoft'],
  [
    '"code": 800041, "description": "This item has already been activated"',
    'account-setup.activation',
    'publisher',
  ],
  ['CAN’T   UPDATE a subscription\nbefore activating it', 'account-setup.activation', 'publisher'],
  ['We couldn’t identify this purchase. Reopen this subscription', 'account-setup.activation', 'publisher'],
  [
    "Cannot complete purchase as your enrollment for this subscription doesn't allow purchase of marketplace products.",
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  [
    "cannot be purchased as it is not to be sold in market: 'FR'",
    'purchase-transaction.not-available',
    'publisher',
  ],
  ['error code 13605', 'contract-legal.customer-agreement', 'partner'],
  ['You have passed your 72-hour cancellation window.', 'billing.refund-late', 'publisher'],
  // The number in other shapes.
  ['HTTP 403 (2091)', 'purchase-transaction.not-available', 'publisher'],
  ['Fehlercode 2085', 'purchase-transaction.not-available', 'publisher'],
  ['錯誤代碼：900203', 'contract-legal.customer-agreement', 'partner'],
  ['エラーコード 800070', 'purchase-transaction.not-available', 'publisher'],
  ['{"code":"900308","source":"PartnerCenter"}', 'account-setup.missing-role', 'global-administrator'],
  ['we keep getting 800081 when adding seats', 'account-setup.activation', 'publisher'],
  [
    'Hi,\n\nwhen I move the licences I get 900146.\n\nRegards\nAnn',
    'subscription-management.transfer',
    'partner',
  ],
  ['Error 900169. Input currency should be partner or market currency', 'purchase-transaction', 'microsoft'],
  // The sentence cut, quoted, escaped, contracted or not.
  [
    'This request for transfer of billing ownership can’t be completed',
    'subscription-management.transfer',
    'partner',
  ],
  [
    'a third-party marketplace products dont transfer with subscriptions',
    'subscription-management.transfer',
    'partner',
  ],
  [
    '&quot;your enrollment does not allow purchase of marketplace products&quot;',
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  [
    'Your Azure enrollment administrator can enable purchase of paid marketplace products.',
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  [
    'This offer is not available to Microsoft Azure Cloud Solution Provider subscribers',
    'purchase-transaction.not-available',
    'publisher',
  ],
  [
    'The Publisher: contoso does not make available Offer: vault, Plan: one in your Subscription/Azure account’s region: MD.',
    'purchase-transaction.not-available',
    'publisher',
  ],
  [
    "The 'unknown' payment instrument(s) is not supported for offer with OfferId: 'vault'",
    'payment',
    'partner',
  ],
  ['the subscription shows PendingFulfillmentStart', 'account-setup.activation', 'publisher'],
  ['The dimension for which the usage is passed is invalid for this offer/plan.', 'technical', 'publisher'],
  [
    'You do not have permission to accept this private offer',
    'purchase-transaction.private-offer-acceptance',
    'partner',
  ],
  [
    'You do not have the required permissions to accept this private offer.',
    'purchase-transaction.private-offer-acceptance',
    'partner',
  ],
  [
    "Resource 'vault' was disallowed by policy. Policy identifiers: …",
    'purchase-transaction.own-administrator',
    'administrator',
  ],
  ['my SaaS subscription is pending activation', 'account-setup.activation', 'publisher'],
  [
    "The purchase failed because subscription 'one' has a spending limit",
    'purchase-transaction',
    'microsoft',
  ],
  ['Remove the spending limit from your subscription', 'purchase-transaction', 'microsoft'],
  [
    'This offer is not available for Cloud Solution Providers',
    'purchase-transaction.not-available',
    'publisher',
  ],
  // The reason inside a wrapper counts.
  [
    '{"code":"MarketplacePurchaseEligibilityFailed","details":[{"message":"Legal terms have not been accepted for this item on this subscription."}]}',
    'contract-legal.marketplace-terms',
    'microsoft',
  ],
  [
    'Error: Code=MarketplacePurchaseEligibilityFailed; Message=See inner errors',
    'purchase-transaction',
    'microsoft',
  ],
];

/** Texts with numbers and everyday words that are no published error. */
const NO_ERRORS: readonly string[] = [
  'invoice 900.146',
  'we paid $900146',
  'error 2006a happened in 2006',
  'room 4018',
  'x9001469',
  'invoice number 900146',
  'order 800041 is late',
  'our PO 800081 was not delivered',
  'ticket #900128',
  '800041 seats',
  '900,146 users',
  'phone 900146',
  'customer id 900146',
  'since 2006 we see errors',
  'error since 2006',
  'the error appears 2006 times',
  'in 2030 we will renew',
  'error 800999',
  'Error 500 in the app',
  'can I remove users from the subscription',
  'We need an Azure plan for our customer',
  'how do I accept a private offer',
  'the app says: this operation is not supported when I save a report',
  'something went wrong',
  'You do not have permission to delete this record in Contoso CRM',
  'You do not have permission to open this file',
  'You do not have the required permissions to open this file',
  'You do not have permission to accept this invitation',
  'You do not have permission to purchase marketplace products',
  'the login was disallowed by policy',
  'was disallowed by policy to sign in',
  'pending activation for my user',
  'our subscription has a spending limit in the app budget module',
  'how do I remove the spending limit of a project in Contoso Budget',
];

/** text, asker, code: a number of fewer than six digits, which products of customers use too. */
const SHORT_CODES: readonly [string, Asker, string | undefined][] = [
  ['Contoso Backup: error code 2001', 'customer', undefined],
  ['error 3000', 'customer', undefined],
  ['Fehlercode 2085 in Fabrikam Vault', 'customer', undefined],
  ['error code 2001', 'partner', '2001'],
  ['error 3000', 'publisher', '3000'],
  ['Partner Center shows error code 2001', 'customer', '2001'],
  ['the marketplace says error 2085', 'customer', '2085'],
  ['HTTP 403 (2091)', 'customer', '2091'],
  ['市集顯示錯誤代碼 2085', 'customer', '2085'],
  ['error 900146', 'customer', '900146'],
];

describe('published errors', () => {
  it('are at least 200 different errors, with advice in every language and a fact from the cited page', () => {
    assert.ok(STORE_ERRORS.length >= 200, String(STORE_ERRORS.length));
    assert.equal(new Set(STORE_ERRORS.map(({ id }) => id)).size, STORE_ERRORS.length);
    for (const { id, source, code, says } of STORE_ERRORS) {
      assert.ok(citedIn(source), id);
      assert.ok(code ?? says, id);
    }
    for (const language of LANGUAGES) {
      const missing = ADVICE_KEYS.filter((key) => !rawText(language)[`error.${key}`]);
      assert.deepEqual(missing, []);
    }
    const used = new Set(STORE_ERRORS.map(({ advice }) => advice));
    assert.deepEqual(
      ADVICE_KEYS.filter((key) => !used.has(key)),
      [],
    );
  });

  it('are found by their own code and by their own sentence', () => {
    for (const error of STORE_ERRORS) {
      if (error.code) assert.equal(storeErrorIn(`Error code ${error.code}`, 'partner')?.code, error.code);
      if (error.says) {
        const found = storeErrorIn(error.says.replaceAll('…', 'x').toUpperCase(), 'customer');
        assert.equal(found?.issue, error.issue, error.id);
      }
    }
  });

  for (const [text, issue, party] of PASTED) {
    it(`“${text.slice(0, 60)}” means ${issue}, for ${party}`, () => {
      const found = storeErrorIn(text, 'partner');
      assert.equal(found?.issue, issue);
      assert.ok(found);
      assert.equal(decide({ ...USUAL, asker: found.seenBy, issue: found.issue }).responsible, party);
    });
  }

  it('are not found in amounts, invoice numbers and everyday words', () => {
    for (const text of NO_ERRORS) assert.equal(storeErrorIn(text, 'partner')?.id, undefined, text);
  });

  it('give a short code of a customer a meaning only beside the name of the store', () => {
    for (const [text, asker, code] of SHORT_CODES) assert.equal(storeErrorIn(text, asker)?.code, code, text);
  });

  it('give a six-digit code alone its meaning, and a short number none', () => {
    for (const { code } of STORE_ERRORS) {
      if (code === undefined || !/^\d+$/.test(code)) continue;
      assert.equal(storeErrorIn(code, 'partner')?.code, code.length >= 6 ? code : undefined);
    }
  });
});
