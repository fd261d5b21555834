/** The concepts behind the words of all languages. */
import assert from 'node:assert/strict';
import { fold, runs } from '../../../core/text.js';
import { conceptsIn } from '../../../core/understanding/lexicon.js';

function concepts(text: string): readonly string[] {
  return [...new Set(conceptsIn(runs(fold(text))).map((seen) => seen.concept))];
}

describe('conceptsIn', () => {
  const refunds =
    'refund Rückerstattung remboursement reembolso estorno rimborso terugbetaling استرداد 退款 退費 返金 환불은';
  for (const text of refunds.split(' ')) {
    it(`finds a refund in "${text}"`, () => assert.ok(concepts(text).includes('refund')));
  }

  for (const text of ['الفاتورة', 'والفواتير', 'بفاتورة', 'لفاتورتنا', 'فاتوره']) {
    it(`finds an invoice in "${text}"`, () => assert.ok(concepts(text).includes('invoice')));
  }

  it('finds a word at the end of a compound', () => {
    assert.ok(concepts('Jahresrechnung').includes('invoice'));
    assert.ok(concepts('proefabonnementen').includes('subscription'));
  });

  it('finds phrases of several words only when all words are present', () => {
    assert.ok(concepts('delete my account').includes('cancel'));
    assert.ok(!concepts('delete my file').includes('cancel'));
  });

  it('accepts one typing error in a long word, and none in a short word', () => {
    assert.ok(concepts('subscritpion').includes('subscription'));
    assert.ok(concepts('invocie').includes('invoice'));
    assert.ok(!concepts('bull').includes('invoice'));
    assert.deepEqual(concepts('correct'), []);
  });

  it('finds nothing in unknown words', () => assert.deepEqual(concepts('zephyr quokka'), []));
});
