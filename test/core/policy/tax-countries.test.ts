/** Countries in words: said alone, or found in a sentence; a name that is also another word counts only alone. */
import assert from 'node:assert/strict';
import { countryIn, countryNamed, taxHandlerOf } from '../../../core/policy/tax-countries.js';
import { LANGUAGES } from '../../../core/terms.js';

describe('the countries of the marketplace', () => {
  it('are found in a sentence, the longest name first', () => {
    const named: readonly [string, string][] = [
      ['the VAT on our invoice in Germany is wrong', 'DE'],
      ['we are in Equatorial Guinea', 'GQ'],
      ['our company is in the UK', 'GB'],
      ['我們在日本的發票稅額不對', 'JP'],
      ['South Africa charges another rate', 'ZA'],
    ];
    for (const [text, code] of named) assert.equal(countryIn(text, LANGUAGES), code, text);
  });

  it('are not found in other words', () => {
    for (const text of [
      'ask Georgia and Jordan about the tax',
      'the tax is wrong',
      'Indianapolis office',
      'I owe it',
    ])
      assert.equal(countryIn(text, LANGUAGES), undefined, text);
  });

  it('are known by code and name when the name is the whole answer', () => {
    assert.equal(countryNamed('Georgia', LANGUAGES), 'GE');
    assert.equal(countryNamed('de', LANGUAGES), 'DE');
    assert.equal(taxHandlerOf('JP'), 'publisher');
    assert.equal(taxHandlerOf('DE'), 'microsoft');
    assert.equal(taxHandlerOf('XX'), 'unknown');
  });
});
