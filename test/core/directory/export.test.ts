/** Exports: a spreadsheet runs nothing in an export, and the import reads an export back without loss. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvRows } from '../../../bot/directory/csv-rows.js';
import { jsonRows, ndjsonRows } from '../../../bot/directory/json-rows.js';
import {
  csvCell,
  csvLines,
  jsonLines,
  ndjsonLines,
  rowsOfDirectory,
} from '../../../core/directory/export.js';
import { mergeDirectory } from '../../../core/directory/merge.js';
import { startParsing, type SourceRow } from '../../../core/directory/parse/row-parser.js';
import type { Directory, DirectoryRow, Offer, Publisher } from '../../../core/directory/types.js';
import { CONTACT_KINDS } from '../../../core/terms.js';
import { sources as anySources } from './directory-arbitraries.js';
import { publisherOf } from '../../helpers/directory-builders.js';

const TODAY = '2026-11-22';

async function read(rows: Iterable<SourceRow> | AsyncIterable<SourceRow>) {
  const reader = startParsing({ today: TODAY, mode: 'full' });
  for await (const row of rows) reader.add(row);
  return reader.finish();
}

async function* textOf(lines: Iterable<string>): AsyncGenerator<string> {
  await Promise.resolve();
  for (const line of lines) yield line.replace(/^\uFEFF/, '');
}

const namesOf = (rows: readonly DirectoryRow[]) =>
  new Map(rows.flatMap((row) => (row.kind === 'publisher' ? [[row.publisher.id, row.publisher.name]] : [])));

async function throughCsv(rows: readonly DirectoryRow[]) {
  const text = textOf(csvLines(rows, namesOf(rows)));
  return read(csvRows(text, { delimiter: ',', isHeader: () => true }));
}
const throughNdjson = (rows: readonly DirectoryRow[]) => read(ndjsonRows(textOf(ndjsonLines(rows))));
const throughJson = (rows: readonly DirectoryRow[]) => read(jsonRows([...jsonLines(rows)].join('')));

async function assertSame(given: readonly DirectoryRow[]) {
  const rows = JSON.parse(JSON.stringify(given)) as readonly DirectoryRow[];
  for (const through of [throughCsv, throughJson, throughNdjson]) {
    const file = await through(rows);
    assert.deepEqual(file.problems, []);
    const back = new Map(file.incoming.map(({ row }) => [row.key, row]));
    assert.deepEqual(back, new Map(rows.map((row) => [row.key, row])));
  }
}

/** A row as an import stores it: contacts in the order of their kinds, and no alias equal to the name. */
function asImported(row: DirectoryRow): DirectoryRow {
  const tidy = <T extends Offer | Publisher>(value: T): T => ({
    ...value,
    aliases: value.aliases.filter((alias) => alias.toLowerCase() !== value.name.toLowerCase()),
    contacts: CONTACT_KINDS.flatMap((kind) => value.contacts.filter((one) => one.kind === kind)),
  });
  return row.kind === 'offer'
    ? { ...row, offer: tidy(row.offer) }
    : { ...row, publisher: tidy(row.publisher) };
}

