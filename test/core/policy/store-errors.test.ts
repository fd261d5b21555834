/** Microsoft's published errors: found in pasted text, each with an issue, a party, advice and a source. */
import assert from 'node:assert/strict';
import { decide } from '../../../core/policy/decide.js';
import { ADVICE_KEYS, STORE_ERRORS, storeErrorIn } from '../../../core/policy/store-errors.js';
import { citedIn } from '../../../core/policy/sources.js';
import { LANGUAGES, type Issue, type Party } from '../../../core/terms.js';
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
];

describe('published errors', () => {
  it('are at least sixty different errors, with advice in every language and a fact from the cited page', () => {
    assert.ok(STORE_ERRORS.length >= 60, String(STORE_ERRORS.length));
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
      if (error.code) assert.equal(storeErrorIn(`Error code ${error.code}`)?.code, error.code);
      if (error.says) {
        const found = storeErrorIn(error.says.replace('…', 'x').toUpperCase());
        assert.equal(found?.issue, error.issue, error.id);
      }
    }
  });

  for (const [text, issue, party] of PASTED) {
    it(`“${text.slice(0, 60)}” means ${issue}, for ${party}`, () => {
      const found = storeErrorIn(text);
      assert.equal(found?.issue, issue);
      assert.ok(found);
      assert.equal(decide({ ...USUAL, asker: found.seenBy, issue: found.issue }).responsible, party);
    });
  }

  it('are not found in amounts, invoice numbers and everyday words', () => {
    for (const text of [
      'invoice 900.146',
      'we paid $900146',
      'error 2006a happened in 2006',
      'room 4018',
      'x9001469',
    ]) {
      assert.equal(storeErrorIn(text), undefined, text);
    }
  });
});
