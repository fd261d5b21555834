/** The offer index on the real catalog, when the folder of the catalog is given. */
import assert from 'node:assert/strict';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import { realDirectory } from '../../../bench/understanding/catalog.js';
import { nameFigures } from '../../../bench/understanding/names-in-sentences.js';
import { variationsOf } from '../../../bench/understanding/variations.js';

const folder = process.env.OFFER_DESK_REAL_DATA;

describe('the search in the real catalog', () => {
  it('finds the right offer first for 93 %, and in the first five for 99 %, of 2,000 spellings', function () {
    if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
    const directory = realDirectory(folder);
    const index = buildOfferIndex(directory);
    const variations = variationsOf(directory, 2_000);
    assert.ok(variations.length >= 2_000);
    const hits = variations.map(({ query, right }) => {
      const ids = index.search(query, 5).map((hit) => hit.offerId);
      return { first: ids[0] !== undefined && right.has(ids[0]), five: ids.some((id) => right.has(id)) };
    });
    assert.ok(hits.filter((hit) => hit.first).length / hits.length >= 0.93);
    assert.ok(hits.filter((hit) => hit.five).length / hits.length >= 0.99);
  });

  it('finds a name inside a sentence, in any spelling', function () {
    if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
    for (const { how, right, of, least } of nameFigures(realDirectory(folder)))
      assert.ok((100 * right) / of >= least, `${how}: ${right} of ${of}`);
  });

  it('asks which Cisco offer the visitor means, by publisher, Cisco’s own offers first', function () {
    if (folder === undefined) return this.skip(); // needs OFFER_DESK_REAL_DATA
    const match = buildOfferIndex(realDirectory(folder)).find('Cisco');
    assert.equal(match.kind, 'publishers');
    assert.deepEqual(match.kind === 'publishers' && match.publisherIds.slice(0, 2), [
      'cisco',
      'azuresentinel',
    ]);
    assert.ok(match.kind === 'publishers' && match.hits.length >= 15);
  });
});