describe('a cell of an export', () => {
  for (const value of [
    '=1+1',
    '+cmd|x',
    '-2+3',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    '＝1',
    '＋1',
    '－1',
    '＠x',
  ]) {
    it(`is no formula: ${JSON.stringify(value)}`, () => {
      const cell = csvCell(value).replace(/^"/, '');
      assert.equal(cell.startsWith("'"), true, cell);
    });
  }

  it('is quoted when it contains a separator', () => {
    assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
    assert.equal(csvCell('a;b'), '"a;b"');
    assert.equal(csvCell('plain'), 'plain');
  });
});

/** Text from sources, with every character that has a meaning in CSV, JSON lists, plans and spreadsheets. */
const nasty = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc
    .array(fc.constantFrom(...'=+-@\'"|;,[]{}\n\t ＝ab1é漢'), { minLength: 1, maxLength: 10 })
    .map((letters) => letters.join('')),
);
const contact = (prefix: string) => ({
  [`${prefix}_name`]: nasty,
  [`${prefix}_email`]: fc.constantFrom(
    '',
    'help@contoso.com',
    '+x@contoso.com',
    '-y@fabrikam.com',
    '=z@litware.com',
  ),
  [`${prefix}_phone`]: fc.constantFrom(
    '',
    '+49 30 1234567',
    '+1 (800) FLOWERS',
    '555-0100',
    '-555 0100',
    '(0) 30 99',
  ),
  [`${prefix}_verified_on`]: fc.constantFrom('', '2026-01-02', 'never'),
  [`${prefix}_hours`]: fc.constantFrom('', 'Europe/Berlin; Mo-Fr 09:00-17:00; off 12-25', 'UTC; 24/7'),
  [`${prefix}_dead_reason`]: fc.constantFrom('', 'bounced', 'left'),
});
const record = fc.record({
  offer_id: fc.integer({ min: 1, max: 5 }).map((n) => `contoso.${String(n)}`),
  offer_name: nasty,
  publisher_id: fc.constantFrom('contoso', 'fabrikam'),
  publisher_name: nasty,
  publisher_aliases: fc.array(nasty, { maxLength: 3 }),
  aliases: fc.array(nasty, { maxLength: 4 }),
  categories: fc.array(nasty, { maxLength: 2 }),
  summary: nasty,
  offer_name_de: nasty,
  'offer_name_pt-BR': nasty,
  'summary_zh-Hant': nasty,
  supported_by: nasty,
  hosting: fc.constantFrom('saas', 'azure', 'unknown', ''),
  support_tier: fc.constantFrom('publisher', 'none', 'microsoft'),
  contact_scope: fc.constantFrom('', 'both', 'publisher'),
  plans: fc.array(
    fc.record({ id: nasty, name: nasty, cspState: fc.constantFrom('', 'optIn', 'selective') }),
    { maxLength: 3 },
  ),
  verified_on: fc.constantFrom('', '2026-05-05'),
  withdrawn: fc.constantFrom('', 'yes'),
  support_url: fc.constantFrom('', 'https://contoso.com/a?b=c;d,"e"'),
  ...contact('support'),
  ...contact('csp'),
});

describe('an export', () => {
  it('is read back without loss, for any text of a source', () =>
    fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (records) => {
        const file = await read(records.map((fields, at) => ({ number: at + 2, fields })));
        await assertSame(file.incoming.map(({ row }) => row));
      }),
      { numRuns: 200 },
    ));

  it('is imported again without loss', () =>
    fc.assert(
      fc.asyncProperty(anySources, async (sources) => {
        await assertSame(rowsOfDirectory(mergeDirectory(1, sources)).map(asImported));
      }),
      { numRuns: 100 },
    ));

  it('is read back without loss when two rows spell an alias of their publisher differently', async () => {
    const row = { publisher_id: 'contoso', publisher_name: 'Contoso, Ltd.' };
    const records = [
      { ...row, offer_id: 'contoso.a', offer_name: 'Backup', publisher_aliases: ['Acme'] },
      { ...row, offer_id: 'contoso.b', offer_name: 'Sign', publisher_aliases: ['ACME'] },
    ];
    const file = await read(records.map((fields, at) => ({ number: at + 2, fields })));
    const rows = file.incoming.map(({ row: one }) => one);
    const publisher = rows.find((one) => one.kind === 'publisher')?.publisher;
    assert.deepEqual(publisher?.aliases, ['ACME']);
    await assertSame(rows);
  });

  it('never invents a date', async () => {
    const offer = {
      id: 'contoso.a',
      publisherId: 'contoso',
      name: 'A',
      aliases: [],
      supportTier: 'none' as const,
      hosting: 'unknown' as const,
      categories: [],
      plans: [],
      links: {},
      withdrawn: false,
      verifiedOn: '2026-11-01',
    };
    const undated = { ...offer, contacts: [{ kind: 'engineering' as const, email: 'a@contoso.com' }] };
    await assertSame([
      {
        kind: 'publisher',
        key: 'publisher:contoso',
        publisher: publisherOf({ id: 'contoso', name: 'C' }),
      },
      { kind: 'offer', key: 'offer:contoso.a', offer: undated },
    ]);
  });

  it('is the same text for any order of rows', () => {
    const build = (ids: readonly string[]): Directory =>
      mergeDirectory(1, [
        {
          source: 'file:a',
          rows: ids.map((id) => ({
            kind: 'publisher' as const,
            key: `publisher:${id}`,
            publisher: publisherOf({ id, name: id }),
          })),
        },
      ]);
    const [one, other] = [build(['a', 'b']), build(['b', 'a'])].map((directory) => [
      ...csvLines(rowsOfDirectory(directory), new Map()),
    ]);
    assert.deepEqual(one, other);
  });
});
