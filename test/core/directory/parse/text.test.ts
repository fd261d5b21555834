/** Text from outside becomes one printable line, and never a formula. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cleanLine, cleanName, isPlaceholder } from '../../../../core/directory/parse/text.js';

describe('cleaning imported text', () => {
  const names: readonly (readonly [string, string, readonly string[]])[] = [
    ['Contoso Backup', 'Contoso Backup', []],
    ['  Contoso\t\r\n  Backup ', 'Contoso Backup', []],
    ["=cmd|' /C calc'!A0", "cmd|' /C calc'!A0", ['formula-removed']],
    ['+cmd|x', 'cmd|x', ['formula-removed']],
    ['-2+3', '2+3', ['formula-removed']],
    ['@SUM(1+1)', 'SUM(1+1)', ['formula-removed']],
    ['\t=1+1', '1+1', ['formula-removed']],
    ['\r=1+1', '1+1', ['formula-removed']],
    ['＝1+1', '1+1', ['formula-removed']],
    ["'=1+1", '1+1', ['formula-removed']],
    ['= = @ x', 'x', ['formula-removed']],
    ['Fabrikam\u202Egnp.exe', 'Fabrikamgnp.exe', ['characters-removed']],
    ['Fab\u200Brikam\u0000', 'Fabrikam', ['characters-removed']],
    ['Contoso C\u0327afe\u0301', 'Contoso Çafé', []],
    ['Contoso Ã©dition', 'Contoso Ã©dition', ['damaged-text']],
    ['Contoso \uFFFDdition', 'Contoso \uFFFDdition', ['damaged-text']],
    ['雲端備份管家', '雲端備份管家', []],
    ["Margie's Travel", "Margie's Travel", []],
  ];
  for (const [raw, text, remarks] of names) {
    it(`reads ${JSON.stringify(raw)} as ${JSON.stringify(text)}`, () => {
      assert.deepEqual(cleanName(raw), { text, remarks });
    });
  }

  it('keeps the joiners that some scripts need', () => {
    assert.equal(cleanName('می\u200Cخواهم').text, 'می\u200Cخواهم');
  });

  it('returns one printable line that no spreadsheet runs, for any input', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        const { text } = cleanName(raw);
        assert.doesNotMatch(text, /[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\u200E\u200F]/u);
        assert.doesNotMatch(text, /^[=+\-@＝＋－＠\s]/);
        assert.equal(cleanName(text).text, text, 'cleaning twice changes nothing');
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the plus sign of a phone number', () => {
    assert.equal(cleanLine('+49 30 1234').text, '+49 30 1234');
  });

  it('recognises the words that mean “no value”', () => {
    for (const word of ['n/a', 'N/A', 'None', '-', 'not available', '#REF!'])
      assert.ok(isPlaceholder(word), word);
    for (const word of ['Nona', 'A', 'Contoso']) assert.ok(!isPlaceholder(word), word);
  });
});
