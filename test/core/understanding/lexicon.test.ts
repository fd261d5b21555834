/** The concepts behind words of seven languages. */
import assert from 'node:assert/strict';
import { fold, runs } from '../../../core/text.js';
import { conceptsIn } from '../../../core/understanding/lexicon.js';

function concepts(text: string): readonly string[] {
  return [...new Set(conceptsIn(runs(fold(text))).map((seen) => seen.concept))];
}

describe('conceptsIn', () => {
  for (const text of ['refund', 'Rückerstattung', 'remboursement', 'reembolso', '退款', '退費', '返金']) {
    it(`finds a refund in "${text}"`, () => assert.ok(concepts(text).includes('refund')));
  }

  it('finds phrases of several words only when all words are present', () => {
    assert.ok(concepts('delete my account').includes('cancel'));
    assert.ok(!concepts('delete my file').includes('cancel'));
  });

  it('accepts one typing error in a long word, and none in a short word', () => {
    assert.ok(concepts('subscritpion').includes('subscription'));
    assert.ok(concepts('invocie').includes('invoice'));
    assert.ok(!concepts('bull').includes('invoice'));
  });

  it('finds nothing in unknown words', () => assert.deepEqual(concepts('zephyr quokka'), []));
});
