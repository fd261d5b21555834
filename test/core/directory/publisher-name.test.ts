/** Publisher names: two spellings of one company match, and similar names of two companies do not match. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  nameFromPublisherId,
  normalisePublisherName,
  publisherIdFromName,
} from '../../../core/directory/publisher-name.js';

describe("a publisher's name", () => {
  const same: readonly (readonly [string, string])[] = [
    ['Contoso, Inc.', 'CONTOSO'],
    ['Contoso Ltd', 'Contoso, Limited'],
    ['Contoso Pty. Ltd.', 'contoso'],
    ['Contoso GmbH & Co. KG', 'Contoso'],
    ['Contoso S.p.A.', 'Contoso SpA'],
    ['Contoso B.V.', 'Contoso BV'],
    ['Contoso s.r.o.', 'Contoso SRO'],
    ['Société Contoso', 'Societe  Contoso'],
    ['Contoso-Cloud', 'Contoso Cloud'],
    ['City Power & Light', 'City Power Light'],
  ];
  for (const [a, b] of same) {
    it(`means the same company: ${a} = ${b}`, () => {
      assert.equal(normalisePublisherName(a), normalisePublisherName(b));
    });
  }

  const different: readonly (readonly [string, string])[] = [
    ['Contoso', 'Contoso Systems'],
    ['Contoso', 'Contosoft'],
    ['Northwind Traders', 'Northwind'],
    ['翼尖科技', '翼端科技'],
  ];
  for (const [a, b] of different) {
    it(`means another company: ${a} ≠ ${b}`, () => {
      assert.notEqual(normalisePublisherName(a), normalisePublisherName(b));
    });
  }

  it('is never empty after the legal form is removed', () => {
    assert.deepEqual(['Co.', 'SA', 'Limited'].map(normalisePublisherName), ['co', 'sa', 'limited']);
    fc.assert(
      fc.property(fc.string(), (name) => {
        const plain = normalisePublisherName(name);
        assert.equal(/[\p{L}\p{N}]/u.test(name.normalize('NFKD')), plain !== '', name);
        assert.equal(normalisePublisherName(plain), plain);
      }),
    );
  });

  it('gives an id that shows that only the name is known', () => {
    assert.equal(publisherIdFromName('Fabrikam Virtual Networks, Inc.'), 'name:fabrikam-virtual-networks');
  });

  it("is read from the marketplace's id when no source gives a name", () => {
    assert.deepEqual(
      ['contoso1617200969773', 'woodgrove41678478380097', 'contoso', 'name:fabrikam', 'area51'].map(
        nameFromPublisherId,
      ),
      ['contoso', 'woodgrove4', 'contoso', 'fabrikam', 'area51'],
    );
  });
});
