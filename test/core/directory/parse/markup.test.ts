/** The markup in a cell, and the text that remains without the markup. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hasMarkup, withoutMarkup } from '../../../../core/directory/parse/markup.js';

describe('the markup of a cell', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['<div class="x"><p>Orders &amp; returns</p></div>', '  Orders & returns  '],
    ['&amp;lt;b&amp;gt;', ''],
    ['&amp;amp;amp;', '&'],
    ['R&#38;D', 'R&D'],
    ['Caf&eacute; &NBSP;&frac12;', 'Café  ½'],
    ['soft&shy;ware', 'software'],
  ];
  for (const [given, expected] of rows) {
    it(`is removed from ${given}`, () => {
      assert.equal(hasMarkup(given), true);
      assert.equal(withoutMarkup(given), expected);
    });
  }

  for (const text of ['&AA;', 'R&D;', '&constructor;', 'a < b', 'AT&T', '<resource name>']) {
    it(`is not found in ${text}`, () => {
      assert.equal(hasMarkup(text), false);
      assert.equal(withoutMarkup(text), text);
    });
  }

  it('is gone after one reading, so that a second reading changes nothing', () => {
    const piece = fc.constantFrom('&', 'amp;', 'lt;', 'gt;', '<b>', '</b>', '#38;', 'a', ' ', '&AA;');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const once = withoutMarkup(pieces.join(''));
        assert.equal(withoutMarkup(once), once);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is read in linear time', () => {
    assert.equal(withoutMarkup(`&${'amp;'.repeat(16_000)}`), '&');
  });
});
