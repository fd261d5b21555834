/** A patched offer index gives exactly the answers of a new index. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildOfferIndex, indexSlices } from '../../../../core/directory/search/search.js';
import type { OfferIndex } from '../../../../core/directory/search/types.js';
import type { Directory, Offer, Publisher } from '../../../../core/directory/types.js';
import { allAtOnce } from '../../../../core/time-slices.js';
import { directory, offer, OFFERS, publisher, PUBLISHERS } from './search-fixture.js';

const word = fc.constantFrom(
  'Backup',
  'Vault',
  'contosoMail',
  'Ledger',
  '雲端',
  '備份',
  'CRM',
  '2go',
  'for',
  'Éco',
);
const name = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));
const anOffer: fc.Arbitrary<Offer> = fc
  .record({
    id: fc.constantFrom(
      ...OFFERS.map((one) => one.id),
      'contoso.new',
      'adatum.zither',
      'aaa.first',
      'zzz.last',
    ),
    name,
    aliases: fc.array(name, { maxLength: 2 }),
    publisherId: fc.constantFrom('contoso', 'fabrikam', 'adatum'),
    plans: fc.constantFrom<Offer['plans']>([], [{ id: 'gold-plan', name: 'Gold Vault' }]),
    summary: fc.constantFrom('one', 'two'),
    inLanguages: fc.option(fc.record({ de: fc.record({ name }) }), { nil: undefined }),
  })
  .map(({ id, name: called, ...more }) => offer(id, called, more));
const aPublisher: fc.Arbitrary<Publisher> = fc
  .record({
    id: fc.constantFrom('contoso', 'fabrikam', 'adatum'),
    name,
    aliases: fc.array(name, { maxLength: 1 }),
  })
  .map(({ id, name: called, aliases }) => publisher(id, called, aliases));

interface Change {
  readonly offers: readonly Offer[];
  readonly publishers: readonly Publisher[];
  readonly gone: readonly string[];
}
const change: fc.Arbitrary<Change> = fc.record({
  offers: fc.array(anOffer, { maxLength: 4 }),
  publishers: fc.array(aPublisher, { maxLength: 2 }),
  gone: fc.array(fc.constantFrom(...OFFERS.map((one) => one.id)), { maxLength: 3 }),
});

function after(before: Directory, { offers, publishers, gone }: Change): Directory {
  const made = new Map(before.offers);
  for (const id of gone) made.delete(id);
  for (const one of offers) made.set(one.id, one);
  const companies = new Map(before.publishers);
  for (const one of publishers) companies.set(one.id, one);
  return { version: before.version + 1, offers: made, publishers: companies };
}

const QUERIES = [
  'backup',
  'contoso vault',
  'crm',
  '備份',
  'gold vault',
  'adatum',
  'zzz.last',
  'vualt',
  'ndr',
  'ledger',
];

function answers(index: OfferIndex, more: string) {
  return [...QUERIES, more].map((query) => [
    index.find(query),
    index.search(query, 20),
    index.inSentence(`who handles ${query} for us`),
  ]);
}

describe('a patched offer index', () => {
  it('gives the answers of a new index, after any series of changes', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), name, (changes, query) => {
        let now = directory(OFFERS, PUBLISHERS);
        let patched = buildOfferIndex(now);
        for (const one of changes) {
          now = after(now, one);
          patched = allAtOnce(indexSlices(now, patched));
        }
        assert.equal(patched.version, now.version);
        assert.deepEqual(answers(patched, query), answers(buildOfferIndex(now), query));
      }),
      { numRuns: 150 },
    );
  });

  it('has its own version when only contacts changed, and leaves the old index unchanged', () => {
    const before = directory(OFFERS, PUBLISHERS);
    const old = buildOfferIndex(before);
    const corrected = OFFERS.map((one) => ({ ...one, summary: 'another' }));
    const next = allAtOnce(indexSlices({ ...directory(corrected, PUBLISHERS), version: 8 }, old));
    assert.equal(next.version, 8);
    assert.equal(old.version, 7);
    assert.deepEqual(answers(next, 'firewall'), answers(old, 'firewall'));
  });
});
