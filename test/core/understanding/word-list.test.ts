/** Packed lists of names. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { packNames, NameTable } from '../../../core/understanding/word-list.js';

describe('a packed list of names', () => {
  it('leaves out what a name shares with the name before it', () => {
    assert.equal(packNames(['c bil', 'c bill', 'c card']), '0c bil\n5l\n2card');
  });

  it('knows the place of each name and no other name', () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((one) => !one.includes('\n'));
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1 }), (names) => {
        const table = new NameTable(packNames(names));
        names.forEach((one, at) => assert.equal(table.placeOf(one), at));
        const other = `${names.join('')}.`;
        assert.equal(table.placeOf(other), undefined);
      }),
    );
  });
});
