/** Nothing a stranger sends can grow the metrics. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { openLabels } from '../../../bot/metrics/counters.js';

describe('labels of the metrics', () => {
  it('keeps what has the shape of a code, a channel or a source', () => {
    const labelled = openLabels();
    for (const value of ['msteams', 'auth.refused', 'contoso-status', '429']) {
      assert.equal(labelled('code', value), value);
    }
    assert.equal(labelled('code', 503), '503');
  });

  it('says "other" of everything else, whatever it is', () => {
    const labelled = openLabels();
    const wrong = [
      undefined,
      null,
      {},
      '',
      'a b',
      'name@contoso.com',
      '29:1abc',
      'x'.repeat(65),
      '"} 1\nevil 1',
    ];
    for (const value of wrong) assert.equal(labelled('code', value), 'other');
  });

  it('never has more than a hundred values and "other" for one label', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 600 }), (values) => {
        const labelled = openLabels();
        const many = [...values, ...Array.from({ length: 150 }, (_, at) => `v${at}`)];
        return new Set(many.map((value) => labelled('code', value))).size <= 101;
      }),
      { numRuns: 30 },
    );
  });
});
