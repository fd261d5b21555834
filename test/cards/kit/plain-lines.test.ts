/** Text of several lines that a card shows unchanged. */
import assert from 'node:assert/strict';
import { plainLines } from '../../../cards/kit/safe-text.js';
import { HOSTILE } from '../../helpers/card-fixtures.js';

describe('plain lines', () => {
  it('keep the lines of the writer, and one of several empty lines', () => {
    assert.equal(plainLines('one\r\ntwo\n\n\n\nthree\n', 100), 'one\ntwo\n\nthree');
  });

  it('contain no mention, markup or hidden character, for any input', () => {
    for (const text of Object.values(HOSTILE))
      assert.doesNotMatch(plainLines(text, 2000), /<|>|\$\{|[\u0000-\u0009\u200b\u202e]/, text.slice(0, 40));
  });

  it('are cut when there are too many letters or lines', () => {
    assert.equal(plainLines('a'.repeat(5000), 100).length, 100);
    assert.ok(plainLines('a\n'.repeat(5000), 2000).split('\n').length <= 40);
  });
});
