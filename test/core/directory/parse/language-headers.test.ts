/** The parser finds the language at the end of a header, and says when the product does not have it. */
import assert from 'node:assert/strict';
import { columnMeant, columnsOf } from '../../../../core/directory/parse/headers.js';
import { startParsing } from '../../../../core/directory/parse/row-parser.js';
import { shapeRecord } from '../../../../core/directory/parse/shape.js';

const ROW = { offer_id: 'contoso.backup', offer_name: 'Contoso Backup' };

function read(...records: readonly object[]) {
  const parser = startParsing({ today: '2026-11-22', mode: 'full' });
  for (const [at, fields] of records.entries()) parser.add({ number: at + 1, fields });
  const file = parser.finish();
  const row = file.incoming.find((one) => one.row.kind === 'offer')?.row;
  const problems = file.problems.map(({ field, code, level }) => [field, code, level].join(' '));
  return { offer: row?.kind === 'offer' ? row.offer : undefined, problems, readAs: file.readAs };
}

describe('a header with a language', () => {
  const meant: readonly [string, string][] = [
    ['name (de)', 'offer_name_de'],
    ['Name (DE)', 'offer_name_de'],
    ['Name [de]', 'offer_name_de'],
    ['Name（de）', 'offer_name_de'],
    ['name_de', 'offer_name_de'],
    ['nameDe', 'offer_name_de'],
    ['name-de', 'offer_name_de'],
    ['name.de', 'offer_name_de'],
    ['name de', 'offer_name_de'],
    ['offer_name_de', 'offer_name_de'],
    ['Offer Name: de', 'offer_name_de'],
    ['name (de-DE)', 'offer_name_de'],
    ['name_de_AT', 'offer_name_de'],
    ['Product name (German)', 'offer_name_de'],
    ['Produktname (Deutsch)', 'offer_name_de'],
    ['name (pt)', 'offer_name_pt-BR'],
    ['name_pt-BR', 'offer_name_pt-BR'],
    ['name (Portuguese)', 'offer_name_pt-BR'],
    ['Name (Português (Brasil))', 'offer_name_pt-BR'],
    ['summary.de', 'summary_de'],
    ['summary.pt', 'summary_pt-BR'],
    ['Short description (fr)', 'summary_fr'],
    ['summary_zh_TW', 'summary_zh-Hant'],
    ['name (zh_TW)', 'offer_name_zh-Hant'],
    ['name (zh-Hant-TW)', 'offer_name_zh-Hant'],
    ['name (zh-CN)', 'offer_name_zh-Hans'],
    ['name (zh)', 'offer_name_zh-Hans'],
    ['name (yue)', 'offer_name_zh-Hant'],
    ['Name (Traditional Chinese)', 'offer_name_zh-Hant'],
    ['產品名稱 (繁體中文)', 'offer_name_zh-Hant'],
    ['名稱（zh-TW）', 'offer_name_zh-Hant'],
    ['name (ja)', 'offer_name_ja'],
    ['name (ar)', 'offer_name_ar'],
  ];
  for (const [header, column] of meant) {
    it(`"${header}" is read as ${column}`, () => {
      assert.equal(columnMeant(header), column);
    });
  }

  it('keeps the meaning of headers that only look like one', () => {
    const kept: readonly [string, string | undefined][] = [
      ['Product ID', 'offer_id'],
      ['offer_id', 'offer_id'],
      ['offer_nam', 'offer_name'],
      ['aliases (de)', undefined],
      ['support_email_de', undefined],
      ['Product IT support', undefined],
      ['App IT team', undefined],
      ['name (internal)', undefined],
      ['(de)', undefined],
      ['de', undefined],
    ];
    for (const [header, column] of kept) assert.equal(columnMeant(header), column, header);
  });

  it('is told apart when it names a language that the product does not have', () => {
    const others = [
      'name (sv)',
      'name_sv',
      'summary.sv-SE',
      'name (xx)',
      'name_xx',
      'name (fil)',
      'name (no)',
    ];
    const unknown = ['name (internal)', 'Product No', 'App ID', 'name_old', 'support_email_sv', 'Notes'];
    const found = columnsOf([...others, ...unknown]);
    assert.equal(found.columns.size, 0);
    assert.deepEqual(found.unknown, [...others, ...unknown]);
    assert.deepEqual(found.otherLanguages, others);
  });

  it('never turns one language into another by a typing error', () => {
    for (const header of ['offer_name_da', 'offer_name_dk', 'offer_name_jp', 'summary_kr'])
      assert.equal(columnMeant(header), undefined, header);
  });
});

