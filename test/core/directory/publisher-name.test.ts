/** One company, however its name is written; two companies, however alike their names are. */
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
    it(`is the same company: ${a} = ${b}`, () => {
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
    it(`is another company: ${a} ≠ ${b}`, () => {
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

  it('makes an id that says it is only a name', () => {
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
