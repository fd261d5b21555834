/** The rows of several sources become one directory, and only the precedence of the sources decides. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeDirectory, type SourceRows } from '../../../core/directory/merge.js';
import { originsOfOffer, originsOfPublisher } from '../../../core/directory/origins.js';
import { sourceRank } from '../../../core/directory/precedence.js';
import type { Contact, DirectoryRow, Offer, Publisher } from '../../../core/directory/types.js';
import { sources } from './directory-arbitraries.js';
import { offerOf, publisherOf } from '../../helpers/directory-builders.js';

const offerRow = (fields: Partial<Offer>): DirectoryRow => {
  const offer: Offer = offerOf({
    id: 'contoso.backup',
    publisherId: 'contoso',
    name: 'Contoso Backup',
    supportTier: 'none',
    hosting: 'unknown',
    ...fields,
  });
  return { kind: 'offer', key: `offer:${offer.id}`, offer };
};
const publisherRow = (fields: Partial<Publisher>): DirectoryRow => {
  const publisher: Publisher = publisherOf({ id: 'contoso', name: 'Contoso', ...fields });
  return { kind: 'publisher', key: `publisher:${publisher.id}`, publisher };
};
const support = (email: string, verifiedOn?: string): Contact => ({
  kind: 'customer-support',
  email,
  ...(verifiedOn ? { verifiedOn } : {}),
});
const from = (source: string, ...rows: DirectoryRow[]): SourceRows => ({ source, rows });
const merged = (...all: SourceRows[]) => mergeDirectory(7, all);
const backup = (...all: SourceRows[]) => merged(...all).offers.get('contoso.backup');

describe('merging sources', () => {
  it('ranks administrators first, then files and lists, then the catalog, and the sample last', () => {
    const order = ['sample', 'catalog:us', 'sharepoint', 'file:a', 'admin'];
    assert.deepEqual(
      [...order].sort((a, b) => sourceRank(b) - sourceRank(a)),
      order,
    );
  });

  it('takes the whole contact from the source with the better rank', () => {
    const offer = backup(
      from(
        'catalog',
        offerRow({ contacts: [{ ...support('old@contoso.com', '2026-11-01'), phone: '+14255550100' }] }),
      ),
      from('file:a', offerRow({ contacts: [support('new@contoso.com')] })),
    );
    assert.deepEqual(offer?.contacts, [support('new@contoso.com')]);
  });

  it('takes the later date among sources of equal rank, and the first name among equal dates', () => {
    const dated = backup(
      from('file:a', offerRow({ contacts: [support('old@contoso.com', '2024-01-01')] })),
      from('file:b', offerRow({ contacts: [support('new@contoso.com', '2026-01-01')] })),
    );
    assert.equal(dated?.contacts[0]?.email, 'new@contoso.com');
    const undated = backup(from('file:b', offerRow({ name: 'B' })), from('file:a', offerRow({ name: 'A' })));
    assert.deepEqual([undated?.name, undated?.aliases], ['A', ['B']]);
  });

  it('never lets a missing value hide a known value', () => {
    const offer = backup(
      from('file:a', offerRow({})),
      from(
        'catalog',
        offerRow({
          supportTier: 'microsoft',
          hosting: 'azure',
          summary: 'S',
          categories: ['C'],
          plans: [{ id: 'p', name: 'P' }],
        }),
      ),
    );
    assert.deepEqual(
      [offer?.supportTier, offer?.hosting, offer?.summary, offer?.categories, offer?.plans],
      ['microsoft', 'azure', 'S', ['C'], [{ id: 'p', name: 'P' }]],
    );
  });

  it('treats an offer as withdrawn when any source says so, unless an administrator disagrees', () => {
    const withdrawn = from('catalog', offerRow({ withdrawn: true }));
    assert.equal(backup(from('file:a', offerRow({})), withdrawn)?.withdrawn, true);
    assert.equal(backup(from('admin', offerRow({})), withdrawn)?.withdrawn, false);
  });

  it('combines links and plans of several sources', () => {
    const offer = backup(
      from('file:a', offerRow({ links: { support: 'https://a.example/' }, plans: [{ id: 'p', name: 'P' }] })),
      from(
        'catalog',
        offerRow({
          links: { support: 'https://c.example/', privacy: 'https://p.example/' },
          plans: [
            { id: 'p', name: 'Q', cspState: 'opt-in' },
            { id: 'r', name: 'R' },
          ],
        }),
      ),
    );
    assert.deepEqual(offer?.links, { support: 'https://a.example/', privacy: 'https://p.example/' });
    assert.deepEqual(offer.plans, [
      { id: 'p', name: 'P', cspState: 'opt-in' },
      { id: 'r', name: 'R' },
    ]);
  });
});

describe('a publisher known by its name only', () => {
  const contacts = from(
    'file:contacts',
    publisherRow({ id: 'name:contoso', name: 'CONTOSO Inc', contacts: [support('help@contoso.com')] }),
    offerRow({ id: 'contoso-inc.connector', publisherId: 'name:contoso', name: 'Contoso Connector' }),
  );

  it('joins the publisher of the same name, which gets its contact and its offers', () => {
    const directory = merged(
      from(
        'catalog',
        publisherRow({ id: 'contoso123', name: 'Contoso, Ltd.' }),
        offerRow({ publisherId: 'contoso123' }),
      ),
      contacts,
    );
    assert.deepEqual([...directory.publishers.keys()], ['contoso123']);
    assert.equal(directory.publishers.get('contoso123')?.contacts[0]?.email, 'help@contoso.com');
    assert.deepEqual(directory.publishers.get('contoso123')?.aliases, ['CONTOSO Inc']);
    assert.equal(directory.offers.get('contoso-inc.connector')?.publisherId, 'contoso123');
  });

  it('joins a publisher with the same alias', () => {
    const directory = merged(
      from('catalog', publisherRow({ id: 'ct', name: 'CT Cloud', aliases: ['Contoso'] })),
      contacts,
    );
    assert.deepEqual([...directory.publishers.keys()], ['ct']);
  });

  it('never outranks a source that knows the publisher’s id', () => {
    const directory = merged(
      from('catalog', publisherRow({ contacts: [support('own@contoso.com')] })),
      contacts,
    );
    assert.equal(directory.publishers.get('contoso')?.contacts[0]?.email, 'own@contoso.com');
  });

  it('stays separate if no publisher has its name', () => {
    const directory = merged(from('catalog', publisherRow({ id: 'fabrikam', name: 'Fabrikam' })), contacts);
    assert.equal(directory.offers.get('contoso-inc.connector')?.publisherId, 'name:contoso');
    assert.ok(directory.publishers.has('name:contoso'));
  });

  it('gives its contact to two publishers of its name, and never joins the two', () => {
    const directory = merged(
      from('catalog', publisherRow({ id: 'b', name: 'Contoso' }), publisherRow({ id: 'a', name: 'Contoso' })),
      contacts,
    );
    assert.deepEqual([...directory.publishers.keys()], ['a', 'b']);
    assert.deepEqual(
      [...directory.publishers.values()].map((one) => one.contacts.length),
      [1, 1],
    );
    assert.equal(directory.offers.get('contoso-inc.connector')?.publisherId, 'a');
  });
});

describe('the laws of merging', () => {
  const shape = (all: readonly SourceRows[]) =>
    JSON.stringify([...merged(...all).offers, ...merged(...all).publishers]);

  it('give the same result for any order of sources and rows', () => {
    fc.assert(
      fc.property(sources, (all) => {
        const turned = [...all].reverse().map(({ source, rows }) => ({ source, rows: [...rows].reverse() }));
        assert.equal(shape(turned), shape(all));
      }),
    );
  });

  it("keep every offer's publisher and lose no row", () => {
    fc.assert(
      fc.property(sources, (all) => {
        const { offers, publishers } = merged(...all);
        for (const offer of offers.values()) assert.ok(publishers.has(offer.publisherId), offer.publisherId);
        for (const row of all.flatMap((one) => [...one.rows])) {
          if (row.kind === 'offer') assert.ok(offers.has(row.offer.id));
          else if (!row.publisher.id.startsWith('name:')) assert.ok(publishers.has(row.publisher.id));
        }
      }),
    );
  });

  it('contain only contacts that a source gave, unchanged', () => {
    fc.assert(
      fc.property(sources, (all) => {
        const given = new Set(
          all.flatMap(({ rows }) =>
            [...rows].flatMap((row) =>
              (row.kind === 'offer' ? row.offer : row.publisher).contacts.map((one) => JSON.stringify(one)),
            ),
          ),
        );
        const { offers, publishers } = merged(...all);
        for (const { contacts } of [...offers.values(), ...publishers.values()]) {
          for (const contact of contacts) assert.ok(given.has(JSON.stringify(contact)));
        }
      }),
    );
  });

  it('leave an offer of one source unchanged, except for a joined publisher', () => {
    fc.assert(
      fc.property(sources, (all) => {
        const { offers } = merged(...all);
        const rows = all.flatMap((one) => [...one.rows]).filter((row) => row.kind === 'offer');
        for (const row of rows.filter((one) => rows.filter((other) => other.key === one.key).length === 1)) {
          assert.deepEqual(
            { ...offers.get(row.offer.id), publisherId: '' },
            { ...row.offer, publisherId: '' },
          );
        }
      }),
    );
  });
});

describe('the explanation of an address', () => {
  it('names the source, the date and the rule of every field', () => {
    const all = [
      from(
        'file:a',
        offerRow({ supportTier: 'publisher', contacts: [support('a@contoso.com', '2026-02-01')] }),
      ),
      from(
        'file:b',
        offerRow({
          contacts: [support('b@contoso.com', '2025-02-01')],
          links: { status: 'https://s.example/' },
        }),
      ),
      from('catalog', offerRow({ contacts: [support('c@contoso.com')] })),
    ];
    const origins = new Map(originsOfOffer(all, 'contoso.backup').map((one) => [one.field, one]));
    assert.deepEqual(origins.get('contacts.customer-support'), {
      field: 'contacts.customer-support',
      source: 'file:a',
      date: '2026-02-01',
      rule: 'date',
    });
    assert.deepEqual(origins.get('links.status'), {
      field: 'links.status',
      source: 'file:b',
      rule: 'only-source',
    });
    assert.equal(origins.get('name')?.rule, 'source-name');
    assert.deepEqual(originsOfOffer(all, 'contoso.other'), []);
  });

  it('says when a contact came from a publisher of the same name', () => {
    const all = [
      from('catalog', publisherRow({})),
      from('file:contacts', publisherRow({ id: 'name:contoso', contacts: [support('help@contoso.com')] })),
    ];
    const origins = new Map(originsOfPublisher(all, 'contoso').map((one) => [one.field, one]));
    assert.deepEqual(origins.get('contacts.customer-support'), {
      field: 'contacts.customer-support',
      source: 'file:contacts',
      rule: 'same-company',
    });
    assert.equal(origins.get('name')?.source, 'catalog');
    assert.deepEqual(originsOfPublisher(all, 'nobody'), []);
  });
});
