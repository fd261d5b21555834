/** Text from strangers: safe on a card and in plain text, and otherwise unchanged. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LIMITS, plainText, safeText, shorten } from '../../../cards/kit/safe-text.js';
import { HOSTILE, WRONG_TYPES } from '../../helpers/card-fixtures.js';

describe('plain text from strangers', () => {
  const cases: readonly [string, unknown, string][] = [
    ['keeps an ordinary name', 'Contoso Backup 2.0 (EU)', 'Contoso Backup 2.0 (EU)'],
    ['keeps Chinese and accents', '備份服務 Café – Ñandú', '備份服務 Café – Ñandú'],
    ['keeps an emoji made of several', '👩‍👩‍👧 family 🇹🇼', '👩‍👩‍👧 family 🇹🇼'],
    ['keeps joiners that Persian needs', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['makes one line', ' a\r\n\tb\u2028c ', 'a b c'],
    ['removes direction overrides', 'gpj.\u202eexe\u202c', 'gpj.exe'],
    ['removes invisible characters', 'pass\u200bword\ufeff\u00ad', 'password'],
    ['removes half characters', 'a\ud800b', 'ab'],
    ['removes control characters', 'a\u0000b\u0007c', 'a b c'],
    ['neutralises mentions and tags', '<at>Everyone</at>', '‹at›Everyone‹/at›'],
    ['neutralises template expressions', 'x ${$root} {{DATE(1)}}', 'x $ {$root} { {DATE(1)}}'],
    ['shows numbers', 12, '12'],
    ['shows nothing for null', null, ''],
    ['shows nothing for an object', { a: 1 }, ''],
  ];
  for (const [name, value, expected] of cases) it(name, () => assert.equal(plainText(value), expected));

  it('keeps at most a few marks on one letter', () => {
    assert.ok(plainText(HOSTILE.zalgo).length < 10);
  });

  it('never cuts a character in half', () => {
    assert.equal(shorten('ab😀cd', 4), 'ab…');
    assert.equal(shorten('abcd', 4), 'abcd');
  });

  it('never exceeds its limit, is one line, and does not change in a second pass', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 800 }),
        fc.integer({ min: 2, max: 300 }),
        (text, max) => {
          const clean = plainText(text, max);
          assert.ok(clean.length <= max);
          assert.doesNotMatch(clean, /[\r\n\u2028\u2029<>]|\$\{|\{\{/);
          assert.equal(plainText(clean, max), clean);
        },
      ),
    );
  });
});

describe('card text from strangers', () => {
  const cases: readonly [string, string, string][] = [
    ['escapes emphasis', 'a*b*_c_~d~`e`', 'a\\*b\\*\\_c\\_\\~d\\~\\`e\\`'],
    ['escapes links', '[x](https://evil.example)', '\\[x\\](https: //evil.example)'],
    ['escapes headings and lists at the start', '# x', '\\# x'],
    ['escapes a numbered list at the start', '1. x', '1\\. x'],
    ['leaves a number in a name', 'Office 365 v1.2', 'Office 365 v1.2'],
    ['keeps a bare address from becoming a link', 'www.evil.example', 'www .evil.example'],
    ['escapes its own escape', 'a\\b', 'a\\\\b'],
  ];
  for (const [name, value, expected] of cases) it(name, () => assert.equal(safeText(value), expected));

  it('is a string for any value', () => {
    for (const value of WRONG_TYPES) assert.equal(typeof safeText(value), 'string');
  });

  it('leaves no unescaped bracket, star or underscore', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab*_[]()`~\\!|<> $ {}'), maxLength: 60 }), (text) => {
        const shown = safeText(text, LIMITS.text).replace(/\\./g, '.');
        assert.doesNotMatch(shown, /[*_[\]`~|<>\\]|\$\{/);
      }),
    );
  });
});
