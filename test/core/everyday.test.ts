/** The words that name no offer by themselves. */
import assert from 'node:assert/strict';
import { isEveryday } from '../../core/everyday.js';
import file from '../../core/everyday-words.json' with { type: 'json' };
import { readPhrases } from '../../scripts/understanding/corpus.js';
import { everydayWords } from '../../scripts/understanding/everyday.js';

describe('everyday words', () => {
  it('are those counted in the phrases, and nothing else', () => {
    assert.deepEqual(file.words.split(' '), everydayWords(readPhrases()), 'run "npm run train"');
  });

  it('hold what people say about any product, and no company', () => {
    for (const word of ['invoice', 'backup', 'the', 'rechnung', 'microsoft', '7', 'a'])
      assert.ok(isEveryday(word), word);
    for (const word of ['contoso', 'fabrikam', 'litware', 'zephyr']) assert.ok(!isEveryday(word), word);
  });
});
