/** The offer index: the offers that a text names, their order, and the laws that hold for any catalog. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildOfferIndex } from '../../../../core/directory/search/search.js';
import type { OfferMatch } from '../../../../core/directory/search/types.js';
import type { Offer } from '../../../../core/directory/types.js';
import { directory, offer, OFFERS, publisher, PUBLISHERS } from './search-fixture.js';
import { cpuMs } from '../../../helpers/cpu-time.js';

const index = buildOfferIndex(directory(OFFERS));

function oneOf(match: OfferMatch): string | undefined {
  return match.kind === 'one' ? match.hit.offerId : undefined;
}

function idsOf(match: OfferMatch): readonly string[] {
  switch (match.kind) {
    case 'one':
      return [match.hit.offerId];
    case 'several':
    case 'publishers':
      return match.hits.map((hit) => hit.offerId);
    case 'none':
      return [];
  }
}

describe('find, for one offer', () => {
  const clear: readonly (readonly [string, string, string])[] = [
    ['its name', 'Contoso Backup', 'contoso.backup'],
    ['its name in another case', 'contoso BACKUP for azure', 'contoso.backup-azure'],
    ['its name in full-width letters', 'Ｃｏｎｔｏｓｏ　ＣＲＭ', 'contoso.crm'],
    ['its name without accents', 'litware resume screener', 'WA200001234'],
    ['its name run together', 'northwindinventory', 'northwind.inventory'],
    ['its name parted', 'Tailspin Drone Fleet', 'tailspin.drones'],
    ['one wrong letter', 'Fabrikam Firewell', 'fabrikam.firewall'],
    ['two swapped letters', 'Nortwhind Inventory', 'northwind.inventory'],
    ['two slips', 'Litwear Pasword Vault', 'litware.vault'],
    ['swapped words', 'Vault Password Litware', 'litware.vault'],
    ['a missing word', 'Contoso Archive', 'contoso.mail'],
    ['an extra word', 'the Contoso Mail Archive product', 'contoso.mail'],
    ['an alias', 'cloud backup butler', 'wingtip.butler'],
    ['a Han name', '雲端備份管家', 'wingtip.butler'],
    ['a Han name in the other script', '云端备份管家', 'wingtip.butler'],
    ['a part of a Han name', '備份管家', 'wingtip.butler'],
    ['initials', 'FNDR', 'fabrikam.ndr'],
    ['its id', 'contoso.mail', 'contoso.mail'],
    ['its id in another case', 'CONTOSO.Backup-Azure', 'contoso.backup-azure'],
    ['an add-in id', 'wa200001234', 'WA200001234'],
    ['a piped id', 'PUBID.litware|AID.eam|PAPPID.0a0a', 'pubid.litware|aid.eam|pappid.0a0a'],
    ['a plan id', 'archive-premium', 'contoso.mail'],
    [
      'an address',
      'https://appsource.microsoft.com/en-us/product/saas/contoso.crm?tab=Reviews',
      'contoso.crm',
    ],
    [
      'an address with pipes',
      'https://marketplace.microsoft.com/de-de/product/dynamics-365/pubid.litware%7Caid.eam%7Cpappid.0a0a?x=1',
      'pubid.litware|aid.eam|pappid.0a0a',
    ],
    ['a publisher of one offer', 'Northwind Traders', 'northwind.inventory'],
  ];
  for (const [how, text, id] of clear) {
    it(`finds the offer by ${how}`, () => assert.equal(oneOf(index.find(text)), id));
  }
});

describe('find, for a question back', () => {
  it('asks among offers that fit equally well', () => {
    const match = index.find('CRM');
    assert.equal(match.kind, 'several');
    assert.deepEqual([...idsOf(match)].sort(), ['contoso.crm', 'fabrikam.crm']);
  });

  it('asks by publisher when a company name fits offers of several publishers', () => {
    const match = index.find('Fabrikam');
    assert.equal(match.kind, 'publishers');
    // Fabrikam's own come first; Microsoft publishes the connectors that bear its name.
    assert.deepEqual(match.kind === 'publishers' && match.publisherIds, ['fabrikam', 'azuresentinel']);
  });

  it('knows a company without its legal form, and by an alias', () => {
    assert.equal(index.find('fabrikam inc').kind, 'publishers');
    assert.equal(index.find('FBK').kind, 'publishers');
  });

  it('does not read an everyday word as a name', () =>
    assert.notEqual(index.find('backup is broken').kind, 'one'));

  it('gives similar offers for an unknown name', () => {
    const match = index.find('Contosa Backpack');
    assert.ok(match.kind !== 'one' || match.hit.score < 0.9);
    assert.equal(index.find('Zyzzyva Quokka').kind, 'none');
    assert.equal(index.find('').kind, 'none');
  });

  it('finds nothing for the address of an unknown offer, and does not guess another offer', () => {
    const match = index.find('https://appsource.microsoft.com/product/saas/adatum.zither');
    assert.equal(match.kind, 'none');
  });

  it('asks among offers of exactly the same name', () => {
    const twins = buildOfferIndex(directory([...OFFERS, offer('tailspin.backup', 'Contoso Backup')]));
    const match = twins.find('contoso backup');
    assert.equal(match.kind, 'several');
    assert.deepEqual(idsOf(match), ['contoso.backup', 'tailspin.backup']);
  });
});

describe('the golden rankings', () => {
  const golden: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
    [
      'Contoso Backup',
      [
        ['contoso.backup', 'exactly this name'],
        ['contoso.backup-azure', 'both words, and more'],
        ['contoso.crm', 'the same publisher, the shortest of its other names'],
      ],
    ],
    [
      'fabrikam firewall',
      [
        ['fabrikam.firewall', 'exactly this name'],
        ['azuresentinel.fabrikam-firewall', 'both words among others'],
      ],
    ],
    ['fabrikam waf', [['azuresentinel.fabrikam-waf', 'the only one with both words']]],
    [
      'contoso',
      [
        ['contoso.backup', 'the publisher; equals in the order of their ids'],
        ['contoso.backup-azure', 'the publisher'],
        ['contoso.crm', 'the publisher'],
        ['contoso.mail', 'the publisher'],
      ],
    ],
    ['litw', [['litware.vault', 'the beginning of a word; the shortest name first']]],
  ];
  for (const [query, wanted] of golden) {
    it(`have the expected order for "${query}"`, () => {
      const found = index.search(query, wanted.length).map((hit) => hit.offerId);
      wanted.forEach(([id, reason], at) => assert.equal(found[at], id, `${at + 1}: ${reason}`));
    });
  }

  it('say why an offer is shown', () => {
    const reason = (query: string) => index.search(query, 1)[0]?.reason;
    assert.equal(reason('contoso.mail'), 'id');
    assert.equal(reason('https://appsource.microsoft.com/product/saas/contoso.mail'), 'url');
    assert.equal(reason('Contoso CRM'), 'exact-name');
    assert.equal(reason('Litware Vault'), 'alias');
    assert.equal(reason('archive-premium'), 'plan');
    assert.equal(reason('Wingtip Toys'), 'publisher');
    assert.equal(reason('Contoso Archive'), 'words');
    assert.equal(reason('Contoso Arhcive'), 'typo');
  });
});

describe('inSentence', () => {
  const named: readonly (readonly [string, string, string])[] = [
    ['billing problem with Contoso Backup', 'contoso.backup', 'Contoso Backup'],
    ['Is Contoso Backup for Azure down again?', 'contoso.backup-azure', 'Contoso Backup for Azure'],
    ['refund for fabrikam firewal please', 'fabrikam.firewall', 'fabrikam firewal'],
    ['我的雲端備份管家無法登入', 'wingtip.butler', '雲端備份管家'],
    ['云端备份管家退款', 'wingtip.butler', '云端备份管家'],
    ['Contoso 備份無法登入', 'contoso.backup', 'Contoso 備份'],
    ['how do I cancel contoso.mail?', 'contoso.mail', 'contoso.mail'],
    ['cannot buy WA200001234 for our customer', 'WA200001234', 'WA200001234'],
    [
      'see https://appsource.microsoft.com/product/saas/contoso.crm?tab=Overview it fails',
      'contoso.crm',
      'https://appsource.microsoft.com/product/saas/contoso.crm?tab=Overview',
    ],
  ];
  for (const [text, id, words] of named) {
    it(`finds an offer in "${text}"`, () => {
      const heard = index.inSentence(text);
      assert.equal(oneOf(heard.match), id);
      assert.equal(heard.words, words);
      assert.ok(text.includes(heard.words), 'the words stand in the text as typed');
    });
  }

  it('asks which when only a publisher is named', () => {
    const heard = index.inSentence('the contoso login page is broken');
    assert.notEqual(heard.match.kind, 'none');
    assert.notEqual(heard.match.kind, 'one');
    assert.equal(heard.words, 'contoso');
  });

  const silent = [
    'my backup is broken',
    'I cannot log in',
    'wrong invoice for last month',
    'the firewall blocks everything',
    'please cancel my subscription and refund me',
    '無法登入',
    'my mail does not arrive',
    'Where is the inventory of our licenses?',
  ];
  for (const text of silent) {
    it(`finds no offer in "${text}"`, () => {
      const heard = index.inSentence(text);
      assert.equal(heard.match.kind, 'none');
      assert.equal(heard.words, '');
    });
  }
});

const WORDS = [
  'Contoso',
  'Fabrikam',
  'Zircon',
  'Quartz',
  'Backup',
  'Mail',
  'Radar',
  'Ledger',
  'for',
  'Azure',
  '備份',
  'Résumé',
];
const anyName = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 })
  .map((words) => words.join(' '));
const anyOffers = fc
  .array(anyName, { minLength: 1, maxLength: 10 })
  .map((names): readonly Offer[] => names.map((name, at) => offer(`p${at % 3}.o${at}`, name)));
const somePublishers = [
  publisher('p0', 'Adatum'),
  publisher('p1', 'Proseware, Inc.'),
  publisher('p2', 'Relecloud'),
];

describe('laws of search', () => {
  it('rank an exact name above every other hit', () => {
    fc.assert(
      fc.property(anyOffers, fc.nat(), (offers, pick) => {
        const wanted = offers[pick % offers.length]!;
        const hits = buildOfferIndex(directory(offers, somePublishers)).search(wanted.name, 20);
        const same = (name: string | undefined) => name?.toLowerCase() === wanted.name.toLowerCase();
        const byId = new Map(offers.map((each) => [each.id, each.name]));
        const firstOther = hits.findIndex((hit) => hit.reason !== 'exact-name');
        const exact = hits.filter((hit) => same(byId.get(hit.offerId)));
        assert.ok(exact.length > 0);
        exact.forEach((hit) => assert.ok(firstOther === -1 || hits.indexOf(hit) < firstOther));
      }),
      { numRuns: 120 },
    );
  });

  it('let no unrelated offer hide a hit or change the order', () => {
    const stranger = offer('zz.xylophone', 'Xylophone Umbra Kitewind');
    fc.assert(
      fc.property(anyOffers, anyName, (offers, query) => {
        const before = buildOfferIndex(directory(offers, somePublishers)).search(query, 50);
        const after = buildOfferIndex(directory([...offers, stranger], somePublishers)).search(query, 50);
        assert.deepEqual(after, before);
      }),
      { numRuns: 120 },
    );
  });

  it('give the same result for any order of import', () => {
    const shuffled = anyOffers.chain((offers) =>
      fc.tuple(fc.constant(offers), fc.shuffledSubarray([...offers], { minLength: offers.length })),
    );
    fc.assert(
      fc.property(shuffled, anyName, ([offers, other], query) => {
        const one = buildOfferIndex(directory(offers, somePublishers));
        const two = buildOfferIndex(directory(other, [...somePublishers].reverse()));
        assert.deepEqual(two.find(query), one.find(query));
        assert.deepEqual(two.search(query, 20), one.search(query, 20));
        assert.deepEqual(two.inSentence(query), one.inSentence(query));
      }),
      { numRuns: 120 },
    );
  });

  it('give falling scores between 0 and 1', () => {
    fc.assert(
      fc.property(anyOffers, fc.string({ unit: 'grapheme', maxLength: 40 }), (offers, query) => {
        const hits = buildOfferIndex(directory(offers, somePublishers)).search(query, 20);
        hits.forEach((hit, at) => {
          assert.ok(hit.score > 0 && hit.score <= 1);
          assert.ok(at === 0 || hit.score <= hits[at - 1]!.score);
        });
      }),
      { numRuns: 80 },
    );
  });
});

describe('hostile text', () => {
  const unit = fc.constantFrom(
    'a',
    '1',
    '😀',
    '漢字',
    'e\u0301\u0302',
    ' ',
    'aB',
    'contoso ',
    'ﷺ',
    'a.',
    '|aid.',
    'fabrikan ',
    '%E0',
  );
  const few = fc.array(unit, { minLength: 1, maxLength: 4 });

  it('is searched within 50 ms, even with more than ten thousand characters', () => {
    index.find('warm up');
    index.inSentence('warm up this sentence');
    fc.assert(
      fc.property(few, (units) => {
        const text = units.join('').repeat(4000);
        for (const work of [
          () => index.find(text),
          () => index.inSentence(text),
          () => index.search(text, 5),
        ]) {
          const took = cpuMs(work, 4);
          assert.ok(took < 50, `${took.toFixed(1)} ms`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('always gets a result', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        index.find(text);
        index.search(text, 5);
        const heard = index.inSentence(text);
        assert.ok(text.includes(heard.words));
      }),
      { numRuns: 200 },
    );
  });
});

describe('the index', () => {
  it('has the version of its directory', () => assert.equal(index.version, 7));
  it('finds nothing in an empty directory', () => {
    const empty = buildOfferIndex(directory([], []));
    assert.deepEqual(empty.find('Contoso'), { kind: 'none', nearest: [] });
    assert.deepEqual(empty.inSentence('refund for Contoso'), {
      match: { kind: 'none', nearest: [] },
      words: '',
    });
  });
  it('answers for an offer when its publisher is not in the directory', () => {
    const lone = buildOfferIndex(directory([offer('adatum.zither', 'Adatum Zither')], PUBLISHERS));
    assert.equal(oneOf(lone.find('zither')), 'adatum.zither');
  });
});

describe('a name spread over a sentence', () => {
  const spread: readonly (readonly [string, string, string])[] = [
    [
      'with a word between',
      'since monday the contoso cloud backup for our azure does not start',
      'contoso.backup-azure',
    ],
    ['with a slip', 'the inventroy of Northwind does not load', 'northwind.inventory'],
    [
      'with a slip, longer than an exact name',
      'Contoso Backup for Azrue does not start',
      'contoso.backup-azure',
    ],
    ['with two slips', 'we have a problem with Litwear Pasword Vault since monday', 'litware.vault'],
  ];
  for (const [how, text, id] of spread)
    it(`is found ${how}`, () => assert.equal(idsOf(index.inSentence(text).match)[0], id));

  it('does not lower the rank of an exact name beside another name of the same length', () => {
    assert.equal(oneOf(index.inSentence('Contoso CRM or Contoso Backup').match) !== undefined, true);
  });
});
