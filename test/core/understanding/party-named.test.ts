/** A text that only names a possible responsible party, in every language that people write in. */
import assert from 'node:assert/strict';
import { namesParty } from '../../../core/understanding/party-named.js';

describe('the name of a party alone', () => {
  it('is recognised in any language, with or without a question around it', () => {
    for (const text of [
      'microsoft',
      'MS?',
      'Not Microsoft?',
      'is it Microsoft',
      'why not the vendor?',
      'should I contact the publisher?',
      'my reseller',
      '微軟？',
      '是微軟負責嗎？',
      '为什么不是厂商',
      '經銷商呢',
      'マイクロソフトですか',
      '販売店では？',
      '제조사 아닌가요?',
      'Ist es der Anbieter?',
      "pourquoi pas l'éditeur ?",
      '¿el proveedor?',
    ])
      assert.equal(namesParty(text), true, text);
  });

  it('is recognised for the partner by its own name', () => {
    assert.equal(namesParty('Alpine Ski House Cloud?', 'Alpine Ski House Cloud'), true);
    assert.equal(namesParty('Alpine Ski House Cloud?', 'Fabrikam Cloud'), false);
    assert.equal(namesParty('?', ''), false);
  });

  it('is not a text that says more', () => {
    for (const text of [
      'Microsoft charged us twice',
      'the publisher does not answer',
      'Microsoft Teams crashes',
      'change the partner',
      'we bought it from Microsoft',
      '微軟多收了錢',
      'our partner bought it for us',
      'Fabrikam',
    ])
      assert.equal(namesParty(text), false, text);
  });
});
