/** The parser turns records into offers and publishers, and reports each problem with the record's number. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  startParsing,
  type ParsedFile,
  type SourceRow,
} from '../../../../core/directory/parse/row-parser.js';
import type { Offer, Publisher } from '../../../../core/directory/types.js';

const TODAY = '2026-11-22';
const rows = (records: readonly unknown[], part?: string): SourceRow[] =>
  records.map((fields, at) => ({ number: at + 1, fields, ...(part ? { part } : {}) }));
function read(sources: readonly SourceRow[], mode: 'full' | 'delta' = 'full'): ParsedFile {
  const reader = startParsing({ today: TODAY, mode });
  for (const row of sources) reader.add(row);
  return reader.finish();
}
const offersOf = (file: ParsedFile): Offer[] =>
  file.incoming.flatMap(({ row }) => (row.kind === 'offer' ? [row.offer] : []));
const publishersOf = (file: ParsedFile): Publisher[] =>
  file.incoming.flatMap(({ row }) => (row.kind === 'publisher' ? [row.publisher] : []));
const told = (file: ParsedFile) =>
  file.problems.map((one) => `${String(one.row)} ${one.field} ${one.code} ${one.level}`);

const CONTOSO = {
  offer_id: 'contoso.backup',
  publisher_name: 'Contoso, Ltd.',
  offer_name: 'Contoso Backup',
  publisher_id: 'contoso',
};

describe('a flat row', () => {
  it('becomes an offer with the values of all its columns', () => {
    const file = read(
      rows([
        {
          ...CONTOSO,
          offer_id: 'Contoso.BACKUP',
          aliases: 'CB; Contoso Cloud Backup;cb',
          support_tier: 'Publisher',
          hosting: 'saas',
          categories: 'Backup;Storage',
          plans: 'basic|Basic|opt-in; pro|Pro; free',
          support_name: 'Help Desk',
          support_email: 'help@contoso.com',
          support_phone: '+1 425 555 0100',
          support_url: 'https://support.contoso.com/',
          support_verified_on: '2026-01-02',
          engineering_email: 'dev@contoso.com',
          engineering_url: 'https://dev.contoso.com/',
          csp_email: 'csp@contoso.com',
          csp_upn: 'csp@contoso.com',
          privacy_url: 'https://contoso.com/privacy',
          verified_on: '2026-03-04',
          withdrawn: 'yes',
        },
      ]),
    );
    assert.deepEqual(file.problems, []);
    assert.deepEqual(offersOf(file), [
      {
        id: 'contoso.backup',
        publisherId: 'contoso',
        name: 'Contoso Backup',
        aliases: ['CB', 'Contoso Cloud Backup'],
        supportTier: 'publisher',
        hosting: 'saas',
        categories: ['Backup', 'Storage'],
        plans: [
          { id: 'basic', name: 'Basic', cspState: 'opt-in' },
          { id: 'pro', name: 'Pro' },
          { id: 'free', name: 'free' },
        ],
        links: { support: 'https://support.contoso.com/', privacy: 'https://contoso.com/privacy' },
        contacts: [
          {
            kind: 'customer-support',
            name: 'Help Desk',
            email: 'help@contoso.com',
            phone: '+14255550100',
            verifiedOn: '2026-01-02',
          },
          {
            kind: 'engineering',
            email: 'dev@contoso.com',
            url: 'https://dev.contoso.com/',
            verifiedOn: '2026-03-04',
          },
          { kind: 'csp-program', email: 'csp@contoso.com', upn: 'csp@contoso.com', verifiedOn: '2026-03-04' },
        ],
        verifiedOn: '2026-03-04',
        withdrawn: true,
      },
    ]);
    assert.deepEqual(publishersOf(file), [
      { id: 'contoso', name: 'Contoso, Ltd.', aliases: [], links: {}, contacts: [] },
    ]);
  });

  it('has no tier, hosting or contact, and is on sale, without the optional columns', () => {
    const [offer] = offersOf(read(rows([CONTOSO])));
    assert.deepEqual(
      [offer?.supportTier, offer?.hosting, offer?.withdrawn, offer?.contacts, offer?.links],
      ['none', 'unknown', false, [], {}],
    );
  });

  it('accepts every spelling of the column names', () => {
    const [offer] = offersOf(
      read(rows([{ 'Offer ID': 'contoso.backup', offerName: 'Contoso Backup', 'PUBLISHER-ID': 'contoso' }])),
    );
    assert.equal(offer?.id, 'contoso.backup');
  });

  const ids: readonly (readonly [string, object, string | undefined])[] = [
    [
      'a short id belongs to the publisher',
      { offer_id: 'backup', publisher_id: 'contoso' },
      'contoso.backup',
    ],
    [
      'an Office add-in keeps its own form',
      { offer_id: 'wa200001234', publisher_id: 'contoso' },
      'WA200001234',
    ],
    [
      'the part before the dot is the publisher',
      { offer_id: 'contoso.backup', publisher_id: '' },
      'contoso.backup',
    ],
    ['blanks make no id', { offer_id: 'contoso backup', publisher_id: 'contoso' }, undefined],
    ['markup makes no id', { offer_id: 'contoso.<b>', publisher_id: 'contoso' }, undefined],
    ['a short id without a publisher is none', { offer_id: 'backup' }, undefined],
  ];
  for (const [what, cells, id] of ids) {
    it(`gets its id: ${what}`, () => {
      assert.equal(offersOf(read(rows([{ offer_name: 'Contoso Backup', ...cells }])))[0]?.id, id);
    });
  }

  const bad: readonly (readonly [object, string])[] = [
    [{ offer_id: '' }, '1 offer_id missing error'],
    [{ offer_name: ' ' }, '1 offer_name missing error'],
    [{ support_email: 'nobody' }, '1 support_email bad-email error'],
    [{ engineering_phone: 'call us' }, '1 engineering_phone bad-phone error'],
    [{ csp_url: 'ftp://contoso.com' }, '1 csp_url bad-url error'],
    [{ privacy_url: 'javascript:alert(1)' }, '1 privacy_url unsafe-url error'],
    [{ support_tier: 'third party' }, '1 support_tier not-allowed error'],
    [{ hosting: 'moon' }, '1 hosting not-allowed error'],
    [{ verified_on: '04/03/2026' }, '1 verified_on bad-date error'],
    [{ withdrawn: 'perhaps' }, '1 withdrawn bad-flag error'],
    [{ plans: 'a|b|c|d' }, '1 plans bad-plan error'],
    [{ plans: 'a|b|sometimes' }, '1 plans bad-plan error'],
    [{ offer_name: 'x'.repeat(201) }, '1 offer_name too-long error'],
    [{ summary: 'x'.repeat(1_000_000) }, '1 summary too-long error'],
    [{ support_email: { a: 1 } }, '1 support_email not-allowed error'],
  ];
  for (const [cells, problem] of bad) {
    it(`is left out and reported: ${JSON.stringify(cells).slice(0, 60)}`, () => {
      const file = read(rows([{ ...CONTOSO, ...cells }]));
      assert.deepEqual([offersOf(file), told(file), file.badRecords], [[], [problem], 1]);
    });
  }

  const repaired: readonly (readonly [object, string])[] = [
    [{ privacy_url: 'nowhere' }, '1 privacy_url bad-url warning'],
    [{ privacy_url: 'Not Available' }, '1 privacy_url placeholder warning'],
    [{ support_url: 'http://contoso.com' }, '1 support_url url-upgraded warning'],
    [{ support_email: 'a@contoso.com, b@contoso.com' }, '1 support_email several-emails warning'],
    [{ offer_name: '=Contoso' }, '1 offer_name formula-removed warning'],
    [{ verified_on: '2027-01-01' }, '1 verified_on future-date warning'],
    [{ summary: 'x'.repeat(700) }, '1 summary shortened warning'],
    [{ support_name: 'Somebody' }, '1 support_name no-way-to-reach warning'],
    [{ remove: 'no', foo: 'bar' }, '1 foo unknown-column warning'],
    [{ aliases: Array.from({ length: 101 }, (_, at) => `a${String(at)}`) }, '1 aliases too-many warning'],
  ];
  for (const [cells, problem] of repaired) {
    it(`is imported with a warning: ${JSON.stringify(cells).slice(0, 60)}`, () => {
      const file = read(rows([{ ...CONTOSO, ...cells }]));
      assert.deepEqual([offersOf(file).length, told(file)], [1, [problem]]);
    });
  }

  it('quotes a short, printable part of a wrong value', () => {
    const [problem] = read(rows([{ ...CONTOSO, support_email: `\u001b[31m\n${'x'.repeat(5000)}` }])).problems;
    assert.ok(problem && problem.value.length <= 61, problem?.value);
    assert.doesNotMatch(problem.value, /\p{C}/u);
  });
});

describe('a file', () => {
  it('keeps the first of two rows with one id and reports a second row that differs', () => {
    const file = read(
      rows([CONTOSO, { ...CONTOSO, offer_id: 'CONTOSO.BACKUP', summary: 'Another summary.' }]),
    );
    assert.deepEqual(
      offersOf(file).map((offer) => offer.name),
      ['Contoso Backup'],
    );
    assert.deepEqual([told(file), file.badRecords], [['2  duplicate-key error'], 1]);
  });

  it('ignores an identical second row, with a warning', () => {
    const file = read(rows([CONTOSO, CONTOSO]));
    assert.deepEqual([told(file), file.badRecords], [['2  duplicate-same warning'], 0]);
  });

  it('returns the keys of bad rows and of their publishers, so that the directory keeps their data', () => {
    const file = read(rows([{ ...CONTOSO, support_email: 'nobody' }]));
    assert.deepEqual(
      [[...file.held].sort(), file.unknownKeys],
      [['offer:contoso.backup', 'publisher:contoso'], false],
    );
  });

  it('reports that the key of a bad row could not be read', () => {
    assert.equal(read([{ number: 4, problem: 'ragged', value: '2 cells' }]).unknownKeys, true);
    assert.equal(read(rows([null, 'text', ['list']])).badRecords, 3);
  });

  it('gives a publisher the contact of more than half of its rows, and no contact when the rows disagree', () => {
    const row = (id: string, email: string) => ({
      ...CONTOSO,
      offer_id: id,
      support_tier: 'publisher',
      contact_scope: 'both',
      support_email: email,
    });
    const agreeing = read(
      rows([row('a.1', 'x@contoso.com'), row('a.2', 'help@contoso.com'), row('a.3', 'help@contoso.com')]),
    );
    assert.deepEqual(publishersOf(agreeing)[0]?.contacts, [
      { kind: 'customer-support', email: 'help@contoso.com' },
    ]);
    const differing = read(rows([row('a.1', 'x@contoso.com'), row('a.2', 'help@contoso.com')]));
    assert.deepEqual(publishersOf(differing)[0]?.contacts, []);
  });

  it("does not use the contact of an offer that Microsoft supports as the publisher's contact", () => {
    const file = read(
      rows([
        { ...CONTOSO, support_tier: 'microsoft', contact_scope: 'both', support_email: 'desk@contoso.com' },
      ]),
    );
    assert.deepEqual(publishersOf(file)[0]?.contacts, []);
    assert.equal(offersOf(file)[0]?.contacts.length, 1);
  });

  it('makes the id of a publisher without an id from its name', () => {
    const file = read(
      rows([{ offer_id: 'fabrikam-inc.vpn', offer_name: 'Fabrikam VPN', publisher_name: 'Fabrikam, Inc.' }]),
    );
    assert.deepEqual(
      [offersOf(file)[0]?.publisherId, publishersOf(file)[0]?.id],
      ['name:fabrikam', 'name:fabrikam'],
    );
  });

  it('returns the removed keys of a delta import', () => {
    const file = read(rows([{ ...CONTOSO, remove: 'yes' }]), 'delta');
    assert.deepEqual([file.removed, file.incoming], [['offer:contoso.backup'], []]);
  });

  it('gives the same result for every order of the rows', () => {
    const record = fc.record({
      offer_id: fc.integer({ min: 0, max: 30 }).map((n) => `contoso.${String(n)}`),
      offer_name: fc.constant('Contoso'),
      publisher_id: fc.constantFrom('contoso', 'fabrikam'),
      publisher_name: fc.constantFrom('Contoso', 'Contoso Ltd', 'Fabrikam'),
      support_tier: fc.constant('publisher'),
      contact_scope: fc.constant('both'),
      support_email: fc.constantFrom('a@contoso.com', 'b@contoso.com'),
    });
    const distinct = fc.uniqueArray(record, { selector: (one) => one.offer_id, maxLength: 12 });
    fc.assert(
      fc.property(distinct, (records) => {
        const sorted = (file: ParsedFile) => file.incoming.map(({ row }) => JSON.stringify(row)).sort();
        assert.deepEqual(sorted(read(rows([...records].reverse()))), sorted(read(rows(records))));
      }),
    );
  });

  it('handles field names that every object inherits, such as `constructor`', () => {
    const record = JSON.parse('{"__proto__":"x","constructor":"x","toString":"x"}') as object;
    const offer = {
      id: 'contoso.constructor',
      publisherId: 'contoso',
      name: '__proto__',
      plans: [{ id: 'toString', cspState: 'constructor' }],
    };
    for (const [fields, part] of [
      [{ ...CONTOSO, ...record }, undefined],
      [{ ...offer, ...record, plans: [] }, 'offers'],
    ] as const) {
      const file = read(rows([fields], part));
      assert.equal(offersOf(file).length, 1);
      assert.deepEqual(
        file.problems.map((one) => [one.field, one.code]),
        [
          ['__proto__', 'unknown-column'],
          ['constructor', 'unknown-column'],
          ['toString', 'unknown-column'],
        ],
      );
    }
    assert.deepEqual(told(read(rows([offer], 'offers'))), ['1 plans bad-plan error']);
  });

  it('accepts any JSON value without an exception', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { maxLength: 5 }),
        fc.constantFrom(undefined, 'offers', 'publishers'),
        (records, part) => {
          const file = read(rows(records, part));
          assert.equal(file.records, records.length);
          assert.ok(file.badRecords <= file.records);
        },
      ),
      { numRuns: 300 },
    );
  });
});
