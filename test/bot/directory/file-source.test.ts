/** Files as people and programs leave them: every encoding, every separator, every way to be broken. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { csvRows } from '../../../bot/directory/csv-rows.js';
import { ndjsonRows } from '../../../bot/directory/json-rows.js';
import { parseMapping } from '../../../core/directory/parse/mapping.js';
import {
  openDirectoryFile,
  openMapping,
  sourceOfFile,
  type FileOptions,
} from '../../../bot/directory/file-source.js';
import type { SourceRow } from '../../../core/directory/parse/row-parser.js';
import { DeskError } from '../../../core/errors.js';

let folder: string;
before(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'offer-desk-'));
});
after(() => {
  rmSync(folder, { recursive: true });
});

let count = 0;
function file(content: string | Buffer, name = 'offers.csv'): string {
  count += 1;
  const target = path.join(folder, `${String(count)}-${name}`);
  writeFileSync(target, content);
  return target;
}

async function read(target: string, options: Partial<FileOptions> = {}) {
  const opened = await openDirectoryFile(target, options);
  const rows: SourceRow[] = [];
  for await (const row of opened.rows) rows.push(row);
  return { ...opened, rows };
}
const readText = (content: string | Buffer, name?: string, options?: Partial<FileOptions>) =>
  read(file(content, name), options);

async function refused(
  content: string | Buffer,
  sentence: RegExp,
  name?: string,
  options?: Partial<FileOptions>,
): Promise<void> {
  await assert.rejects(readText(content, name, options), (error) => {
    assert.ok(error instanceof DeskError, String(error));
    assert.equal(error.code, 'import.unreadable');
    assert.match(error.message, sentence);
    return true;
  });
}

const CSV = 'offer_id,offer_name\ncontoso.backup,Contoso 備份 é\n';
const ROWS = [{ number: 2, fields: { offer_id: 'contoso.backup', offer_name: 'Contoso 備份 é' } }];
const utf16be = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16();

describe('a CSV file', () => {
  const encodings: readonly (readonly [string, Buffer, string])[] = [
    ['UTF-8', Buffer.from(CSV), 'utf-8'],
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${CSV}`), 'utf-8'],
    ['UTF-16 little-endian', Buffer.from(`\uFEFF${CSV}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big-endian', utf16be(CSV), 'utf-16be'],
    ['UTF-16 without a byte-order mark', Buffer.from(CSV, 'utf16le'), 'utf-16le'],
  ];
  for (const [what, content, encoding] of encodings) {
    it(`is read in ${what}`, async () => {
      const found = await readText(content);
      assert.deepEqual([found.encoding, found.rows], [encoding, ROWS]);
    });
  }

  const separators: readonly (readonly [string, string, string])[] = [
    ['commas', CSV, ','],
    ['semicolons', CSV.replaceAll(',', ';'), ';'],
    ['tabs', CSV.replaceAll(',', '\t'), '\t'],
    ["Excel's own first line", `sep=;\n${CSV.replaceAll(',', ';')}`, ';'],
    [
      'a quoted header that holds other separators',
      '"offer_id";"offer_name";"a,b,c,d"\ncontoso.backup;Contoso 備份 é;\n',
      ';',
    ],
  ];
  for (const [what, content, delimiter] of separators) {
    it(`is read with ${what}`, async () => {
      const found = await readText(content);
      assert.equal(found.delimiter, delimiter);
      assert.ok(found.rows[0] && 'fields' in found.rows[0]);
      const { offer_id: id, offer_name: name } = found.rows[0].fields as Record<string, unknown>;
      assert.deepEqual([id, name], ['contoso.backup', 'Contoso 備份 é']);
    });
  }

  it('is read with any line ends, mixed too', async () => {
    const { rows } = await readText('offer_id,offer_name\r\na.1,A\na.2,B\ra.3,C');
    assert.deepEqual(
      rows.map((row) => row.number),
      [2, 3, 4],
    );
  });

  it('keeps quotes, separators and line breaks inside a quoted cell, and counts as a spreadsheet does', async () => {
    const { rows } = await readText('offer_id,offer_name\na.1,"One, ""two""\r\nthree"\n\n,,\na.2,5" disk\n');
    assert.deepEqual(rows, [
      { number: 2, fields: { offer_id: 'a.1', offer_name: 'One, "two"\r\nthree' } },
      { number: 5, fields: { offer_id: 'a.2', offer_name: '5" disk' } },
    ]);
  });

  it('reports rows with too few or too many cells, except for empty cells at the end', async () => {
    const { rows } = await readText('offer_id,offer_name\na.1\na.2,B,C\na.3,C,,\n');
    assert.deepEqual(rows, [
      { number: 2, problem: 'ragged', value: '1 cells, 2 columns' },
      { number: 3, problem: 'ragged', value: '3 cells, 2 columns' },
      { number: 4, fields: { offer_id: 'a.3', offer_name: 'C' } },
    ]);
  });

  it('reports a cell of a megabyte and continues', async () => {
    const { rows } = await readText(`offer_id,offer_name\na.1,${'x'.repeat(1_000_000)}\na.2,B\n`);
    assert.deepEqual(
      rows.map((row) => ('problem' in row ? [row.number, row.problem, row.field] : row.number)),
      [[2, 'too-long', 'offer_name'], 3],
    );
  });

  it('finds no rows in a file with only a header', async () => {
    assert.deepEqual((await readText('offer_id,offer_name\n')).rows, []);
  });

  it('needs none of our column names when a mapping names the columns', async () => {
    assert.equal(
      (await readText('a,b\n1,2\n', 'x.csv', { mapping: parseMapping({ fields: { offer_name: 'a' } }) })).rows
        .length,
      1,
    );
    await refused('a,b\n1,2\n', /No row of the first ones names the columns.* --map/);
  });

  it('is refused when two columns have the same name', () =>
    refused('offer_id,Offer_ID\n1,2\n', /same name: the 1st and the 2nd/));
  it('is refused with the row when a quotation mark never closes', () =>
    refused(`offer_id,offer_name\na.1,"A\na.2,B\n`, /Row 2 opens a quote/));
  it('is refused when an open quote swallows megabytes', () =>
    refused(`offer_id,offer_name\na.1,"A\n${'a.2,B\n'.repeat(800_000)}`, /Row 2 opens a quote/));
  it('is refused with the line when its UTF-8 is damaged', () =>
    refused(
      Buffer.concat([Buffer.from('offer_id,offer_name\na.1,Büro 備份\na.2,Caf'), Buffer.from([0xe9, 0x0a])]),
      /not valid UTF-8 at about line 3/,
    ));
  it('is refused in UTF-16 that was cut in the middle of a character', () =>
    refused(Buffer.from(`\uFEFF${CSV}`, 'utf16le').subarray(0, -1), /not valid UTF-16LE/));
  it('is refused when it is empty', () => refused('', /is empty/));
  it('is refused when it contains only spaces', () => refused('\uFEFF \r\n\n', /is empty/));
  it('is refused when it is a workbook under another name', () =>
    refused(Buffer.from('504b030414000600', 'hex'), /zip archive.*CSV UTF-8/));
  it('is refused when it is an old workbook', () =>
    refused(Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old Excel workbook/));
  it('is refused when it is compressed', () => refused(Buffer.from('1f8b0800', 'hex'), /gzip/));
  it('is refused when it holds zero bytes', () => refused('offer_id,offer_name\na.1,A\0B\n', /zero bytes/));
  it('is refused when a sign-in page was saved in its place', () =>
    refused('\n<!DOCTYPE html><html>', /web page/));
  it('is refused when its first line never ends', () =>
    refused('x'.repeat(200_000), /first line does not end/));
});

describe('a JSON file', () => {
  const record = { offer_id: 'contoso.backup', offer_name: 'Contoso Backup' };
  const shapes: readonly (readonly [string, unknown, SourceRow[]])[] = [
    [
      'a list',
      [record, record],
      [
        { number: 1, fields: record },
        { number: 2, fields: record },
      ],
    ],
    [
      'offers and publishers',
      { offers: [record], publishers: [record] },
      [
        { number: 1, part: 'publishers', fields: record },
        { number: 1, part: 'offers', fields: record },
      ],
    ],
    ["an API's answer", { value: [record], '@odata.nextLink': 'x' }, [{ number: 1, fields: record }]],
    ['one record', record, [{ number: 1, fields: record }]],
    ['an empty list', [], []],
  ];
  for (const [what, value, rows] of shapes) {
    it(`is read as ${what}`, async () => {
      assert.deepEqual((await readText(JSON.stringify(value, null, 1), 'x.json')).rows, rows);
    });
  }

  it('is read with any name and encoding', async () => {
    const found = await readText(Buffer.from(`\uFEFF${JSON.stringify([record])}`, 'utf16le'), 'offers.csv');
    assert.deepEqual([found.format, found.encoding, found.rows.length], ['json', 'utf-16le', 1]);
  });

  it('reads JSON lines one by one, and reports a broken line as one problem', async () => {
    const found = await readText(
      `${JSON.stringify(record)}\n\n{"offer_id": \n${JSON.stringify(record)}`,
      'x.json',
    );
    assert.equal(found.format, 'ndjson');
    assert.deepEqual(
      found.rows.map((row) => ('problem' in row ? [row.number, row.problem] : row.number)),
      [1, [3, 'bad-json'], 4],
    );
  });

  it('is refused when it was cut off', () =>
    refused('[{"offer_id": "contoso.ba', /ends in the middle, after 25 characters/));
  it('is refused when it was cut off after a comma', () =>
    refused('[{"offer_id": "a.b"},', /ends in the middle/));
  it('is refused when it is not JSON; the error names the line and quotes nothing', async () => {
    await refused('[\n{"offer_id": 1},\n{"offer_id": secret}\n]', /^The JSON is not valid at line 3\.$/);
  });
  it('is refused when its list never closes', () => refused('[1, 2', /ends in the middle/));
  it('is refused when it is too large; the error names the format to use', () =>
    refused(
      JSON.stringify([record, record]),
      /has 1 MB; JSON is read whole .* one JSON object a line/,
      'x.json',
      { maxJsonBytes: 10 },
    ));
});

describe('any file', () => {
  it('reports a missing file', () =>
    assert.rejects(read(path.join(folder, 'none.csv')), { message: 'There is no such file.' }));
  it('reports a folder', () => assert.rejects(read(folder), /folder/));
  it('reports a named pipe, and does not wait for its content', async function () {
    const target = path.join(folder, 'pipe');
    if (spawnSync('mkfifo', [target]).status !== 0) this.skip(); // this machine has no named pipes
    await assert.rejects(read(target), /device/);
  });
  it('reports a file without read permission', async function () {
    const target = file(CSV);
    chmodSync(target, 0);
    if (process.getuid?.() === 0) this.skip(); // the superuser may read everything
    await assert.rejects(read(target), { message: 'This process may not read the file.' });
  });

  it('reads only a little ahead of the rows that are taken', async () => {
    const chunks = 150;
    const piece = Array.from({ length: 100 }, () => `contoso.x,Contoso ${'x'.repeat(500)}\n`).join('');
    const ndjson = piece.replace(/^.*$/gm, (line) => (line === '' ? '' : JSON.stringify({ offer_id: line })));
    const formats: readonly (readonly [
      string,
      string,
      (text: AsyncIterable<string>) => AsyncIterable<SourceRow>,
    ])[] = [
      ['csv', piece, (text) => csvRows(text, { delimiter: ',', isHeader: () => true })],
      ['ndjson', ndjson, ndjsonRows],
    ];
    for (const [format, body, rowsOf] of formats) {
      let pulled = 0;
      const text = async function* () {
        yield format === 'csv' ? 'offer_id,offer_name\n' : '';
        for (; pulled < chunks; pulled += 1) {
          await Promise.resolve();
          yield body;
        }
      };
      let rows = 0;
      let ahead = 0;
      for await (const row of rowsOf(text())) {
        rows += row.number > 0 ? 1 : 0;
        ahead = Math.max(ahead, pulled - rows / 100);
      }
      assert.equal(rows, chunks * 100);
      assert.ok(ahead < 30, `${format} was read ${String(Math.round(ahead))} pieces of 50 kB ahead`);
    }
  });

  it('streams a file of 200 MB without keeping it in memory', async function () {
    if (!process.env.OFFER_DESK_SLOW_TESTS) this.skip(); // writes 200 MB
    const target = path.join(folder, 'large.csv');
    const out = createWriteStream(target);
    out.write('offer_id,offer_name,summary\n');
    const line = `,Contoso Backup,${'x'.repeat(400)}\n`;
    for (let at = 0; at < 480_000; at += 1)
      if (!out.write(`contoso.${String(at)}${line}`)) await once(out, 'drain');
    out.end();
    await once(out, 'close');
    const opened = await openDirectoryFile(target, {});
    assert.ok(opened.bytes > 200_000_000);
    let rows = 0;
    let most = 0;
    for await (const row of opened.rows) {
      rows += row.number > 0 ? 1 : 0;
      if (rows % 10_000 === 0) most = Math.max(most, process.memoryUsage().rss);
    }
    assert.equal(rows, 480_000);
    assert.ok(most < 600_000_000, `RSS rose to ${String(most)}`);
  });

  it('gives its source a valid name', () => {
    assert.deepEqual(['/data/Offers 2026.CSV', 'bücher.v2.json', '備份.csv', '.csv'].map(sourceOfFile), [
      'file:offers-2026',
      'file:bucher-v2',
      'file:備份',
      'file:unnamed',
    ]);
  });
});

describe('a mapping file', () => {
  it('is read with and without a byte-order mark', async () => {
    assert.deepEqual(await openMapping(file('\uFEFF{"fields":{"offer_name":"title"}}', 'm.json')), {
      fields: { offer_name: 'title' },
    });
  });
  it('refuses a missing mapping and a mapping that is not JSON', async () => {
    await assert.rejects(openMapping(path.join(folder, 'none.json')), { code: 'import.mapping' });
    await assert.rejects(openMapping(file('{', 'm.json')), { code: 'import.mapping' });
  });
});