describe('texts in other languages', () => {
  it('are read from columns, and every language lists its source', () => {
    const { offer, problems, readAs } = read({
      ...ROW,
      'name (de)': 'Contoso Sicherung',
      'summary.de': 'Sichert Daten.',
      name_zh_TW: 'Contoso 備份',
      'offer_name_pt-BR': 'Cópia Contoso',
      'name (fr)': '',
    });
    assert.deepEqual(problems, []);
    assert.deepEqual(offer?.inLanguages, {
      'zh-Hant': { name: 'Contoso 備份' },
      de: { name: 'Contoso Sicherung', summary: 'Sichert Daten.' },
      'pt-BR': { name: 'Cópia Contoso' },
    });
    assert.equal(offer.name, 'Contoso Backup');
    assert.equal(readAs.get('name (de)'), 'offer_name_de');
    assert.equal(readAs.has('offer_name_pt-BR'), false, 'its own name');
  });

  it('are read from JSON, with any tag of a language', () => {
    const own = {
      ...ROW,
      id: 'contoso.backup',
      publisherId: 'contoso',
      name: 'Contoso Backup',
      contacts: [],
    };
    const inLanguages = { 'de-DE': { name: 'Contoso Sicherung' }, pt: { name: 'Cópia', summary: 'Guarda.' } };
    for (const record of [
      { ...own, inLanguages },
      { ...ROW, inLanguages },
    ])
      assert.deepEqual(read(record).offer?.inLanguages, {
        de: { name: 'Contoso Sicherung' },
        'pt-BR': { name: 'Cópia', summary: 'Guarda.' },
      });
  });

  it('change nothing else when a header or a key has another language', () => {
    const plain = read(ROW).offer;
    const { offer, problems } = read({ ...ROW, 'name (sv)': 'Säkerhetskopia', name_de: 'Sicherung' });
    assert.deepEqual(problems, ['name (sv) unknown-language warning']);
    assert.deepEqual(offer, { ...plain, inLanguages: { de: { name: 'Sicherung' } } });
    const json = read({ ...ROW, inLanguages: { sv: { name: 'Säkerhetskopia' }, de: { name: 'Sicherung' } } });
    assert.deepEqual(json.problems, ['inLanguages.sv unknown-language warning']);
    assert.deepEqual(json.offer, offer);
  });

  it('are told when JSON has them in another form', () => {
    const codes = (inLanguages: unknown) => read({ ...ROW, inLanguages }).problems;
    assert.deepEqual(codes('de'), ['inLanguages unknown-column warning']);
    assert.deepEqual(codes({ de: 'Sicherung' }), ['inLanguages.de unknown-column warning']);
    assert.deepEqual(codes({ de: { nme: 'Sicherung' } }), ['inLanguages.de.nme unknown-column warning']);
    assert.deepEqual(codes({ constructor: { name: 'x' } }), [
      'inLanguages.constructor unknown-language warning',
    ]);
    assert.deepEqual(codes({ de: { constructor: 'x' } }), [
      'inLanguages.de.constructor unknown-column warning',
    ]);
    assert.deepEqual(codes(null), []);
  });

  it('are cleaned and limited like plain ones', () => {
    const { offer, problems } = read({
      ...ROW,
      name_de: '=Sicherung',
      summary_de: 'x'.repeat(700),
      name_fr: 'n/a',
    });
    assert.deepEqual(problems, [
      'offer_name_de formula-removed warning',
      'summary_de shortened warning',
      'offer_name_fr placeholder warning',
    ]);
    assert.equal(offer?.inLanguages?.de?.name, 'Sicherung');
    assert.equal(offer.inLanguages.de.summary?.length, 600);
    assert.equal(offer.inLanguages.fr, undefined);
    assert.deepEqual(read({ ...ROW, name_de: 'x'.repeat(300) }).problems, ['offer_name_de too-long error']);
  });

  it('do not give a row the plain name that it lacks', () => {
    const { offer, problems } = read({ offer_id: 'contoso.backup', name_de: 'Sicherung' });
    assert.equal(offer, undefined);
    assert.deepEqual(problems, ['offer_name missing error']);
  });

  it('are told with the column that each header was read as', () => {
    const { columns } = shapeRecord({ ...ROW, 'Name (it)': 'x' });
    assert.equal(columns?.get('Name (it)'), 'offer_name_it');
  });
});
