/** Everyday words: words that alone name no offer. */
import assert from 'node:assert/strict';
import { isEveryday } from '../../core/everyday.js';
import file from '../../core/everyday-words.json' with { type: 'json' };
import { readPhrases } from '../../scripts/understanding/corpus.js';
import { everydayWords } from '../../scripts/understanding/everyday.js';

describe('everyday words', () => {
  it('are exactly the words counted in the training phrases', () => {
    assert.deepEqual(file.words.split(' '), everydayWords(readPhrases()), 'run "npm run train"');
  });

  it('include words about any product, and no company name', () => {
    for (const word of ['invoice', 'backup', 'the', 'rechnung', 'microsoft', '7', 'a'])
      assert.ok(isEveryday(word), word);
    for (const word of ['contoso', 'fabrikam', 'litware', 'zephyr']) assert.ok(!isEveryday(word), word);
  });
});
