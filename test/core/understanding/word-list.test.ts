/** Packed lists of names. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packNames, unpackNames } from '../../../core/understanding/word-list.js';

describe('a packed list of names', () => {
  it('leaves out what a name shares with the name before it', () => {
    assert.equal(packNames(['c bil', 'c bill', 'c card']), '0c bil\n5l\n2card');
  });

  it('gives the same names in the same order', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((one) => !one.includes('\n'));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        assert.deepEqual(
          [...unpackNames(packNames(names))],
          names.map((one, at) => [one, at]),
        );
      }),
    );
  });
});
