/** Mapping files map a foreign file's fields to our columns, and the parser reports errors in a mapping file. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { applyMapping, parseMapping, slug } from '../../../../core/directory/parse/mapping.js';
import { DeskError } from '../../../../core/errors.js';

const draftOf = (fields: object, record: Record<string, unknown>) =>
  applyMapping(parseMapping({ fields }), record).draft;
const ours = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../../data/mappings');

describe('a mapping', () => {
  const cases: readonly (readonly [string, unknown, Record<string, unknown>, unknown])[] = [
    ['takes a field by its name', 'title', { title: 'X' }, 'X'],
    ['finds a column whatever its case', 'Title', { ' TITLE': 'X' }, 'X'],
    ['finds a field inside another', 'support.mail', { support: { mail: 'X' } }, 'X'],
    ['finds a column whose name has a dot', 'support.mail', { 'support.mail': 'X' }, 'X'],
    ['sets a constant', { constant: 'X' }, {}, 'X'],
    ['takes the first field that is given', { from: ['a', 'b', 'c'] }, { a: null, b: '', c: 'X' }, 'X'],
    ['falls back on a word', { from: 'a', otherwise: 'none' }, {}, 'none'],
    ['lowers the case', { from: 'a', lowercase: true }, { a: 'ABC' }, 'abc'],
    ['splits a cell', { from: 'a', split: ',' }, { a: 'x, y,,z' }, ['x', 'y', 'z']],
    [
      'translates words whatever their case',
      { from: 'a', enum: { Partner: 'publisher' } },
      { a: 'PARTNER' },
      'publisher',
    ],
    [
      'translates the rest into one word',
      { from: 'a', enum: { Partner: 'publisher' }, otherwise: 'none' },
      { a: 'x' },
      'none',
    ],
    [
      'leaves unknown words for the row to refuse',
      { from: 'a', enum: { Partner: 'publisher' } },
      { a: 'x' },
      'x',
    ],
    [
      'joins an id of names',
      { join: ['a', 'b'], with: '.', slug: true },
      { a: 'Contoso, Ltd.', b: 'Café & Bar™' },
      'contoso-ltd.cafe-bar',
    ],
    [
      'joins all parts or none',
      { join: ['a', 'b'], with: '.', slug: true },
      { a: 'Contoso', b: null },
      undefined,
    ],
    [
      'gathers a list from several fields',
      { list: ['a', 'b', 'c'] },
      { a: 'x', b: ['y', 'z'] },
      ['x', 'y', 'z'],
    ],
    ['is true when any flag is', { any: ['a', 'b'] }, { a: false, b: 'Yes' }, true],
    ['is false when no flag is', { any: ['a', 'b'] }, { a: false }, false],
  ];
  for (const [what, rule, record, expected] of cases) {
    it(what, () => {
      assert.deepEqual(draftOf({ summary: rule }, record).summary, expected);
    });
  }

  it('reports unused fields, except those that it ignores', () => {
    const shaped = applyMapping(parseMapping({ fields: { offer_name: 'title' }, ignore: ['known'] }), {
      title: 'X',
      known: 1,
      other: 2,
    });
    assert.deepEqual(shaped.unknown, ['other']);
    const silent = applyMapping(parseMapping({ fields: { offer_name: 'title' }, ignore: ['*'] }), {
      title: 'X',
      other: 2,
    });
    assert.deepEqual(silent.unknown, []);
  });

  it('replaces values of a record with a known shape', () => {
    const mapping = parseMapping({ recognise: true, fields: { publisher_id: { constant: 'contoso' } } });
    const { draft } = applyMapping(mapping, {
      title: 'Contoso Backup',
      supportContact: { email: 'a@contoso.com' },
      product: 'product/1f',
    });
    assert.deepEqual(
      [draft.offer_name, draft.support_email, draft.publisher_id, draft.offer_id],
      ['Contoso Backup', 'a@contoso.com', 'contoso', '1f'],
    );
  });

  const wrong: readonly (readonly [unknown, RegExp])[] = [
    ['text', /file/],
    [{}, /fields/],
    [{ fields: { nonsense: 'x' } }, /nonsense/],
    [{ fields: { offer_name: { form: 'x' } } }, /fields\.offer_name/],
    [{ fields: {}, extra: 1 }, /extra/],
  ];
  for (const [value, place] of wrong) {
    it(`refuses a wrong mapping and names the wrong place: ${JSON.stringify(value)}`, () => {
      assert.throws(
        () => parseMapping(value),
        (error) => error instanceof DeskError && error.code === 'import.mapping' && place.test(error.message),
      );
    });
  }

  it('accepts every mapping file of the product', () => {
    const files = readdirSync(ours);
    assert.ok(files.length >= 2);
    for (const file of files)
      assert.ok(parseMapping(JSON.parse(readFileSync(path.join(ours, file), 'utf8'))), file);
  });

  it('makes an id from a name in any script', () => {
    assert.deepEqual(['A+B', '雲端 備份', '™'].map(slug), ['a-b', '雲端-備份', '']);
  });
});
